// @ts-check

/**
 * What an included report must say.
 */

import { entriesOf, termsIn } from "./matter.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const COMPLETENESS = {
  *"incomplete-record"({ record, cut, lists }) {
    if (record.screening.decision !== "included") return;
    for (const [section, what] of Object.entries(lists.required_of_included)) {
      if (record[section] === undefined && !cut.has(section)) {
        const message = `the report is included, but “${section}” (${what}) is missing`;
        yield { at: ["screening", "decision"], message };
      }
    }
  },

  *"findings-from-title"({ record: { extraction, findings } }) {
    if (extraction?.basis === "title" && findings) {
      yield { at: ["extraction", "basis"], message: "findings are coded from a title alone" };
    }
  },

  *"uncoded-finding"({ record: { findings } }) {
    for (const [index, finding] of entriesOf(findings).entries()) {
      const terms = [...finding.codes.values()].flatMap(termsIn);
      if (terms.length === 0) {
        yield { at: ["findings", index, "id"], message: `the finding “${finding.id}” has no codes` };
      }
    }
  },
};
