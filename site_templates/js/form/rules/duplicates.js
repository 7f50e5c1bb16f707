// @ts-check

/**
 * Records that may describe one publication.
 */

import { Absence } from "../absence.js";
import { likenesses } from "../recorded.js";
import { areRelated } from "./relations.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const DUPLICATES = {
  *"likely-duplicate"(matter) {
    const { key, record, others } = matter;
    const given = Object.entries(record.reference).filter(([, value]) => !(value instanceof Absence));
    const study = record.study?.report_of ?? key;
    for (const like of likenesses(Object.fromEntries(given), [...others.values()], key)) {
      const other = others.get(like.key);
      const isKnown = like.certain || areRelated(matter, like.key);
      if (isKnown || (other?.study ?? like.key) === study) continue;
      const message = `this may be the publication of records/${like.key}.yml: ${like.reason}`;
      yield { at: ["reference", "title"], message };
    }
  },
};
