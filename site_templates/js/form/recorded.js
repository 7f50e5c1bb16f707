// @ts-check

/**
 * Whether a paper is recorded already, and which key a new record could have.
 *
 * The check compares more (see `evidence_map/duplicates.py`); this is what a person should know
 * before the first line is written.
 */

import { folded } from "./plain_title.js";

/** @typedef {import("./entry.js").Entry} Entry */

/**
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

/** How alike titles are, in percent: the same but for a slip; alike enough where the author agrees. */
const SAME = 97;
const SIMILAR = 88;

/** Titles with fewer words (Editorial, Introduction) are shared by different papers. */
const SHORT_TITLE = 4;

const LONGEST_NAME = 24;
const FILLERS = new Set("a an and at by de der die for in la of on the to".split(" "));
const COMMENT =
  /^(?:authors? |publisher )?(correction|corrigendum|erratum|errata|retraction|expression of concern|reply|response|comments?|commentary|letter|re|review|protocol)\b/;

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
  const own = titlesOf(given);
  const found = recorded.flatMap((record) => {
    if (record.key === ownKey) return [];
    const same = sameIdentifier(given, record);
    if (same) return { key: record.key, certain: true, reason: same };
    const reason = alike(given, own, record);
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
 * A title as it is compared, and how often each of its letters stands in it.
 *
 * @typedef {{text: string, letters: ReadonlyMap<string, number>}} Title
 */

/** @type {WeakMap<Recorded, Title[]>} */
const TITLES = new WeakMap();

/** @param {{title?: unknown, original_title?: unknown}} reference */
function titlesOf(reference) {
  const texts = [folded(textOf(reference.title)), folded(textOf(reference.original_title))];
  return texts.filter(Boolean).map((text) => {
    /** @type {Map<string, number>} */
    const letters = new Map();
    for (const letter of text) letters.set(letter, (letters.get(letter) ?? 0) + 1);
    return { text, letters };
  });
}

/** @param {Recorded} record */
function recordedTitles(record) {
  const titles = TITLES.get(record) ?? titlesOf(record);
  TITLES.set(record, titles);
  return titles;
}

/**
 * @param {Entry} reference
 * @param {Title[]} own Its titles.
 * @param {Recorded} record
 */
function alike(reference, own, record) {
  const theirs = recordedTitles(record);
  const [title, theirTitle] = [own[0]?.text ?? "", theirs[0]?.text ?? ""];
  if (!title || signs(title) !== signs(theirTitle)) return "";
  const author = folded(`${textOf(firstName(reference).particle)} ${firstAuthor(reference)}`);
  const known = folded(record.authors?.[0]);
  const sameAuthor = Boolean(author && known && ratio(author, known) >= 85);
  const year = Number(textOf(reference.issued).slice(0, 4)) || 0;
  const apart = Math.abs(year - Number(record.year ?? 0));
  const yearsKnown = Boolean(year && record.year);
  const sameYear = yearsKnown && apart <= 1;
  if (author && known && !sameAuthor) return "";
  if (yearsKnown && !sameYear) return "";
  let score = 0;
  for (const one of own) {
    for (const other of theirs) {
      if (mayBeAlike(one, other)) score = Math.max(score, titleScore(one.text, other.text));
    }
  }
  const long = Math.min(title.split(" ").length, theirTitle.split(" ").length) >= SHORT_TITLE;
  const both = sameAuthor && sameYear;
  if (!(score >= SAME ? long || both : score >= SIMILAR && long && both)) return "";
  const reasons = [score >= 99.5 ? "same title" : `titles alike (${Math.round(score)} %)`];
  if (sameAuthor) reasons.push("same first author");
  if (sameYear) reasons.push(apart ? "years next to each other" : "same year");
  return reasons.join(", ");
}

/**
 * What makes two papers of nearly the same title different: numbers, and being a comment.
 *
 * @param {string} title
 */
function signs(title) {
  const counted = title.match(/\d+|\b(?:i{1,3}|iv|v|vi{1,3}|ix|x)\b/g) ?? [];
  return [COMMENT.exec(title)?.[1] ?? "", ...counted].join(" ");
}

/**
 * Whether two titles have enough letters in common to be compared in their order, which takes long.
 *
 * @param {Title} one
 * @param {Title} other
 */
function mayBeAlike(one, other) {
  let shared = 0;
  for (const [letter, times] of one.letters) shared += Math.min(times, other.letters.get(letter) ?? 0);
  return (200 * shared) / (one.text.length + other.text.length) >= SIMILAR;
}

/**
 * @param {string} one
 * @param {string} other
 */
function titleScore(one, other) {
  const sorted = [one, other].map((title) => title.split(" ").sort().join(" "));
  return Math.max(ratio(one, other), ratio(sorted[0] ?? "", sorted[1] ?? ""));
}

/**
 * How alike two texts are in percent: the share of letters that a change by taking out and putting
 * in leaves where they are.
 *
 * @param {string} one
 * @param {string} other
 */
function ratio(one, other) {
  const whole = one.length + other.length;
  if (!whole || Math.abs(one.length - other.length) > 0.3 * whole) return 0;
  let row = new Uint16Array(other.length + 1);
  for (const letter of one) {
    const next = new Uint16Array(other.length + 1);
    for (let at = 1; at <= other.length; at += 1) {
      const longest = Math.max(row[at] ?? 0, next[at - 1] ?? 0);
      next[at] = other[at - 1] === letter ? (row[at - 1] ?? 0) + 1 : longest;
    }
    row = next;
  }
  return (200 * (row[other.length] ?? 0)) / whole;
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
