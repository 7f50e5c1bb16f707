// @ts-check

/**
 * What is wrong with a single field or value, in words for the person who wrote it.
 */

import { ABSENCE, NAME, VALUE } from "./reading.js";
import { nearest } from "./nearness.js";
import { nodeAt } from "./nodes.js";
import { pythonText, quoted, beginning, trimmed } from "./wording.js";

/** @typedef {import("./reading.js").Mistake} Mistake */
/** @typedef {import("./reading.js").Model} Model */
/** @typedef {import("./nodes.js").Node} Node */
/** @typedef {import("./nodes.js").Path} Path */
/** @typedef {import("./absence.js").Absences} Absences */
/** @typedef {{path: Path, code: string, message: string, hint: string}} Told */

const BRANCHES = [VALUE, ABSENCE, NAME];

/** @type {Record<string, string>} */
const EXPECTED = {
  string_type: "text",
  list_type: "a list",
  dict_type: "named fields",
  model_type: "named fields",
  int_type: "a whole number",
  bool_type: "true or false",
};

/** Text that can stand in a list in brackets as it is. */
const SIMPLE = /^[\p{L}\p{N}][\p{L}\p{N}_ .;()/’'–-]*$/u;

/** Tells the mistakes of an entry. */
export class Teller {
  /**
   * @param {Model & {ratings: string[]}} model
   * @param {Absences} absences
   * @param {Set<string>} codes every code of a rule
   * @param {Node} root the entry
   */
  constructor(model, absences, codes, root) {
    this.model = model;
    this.absences = absences;
    this.codes = codes;
    this.root = root;
  }

  /**
   * @param {Mistake} mistake
   * @returns {Told | undefined} the problem; none if the reader knows already: a blank field is not
   *   missing besides
   */
  told(mistake) {
    const place = new Place(this, mistake);
    const { kind, written, location } = mistake;
    if (kind === "missing") return place.isBlank() ? undefined : place.missing();
    if (kind === "extra_forbidden") return place.unknownField();
    if (kind === "words") return place.unknownValue(pythonText(written), mistake.words ?? []);
    if (!location.includes(ABSENCE) && typeof written === "string" && this.absences.isSign(written)) {
      return place.absence(trimmed(written));
    }
    if (kind in EXPECTED) return place.wrongType();
    if (kind === "too_short") {
      return place.problem("wrong-length", `${place.name} is empty`, "Fill it in, or delete the line.");
    }
    if (kind === "too_long") {
      const unit = typeof written === "string" ? "characters" : "entries";
      const limit = `at most ${(mistake.most ?? 0).toLocaleString("en-US")} ${unit}`;
      return place.problem("wrong-length", `${place.name} is too long: ${limit}`);
    }
    const code = this.codes.has(kind) ? kind : "wrong-type";
    return place.problem(code, `${place.name}: ${mistake.message}`, mistake.hint);
  }

  /**
   * @param {Path} location
   * @returns {import("./reading.js").Field | undefined} the field, or the one whose list holds it
   */
  fieldAt(location) {
    /** @type {string | undefined} */
    let section = this.model.record;
    let found;
    for (const part of location) {
      if (typeof part === "number") continue;
      found = section === undefined ? undefined : own(this.model.sections[section].fields, part);
      if (found === undefined) return undefined;
      section = sectionIn(found.type);
    }
    return found;
  }

  /**
   * @param {Path} location
   * @returns {string | undefined} the name of the section whose fields stand there
   */
  sectionAt(location) {
    const field = this.fieldAt(location);
    return field && sectionIn(field.type);
  }

  /**
   * @param {Path} location
   * @returns {string[]}
   */
  fieldNames(location) {
    const isTop = !location.some((part) => typeof part === "string");
    const section = isTop ? this.model.record : this.sectionAt(location);
    return section === undefined ? [] : Object.keys(this.model.sections[section].fields);
  }

  /**
   * @param {string} section
   * @param {string} text what was written where the fields of the section are due
   * @returns {string} how it is written in fields
   */
  writtenFor(section, text) {
    if (section === "Name") return writtenName(text);
    if (section === "Period") return writtenPeriod(text);
    const names = Object.keys(this.model.sections[section].fields);
    const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? ", …" : "");
    return `Write “name: value” lines, indented below; the fields here are: ${shown}.`;
  }
}

/** The place of a mistake, and what is told of it. */
class Place {
  /**
   * @param {Teller} teller
   * @param {Mistake} mistake
   */
  constructor(teller, mistake) {
    const { kind, location } = mistake;
    const above = location.slice(0, -1).filter((part) => !isBranch(part));
    const last = location.at(-1) ?? "";
    const namesField = kind === "missing" || kind === "extra_forbidden";
    this.teller = teller;
    this.mistake = mistake;
    this.above = above;
    /** @type {Path} */
    this.location = location.length > 0 && (namesField || !isBranch(last)) ? [...above, last] : above;
    const names = this.location.filter((part) => typeof part === "string");
    this.name = names.length > 0 ? quoted(String(names.at(-1))) : "this entry";
    this.isInList = typeof this.location.at(-1) === "number";
  }

  /**
   * @param {string} code
   * @param {string} message
   * @param {string} [hint]
   * @returns {Told}
   */
  problem(code, message, hint = "") {
    const { path } = nodeAt(this.teller.root, this.location);
    // What is quoted of a text of several lines stays on the line of its message.
    return { path, code, message: message.replaceAll("\n", " "), hint: hint.replaceAll("\n", " ") };
  }

  isBlank() {
    const holder = nodeAt(this.teller.root, this.above);
    return holder.blanks?.has(String(this.location.at(-1))) ?? false;
  }

  /** @returns {Told} */
  missing() {
    const name = String(this.location.at(-1));
    const inside = this.above.filter((part) => typeof part === "string").at(-1);
    const where = inside === undefined ? "" : ` in “${inside}”`;
    const path = [...nodeAt(this.teller.root, this.above).path, name];
    return { path, code: "missing-field", message: `the field “${name}” is missing${where}`, hint: "" };
  }

  /** @returns {Told} */
  unknownField() {
    const { teller, above } = this;
    const name = String(this.location.at(-1));
    if (teller.model.ratings.includes(name.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase())) {
      const what = above.includes("findings") ? "a finding of a paper" : "a paper";
      return this.problem("study-rated", `${quoted(name)}: GRADE-CERQual does not rate ${what}`);
    }
    const known = teller.fieldNames(above);
    const home = known.find((section) => teller.fieldNames([...above, section]).includes(name));
    let hint = home === undefined ? nearest(name, known) : `It belongs in “${home}”.`;
    if (hint === "" && known.length > 0) hint = `The fields here are: ${known.join(", ")}.`;
    return this.problem("unknown-field", `there is no field ${quoted(name)} here`, hint);
  }

  /**
   * @param {string} written
   * @param {string[]} allowed
   */
  unknownValue(written, allowed) {
    const likely = nearest(written, allowed);
    const every = likely && allowed.length > 12 ? "" : `Use one of: ${allowed.join(", ")}.`;
    const message = `${this.name} cannot be ${quoted(written)}`;
    return this.problem("unknown-value", message, `${likely} ${every}`.trim());
  }

  /** @param {string} written */
  absence(written) {
    const field = this.teller.fieldAt(this.location);
    let hint = "";
    if (this.isInList && field && isStated(field.type)) {
      hint = `Write it without a list: “${this.name.slice(1, -1)}: not reported”.`;
    } else if (this.isInList) {
      hint = "Delete this item.";
    } else if (["model_type", "dict_type"].includes(this.mistake.kind)) {
      hint = "Say “not reported” in the fields of this section, or leave the section out.";
    } else if (field?.required) {
      hint = "This field cannot be left out: say in words what the source gives.";
    }
    const message = `${this.name} cannot be ${quoted(written)}`;
    return this.problem("absence-not-allowed", message, hint);
  }

  wrongType() {
    const { kind } = this.mistake;
    const field = this.teller.fieldAt(this.location);
    const isTerm = Boolean(field?.coded) && !this.isInList;
    const expected = isTerm && kind === "string_type" ? "one term" : EXPECTED[kind];
    const subject = this.isInList ? `an entry of ${this.name}` : this.name;
    return this.problem("wrong-type", `${subject} needs ${expected}`, this.typeHint(isTerm));
  }

  /**
   * @param {boolean} isTerm
   * @returns {string}
   */
  typeHint(isTerm) {
    const { kind, written } = this.mistake;
    const section = this.teller.sectionAt(this.location);
    if (kind === "string_type") return hintForText(this.name.slice(1, -1), written, isTerm);
    if (kind === "list_type") return this.hintForList(written, section);
    if (kind === "model_type") return this.hintForSection(written, section);
    if (kind === "dict_type") {
      return "Write lines such as “theme: [first-term, second-term]”, indented below the name.";
    }
    return kind === "int_type" ? "Write digits only, such as 17." : "Write true or false.";
  }

  /**
   * @param {import("./nodes.js").Plain} written
   * @param {string | undefined} section
   */
  hintForList(written, section) {
    if (written instanceof Map) return "Begin each entry with “- ”.";
    if (typeof written === "string" && section !== undefined) {
      const one = this.teller.writtenFor(section, beginning(written, 100));
      return `Write a list, each entry after “- ”. ${one}`;
    }
    if (typeof written === "string") {
      const items = beginning(written, 200).split(",").map(trimmed).filter(Boolean);
      const shown = items.map((item) => (SIMPLE.test(item) ? item : `"${item}"`)).join(", ");
      if ([...shown].length < 100 && !written.includes('"')) {
        return `Write it in square brackets: [${shown}].`;
      }
    }
    return "Write a list: [first, second], or one item a line after “- ”.";
  }

  /**
   * @param {import("./nodes.js").Plain} written
   * @param {string | undefined} section
   */
  hintForSection(written, section) {
    if (section === undefined) return "Write “name: value” lines, indented below the section's name.";
    if (typeof written === "string") {
      return this.teller.writtenFor(section, beginning(written, 100));
    }
    const one = this.teller.writtenFor(section, "").replace(/^Write /, "");
    return `Leave out the “- ” or the brackets: ${one}`;
  }
}

/**
 * @param {string} name
 * @param {import("./nodes.js").Plain} written
 * @param {boolean} isTerm
 * @returns {string} how to write a text or a single term where a list or fields stand
 */
function hintForText(name, written, isTerm) {
  if (isTerm) {
    const only = Array.isArray(written) && written.length === 1 ? written[0] : "";
    const example = typeof only === "string" && only ? `: ${name}: ${quoted(only).slice(1, -1)}` : "";
    return `It takes one term, without brackets${example}.`;
  }
  return Array.isArray(written)
    ? "Write the text without brackets or “- ”; text that begins with “[” goes in double quotes."
    : "Write a text after the colon; text that holds “: ” or begins with “{” goes in double quotes.";
}

/** @param {string} text */
function writtenName(text) {
  const comma = text.indexOf(",");
  let family = trimmed(comma < 0 ? text : text.slice(0, comma));
  let given = trimmed(comma < 0 ? "" : text.slice(comma + 1));
  if (given === "") {
    const whole = trimmed(text);
    const space = whole.lastIndexOf(" ");
    given = space < 0 ? "" : whole.slice(0, space);
    family = space < 0 ? whole : whole.slice(space + 1);
  }
  const person = `{family: ${family}, given: ${given || "…"}}`;
  return `Write ${person}; an organisation is {literal: …}.`;
}

/** @param {string} text */
function writtenPeriod(text) {
  const dates = text.match(/\p{Nd}{4}(?:-\p{Nd}{2}){0,2}(?!\p{Nd})/gu) ?? ["2022-12", "2023-03"];
  return `Write {start: ${dates[0]}, end: ${dates[dates.length - 1]}}.`;
}

/**
 * @param {import("./reading.js").Step} step
 * @returns {string | undefined} the name of the section that a value is, alone or in a list
 */
function sectionIn(step) {
  if (step.kind === "section") return step.name;
  return step.of && sectionIn(step.of);
}

/**
 * @param {import("./reading.js").Step} step
 * @returns {boolean} whether a reason can stand in the place of the value
 */
function isStated(step) {
  return step.kind === "stated" || Boolean(step.of && isStated(step.of));
}

/** @param {string | number} part */
function isBranch(part) {
  return typeof part === "string" && BRANCHES.includes(part);
}

/**
 * @template T
 * @param {Record<string, T>} fields
 * @param {string} name
 * @returns {T | undefined}
 */
function own(fields, name) {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
