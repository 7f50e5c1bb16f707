// @ts-check
/**
 * Write what a record holds as the file that stands for it in the repository.
 */

import { Rewriting } from "./yaml_changes.js";
import { Part, fieldLines, filledFields } from "./yaml_layout.js";
import { same } from "./yaml_likeness.js";
import { nodesOf } from "./yaml_nodes.js";
import { entryOfNodes, plainLineEnds, refuseCharacters } from "./yaml_reading.js";
import { Refusal } from "./yaml_scalars.js";

/** @typedef {import("./yaml_reading.js").Entry} Entry */
/** @typedef {import("./yaml_layout.js").Schema} Schema */

/**
 * Write the whole file of a record, as “build.py format” would lay it out.
 *
 * Fields that are empty are left out. Characters that no record may hold are written as escapes,
 * which the check reports at their place.
 *
 * @param {Entry} entry
 * @param {Schema} schema the JSON Schema of a record
 */
export function textOf(entry, schema) {
  const part = new Part(schema);
  const filled = filledFields(entry);
  const sections = part
    .ordered(Object.keys(filled))
    .map((name) => fieldLines(name, filled[name], 0, part.field(name)).join("\n"));
  return sections.length ? `${sections.join("\n\n")}\n` : "";
}

/**
 * Change what differs in the file of a record; comments, order and layout of all else stay.
 *
 * What was changed is read again. If it does not say what is wanted, the sections that differ are
 * laid out afresh, and if need be the whole file.
 *
 * @param {string} text the file as it stands
 * @param {Entry} before what it holds; another file is not changed but written anew
 * @param {Entry} after what it is to hold
 * @param {Schema} schema the JSON Schema of a record
 */
export function changedText(text, before, after, schema) {
  const source = plainLineEnds(text);
  const root = readNodes(source);
  const wanted = filledFields(after);
  const isUsable = root && !root.inBrackets && same(filledFields(entryOfNodes(root)), filledFields(before));
  if (!isUsable || !Object.keys(wanted).length) return textOf(after, schema);
  if (same(filledFields(before), wanted)) return text;
  for (const whole of [false, true]) {
    const result = new Rewriting(source, whole).file(root, wanted, new Part(schema));
    const again = readNodes(result);
    if (again && same(filledFields(entryOfNodes(again)), wanted)) return withLineEnds(result, text);
  }
  return textOf(after, schema);
}

/**
 * Read the nodes of a file, escapes of characters that no record may hold among them.
 *
 * @param {string} source
 */
function readNodes(source) {
  try {
    refuseCharacters(source);
    return nodesOf(source, true);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * Return a text with the line ends and the mark of byte order that the file had.
 *
 * @param {string} result
 * @param {string} text the file
 */
function withLineEnds(result, text) {
  const isWindows = text.includes("\r\n") && !/(?<!\r)\n|\r(?!\n)/.test(text);
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  return mark + (isWindows ? result.replace(/\n/g, "\r\n") : result);
}
