// @ts-check

/**
 * Whether two references may be of one publication, and why, as the check of the review sees it
 * (`evidence_map/duplicates.py` and `likeness.py`). Nothing is decided here; somebody should look.
 */

import { alike, alikeInAnyOrder } from "./nearness.js";
import { folded } from "./plain_title.js";

/** How alike titles are, in percent: the same; the same with a slip; told in other words. */
const SAME_TITLE = 97;
const SIMILAR_TITLE = 88;
const SAME_PLACE_TITLE = 60;

/** Titles with fewer words (Editorial, Introduction) are shared by different papers. */
const SHORT_TITLE = 4;

const COMMENT =
  /^(?:authors? |publisher )?(correction|corrigendum|erratum|errata|retraction|expression of concern|reply|response|comments?|commentary|letter|re|review|protocol)\b/;
const COUNTED = /\d+|\b(?:i{1,3}|iv|v|vi{1,3}|ix|x)\b/g;

/**
 * What tells a publication apart.
 *
 * @typedef {object} Told
 * @property {string} title
 * @property {string} [original_title]
 * @property {string[]} authors by their family names, or the names of bodies
 * @property {string} [year]
 * @property {string} [volume]
 * @property {string} [page]
 * @property {string} [number]
 * @property {string} [container_title]
 * @property {string} [doi]
 */
/** @typedef {import("./recorded.js").Recorded} Recorded */
/** @typedef {"agree" | "differ" | "unknown"} Agreement */
/** @typedef {"same" | "differ" | "unknown"} Sameness */

/** A publication by what tells it apart, in plain small letters. */
export class Publication {
  /** @param {Told} told */
  constructor(told) {
    const { title, original_title: own } = told;
    this.title = folded(title);
    this.titles = [this.title, folded(own)].filter(Boolean);
    this.mainTitle = folded(title.split(/[:.?–—]\s/)[0]);
    this.signs = [COMMENT.exec(this.title)?.[1] ?? "", ...(this.title.match(COUNTED) ?? [])].join(" ");
    this.authors = told.authors.map(folded);
    this.year = told.year ? Number(told.year) : undefined;
    this.volume = folded(told.volume);
    this.firstPage = folded((told.page ?? told.number ?? "").split(/[–-]/)[0]);
    this.container = folded(told.container_title);
    this.doi = told.doi;
    this.blocks = new Set(this.blocksOf());
  }

  /** @returns {Generator<string>} what usually survives a typing mistake; only publications that
   *   share a block are compared */
  *blocksOf() {
    for (const title of this.titles) {
      const letters = title.replaceAll(" ", "");
      yield `begins ${letters.slice(0, 20)}`;
      yield `ends ${letters.slice(-20)}`;
      yield `words ${longestWords(title)}`;
    }
    if (this.mainTitle !== this.title) {
      yield `begins ${this.mainTitle.replaceAll(" ", "").slice(0, 20)}`;
    }
    if (this.authors.length > 0) yield `author ${this.authors[0]} ${this.year}`;
    if (this.firstPage && this.volume) yield `place ${this.volume} ${this.firstPage}`;
  }

  /**
   * @param {Publication} other
   * @returns {boolean} whether the two are worth comparing
   */
  isNear(other) {
    for (const block of this.blocks) {
      if (other.blocks.has(block)) return true;
    }
    const { year } = this;
    if (year === undefined || this.authors.length === 0) return false;
    // Online first in one year, in an issue of the next.
    return [year - 1, year + 1].some((near) => other.blocks.has(`author ${this.authors[0]} ${near}`));
  }

  /**
   * @param {Publication} other
   * @returns {string} why the two seem to be one publication, or nothing
   */
  likeness(other) {
    if (this.signs !== other.signs || !this.isNear(other)) return "";
    const score = Math.max(...this.titles.flatMap((one) => other.titles.map((two) => titleScore(one, two))));
    const people = agreementOfPeople(this, other);
    const years = agreementOfYears(this, other);
    const place = samenessOfPlace(this, other);
    if (people === "differ" && !(place === "same" && score >= SAME_TITLE)) return "";
    if (years === "differ" && place !== "same") return "";
    if (place === "differ" && score < SAME_TITLE) return "";
    const known = { score, people, years, place };
    return suffices(this, other, known) ? reason(this, other, known) : "";
  }
}

/** @typedef {{score: number, people: Agreement, years: Agreement, place: Sameness}} Known */

/** @param {string} title */
function longestWords(title) {
  const words = [...new Set(title.split(" "))];
  words.sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  return words.slice(0, 2).sort().join(" ");
}

/**
 * @param {string} one
 * @param {string} other
 */
function titleScore(one, other) {
  return Math.max(alike(one, other), alikeInAnyOrder(one, other));
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @param {Known} known
 */
function suffices(one, other, { score, people, years, place }) {
  const words = [one, other].map(({ title }) => title.split(" ").length);
  const isLong = Math.min(...words) >= SHORT_TITLE;
  const bothAgree = people === "agree" && years === "agree";
  if (place === "same" && (people === "agree" || score >= SIMILAR_TITLE)) {
    return score >= SAME_PLACE_TITLE || bothAgree;
  }
  if (score >= SAME_TITLE) return isLong || bothAgree;
  if (!bothAgree) return false;
  if (oneLacksTheSubtitle(one, other)) return true;
  return isLong && score >= SIMILAR_TITLE && differByASlip(one, other);
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @returns {boolean} whether what one title has and the other has not is the same word, misspelt
 */
function differByASlip(one, other) {
  const words = [one.title.split(" "), other.title.split(" ")];
  const only = [0, 1].map((at) => words[at].filter((word) => !words[1 - at].includes(word)).join(""));
  return !(only[0] && only[1]) || alike(only[0], only[1]) >= 70;
}

/**
 * @param {Publication} one
 * @param {Publication} other
 */
function oneLacksTheSubtitle(one, other) {
  const isLong = [one, other].every(({ mainTitle }) => mainTitle.split(" ").length >= 3);
  return isLong && (one.mainTitle === other.title || other.mainTitle === one.title);
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @returns {Agreement}
 */
function agreementOfPeople(one, other) {
  if (one.authors.length === 0 || other.authors.length === 0) return "unknown";
  if (alike(one.authors[0], other.authors[0]) >= 85) return "agree";
  const shared = new Set(one.authors.filter((name) => other.authors.includes(name))).size;
  const fewest = Math.min(one.authors.length, other.authors.length);
  return 2 * shared >= fewest ? "agree" : "differ";
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @returns {Agreement}
 */
function agreementOfYears(one, other) {
  if (one.year === undefined || other.year === undefined) return "unknown";
  return Math.abs(one.year - other.year) <= 1 ? "agree" : "differ";
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @returns {Sameness} whether volume and first page are the same
 */
function samenessOfPlace(one, other) {
  if (![one.volume, other.volume, one.firstPage, other.firstPage].every(Boolean)) return "unknown";
  if (one.volume !== other.volume || one.firstPage !== other.firstPage) return "differ";
  return containerScore(one, other) >= 60 ? "same" : "unknown";
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @returns {number} how alike the journals are, in percent; one may be abbreviated
 */
function containerScore(one, other) {
  if (!one.container || !other.container) return 100;
  const [short, long] = [one.container, other.container].sort((a, b) => a.length - b.length);
  const words = long.split(" ");
  const isAbbreviated = short.split(" ").every((begin) => {
    while (words.length > 0) {
      if (words.shift()?.startsWith(begin)) return true;
    }
    return false;
  });
  return isAbbreviated ? 100 : alikeInAnyOrder(short, long);
}

/**
 * @param {Publication} one
 * @param {Publication} other
 * @param {Known} known
 */
function reason(one, other, { score, people, years, place }) {
  const same = [score >= 99.5 ? "same title" : `titles alike (${inPercent(score)} %)`];
  if (score < SIMILAR_TITLE && oneLacksTheSubtitle(one, other)) {
    same[0] = "same title without the subtitle";
  }
  if (people === "agree") {
    same.push(one.authors[0] === other.authors[0] ? "same first author" : "authors alike");
  }
  if (years === "agree") same.push(one.year === other.year ? "same year" : "years next to each other");
  if (place === "same") same.push("same volume and first page");
  const isApart = one.doi && other.doi && one.doi !== other.doi;
  return same.join(", ") + (isApart ? ", but different DOIs: perhaps two versions" : "");
}

/**
 * @param {number} score
 * @returns {number} the score without decimals; halves go to the even number
 */
function inPercent(score) {
  const whole = Math.floor(score);
  if (score - whole === 0.5) return whole % 2 === 0 ? whole : whole + 1;
  return Math.round(score);
}

/**
 * @param {{[name: string]: any}} reference the section of a record, as far as it is written
 * @returns {Publication}
 */
export function publicationOf(reference) {
  /** @param {string} name */
  const told = (name) => (typeof reference[name] === "string" ? reference[name] : undefined);
  const authors = Array.isArray(reference.authors) ? reference.authors : [];
  return new Publication({
    title: told("title") ?? "",
    original_title: told("original_title"),
    authors: authors.map((name) => name?.literal ?? name?.family).filter((name) => typeof name === "string"),
    year: /^\d{4}/.exec(told("issued") ?? "")?.[0],
    volume: told("volume"),
    page: told("page"),
    number: told("number"),
    container_title: told("container_title"),
    doi: told("doi"),
  });
}

/** @type {WeakMap<Recorded, Publication>} */
const KNOWN = new WeakMap();

/**
 * @param {Recorded} recorded
 * @returns {Publication} made once for each record
 */
export function recordedPublication(recorded) {
  const publication =
    KNOWN.get(recorded) ?? new Publication({ ...recorded, authors: recorded.families ?? [] });
  KNOWN.set(recorded, publication);
  return publication;
}
