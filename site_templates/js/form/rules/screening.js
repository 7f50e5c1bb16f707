// @ts-check

/**
 * Decisions of screening that lack what they need.
 */

import { Absence } from "../absence.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const SCREENING = {
  *"exclusion-without-reason"({ record: { screening } }) {
    if (screening.decision === "excluded" && screening.reason instanceof Absence) {
      const message = "the report is excluded, but no reason is given";
      yield { at: ["screening", "decision"], message };
    }
  },

  *"reason-without-exclusion"({ record: { screening } }) {
    if (screening.decision !== "excluded" && !(screening.reason instanceof Absence)) {
      const message = `a reason for exclusion, but the decision is “${screening.decision}”`;
      yield { at: ["screening", "reason"], message };
    }
  },

  *"duplicate-not-excluded"({ record: { screening, study } }) {
    if (study?.duplicate_of && screening.decision !== "excluded") {
      const message = `a duplicate of ${study.duplicate_of}, but the decision is “${screening.decision}”`;
      yield { at: ["study", "duplicate_of"], message };
    }
  },

  *"record-without-search"({ record: { screening }, searches }) {
    if (searches.size > 0 && !screening.found_by) {
      yield { at: ["screening"], message: "no search is named" };
    }
  },
};
