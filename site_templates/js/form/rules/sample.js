// @ts-check

/**
 * Numbers of a sample that do not add up, and regions that lie in no country named.
 */

import { entriesOf } from "./matter.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const SAMPLE = {
  *"parts-do-not-add-up"({ record: { sample } }) {
    if (typeof sample?.size !== "number") return;
    for (const [index, group] of entriesOf(sample.groups).entries()) {
      const message = mismatch(group, sample.size);
      if (message) yield { at: ["sample", "groups", index, "by"], message };
    }
  },

  *"more-than-invited"({ record: { sample } }) {
    const numbers = sample?.recruitment ?? {};
    for (const [asked, took] of [
      ["sites_approached", "sites_taking_part"],
      ["people_invited", "people_taking_part"],
    ]) {
      const [before, after] = [numbers[asked], numbers[took]];
      if (typeof before === "number" && typeof after === "number" && after > before) {
        const message = `${after} took part, but only ${before} were asked`;
        yield { at: ["sample", "recruitment", took], message };
      }
    }
  },

  *"region-outside-countries"({ record: { setting }, countries }) {
    const named = entriesOf(setting?.countries);
    for (const [index, region] of entriesOf(setting?.subdivisions).entries()) {
      const country = region.slice(0, region.indexOf("-"));
      if (!named.includes(country)) {
        const message = `${region} lies in ${countries.get(country)}, which is not named`;
        yield { at: ["setting", "subdivisions", index], message };
      }
    }
  },
};

/**
 * @param {{by: string, parts: {size: number}[], parts_are: string}} group
 * @param {number} size of the sample
 * @returns {string} how the parts contradict it, or nothing
 */
function mismatch(group, size) {
  const sizes = group.parts.map((part) => part.size);
  const total = sizes.reduce((sum, each) => sum + each, 0);
  const most = Math.max(...sizes);
  const added = sizes.join(" + ") + (sizes.length > 1 ? ` = ${total}` : "");
  if (group.parts_are === "complete" && total !== size) {
    return `the parts by “${group.by}” are ${added}, but the sample is ${size}`;
  }
  if (group.parts_are === "incomplete" && total > size) {
    return `the parts by “${group.by}” are ${added}, more than the sample of ${size}`;
  }
  if (group.parts_are === "overlapping" && most > size) {
    return `a part by “${group.by}” is ${most}, more than the sample of ${size}`;
  }
  return "";
}
