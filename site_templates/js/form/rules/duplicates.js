// @ts-check

/**
 * Records that may describe one publication.
 */

import { Publication } from "../publication.js";
import { entriesOf } from "./matter.js";
import { areRelated, IDENTIFIERS } from "./relations.js";

/** @typedef {import("./matter.js").Recorded} Recorded */

/** @type {WeakMap<Recorded, Publication>} */
const KNOWN = new WeakMap();

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
      const reason = written.likeness(known(other));
      if (reason === "") continue;
      const message = `this may be the publication of records/${other.key}.yml: ${reason}`;
      yield { at: ["reference", "title"], message };
    }
  },
};

/** @param {any} reference as it was read */
function publicationOf(reference) {
  const { title, original_title, volume, page, number, container_title, doi, issued } = reference;
  return new Publication({
    ...{ title, original_title, volume, page, number, container_title, doi },
    authors: entriesOf(reference.authors).map(({ literal, family }) => literal ?? family),
    year: typeof issued === "string" ? issued.slice(0, 4) : undefined,
  });
}

/** @param {Recorded} recorded */
function known(recorded) {
  const publication =
    KNOWN.get(recorded) ?? new Publication({ ...recorded, authors: recorded.families ?? [] });
  KNOWN.set(recorded, publication);
  return publication;
}
