// @ts-check

/** Places in a record as they stand behind the # of an address: `sample.size`, `findings.company.statement`. */

import { valueAt } from "./entries.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Path} Path */

/**
 * Returns the place that an address names; entries of lists by their number, counted from 1, or id.
 *
 * @param {string} hash
 * @param {Entry} entry
 * @returns {Path}
 */
export function pathOf(hash, entry) {
  const path = /** @type {Path} */ ([]);
  for (const step of decoded(hash.replace(/^#/, "")).split(".").filter(Boolean)) {
    const list = valueAt(entry, path);
    if (!Array.isArray(list)) path.push(step);
    else {
      const named = list.findIndex(
        (each) => typeof each === "object" && !Array.isArray(each) && each.id === step,
      );
      const index = named >= 0 ? named : Number(step) - 1;
      if (!list[index]) break;
      path.push(index);
    }
  }
  return path;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
