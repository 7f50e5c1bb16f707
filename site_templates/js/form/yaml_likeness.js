// @ts-check
/**
 * What of a list or of fields is the same after a change, so that it can stay as it was written.
 */

import { inBrackets } from "./yaml_layout.js";
import { valueOf } from "./yaml_reading.js";

/** @typedef {import("./yaml_reading.js").Value} Value */
/** @typedef {import("./yaml_nodes.js").Node} Node */
/** @typedef {import("./yaml_layout.js").Part} Part */

/** Fields by which an item of a list is known, whatever else changes. */
const NAMES = ["id", "item", "field", "label", "by", "family", "literal", "name"];

/**
 * Whether two values say the same; the order of fields is of no account.
 *
 * @param {Value} one
 * @param {Value} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (typeof one === "string" || typeof other === "string") return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => same(item, other[index]));
  }
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

/**
 * Return a text that is the same for values that say the same.
 *
 * @param {Value} value
 * @returns {string}
 */
function canonical(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

/**
 * Return for each item that is wanted which of the old ones it comes from, if from any.
 *
 * Items that are the same come first, then those of the same name, then those in the same place.
 *
 * @param {Value[]} old
 * @param {Value[]} wanted
 * @returns {(number | undefined)[]}
 */
export function pairs(old, wanted) {
  /** @type {(number | undefined)[]} */
  const origins = wanted.map(() => undefined);
  const free = new Set(old.keys());
  for (const nameOf of [canonical, itemName]) {
    /** @type {Map<string, number[]>} */
    const places = new Map();
    for (const index of free) {
      const name = nameOf(old[index]);
      if (!name) continue;
      const others = places.get(name);
      if (others) others.push(index);
      else places.set(name, [index]);
    }
    wanted.forEach((item, index) => {
      const origin = origins[index] === undefined ? places.get(nameOf(item))?.shift() : undefined;
      if (origin === undefined) return;
      origins[index] = origin;
      free.delete(origin);
    });
  }
  wanted.forEach((item, index) => {
    const origin = index ? (origins[index - 1] ?? -2) + 1 : 0;
    if (origins[index] !== undefined || !free.has(origin) || !isAlike(old[origin], item)) return;
    origins[index] = origin;
    free.delete(origin);
  });
  return origins;
}

/** @param {Value} item */
function itemName(item) {
  if (typeof item === "string" || Array.isArray(item)) return "";
  const name = NAMES.find((each) => typeof item[each] === "string");
  return name ? `${name} ${item[name]}` : "";
}

/**
 * Whether an item in the place of another may be the same, changed: a text, or half of its fields.
 *
 * @param {Value} old
 * @param {Value} item
 */
function isAlike(old, item) {
  if (typeof old === "string" || typeof item === "string") return typeof old === typeof item;
  if (Array.isArray(old) || Array.isArray(item)) return Array.isArray(old) && Array.isArray(item);
  const names = Object.keys(item);
  return (
    2 * names.filter((name) => Object.hasOwn(old, name) && same(old[name], item[name])).length >= names.length
  );
}

/**
 * Write what stands in brackets on one line changed to what is wanted.
 *
 * @param {string} source
 * @param {Node} node
 * @param {Value} wanted
 * @param {Part} part
 * @returns {string | null} nothing if it must be laid out afresh
 */
export function changedBrackets(source, node, wanted, part) {
  const text = source.slice(node.start, node.end);
  if (same(valueOf(node), wanted)) return text;
  if (node.kind === "text" || typeof wanted === "string") return inBrackets(wanted, part);
  if (text.includes("\n")) return null;
  if (node.kind === "list") {
    if (!Array.isArray(wanted)) return null;
    const origins = pairs(node.items.map(valueOf), wanted);
    const items = wanted.map((item, index) => {
      const origin = origins[index];
      if (origin === undefined) return inBrackets(item, part.item);
      return changedBrackets(source, node.items[origin], item, part.item);
    });
    if (items.includes(null)) return null;
    const isInPlace =
      items.length === node.items.length && origins.every((origin, index) => origin === index);
    return isInPlace ? spliced(source, node, node.items, items) : `[${items.join(", ")}]`;
  }
  if (Array.isArray(wanted)) return null;
  const names = node.fields.map((field) => field.name);
  if (names.length !== Object.keys(wanted).length || !names.every((name) => Object.hasOwn(wanted, name))) {
    return inBrackets(wanted, part);
  }
  const values = node.fields.map((field) =>
    changedBrackets(source, field.value, wanted[field.name], part.field(field.name)),
  );
  if (values.includes(null)) return null;
  return spliced(
    source,
    node,
    node.fields.map((field) => field.value),
    values,
  );
}

/**
 * Put texts in the places of nodes, and keep what stands between them.
 *
 * @param {string} source
 * @param {Node} around
 * @param {Node[]} nodes
 * @param {(string | null)[]} texts
 */
function spliced(source, around, nodes, texts) {
  let result = "";
  let at = around.start;
  nodes.forEach((node, index) => {
    result += source.slice(at, node.start) + texts[index];
    at = node.end;
  });
  return result + source.slice(at, around.end);
}
