// @ts-check

/** Entries of BibTeX and biblatex, as somebody pastes them from a publisher's page or a manager. */

import { fromLatex } from "./latex.js";
import { personOf } from "./people.js";

/** @typedef {import("./entry.js").Entry} Entry */

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** What is no entry but belongs to the file. */
const NO_ENTRIES = new Set(["comment", "preamble", "string"]);

const NEXT_ENTRY = /^\n@\s*[A-Za-z]+\s*[{(]/;

/**
 * @typedef {object} BibtexEntry
 * @property {string} type In small letters.
 * @property {string} key
 * @property {Map<string, string>} fields Their LaTeX by their names in small letters.
 */

/**
 * Returns the entries of a text.
 *
 * @param {string} text
 * @returns {BibtexEntry[]}
 */
export function bibtexEntries(text) {
  /** @type {BibtexEntry[]} */
  const entries = [];
  const words = new Map(MONTHS.map((month) => [month, month]));
  const opening = /@\s*([A-Za-z]+)\s*([{(])/g;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const type = (found[1] ?? "").toLowerCase();
    const reader = new FieldReader(text, opening.lastIndex, found[2] === "(" ? ")" : "}", words);
    if (!NO_ENTRIES.has(type)) {
      const key = reader.key();
      const fields = reader.fields();
      if (fields.size) entries.push({ type, key, fields });
    } else if (type === "string") {
      for (const [name, value] of reader.fields()) words.set(name, value);
    }
    opening.lastIndex = Math.max(opening.lastIndex, reader.at);
  }
  return entries;
}

class FieldReader {
  /**
   * @param {string} text
   * @param {number} at
   * @param {string} end The bracket that ends the entry.
   * @param {ReadonlyMap<string, string>} words What abbreviations stand for.
   */
  constructor(text, at, end, words) {
    this.text = text;
    this.at = at;
    this.end = end;
    this.words = words;
  }

  /** Reads the citation key, up to the first comma. */
  key() {
    const found = /^\s*([^\s,={}"]*)\s*,/.exec(this.text.slice(this.at, this.at + 500));
    this.at += found ? found[0].length : 0;
    return found?.[1] ?? "";
  }

  /** Reads “name = value” as long as there are any; the first of two of the same name is kept. */
  fields() {
    /** @type {Map<string, string>} */
    const fields = new Map();
    const field = /[\s,]*([A-Za-z][\w.+:/-]*)\s*=\s*/y;
    for (;;) {
      field.lastIndex = this.at;
      const found = field.exec(this.text);
      if (!found) break;
      this.at = field.lastIndex;
      const name = (found[1] ?? "").toLowerCase();
      const value = this.#value();
      if (!fields.has(name) && value.trim()) fields.set(name, value);
    }
    const rest = new RegExp(`[\\s,]*\\${this.end}`, "y");
    rest.lastIndex = this.at;
    if (rest.test(this.text)) this.at = rest.lastIndex;
    return fields;
  }

  #value() {
    let value = "";
    for (;;) {
      const sign = this.text[this.at];
      if (sign === "{") value += this.#enclosed("}");
      else if (sign === '"') value += this.#enclosed('"');
      else value += this.#word();
      const more = /\s*#\s*/y;
      more.lastIndex = this.at;
      if (!more.test(this.text)) return value;
      this.at = more.lastIndex;
    }
  }

  /** @param {string} end */
  #enclosed(end) {
    const start = this.at + 1;
    let depth = 0;
    for (let at = start; at < this.text.length; at += 1) {
      const sign = this.text[at];
      if (sign === "\n" && NEXT_ENTRY.test(this.text.slice(at, at + 40))) {
        // A bracket is missing; the next entry must not go with it.
        this.at = at;
        return this.text.slice(start, at);
      }
      if (sign === "\\") at += 1;
      else if (sign === end && depth === 0) {
        this.at = at + 1;
        return this.text.slice(start, at);
      } else if (sign === "{") depth += 1;
      else if (sign === "}") depth -= 1;
    }
    this.at = this.text.length;
    return this.text.slice(start);
  }

  #word() {
    const word = /[^\s,#{}()"=]*/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return this.words.get(found.toLowerCase()) ?? found;
  }
}

/** Stands for a blank within braces, which parts no names. */
const KEPT_BLANK = "\ue000";

/**
 * Returns the people of an author field: parted by “and” outside braces, bodies in braces.
 *
 * @param {string} latex
 * @returns {{names: Entry[], complete: boolean}}
 */
export function bibtexPeople(latex) {
  const written = separated(latex);
  const names = written.filter((name) => name.trim() !== "others");
  return { names: names.flatMap(bibtexPerson), complete: names.length === written.length };
}

/** @param {string} latex */
function separated(latex) {
  const names = [""];
  let depth = 0;
  for (const piece of latex.match(/\\.|[{}]|\s+and\s+(?=\S)|[^\\{}\s]+|\s+/gs) ?? []) {
    if (piece === "{") depth += 1;
    if (piece === "}") depth -= 1;
    if (depth === 0 && /^\s+and\s+$/.test(piece)) names.push("");
    else names[names.length - 1] += depth > 0 ? piece.replace(/\s+/g, KEPT_BLANK) : piece;
  }
  return names;
}

/**
 * @param {string} latex
 * @returns {Entry[]}
 */
function bibtexPerson(latex) {
  const text = fromLatex(latex);
  const plain = text.replaceAll(KEPT_BLANK, " ");
  if (!plain) return [];
  if (/^\s*\{.*\}\s*$/s.test(latex) && text.includes(KEPT_BLANK) && !/[\s,]/.test(text)) {
    return [{ literal: plain }];
  }
  if (/^(?:family|given|prefix|suffix)=/.test(text)) return [extended(text)];
  const person = personOf(text) ?? {};
  if ("literal" in person && !/\s/.test(plain)) return [{ family: plain }];
  return [
    Object.fromEntries(
      Object.entries(person).map(([part, value]) => [part, String(value).replaceAll(KEPT_BLANK, " ")]),
    ),
  ];
}

/**
 * A name in biblatex's extended form: family=Muster, given=Ann, prefix=von.
 *
 * @param {string} text
 * @returns {Entry}
 */
function extended(text) {
  const parts = Object.fromEntries(
    text.split(/\s*,\s*/).map((part) => part.replaceAll(KEPT_BLANK, " ").split("=", 2)),
  );
  const { family, given, prefix: particle, suffix } = parts;
  return Object.fromEntries(Object.entries({ family, given, particle, suffix }).filter(([, text]) => text));
}

/**
 * Returns the month and, where it is given beside it, the day of a month field: “oct”, “10”, “MAY 2”.
 *
 * @param {string} written
 */
export function monthAndDay(written) {
  const [month = "", day = ""] = written.trim().split(/[\s.]+/);
  return { month: monthOf(month), day: /^\d{1,2}$/.test(day) ? day.padStart(2, "0") : "" };
}

/**
 * Returns the number of a month, or nothing.
 *
 * @param {string} written
 */
export function monthOf(written) {
  const number = Number(/^\d{1,2}$/.exec(written.trim())?.[0] ?? 0);
  const named = MONTHS.indexOf(written.trim().slice(0, 3).toLowerCase()) + 1;
  const month = number || named;
  return month >= 1 && month <= 12 ? String(month).padStart(2, "0") : "";
}
