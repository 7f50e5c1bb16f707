// @ts-check

/**
 * Reads an entry as a record: step by step as the model of the review says, gathering what is wrong,
 * and keeping what is sound of an entry in which something is.
 */

import { Absence, Absences } from "./absence.js";
import { copyOf, plainOf, within } from "./nodes.js";
import { Refusal } from "./refusal.js";
import { lengthOf, trimmed } from "./wording.js";

/** @typedef {import("./nodes.js").Node} Node */
/** @typedef {import("./nodes.js").Plain} Plain */
/** @typedef {(string | number)[]} Location where a value is read, with the branches of a choice */

/**
 * One step of reading a value.
 *
 * @typedef {object} Step
 * @property {string} kind
 * @property {Step} of the step within; not of all kinds
 * @property {string} [check]
 * @property {number} [length]
 * @property {string[]} [words]
 * @property {string} [name]
 * @property {Step} [keys]
 * @property {Step} [values]
 */
/** @typedef {{type: Step, required?: boolean, default?: any, coded?: boolean}} Field */
/** @typedef {{fields: Record<string, Field>, check?: string}} Section */
/** @typedef {{record: string, sections: Record<string, Section>}} Model */
/**
 * @typedef {object} Mistake
 * @property {Location} location
 * @property {string} kind
 * @property {Plain} written
 * @property {string} [message] of what a check refuses
 * @property {string} [hint]
 * @property {string[]} [words] the words that are allowed
 * @property {number} [most]
 */

export const VALUE = "(value)";
export const ABSENCE = "(absence)";
export const NAME = "[key]";

const UNREADABLE = Symbol("unreadable");

/** Cutting out a value can leave its section incomplete, which is then cut out in turn. */
const ROUNDS = 6;

/**
 * Terms by their dimension.
 *
 * @extends {Map<string, any>}
 */
class Codes extends Map {
  /** What tells one from another where findings are compared. */
  toJSON() {
    return [...this];
  }
}

/** Reads values as a model says. */
export class Reader {
  /**
   * @param {Model} model
   * @param {Record<string, import("./values.js").Check>} checks
   * @param {Absences} absences
   */
  constructor(model, checks, absences) {
    this.model = model;
    this.checks = checks;
    this.absences = absences;
    /** @type {Mistake[]} */
    this.mistakes = [];
  }

  /**
   * @param {Node} root
   * @returns {{record: any, mistakes: Mistake[]}} the record, unless there are mistakes
   */
  read(root) {
    this.mistakes = [];
    const record = this.section(this.model.record, plainOf(root), []);
    return { record: record === UNREADABLE ? undefined : record, mistakes: this.mistakes };
  }

  /**
   * @param {Step} step
   * @param {any} value
   * @param {Location} at
   * @returns {any} the value as it is read, or that it is not
   */
  value(step, value, at) {
    switch (step.kind) {
      case "before":
        return this.checked(step, value, at, value, (known) => this.value(step.of, known, at));
      case "after": {
        const known = this.value(step.of, value, at);
        return known === UNREADABLE ? known : this.checked(step, known, at, value, (same) => same);
      }
      case "least":
      case "most":
        return this.within(step, value, at);
      case "text":
        return typeof value === "string" ? trimmed(value) : this.refuse("string_type", value, at);
      case "count":
        return typeof value === "number" ? value : this.refuse("int_type", value, at);
      case "flag":
        return typeof value === "boolean" ? value : this.refuse("bool_type", value, at);
      case "words":
        if (step.words?.includes(value)) return value;
        return this.refuse("words", value, at, { words: step.words });
      case "stated":
        return this.stated(step, value, at);
      case "list":
        return this.list(step, value, at);
      case "map":
        return this.map(step, value, at);
      default:
        return this.section(step.name ?? "", value, at);
    }
  }

  /**
   * @param {{check?: string}} step
   * @param {any} value
   * @param {Location} at
   * @param {any} written
   * @param {(value: any) => any} further
   */
  checked(step, value, at, written, further) {
    try {
      value = this.checks[step.check ?? ""](value, step);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return this.refuse(refusal.code, written, at, refusal);
    }
    return further(value);
  }

  /**
   * @param {Step} step
   * @param {any} value
   * @param {Location} at
   */
  within(step, value, at) {
    const known = this.value(step.of, value, at);
    if (known === UNREADABLE) return known;
    const bound = step.length ?? 0;
    const size = typeof known === "string" ? lengthOf(known) : (known.length ?? known.size);
    if (step.kind === "least" && size < bound) return this.refuse("too_short", value, at);
    if (step.kind === "most" && size > bound) {
      return this.refuse("too_long", value, at, { most: bound });
    }
    return known;
  }

  /**
   * @param {Step} step
   * @param {any} value
   * @param {Location} at
   */
  stated(step, value, at) {
    if (typeof value !== "string" || !this.absences.isMeant(value)) {
      return this.value(step.of, value, [...at, VALUE]);
    }
    try {
      return this.absences.read(value);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return this.refuse(refusal.code, value, [...at, ABSENCE], refusal);
    }
  }

  /**
   * @param {Step} step
   * @param {any} value
   * @param {Location} at
   */
  list(step, value, at) {
    if (!Array.isArray(value)) return this.refuse("list_type", value, at);
    const items = value.map((item, index) => this.value(step.of, item, [...at, index]));
    return items.includes(UNREADABLE) ? UNREADABLE : items;
  }

  /**
   * @param {Step} step
   * @param {any} value
   * @param {Location} at
   */
  map(step, value, at) {
    if (!(value instanceof Map)) return this.refuse("dict_type", value, at);
    const found = new Codes();
    let isSound = true;
    for (const [name, inner] of value) {
      const place = [...at, name];
      const key = this.value(/** @type {Step} */ (step.keys), name, [...place, NAME]);
      const known = this.value(/** @type {Step} */ (step.values), inner, place);
      if (key === UNREADABLE || known === UNREADABLE) isSound = false;
      else found.set(key, known);
    }
    return isSound ? found : UNREADABLE;
  }

  /**
   * @param {string} name
   * @param {any} value
   * @param {Location} at
   */
  section(name, value, at) {
    if (!(value instanceof Map)) return this.refuse("model_type", value, at);
    const { fields, ...section } = this.model.sections[name];
    /** @type {Record<string, any>} */
    const found = {};
    const before = this.mistakes.length;
    for (const [field, { type, required, default: usual }] of Object.entries(fields)) {
      if (value.has(field)) {
        found[field] = this.value(type, value.get(field), [...at, field]);
      } else if (required) {
        this.refuse("missing", value, [...at, field]);
      } else if (usual !== undefined) {
        found[field] = this.usual(type, usual);
      }
    }
    for (const [field, inner] of value) {
      if (!Object.hasOwn(fields, field)) this.refuse("extra_forbidden", inner, [...at, field]);
    }
    if (this.mistakes.length > before) return UNREADABLE;
    return section.check ? this.checked(section, found, at, value, (same) => same) : found;
  }

  /**
   * @param {Step} type
   * @param {any} usual
   * @returns {any} what a field holds that is left out
   */
  usual(type, usual) {
    if (typeof usual === "object") return new Codes();
    const isAbsence = type.kind === "stated" && this.absences.words.includes(usual);
    return isAbsence ? new Absence(usual) : usual;
  }

  /**
   * @param {string} kind
   * @param {any} written
   * @param {Location} location
   * @param {Partial<Mistake>} [more]
   */
  refuse(kind, written, location, more = {}) {
    const { message, hint, words, most } = more;
    this.mistakes.push({ kind, written, location, message, hint, words, most });
    return UNREADABLE;
  }

  /**
   * @param {Node} root an entry in which something is wrong
   * @param {number} most mistakes beyond which the entry is wrong as a whole
   * @returns {{record: any, root: Node, cut: Set<string>} | undefined} what is sound of it, and the
   *   sections that were cut into
   */
  salvaged(root, most) {
    const rest = copyOf(root);
    /** @type {Set<string>} */
    const cut = new Set();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { record, mistakes } = this.read(rest);
      if (mistakes.length === 0) return { record, root: rest, cut };
      if (mistakes.length > most) return undefined;
      for (const { location } of mistakes) {
        if (location.length > 0) cut.add(String(location[0]));
      }
      const faults = mistakes.map(({ location }) => faultAt(rest, location));
      for (const fault of faults) {
        if (fault === undefined) return undefined;
      }
      for (const fault of faults) cutOut(/** @type {Fault} */ (fault));
    }
    return undefined;
  }
}

/** @typedef {{holder: Node, node: Node}} Fault */

/**
 * @param {Node} root
 * @param {Location} location
 * @returns {Fault | undefined} the value at the location, or the nearest around it, in what holds it
 */
function faultAt(root, location) {
  let holder;
  let node = root;
  for (const part of location) {
    const inner = within(node, part);
    if (inner === undefined) continue;
    holder = node;
    node = inner;
  }
  return holder && { holder, node };
}

/** @param {Fault} fault */
function cutOut({ holder, node }) {
  if (holder.items) {
    const index = holder.items.indexOf(node);
    if (index >= 0) holder.items.splice(index, 1);
  }
  for (const [name, value] of holder.fields ?? []) {
    if (value === node) holder.fields?.delete(name);
  }
}
