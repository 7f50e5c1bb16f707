// @ts-check

/**
 * What is wrong with one record, as the check of the review says it: the same codes, words and remedies.
 *
 * Everything that the check tells of one file is told here; what needs other files is told as far as
 * the site knows of them.
 */

import { Absences } from "./absence.js";
import { nodeAt, nodesOf } from "./nodes.js";
import { Places } from "./places.js";
import { Reader } from "./reading.js";
import { RULES } from "./rules/every.js";
import { Teller } from "./telling.js";
import { valueChecks } from "./values.js";
import { quoted } from "./wording.js";

/** @typedef {import("./nodes.js").Node} Node */
/** @typedef {import("./nodes.js").Path} Path */
/** @typedef {import("./rules/matter.js").Dimension} Dimension */
/** @typedef {import("./rules/matter.js").Matter} Matter */
/** @typedef {import("./rules/matter.js").Recorded} Recorded */
/** @typedef {import("./rules/matter.js").RuleLists} RuleLists */
/** @typedef {import("./rules/matter.js").Tool} Tool */
/**
 * One thing that is wrong, beside the field at *path*; the path of the key is empty.
 *
 * @typedef {object} Problem
 * @property {Path} path
 * @property {string} code
 * @property {"error" | "warning"} severity
 * @property {string} message
 * @property {string} hint
 */
/**
 * @typedef {object} FormModel
 * @property {string} record
 * @property {Record<string, import("./reading.js").Section>} sections
 * @property {import("./absence.js").AbsenceWords} absence
 * @property {Record<string, string>} countries_otherwise
 * @property {{pattern: string, longest: number, reserved: string[]}} key
 * @property {number} most_problems
 * @property {Record<string, string[]>} needs
 * @property {string[]} ratings
 * @property {string} refused
 */
/**
 * What the form knows of the review (contribute/form.json), so far as the checks need it.
 *
 * @typedef {object} Frame
 * @property {FormModel & RuleLists} model
 * @property {Record<string, {cure: string, severity: "error" | "warning"}>} rules
 * @property {Dimension[]} dimensions
 * @property {{id: string}[]} studies
 * @property {{id: string}[]} searches
 * @property {Tool[]} tools
 * @property {Record<string, string[]>} accepted
 */
/**
 * @typedef {object} Context
 * @property {Frame} frame
 * @property {Recorded[]} recorded
 * @property {import("./places.js").PlaceNames} places
 */
/** @typedef {{path: Path, code: string, message: string, hint?: string}} Told */

/** @type {WeakMap<import("./places.js").PlaceNames, Places>} */
const PLACES = new WeakMap();

/**
 * @param {any} entry the record as it would stand in its file, each scalar a text
 * @param {string} key the record's key, the name of its file
 * @param {Context} context
 * @returns {Problem[]} every problem, in the order of the file
 */
export function problemsOf(entry, key, context) {
  const { frame } = context;
  /** @type {Told[]} */
  const told = keyProblems(key, frame.model);
  const root = nodesOf(entry, new RegExp(frame.model.refused, "u"), (path, kind, what) => {
    told.push(unreadable(path, kind, what));
  });
  told.push(...contentProblems(root, key, context));
  const accepted = frame.accepted[`records/${key}.yml`] ?? [];
  const problems = told
    .map((each) => inFull(each, frame))
    .filter(({ code, severity }) => severity === "error" || !accepted.includes(code));
  return inOrder(withoutRepeats(problems), frame.model);
}

/**
 * @param {Node} root
 * @param {string} key
 * @param {Context} context
 * @returns {Told[]} what single values and the rules tell
 */
function contentProblems(root, key, context) {
  const { model, rules } = context.frame;
  const absences = new Absences(model.absence);
  const places = placesOf(context);
  const reader = new Reader(model, valueChecks(absences, places, model.key), absences);
  const { record, mistakes } = reader.read(root);
  if (mistakes.length === 0) {
    return ruleProblems({ record, root, cut: new Set(), isFaulty: false }, key, context);
  }
  const teller = new Teller(model, absences, new Set(Object.keys(rules)), root);
  /** @type {Told[]} */
  const told = mistakes.slice(0, model.most_problems).flatMap((each) => teller.told(each) ?? []);
  const left = mistakes.length - model.most_problems;
  if (left > 0) {
    const message = `${left} more problems in this file are not shown`;
    told.push({ path: [], code: "too-many-problems", message });
  }
  const sound = reader.salvaged(root, model.most_problems);
  if (sound) told.push(...ruleProblems({ ...sound, isFaulty: true }, key, context));
  return told;
}

/**
 * @param {{record: any, root: Node, cut: Set<string>, isFaulty: boolean}} read
 * @param {string} key
 * @param {Context} context
 * @returns {Told[]}
 */
function ruleProblems(read, key, context) {
  const { frame, recorded } = context;
  const own = recorded.find((each) => each.key === key);
  const others = new Map(recorded.filter((each) => each !== own).map((each) => [each.key, each]));
  /** @type {Matter} */
  const matter = {
    ...read,
    key,
    others,
    isExtractedTwice: own?.extracted_twice ?? false,
    keys: [...new Set([...others.keys(), key])].sort(byFileName),
    dimensions: frame.dimensions,
    tools: frame.tools,
    studies: new Set(frame.studies.map(({ id }) => id)),
    searches: new Set(frame.searches.map(({ id }) => id)),
    countries: placesOf(context).countries,
    lists: frame.model,
  };
  return Object.entries(RULES).flatMap(([code, rule]) => {
    if (frame.model.needs[code]?.some((section) => read.cut.has(section))) return [];
    return [...rule(matter)].map(({ at, message, hint }) => {
      return { path: nodeAt(read.root, at).path, code, message, hint };
    });
  });
}

/** @param {Context} context */
function placesOf({ places, frame }) {
  const known = PLACES.get(places) ?? new Places(places, frame.model.countries_otherwise);
  PLACES.set(places, known);
  return known;
}

/**
 * @param {string} key
 * @param {FormModel} model
 * @returns {Told[]}
 */
function keyProblems(key, { key: { pattern, longest, reserved } }) {
  const isSound = key.length <= longest && new RegExp(`^(?:${pattern})$`).test(key);
  if (isSound && !reserved.includes(key)) return [];
  return [{ path: [], code: "bad-file-name", message: `“${key}” cannot be a citation key` }];
}

/**
 * @param {Path} path
 * @param {"blank item" | "blank field" | "bad sign"} kind
 * @param {string} what
 * @returns {Told}
 */
function unreadable(path, kind, what) {
  if (kind === "blank item") {
    return { path, code: "empty-value", message: "this item of the list is empty" };
  }
  if (kind === "blank field") {
    return { path, code: "empty-value", message: `the field ${quoted(what)} has no value` };
  }
  const number = (what.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const message = `the invisible character U+${number} cannot stand in a file`;
  return { path, code: "bad-character", message };
}

/**
 * @param {Told} told
 * @param {Frame} frame
 * @returns {Problem}
 */
function inFull({ path, code, message, hint }, { rules }) {
  const { severity, cure } = rules[code];
  return { path, code, severity, message, hint: hint || cure };
}

/**
 * @param {Problem[]} problems
 * @returns {Problem[]}
 */
function withoutRepeats(problems) {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}

/**
 * @param {Problem[]} problems
 * @param {FormModel} model
 * @returns {Problem[]} the problems in the order in which their fields stand in a file
 */
function inOrder(problems, model) {
  return problems
    .map((problem) => ({ problem, ranks: ranksOf(problem.path, model) }))
    .sort(
      (one, other) => byRanks(one.ranks, other.ranks) || compared(textOf(one.problem), textOf(other.problem)),
    )
    .map(({ problem }) => problem);
}

/** @param {Problem} problem */
const textOf = ({ code, message }) => `${code} ${message}`;

/**
 * @param {Path} path
 * @param {FormModel} model
 * @returns {number[]} where each part of the path stands among its neighbours
 */
function ranksOf(path, { record, sections }) {
  /** @type {string | undefined} */
  let section = record;
  return path.map((part) => {
    if (typeof part === "number") return part;
    const fields = section === undefined ? {} : sections[section].fields;
    const rank = Object.keys(fields).indexOf(part);
    section = rank < 0 ? undefined : sectionOf(fields[part].type);
    return rank < 0 ? Infinity : rank;
  });
}

/**
 * @param {import("./reading.js").Step} step
 * @returns {string | undefined}
 */
function sectionOf(step) {
  return step.kind === "section" ? step.name : step.of && sectionOf(step.of);
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
function byRanks(one, other) {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    if (one[index] !== other[index]) return one[index] < other[index] ? -1 : 1;
  }
  return one.length - other.length;
}

/**
 * @param {string} one
 * @param {string} other
 */
function byFileName(one, other) {
  return compared(`${one}.yml`, `${other}.yml`);
}

/**
 * @param {string} one
 * @param {string} other
 */
function compared(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
