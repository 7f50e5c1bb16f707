// @ts-check

/**
 * The values of an entry with the path of each, which stays the same when others are left out.
 */

import { trimmed } from "./wording.js";

/** @typedef {(string | number)[]} Path */
/** @typedef {string | PlainList | Map<string, any>} Plain */
/** @typedef {any[]} PlainList */
/**
 * A value at its place. One of text, items and fields is set.
 *
 * @typedef {object} Node
 * @property {Path} path
 * @property {string} [text]
 * @property {Node[]} [items]
 * @property {Map<string, Node>} [fields]
 * @property {Set<string>} [blanks] names of fields that stand there without a value
 */
/**
 * What is noticed before anything is understood: a blank, or a sign that no file can hold.
 *
 * @typedef {(path: Path, kind: "blank item" | "blank field" | "bad sign", what: string) => void} Notice
 */

/**
 * @param {any} value the entry
 * @param {RegExp} refused signs that no file can hold
 * @param {Notice} notice
 * @returns {Node}
 */
export function nodesOf(value, refused, notice) {
  return nodeOf(value, [], refused, notice);
}

/**
 * @param {any} value
 * @param {Path} path
 * @param {RegExp} refused
 * @param {Notice} notice
 * @returns {Node}
 */
function nodeOf(value, path, refused, notice) {
  if (Array.isArray(value)) {
    const items = [];
    for (const [index, inner] of value.entries()) {
      const place = [...path, index];
      if (isBlank(inner)) notice(place, "blank item", "");
      else items.push(nodeOf(inner, place, refused, notice));
    }
    return { path, items };
  }
  if (typeof value === "object") {
    const node = { path, fields: new Map(), blanks: new Set() };
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      const place = [...path, name];
      if (isBlank(inner)) {
        node.blanks.add(name);
        notice(place, "blank field", name);
      } else {
        node.fields.set(name, nodeOf(inner, place, refused, notice));
      }
    }
    return node;
  }
  const text = String(value);
  const found = refused.exec(text);
  if (found === null) return { path, text };
  notice(path, "bad sign", found[0]);
  // The rest is looked at as it will be once the sign is deleted.
  return { path, text: text.replace(new RegExp(refused.source, "gu"), "") };
}

/**
 * @param {any} value
 * @returns {boolean} whether the value is a text of nothing but spaces
 */
function isBlank(value) {
  return value === null || (typeof value === "string" && trimmed(value) === "");
}

/**
 * @param {Node} node
 * @returns {Plain} the value without its places
 */
export function plainOf(node) {
  if (node.items) return node.items.map(plainOf);
  if (node.fields) return new Map([...node.fields].map(([name, inner]) => [name, plainOf(inner)]));
  return node.text ?? "";
}

/**
 * @param {Node} root
 * @param {Path} location names and numbers as they are read; what is not there is passed over
 * @returns {Node} the value at the location, or the nearest one around it
 */
export function nodeAt(root, location) {
  let node = root;
  for (const part of location) node = within(node, part) ?? node;
  return node;
}

/**
 * @param {Node} node
 * @param {string | number} part
 * @returns {Node | undefined}
 */
export function within(node, part) {
  if (typeof part === "string") return node.fields?.get(part);
  return node.items?.[part];
}

/**
 * @param {Node} node
 * @returns {Node} a copy from which values can be cut out
 */
export function copyOf(node) {
  /** @type {Node} */
  const copy = { ...node };
  if (node.items) copy.items = node.items.map(copyOf);
  if (node.fields) {
    copy.fields = new Map([...node.fields].map(([name, inner]) => [name, copyOf(inner)]));
  }
  return copy;
}
