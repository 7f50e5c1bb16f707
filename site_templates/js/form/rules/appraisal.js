// @ts-check

/**
 * Critical appraisals that cannot have been made, or do not fit their tool.
 */

import { nearest } from "../nearness.js";
import { entriesOf } from "./matter.js";

/** @typedef {import("./matter.js").Found} Found */
/** @typedef {import("./matter.js").Tool} Tool */

/** @type {Record<string, import("./matter.js").Rule>} */
export const APPRAISAL = {
  *"appraisal-without-full-text"({ record: { appraisal, extraction } }) {
    if (appraisal?.answers && extraction?.basis !== "full text") {
      yield { at: ["appraisal"], message: "appraised, but not read in full text" };
    }
  },

  *"appraisal-does-not-fit"({ record: { appraisal }, tools }) {
    if (appraisal === undefined) return;
    const { not_appraised: without, answers } = appraisal;
    if (without) {
      if (answers || appraisal.tool) {
        yield { at: ["appraisal"], message: "both an appraisal and a reason why there is none" };
      }
      return;
    }
    if (appraisal.tool === undefined || answers === undefined) {
      const message = "an appraisal needs a tool and answers, or not_appraised with a reason";
      yield { at: ["appraisal"], message };
      return;
    }
    const tool = tools.find(({ id }) => id === appraisal.tool);
    if (tool) {
      yield* against(appraisal, tool);
    } else {
      const names = tools.map(({ id }) => id);
      const message = `there is no tool “${appraisal.tool}”`;
      yield { at: ["appraisal", "tool"], message, hint: nearest(appraisal.tool, names) };
    }
  },
};

/**
 * @param {any} appraisal
 * @param {Tool} tool
 * @returns {Generator<Found>}
 */
function* against(appraisal, tool) {
  if (!(yield* groupsFit(appraisal, tool))) return;
  const groups = entriesOf(appraisal.groups);
  const items = tool.items.filter(({ group }) => !group || groups.includes(group)).map(({ id }) => id);
  const answered = new Set();
  for (const [index, { item, answer }] of appraisal.answers.entries()) {
    const where = ["appraisal", "answers", index];
    if (!items.includes(item)) {
      const hint = nearest(item, items) || `Its items are: ${items.join(", ")}.`;
      yield { at: [...where, "item"], message: `${tool.name} has no item “${item}”`, hint };
    } else if (answered.has(item)) {
      yield { at: [...where, "item"], message: `the item “${item}” is answered twice` };
    }
    if (!tool.answers.includes(answer)) {
      const hint = `Use one of: ${tool.answers.join(", ")}.`;
      yield { at: [...where, "answer"], message: `${tool.name} has no answer “${answer}”`, hint };
    }
    answered.add(item);
  }
  const left = items.filter((item) => !answered.has(item));
  if (left.length > 0) {
    yield { at: ["appraisal", "answers"], message: `not answered: ${left.join(", ")}` };
  }
}

/**
 * @param {any} appraisal
 * @param {Tool} tool
 * @returns {Generator<Found, boolean>} and whether nothing is wrong with the groups
 */
function* groupsFit(appraisal, tool) {
  const known = entriesOf(tool.groups).map(({ id }) => id);
  const groups = entriesOf(appraisal.groups);
  if (known.length > 0 && groups.length === 0) {
    const hint = `Write “groups: [${known[0]}]”; the groups are: ${known.join(", ")}.`;
    const message = `${tool.name} needs the groups of items that apply`;
    yield { at: ["appraisal", "tool"], message, hint };
  }
  const unknown = [...groups.entries()].filter(([, name]) => !known.includes(name));
  const others = known.length > 0 ? `Its groups are: ${known.join(", ")}.` : "Delete the line.";
  for (const [index, name] of unknown) {
    const hint = nearest(name, known) || others;
    const message = `${tool.name} has no group “${name}”`;
    yield { at: ["appraisal", "groups", index], message, hint };
  }
  return unknown.length === 0 && groups.length > 0 === known.length > 0;
}
