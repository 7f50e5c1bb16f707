// @ts-check

/** What the browser keeps of a reader's habits, such as the view; nothing where that is not allowed. */

/** @param {string} name */
export function kept(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Then the choice holds for this page.
  }
}
