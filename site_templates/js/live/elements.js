// @ts-check

/** Makes elements of the page. Text is always set as text, never as markup. */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes]
 *   Functions listen to the event they are named after, such as `click`; false, null and undefined
 *   leave an attribute out.
 * @param {(Node | string | null | undefined | false)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children) if (child || child === "") made.append(child);
  return made;
}

/**
 * Returns the element with an id.
 * @param {string} id
 * @returns {HTMLElement}
 * @throws {Error} If the page has none.
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element “${id}”.`);
  return found;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Returns a drawing. Its inside is written by this program from numbers and from names that are
 * escaped with `escaped`.
 * @param {string} inside
 * @param {Record<string, string | number>} attributes
 * @returns {SVGSVGElement}
 */
export function drawing(inside, attributes) {
  const made = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.innerHTML = inside;
  return made;
}

/** @param {string} text */
export function escaped(text) {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign,
  );
}
