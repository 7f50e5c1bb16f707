// @ts-check

/**
 * Records that may describe one publication.
 */

import { publicationOf, recordedPublication } from "../publication.js";
import { areRelated, IDENTIFIERS } from "./relations.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const DUPLICATES = {
  *"likely-duplicate"(matter) {
    const { key, record, others } = matter;
    const written = publicationOf(record.reference);
    const study = record.study?.report_of ?? key;
    for (const other of others.values()) {
      const isCertain = IDENTIFIERS.some((name) => other[name] && other[name] === record.reference[name]);
      const isKnown = isCertain || areRelated(matter, other.key);
      if (isKnown || (other.study ?? other.key) === study) continue;
      const reason = written.likeness(recordedPublication(other));
      if (reason === "") continue;
      const message = `this may be the publication of records/${other.key}.yml: ${reason}`;
      yield { at: ["reference", "title"], message };
    }
  },
};
