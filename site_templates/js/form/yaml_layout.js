// @ts-check
/**
 * Lay out the fields of a record as lines, in the order of the schema and the layout of “format”.
 *
 * Short lists, persons and the like stand on one line in brackets; all else over lines.
 */

import { isEmpty } from "./yaml_scalars.js";
import { STEP, WIDTH, lengthOf, onOneLine, written } from "./yaml_values.js";

/** @typedef {import("./yaml_reading.js").Value} Value */
/** @typedef {import("./yaml_reading.js").Entry} Entry */
/** @typedef {any} Schema a part of the JSON Schema of a record */

/** Sections that stand on one line where they fit: persons, parts of a group, spans of time, answers. */
const ON_ONE_LINE = new Set(["Name", "Part", "Period", "Answer"]);
/** Texts of several lines, and addresses, which stand on a line of their own. */
const NOT_IN_BRACKETS = /\n|:\/\//;
/** The section whose texts stay on one line, so that titles and addresses can be searched for. */
const UNBROKEN = "Reference";

/** The parts of a record's schema, each with what it refers to. */
export class Part {
  /**
   * @param {Schema} whole the schema of a record
   * @param {Schema} [own] this part of it
   * @param {string} [section] the title of the section that it is a field of
   */
  constructor(whole, own = whole, section = "") {
    this.whole = whole;
    this.section = section;
    /** @type {Schema[]} */
    this.options = optionsOf(whole, own);
    /** @type {Schema | undefined} */
    this.fields = this.options.find((option) => option.properties);
    /** @type {Schema | undefined} */
    this.list = this.options.find((option) => option.items);
    this.isSwitch = this.options.some((option) => option.type === "boolean");
    /** @type {Map<string, Part>} */
    this.known = new Map();
    /** @type {Part | null} */
    this.ownItem = null;
  }

  /** The title of the section that it is, if it is one. */
  get title() {
    return this.fields?.title ?? "";
  }

  /** The part that each of its items is. */
  get item() {
    this.ownItem ??= new Part(this.whole, this.list?.items ?? {}, this.section);
    return this.ownItem;
  }

  /** @param {string} name */
  field(name) {
    const properties = this.fields?.properties ?? {};
    const part =
      this.known.get(name) ??
      new Part(this.whole, Object.hasOwn(properties, name) ? properties[name] : {}, this.title);
    this.known.set(name, part);
    return part;
  }

  /**
   * Return the names of fields in the order of the schema, unknown ones last.
   *
   * @param {string[]} names
   */
  ordered(names) {
    const order = Object.keys(this.fields?.properties ?? {});
    const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
    return [...names].sort((one, other) => place(one) - place(other));
  }
}

/**
 * Return what a part of a schema can be, references followed.
 *
 * @param {Schema} whole
 * @param {Schema} own
 * @returns {Schema[]}
 */
function optionsOf(whole, own) {
  if (own?.$ref) return optionsOf(whole, whole.definitions?.[own.$ref.split("/").pop()] ?? {});
  const inner = [...(own?.allOf ?? []), ...(own?.anyOf ?? [])];
  return [own ?? {}, ...inner.flatMap((option) => optionsOf(whole, option))];
}

/**
 * Return a value without the texts, lists and sections that are empty, which no file can hold.
 *
 * @param {Value} value
 * @returns {Value | undefined} nothing if nothing is left of it
 */
export function withoutBlanks(value) {
  if (typeof value === "string") return isEmpty(value) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(withoutBlanks).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  const fields = filledFields(value);
  return Object.keys(fields).length ? fields : undefined;
}

/**
 * Return fields without those that are empty.
 *
 * @param {Entry} entry
 * @returns {Entry}
 */
export function filledFields(entry) {
  /** @type {[string, Value][]} */
  const kept = [];
  for (const [name, value] of Object.entries(entry)) {
    const filled = withoutBlanks(value);
    if (filled !== undefined) kept.push([name, filled]);
  }
  return Object.fromEntries(kept);
}

/**
 * Lay out a field: its name, and its value beside or below it.
 *
 * @param {string} name
 * @param {Value} value not empty
 * @param {number} indent
 * @param {Part} part the schema of the field
 * @returns {string[]}
 */
export function fieldLines(name, value, indent, part) {
  const head = `${" ".repeat(indent)}${onOneLine(name, true)}:`;
  if (typeof value === "string") {
    const [first, ...below] = written(value, placeOf(part, lengthOf(head) + 1, indent + STEP));
    return [`${head} ${first}`, ...below];
  }
  const short = bracketed(value, part, WIDTH - lengthOf(head) - 1);
  if (short) return [`${head} ${short}`];
  if (!Array.isArray(value)) return [head, ...fieldsLines(value, indent + STEP, part)];
  return [head, ...value.flatMap((item) => itemLines(item, indent + STEP, part.item))];
}

/**
 * Lay out fields, in the order of the schema.
 *
 * @param {Entry} entry
 * @param {number} indent
 * @param {Part} part
 */
export function fieldsLines(entry, indent, part) {
  return part
    .ordered(Object.keys(entry))
    .flatMap((name) => fieldLines(name, entry[name], indent, part.field(name)));
}

/**
 * Lay out an item of a list.
 *
 * @param {Value} item not empty
 * @param {number} indent where its dash stands
 * @param {Part} part the schema of the item
 * @returns {string[]}
 */
export function itemLines(item, indent, part) {
  const dash = `${" ".repeat(indent)}- `;
  if (typeof item === "string") {
    const [first, ...below] = written(item, placeOf(part, lengthOf(dash), indent + STEP));
    return [dash + first, ...below];
  }
  const short = bracketed(item, part, WIDTH - lengthOf(dash));
  if (short) return [dash + short];
  const lines = Array.isArray(item)
    ? item.flatMap((inner) => itemLines(inner, indent + STEP, part.item))
    : fieldsLines(item, indent + STEP, part);
  return [dash + lines[0].slice(indent + STEP), ...lines.slice(1)];
}

/**
 * Return how a text of a part of the schema may be written in a place.
 *
 * @param {Part} part
 * @param {number} column
 * @param {number} indent
 * @returns {import("./yaml_values.js").Place}
 */
export function placeOf(part, column, indent) {
  return { column, indent, isProse: part.section !== UNBROKEN, isSwitch: part.isSwitch };
}

/**
 * Write a list or a section on one line, if it is short and of a kind that usually is.
 *
 * @param {Value[] | Entry} value
 * @param {Part} part
 * @param {number} width
 * @returns {string | null}
 */
export function bracketed(value, part, width) {
  if (!Array.isArray(value) && !ON_ONE_LINE.has(part.title)) return null;
  const inner = Array.isArray(value) ? value : Object.values(value);
  if (!inner.every((each) => typeof each === "string" && !NOT_IN_BRACKETS.test(each))) return null;
  const text = inBrackets(value, part);
  return lengthOf(text) <= width ? text : null;
}

/**
 * Write a value on one line.
 *
 * @param {Value} value
 * @param {Part} part
 * @returns {string}
 */
export function inBrackets(value, part) {
  if (typeof value === "string") return onOneLine(value, true, part);
  if (Array.isArray(value)) return `[${value.map((item) => inBrackets(item, part.item)).join(", ")}]`;
  const pairs = part
    .ordered(Object.keys(value))
    .map((name) => `${onOneLine(name, true)}: ${inBrackets(value[name], part.field(name))}`);
  return `{${pairs.join(", ")}}`;
}
