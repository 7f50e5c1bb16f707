// @ts-check

/**
 * Papers that were retracted and do not say so, and an invented paper among real ones.
 */

import { quoted } from "../wording.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const NOTICES = {
  *"retraction-not-told"({ record: { notices, reference }, lists }) {
    if (notices) return;
    const pattern = lists.told_in_title.replaceAll("\\W", "[^\\p{L}\\p{N}_]");
    const told = new RegExp(`^${pattern}`, "iu").exec(reference.title);
    if (told) yield { at: ["reference", "title"], message: `the title begins with ${quoted(told[0])}` };
  },

  *"example-among-papers"({ key, record: { screening }, others, lists }) {
    if (key !== lists.invented_example || screening.decision !== "included") return;
    const other = [...others.values()].find(({ decision }) => decision === "included");
    if (other) {
      const message = `the invented example would be counted together with “${other.key}”`;
      yield { at: ["reference", "title"], message };
    }
  },
};
