// @ts-check

/**
 * Citations in the notes: what they name exists.
 */

import { mentionsIn } from "../citations.js";
import { nearest } from "../nearness.js";
import { entriesOf } from "./matter.js";

/** @typedef {import("./matter.js").Matter} Matter */

/** @type {Record<string, import("./matter.js").Rule>} */
export const CITATIONS = {
  *"unknown-citation"(matter) {
    const at = ["notes"];
    for (const { key, finding, written } of mentionsIn(matter.record.notes ?? "")) {
      if (!matter.keys.includes(key)) {
        const hint = nearest(key, matter.keys);
        const more = hint && `${hint} Where nothing is cited, write “\\@”.`;
        yield { at, message: `there is no record “${key}”`, hint: more };
      } else if (finding !== undefined && !(key === matter.key && matter.isFaulty)) {
        const known = findingsOf(matter, key);
        if (known.includes(written)) continue;
        const message = `there is no finding “${written}”`;
        yield { at, message, hint: nearest(written, known) };
      }
    }
  },
};

/**
 * @param {Matter} matter
 * @param {string} key
 * @returns {string[]} the findings of a record, as they are cited
 */
function findingsOf(matter, key) {
  const ids =
    key === matter.key
      ? entriesOf(matter.record.findings).map(({ id }) => id)
      : entriesOf(matter.others.get(key)?.findings);
  return ids.map((id) => `${key}#${id}`);
}
