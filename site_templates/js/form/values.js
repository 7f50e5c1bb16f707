// @ts-check

/**
 * The checks of single values, each under the name that it has in the model of the review.
 *
 * Those that look at a value before its kind is known may get a list or fields and let them pass.
 */

import { Absences } from "./absence.js";
import { doi, isbn, issn, orcid, pmcid, pmid } from "./identifiers.js";
import { Places } from "./places.js";
import { Refusal } from "./refusal.js";
import { webAddress } from "./web_address.js";
import { beginning, onOneLine, trimmed } from "./wording.js";

/** @typedef {(value: any, step: any) => any} Check */

/**
 * @param {Absences} absences
 * @param {Places} places
 * @param {{pattern: string}} key what an identifier looks like
 * @returns {Record<string, Check>}
 */
export function valueChecks(absences, places, key) {
  const slug = new RegExp(`^(?:${key.pattern})$`);
  return {
    said: ofText((text) => absences.refuse(onOneLine(text))),
    written: ofText((text) => absences.refuse(text)),
    one_line: ofText(onOneLine),
    official_only: ofText((text) => {
      if (absences.named(text) !== undefined) absences.refuse(text);
      return onOneLine(text);
    }),
    whole_number: ofText(wholeNumber),
    yes_or_no: ofText(yesOrNo),
    partial_date: partialDate,
    full_date: fullDate,
    web_address: webAddress,
    identifier: (value) => identifier(value, slug),
    pattern: matching,
    distinct,
    person_or_body: personOrBody,
    country: (value) => places.country(value),
    subdivision: (value) => places.subdivision(value),
    doi,
    pmid,
    pmcid,
    orcid,
    issn,
    isbn,
  };
}

/**
 * @param {(text: string) => any} check
 * @returns {Check} the check of texts; what is none passes
 */
function ofText(check) {
  return (value) => (typeof value === "string" ? check(value) : value);
}

/** @param {string} text */
function wholeNumber(text) {
  if (/^[0-9]{1,9}$/.test(trimmed(text))) return Number(trimmed(text));
  const message = `“${beginning(text, 40)}” is not a whole number`;
  throw new Refusal("wrong-type", message, "Write digits only, such as 17.");
}

/** @param {string} text */
function yesOrNo(text) {
  const word = trimmed(text).toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw new Refusal("wrong-type", `“${beginning(text, 40)}” is neither true nor false`);
}

/** @param {string} value */
function partialDate(value) {
  const match = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(value);
  if (match && isPossible(match.slice(1).map((part) => (part ? Number(part) : undefined)))) {
    return value;
  }
  throw new Refusal(
    "bad-date",
    `“${beginning(value, 40)}” is not a possible date`,
    "Write a year, a month or a day: 2024, 2024-10 or 2024-10-28.",
  );
}

/**
 * @param {(number | undefined)[]} date
 * @returns {boolean}
 */
function isPossible([year = 0, month, day]) {
  if (year < 1500 || year > 2200) return false;
  if (month === undefined) return true;
  if (month < 1 || month > 12) return false;
  return day === undefined || (day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate());
}

/** @param {string} value */
function fullDate(value) {
  if ([...value].length === 10) return partialDate(value);
  const message = `“${beginning(value, 40)}” is not a day`;
  throw new Refusal("bad-date", message, "Write year, month and day: 2024-10-28.");
}

/**
 * @param {string} value
 * @param {RegExp} slug
 */
function identifier(value, slug) {
  if (slug.test(value)) return value;
  const rule = "Use lower-case letters, digits and single hyphens; begin with a letter.";
  const likely = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const hint = slug.test(likely) ? `Did you mean “${likely}”? ${rule}` : rule;
  throw new Refusal("bad-identifier", `“${beginning(value, 60)}” cannot be an identifier`, hint);
}

/**
 * @param {string} value
 * @param {{pattern: string, code: string, message: string, hint: string}} step
 */
function matching(value, step) {
  if (new RegExp(`^(?:${step.pattern})$`).test(value)) return value;
  throw new Refusal(step.code, `“${beginning(value, 60)}” ${step.message}`, step.hint);
}

/** @param {any[]} values */
function distinct(values) {
  const seen = new Set();
  for (const value of values) {
    const written = typeof value === "string" ? value : JSON.stringify(value);
    if (seen.has(written)) {
      const shown = typeof value === "string" ? `“${value}”` : "the same entry";
      throw new Refusal("repeated-value", `${shown} stands twice in this list`);
    }
    seen.add(written);
  }
  return values;
}

/** @param {Record<string, any>} name */
function personOrBody(name) {
  const isPerson = name.family !== undefined;
  const isBody = name.literal !== undefined;
  if (isPerson !== isBody && !(isBody && (name.given || name.particle))) return name;
  throw new Refusal(
    "bad-name",
    "a name needs either “family” (and “given”) or “literal” alone",
    "Write family and given for a person, literal for an organisation.",
  );
}
