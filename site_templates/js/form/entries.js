// @ts-check

/** Reads and changes a record that is being written. */

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {string | Entry} Item An entry of a list. */

/**
 * Returns what stands at a place, or undefined.
 *
 * @param {Entry} entry
 * @param {Path} path
 * @returns {Value | undefined}
 */
export function valueAt(entry, path) {
  let value = /** @type {any} */ (entry);
  for (const step of path) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/**
 * Puts a value at a place, or takes away what stands there.
 *
 * @param {Entry} entry
 * @param {Path} path
 * @param {Value | undefined} value
 */
export function put(entry, path, value) {
  let holder = /** @type {any} */ (entry);
  path.slice(0, -1).forEach((step, depth) => {
    const inner = Object.hasOwn(holder, step) ? holder[step] : undefined;
    if (inner === undefined || typeof inner !== "object") {
      if (value === undefined) holder = {};
      else holder = set(holder, step, typeof path[depth + 1] === "number" ? [] : {});
    } else holder = inner;
  });
  const last = /** @type {string | number} */ (path.at(-1));
  if (value === undefined && !Array.isArray(holder)) delete holder[last];
  else set(holder, last, value ?? "");
}

/**
 * Sets a field, also one that is called as something every object has.
 *
 * @param {any} holder
 * @param {string | number} step
 * @param {any} value
 */
function set(holder, step, value) {
  Object.defineProperty(holder, step, { value, configurable: true, enumerable: true, writable: true });
  return value;
}

/**
 * @typedef {object} Tidied
 * @property {Entry} entry The record without empty fields, lists and entries of lists.
 * @property {(path: Path) => Path} place Where something in it stands in the record as it was.
 */

/**
 * Returns the record as it goes into its file: what is empty is left out.
 *
 * @param {Entry} entry
 * @returns {Tidied}
 */
export function tidied(entry) {
  /** @type {Map<Item[], number[]>} */
  const numbers = new Map();
  const clean = /** @type {Entry} */ (tidy(entry, numbers) ?? {});
  return { entry: clean, place: (path) => placed(clean, path, numbers) };
}

/**
 * @param {Value} value
 * @param {Map<Item[], number[]>} numbers Where each entry of a list stood before.
 * @returns {Value | undefined}
 */
function tidy(value, numbers) {
  if (typeof value === "string") return value.trim() ? value : undefined;
  if (Array.isArray(value)) {
    const kept = value.map((inner, index) => /** @type {const} */ ([tidy(inner, numbers), index]));
    const filled = kept.filter(([inner]) => inner !== undefined);
    const list = filled.map(([inner]) => /** @type {Item} */ (inner));
    numbers.set(
      list,
      filled.map(([, index]) => index),
    );
    return list.length ? list : undefined;
  }
  const section = /** @type {Entry} */ ({});
  for (const [name, inner] of Object.entries(value)) {
    const clean = tidy(inner, numbers);
    if (clean !== undefined) set(section, name, clean);
  }
  return Object.keys(section).length ? section : undefined;
}

/**
 * @param {Entry} entry
 * @param {Path} path
 * @param {Map<Item[], number[]>} numbers
 */
function placed(entry, path, numbers) {
  let value = /** @type {any} */ (entry);
  return path.map((step) => {
    const before = Array.isArray(value) ? numbers.get(value)?.[Number(step)] : undefined;
    value = value && typeof value === "object" && Object.hasOwn(value, step) ? value[step] : undefined;
    return before ?? step;
  });
}

/**
 * Whether two values say the same; the order of fields is of no account.
 *
 * @param {Value | undefined} one
 * @param {Value | undefined} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        same(valueAt(/** @type {any} */ (one), [name]), valueAt(/** @type {any} */ (other), [name])),
    )
  );
}
