// @ts-check

/** What a correction changes, field by field. */

import { same } from "./entries.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {string | Entry} Item An entry of a list. */

/**
 * @typedef {object} Change
 * @property {Path} path
 * @property {string} before Empty where nothing stood there.
 * @property {string} after Empty where nothing stands there now.
 */

/**
 * Returns what differs between two records. Findings are compared by their ids, other entries of
 * lists by their places.
 *
 * @param {Entry} before
 * @param {Entry} after
 * @returns {Change[]}
 */
export function changes(before, after) {
  return between(before, after, []);
}

/**
 * @param {Value | undefined} before
 * @param {Value | undefined} after
 * @param {Path} path
 * @returns {Change[]}
 */
function between(before, after, path) {
  if (same(before, after)) return [];
  if (isSection(before) && isSection(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => between(own(before, name), own(after, name), [...path, name]));
  }
  if (isList(before) && isList(after)) {
    return identified(before) && identified(after) ? byId(before, after, path) : byPlace(before, after, path);
  }
  return [{ path, before: spoken(before), after: spoken(after) }];
}

/**
 * @param {Entry[]} before
 * @param {Entry[]} after
 * @param {Path} path
 */
function byId(before, after, path) {
  const found = after.flatMap((entry, index) => {
    const earlier = before.find((each) => each.id === entry.id);
    return between(earlier, entry, [...path, index]);
  });
  const gone = before.filter((entry) => !after.some((each) => each.id === entry.id));
  for (const entry of gone) found.push({ path, before: spoken(entry), after: "" });
  if (!found.length) found.push({ path, before: order(before), after: order(after) });
  return found;
}

/** @param {Entry[]} list */
function order(list) {
  return list.map((entry) => entry.id).join(", ");
}

/**
 * @param {Item[]} before
 * @param {Item[]} after
 * @param {Path} path
 */
function byPlace(before, after, path) {
  if (![...before, ...after].some(isSection)) return [{ path, before: spoken(before), after: spoken(after) }];
  const count = Math.max(before.length, after.length);
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    between(before[index], after[index], [...path, index]),
  );
}

/**
 * @param {Entry} section
 * @param {string} name
 */
function own(section, name) {
  return Object.hasOwn(section, name) ? section[name] : undefined;
}

/**
 * @param {Value | undefined} value
 * @returns {value is Entry}
 */
function isSection(value) {
  return typeof value === "object" && !Array.isArray(value);
}

/**
 * @param {Value | undefined} value
 * @returns {value is Item[]}
 */
function isList(value) {
  return Array.isArray(value);
}

/**
 * @param {Item[]} list
 * @returns {list is Entry[]}
 */
function identified(list) {
  const ids = list.map((entry) => (isSection(entry) ? own(entry, "id") : undefined));
  return ids.every((id) => typeof id === "string") && new Set(ids).size === ids.length;
}

/**
 * A value in one line.
 *
 * @param {Value | undefined} value
 * @returns {string}
 */
export function spoken(value) {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  return (Array.isArray(value) ? value : Object.values(value))
    .map(spoken)
    .join(Array.isArray(value) ? "; " : ", ");
}
