// @ts-check

/** Checks the record as it is being written, and knows which problems it is too early to show. */

import { problemsOf } from "./checks.js";
import { valueAt } from "./entries.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Problem} Problem */
/** @typedef {import("./schema_fields.js").Section} Section */

/**
 * @typedef {object} Checked
 * @property {Problem[]} all Every problem, each with its place on the page.
 * @property {Problem[]} shown Without what only means “not filled in yet” where nobody has been yet.
 */

/**
 * @param {Form} form
 * @param {Section[]} sections
 * @param {boolean} isAtEnd Whether everything is to be told, since the record is about to be sent.
 * @returns {Checked}
 */
export function checked(form, sections, isAtEnd) {
  const { draft, frame, recorded, places } = form;
  const { entry, place } = draft.tidied();
  const context = { frame, recorded, places };
  const all = problemsOf(entry, draft.key, context).map((problem) => ({
    ...problem,
    path: place(problem.path),
  }));
  const fresh = [...form.fresh].map((holder) => holder.path);
  const shown = all.filter((problem) => {
    if (!isBlank(draft, problem)) return true;
    if (fresh.some((path) => begins(problem.path, path))) return false;
    return isAtEnd || draft.visited.has(sectionOf(sections, problem.path));
  });
  return { all, shown };
}

/**
 * Whether a problem only means that something is not filled in yet.
 *
 * @param {Draft} draft
 * @param {Problem} problem
 */
function isBlank(draft, problem) {
  return problem.path.length === 0 || valueAt(draft.tidied().entry, problem.path) === undefined;
}

/**
 * @param {Path} path
 * @param {Path} start
 */
function begins(path, start) {
  return start.every((step, index) => path[index] === step);
}

/**
 * Returns the section that asks for what stands at a place.
 *
 * @param {Section[]} sections
 * @param {Path} path
 */
export function sectionOf(sections, path) {
  const found = sections.find((section) => section.fields.some((spec) => spec.name === path[0]));
  return (found ?? sections[0])?.id ?? "";
}

/**
 * How far a section is.
 *
 * @typedef {"empty" | "begun" | "wrong" | "complete"} State
 */

/**
 * @param {Draft} draft
 * @param {Section} section
 * @param {Checked} problems
 * @param {Section[]} sections
 * @returns {{state: State, errors: number, warnings: number}}
 */
export function stateOf(draft, section, problems, sections) {
  const own = (/** @type {Problem[]} */ list) =>
    list.filter((each) => sectionOf(sections, each.path) === section.id);
  const shown = own(problems.shown);
  const errors = shown.filter((each) => each.severity === "error").length;
  const warnings = shown.length - errors;
  const { entry } = draft.tidied();
  const isFilled = section.fields.some((spec) => valueAt(entry, [spec.name]) !== undefined);
  const isSound = own(problems.all).every((each) => each.severity !== "error");
  const state = errors ? "wrong" : !isFilled ? "empty" : isSound ? "complete" : "begun";
  return { state, errors, warnings };
}

/** What an included record needs besides its reference and the decision. */
const FOR_INCLUDED = ["extraction", "design", "sample", "setting", "findings"];

/**
 * Whether the decision makes a section needed.
 *
 * @param {Draft} draft
 * @param {string} section
 */
export function isNeeded(draft, section) {
  if (section === "reference" || section === "screening") return true;
  return draft.at(["screening", "decision"]) === "included" && FOR_INCLUDED.includes(section);
}
