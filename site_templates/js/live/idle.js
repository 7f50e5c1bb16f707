// @ts-check

/** Puts off what a reader does not see at once until the page has time. */

/**
 * @param {() => void} act
 * @returns {number} For `cancelIdle`.
 */
export function whenIdle(act) {
  // Safari does not offer it yet.
  return typeof requestIdleCallback === "function"
    ? requestIdleCallback(act, { timeout: 300 })
    : Number(setTimeout(act, 50));
}

/** @param {number} number */
export function cancelIdle(number) {
  if (typeof cancelIdleCallback === "function") cancelIdleCallback(number);
  else clearTimeout(number);
}
