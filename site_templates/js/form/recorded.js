// @ts-check

/** Whether a paper is recorded already, and which key a new record could have. */

import { folded } from "./plain_title.js";
import { publicationOf, recordedPublication } from "./publication.js";

/** @typedef {import("./entry.js").Entry} Entry */

/**
 * A record of the review, in short, with what the rules compare.
 *
 * @typedef {object} Recorded
 * @property {string} key
 * @property {string} title
 * @property {string} [original_title]
 * @property {string[]} [authors] The first three, as they are cited.
 * @property {string} [year]
 * @property {string} [doi]
 * @property {string} [pmid]
 * @property {string} [pmcid]
 * @property {string} [volume]
 * @property {string} [page]
 * @property {string} decision
 * @property {string} [basis]
 * @property {string} [study]
 * @property {string[]} [findings]
 * @property {string[]} [families] The authors by their family names, or the names of bodies.
 * @property {string} [container_title]
 * @property {string} [number]
 * @property {string} [duplicate_of]
 * @property {string} [version_of]
 * @property {boolean} [extracted_twice]
 */

/**
 * @typedef {object} Likeness
 * @property {string} key Of the record that may be the same paper.
 * @property {boolean} certain Whether both bear the same identifier.
 * @property {string} reason Why, as a clause.
 */

/** What names exactly one publication, and how it is called. */
const IDENTIFIERS = /** @type {const} */ ({
  doi: "DOI",
  pmid: "PubMed number",
  pmcid: "PubMed Central number",
});

const LONGEST_NAME = 24;
const FILLERS = new Set("a an and at by de der die for in la of on the to".split(" "));

/**
 * Returns the records that may be of the same paper, the certain ones first.
 *
 * @param {Entry | undefined} reference
 * @param {readonly Recorded[]} recorded
 * @param {string} [ownKey] The record that is being written, which is like itself.
 * @returns {Likeness[]}
 */
export function likenesses(reference, recorded, ownKey) {
  const given = reference ?? {};
  const written = publicationOf(given);
  const found = recorded.flatMap((record) => {
    if (record.key === ownKey) return [];
    const same = sameIdentifier(given, record);
    if (same) return { key: record.key, certain: true, reason: same };
    const reason = written.title && written.likeness(recordedPublication(record));
    return reason ? { key: record.key, certain: false, reason } : [];
  });
  return found.sort((a, b) => Number(b.certain) - Number(a.certain) || (a.key < b.key ? -1 : 1));
}

/**
 * @param {Entry} reference
 * @param {Recorded} record
 */
function sameIdentifier(reference, record) {
  for (const [name, label] of Object.entries(IDENTIFIERS)) {
    const value = bareIdentifier(textOf(reference[name]));
    const other = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (record))[name];
    if (value && value === bareIdentifier(textOf(other))) return `same ${label}, ${value}`;
  }
  return "";
}

/** @param {string} written */
function bareIdentifier(written) {
  const bare = written.trim().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*|pmc(?=\d))/i, "");
  return bare.toLowerCase();
}

/**
 * Returns a key for a new record, as the command line makes it: first author and year.
 *
 * @param {Entry | undefined} reference
 * @param {Iterable<string>} taken Keys in use, of records and of studies.
 */
export function suggestedKey(reference, taken) {
  const stem = `${keyStem(reference ?? {})}${/^\d{4}/.exec(textOf(reference?.issued))?.[0] ?? "nd"}`;
  const used = new Set(taken);
  for (let number = 0; ; number += 1) {
    const key = stem + letters(number && number + 1);
    if (!used.has(key)) return key;
  }
}

/**
 * Nothing, a, b … z, aa, ab …
 *
 * @param {number} number
 */
function letters(number) {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}

/** @param {Entry} reference */
function keyStem(reference) {
  const author = firstAuthor(reference).split(" ");
  const isBody = Boolean(firstName(reference).literal);
  let words = author.join("");
  if (isBody && words.length > LONGEST_NAME) {
    words = author.flatMap((word) => (FILLERS.has(word) ? [] : (word[0] ?? ""))).join("");
  }
  if (!words) {
    const title = folded(textOf(reference.title)).split(" ");
    words = title.find((word) => !FILLERS.has(word)) ?? "";
  }
  return words.replace(/[^a-z]/g, "").slice(0, LONGEST_NAME) || "anon";
}

/**
 * @param {Entry} reference
 * @returns {Entry}
 */
function firstName(reference) {
  const authors = reference.authors;
  const first = Array.isArray(authors) ? authors[0] : undefined;
  return first && typeof first === "object" && !Array.isArray(first) ? first : {};
}

/**
 * The first author by the family name, or a body's name.
 *
 * @param {Entry} reference
 */
function firstAuthor(reference) {
  const name = firstName(reference);
  return folded(textOf(name.literal) || textOf(name.family));
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value : "";
}
