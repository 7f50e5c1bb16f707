// @ts-check

/**
 * Words in an index of several volumes, which are searched together.
 *
 * Where a word does not stand in a volume, Pagefind takes the longest one there that it begins with,
 * or passes it over; so each volume is asked which words it has. An index in one volume is large, and
 * its best pages show it; a volume is small, and tells it without any page being loaded.
 */

import { begins } from "./query.js";

/** @typedef {import("./hit.js").Hit} Hit */
/** @typedef {typeof import("../pagefind/pagefind.js")} Pagefind */
/** @typedef {import("../pagefind/pagefind.js").SearchResult} SearchResult */

/** What no word goes on with, nor ends with in any language: it sorts behind what words go on with. */
const BEYOND = "zzzz";

/** How many pages of a volume are looked at for a word that stands nowhere. */
const LOOKED_AT = 2;

/**
 * The volume of a page, from Pagefind's name for the page: `en-x-03` of `en-x-03_1f2e3d4`.
 * @param {string} id
 */
export function volumeOf(id) {
  return id.slice(0, id.lastIndexOf("_"));
}

export class Volumes {
  /**
   * @param {Pagefind} pagefind
   * @param {number} number How many there are.
   */
  constructor(pagefind, number) {
    this.pagefind = pagefind;
    this.number = number;
    /** @type {Map<string, Promise<Set<string>>>} */
    this.asked = new Map();
  }

  /**
   * Loads what tells where words stand, and words that go on from them.
   * @param {string[]} words
   */
  async prepare(words) {
    await Promise.all(words.map((word) => this.#having(word)));
  }

  /**
   * The hits in those volumes that have all words: with any ending, or as the beginning of a longer
   * one. For a word that none has, which may be unfinished, pages that were found must show it.
   * @param {string[]} words
   * @param {Hit[]} hits The best first.
   */
  async having(words, hits) {
    let left = hits;
    const nowhere = /** @type {string[]} */ ([]);
    for (const word of words) {
      const volumes = await this.#having(word);
      if (volumes.size) left = left.filter((hit) => volumes.has(volumeOf(hit.result.id)));
      else nowhere.push(word);
    }
    return nowhere.length ? this.#showing(nowhere, left) : left;
  }

  /**
   * @param {string[]} words
   * @param {Hit[]} hits
   */
  async #showing(words, hits) {
    const byVolume = /** @type {Map<string, Hit[]>} */ (new Map());
    for (const hit of hits) {
      const volume = volumeOf(hit.result.id);
      byVolume.set(volume, [...(byVolume.get(volume) ?? []), hit]);
    }
    const shown = await Promise.all(
      [...byVolume.values()].map(async (found) => {
        const there = await Promise.all(found.slice(0, LOOKED_AT).map((hit) => hit.found()));
        return words.every((word) => there.flat().some((each) => begins(each, word)));
      }),
    );
    const kept = new Set([...byVolume.keys()].filter((_, at) => shown[at]));
    return hits.filter((hit) => kept.has(volumeOf(hit.result.id)));
  }

  /**
   * @param {string} word
   * @returns {Promise<Set<string>>} The volumes in which the word stands.
   */
  #having(word) {
    const before = this.asked.get(word);
    if (before) return before;
    const volumes = this.#ask(word);
    this.asked.set(word, volumes);
    volumes.catch(() => this.asked.delete(word));
    return volumes;
  }

  /** @param {string} word */
  async #ask(word) {
    const [exact] = await Promise.all([
      // In quotation marks nothing is taken in place of the word.
      this.pagefind.search(`"${word}"`),
      // Words that go on from it may stand in another piece of a volume.
      this.pagefind.preload(word + BEYOND),
    ]);
    const having = new Set(exact.results.map(({ id }) => volumeOf(id)));
    if (having.size === this.number) return having;
    // In the others a longer word begins with it, if no beginning of it finds the same.
    const beyond = await this.pagefind.search(word + BEYOND);
    const instead = found(beyond.results, having);
    const { results } = await this.pagefind.search(word);
    for (const [volume, places] of found(results, having)) {
      if (places !== instead.get(volume)) having.add(volume);
    }
    return having;
  }
}

/**
 * What was found in each volume but those that are passed over, to be compared.
 * @param {SearchResult[]} results
 * @param {Set<string>} passed
 */
function found(results, passed) {
  const pages = /** @type {Map<string, string[]>} */ (new Map());
  for (const { id, words } of results) {
    const volume = volumeOf(id);
    if (passed.has(volume)) continue;
    const known = pages.get(volume);
    if (known) known.push(`${id} ${words}`);
    else pages.set(volume, [`${id} ${words}`]);
  }
  return new Map([...pages].map(([volume, places]) => [volume, places.sort().join()]));
}
