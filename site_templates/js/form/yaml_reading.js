// @ts-check
/**
 * Read the file of a record as the build reads it: every value a text, or a list or fields of texts.
 *
 * A file is either read exactly as the build would, or refused with the place and the reason.
 */

import { nodesOf } from "./yaml_nodes.js";
import { REFUSED_CHARACTERS, Refusal } from "./yaml_scalars.js";

/** @typedef {import("./yaml_nodes.js").Node} Node */
/**
 * @typedef {{ [name: string]: Value }} Entry what a record holds, field by field
 * @typedef {string | Values | Entry} Value
 * @typedef {Value[]} Values
 */
/** @typedef {{ line: number, column: number, message: string }} Refused where and why, counted from 1 */

const MAXIMUM_BYTES = 1_000_000;
const STRANGE_SPACE = /^ *([\u00a0\u2000-\u200b\u202f\u205f])/m;

/**
 * Read what a record holds.
 *
 * @param {string} text the whole file
 * @returns {{ entry: Entry, refused?: undefined } | { entry?: undefined, refused: Refused }}
 */
export function entryOf(text) {
  const source = plainLineEnds(text);
  try {
    refuseCharacters(source);
    return { entry: entryOfNodes(nodesOf(source)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const before = source.slice(0, error.offset).split("\n");
    const column = [...before[before.length - 1]].length + 1;
    return { refused: { line: before.length, column, message: error.message } };
  }
}

/**
 * Return a text without its mark of byte order, with the line ends of Windows and old Macs replaced.
 *
 * @param {string} text
 */
export function plainLineEnds(text) {
  return text.replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");
}

/**
 * Return what nodes hold, without their places.
 *
 * @param {import("./yaml_nodes.js").FieldsNode} root
 * @returns {Entry}
 */
export function entryOfNodes(root) {
  return Object.fromEntries(root.fields.map((field) => [field.name, valueOf(field.value)]));
}

/**
 * @param {Node} node
 * @returns {Value}
 */
export function valueOf(node) {
  if (node.kind === "text") return node.text;
  return node.kind === "list" ? node.items.map(valueOf) : entryOfNodes(node);
}

/**
 * Refuse a file that holds characters or spaces that no record may hold, or that is too large.
 *
 * @param {string} source
 * @throws {Refusal} at the first of them
 */
export function refuseCharacters(source) {
  const bad = REFUSED_CHARACTERS.exec(source);
  if (bad) {
    const code = (bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    throw new Refusal(bad.index, `the invisible character U+${code} cannot stand in a file`);
  }
  if (source.startsWith("\ufeff")) throw new Refusal(0, "the file begins with a mark of byte order twice");
  const space = STRANGE_SPACE.exec(source);
  if (space) {
    const at = space.index + space[0].length - 1;
    throw new Refusal(at, "the line is indented with a special space; type it again with the space bar");
  }
  if (new TextEncoder().encode(source).length > MAXIMUM_BYTES) {
    throw new Refusal(0, "the file is larger than a record may be (1 MB)");
  }
}
