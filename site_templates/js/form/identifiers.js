// @ts-check

/**
 * Identifiers of papers and people: well-formed, checked by their check digit, in one spelling.
 */

import { Refusal } from "./refusal.js";
import { beginning, trimmed } from "./wording.js";

/**
 * @param {string} code
 * @param {string} value
 * @param {string} message
 * @param {string} hint
 */
function refusal(code, value, message, hint) {
  return new Refusal(code, `“${beginning(value, 60)}” ${message}`, hint);
}

/**
 * @param {string} value
 * @returns {string} the DOI in small letters without the address of a resolver
 */
export function doi(value) {
  const bare = value.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, "").toLowerCase();
  const last = bare.slice(-1);
  if ([".", ",", ";"].includes(last)) {
    throw refusal("bad-doi", value, "ends in punctuation", `Delete the “${last}” at its end.`);
  }
  if (!/^10\.[0-9]{4,9}(?:\.[0-9]+)*\/(?:[^\s"{}\\]|\ufeff)+$/.test(bare)) {
    throw refusal(
      "bad-doi",
      value,
      "is not a DOI",
      "A DOI begins with 10., has a slash and no spaces, such as 10.1186/s12954-023-00898-4.",
    );
  }
  return bare;
}

/**
 * @param {string} value
 * @returns {string} the number in PubMed
 */
export function pmid(value) {
  const bare = value
    .replace(/^(?:https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/|pmid:?\s*)/i, "")
    .replace(/\/+$/, "");
  if (!/^[1-9][0-9]{0,7}$/.test(bare)) {
    throw refusal("bad-pmid", value, "is not a PubMed number", "It is a number of up to 8 digits.");
  }
  return bare;
}

/**
 * @param {string} value
 * @returns {string} the number in PubMed Central with its prefix
 */
export function pmcid(value) {
  const bare = value
    .replace(/^(?:https?:\/\/\S+\/articles\/|pmcid:?\s*)/i, "")
    .replace(/\/+$/, "")
    .toUpperCase();
  if (!/^PMC[1-9][0-9]{0,8}$/.test(bare)) {
    const hint = "It is “PMC” and up to 9 digits.";
    throw refusal("bad-pmcid", value, "is not a PubMed Central number", hint);
  }
  return bare;
}

/**
 * @param {string} value
 * @returns {string} the ORCID iD in groups of four (check digit: ISO 7064 MOD 11-2)
 */
export function orcid(value) {
  const bare = value.replace(/^https?:\/\/orcid\.org\//i, "").toUpperCase();
  const digits = bare.replace(/[- ]/g, "");
  if (!/^[0-9]{15}[0-9X]$/.test(digits) || remainder(digits) !== 1) {
    throw refusal(
      "bad-orcid",
      value,
      "is not an ORCID iD",
      "It has 16 digits, the last of which checks the others; copy it from orcid.org.",
    );
  }
  return (digits.match(/.{4}/g) ?? []).join("-");
}

/** @param {string} digits */
function remainder(digits) {
  return [...digits].reduce((sum, digit) => (sum * 2 + valueOf(digit)) % 11, 0);
}

/** @param {string} digit */
const valueOf = (digit) => (digit === "X" ? 10 : Number(digit));

/**
 * @param {string} value
 * @returns {string} the ISSN as NNNN-NNNC
 */
export function issn(value) {
  const number = bareNumber(value);
  const isRight = /^[0-9]{7}[0-9X]$/.test(number) && weighted(number, (index) => 8 - index) % 11 === 0;
  if (isRight) return `${number.slice(0, 4)}-${number.slice(4)}`;
  throw refusal(
    "bad-issn",
    value,
    "is not an ISSN",
    "It has 8 characters, the last of which checks the others, such as 1477-7517.",
  );
}

/**
 * @param {string} value
 * @returns {string} the ISBN with 13 digits and no hyphens
 */
export function isbn(value) {
  const bare = bareNumber(value);
  const number = bare.length === 9 ? `0${bare}` : bare;
  if (/^[0-9]{9}[0-9X]$/.test(number) && weighted(number, (index) => 10 - index) % 11 === 0) {
    const begun = `978${number.slice(0, 9)}`;
    return begun + String((10 - (alternating(begun) % 10)) % 10);
  }
  if (/^97[89][0-9]{10}$/.test(number) && alternating(number) % 10 === 0) return number;
  throw refusal(
    "bad-isbn",
    value,
    "is not an ISBN",
    "It has 10 or 13 digits, the last of which checks the others.",
  );
}

/**
 * @param {string} number
 * @param {(index: number) => number} weight
 */
function weighted(number, weight) {
  return [...number].reduce((sum, digit, index) => sum + weight(index) * valueOf(digit), 0);
}

/** @param {string} number */
const alternating = (number) => weighted(number, (index) => (index % 2 === 0 ? 1 : 3));

/** Signs that are printed for a hyphen, and spaces of other widths. */
const SEPARATORS =
  /[-\u058a\u05be\u2010-\u2015\ufe63\uff0d\u180a\u203e\u2043\u00af\u02d7\uffe3\u1680\u207b\u208b\u2212\u23af\u23ba-\u23bd\u23e4 \u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const WIDE_DIGIT = /[\uff10-\uff19\u{1d7ce}-\u{1d7ff}]/gu;

/** @param {string} value */
function bareNumber(value) {
  const narrow = value.replace(WIDE_DIGIT, (digit) => digit.normalize("NFKC"));
  return trimmed(narrow.replace(SEPARATORS, "")).toUpperCase();
}
