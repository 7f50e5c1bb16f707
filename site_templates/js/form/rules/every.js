// @ts-check

/**
 * Every rule over a record that the form checks, by its code.
 */

import { APPRAISAL } from "./appraisal.js";
import { CITATIONS } from "./citations.js";
import { CODING } from "./coding.js";
import { COMPLETENESS } from "./completeness.js";
import { DATES } from "./dates.js";
import { DUPLICATES } from "./duplicates.js";
import { NOTICES } from "./notices.js";
import { RELATIONS } from "./relations.js";
import { SAMPLE } from "./sample.js";
import { SCREENING } from "./screening.js";

/** @type {Record<string, import("./matter.js").Rule>} */
export const RULES = {
  ...SCREENING,
  ...COMPLETENESS,
  ...DATES,
  ...SAMPLE,
  ...APPRAISAL,
  ...CODING,
  ...RELATIONS,
  ...DUPLICATES,
  ...CITATIONS,
  ...NOTICES,
};
