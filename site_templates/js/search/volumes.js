// @ts-check

/**
 * Words in an index of several volumes, which are searched together.
 *
 * Where a word does not stand in a volume, Pagefind takes the longest one there that it begins with,
 * or passes it over; so each volume is asked which words it has. An index in one volume is large, and
 * its best pages show it; a volume is small, and tells it without any page being loaded.
 */

import { begins, folded } from "./query.js";

/** @typedef {import("./hit.js").Hit} Hit */
/** @typedef {typeof import("../pagefind/pagefind.js")} Pagefind */
/** @typedef {import("../pagefind/pagefind.js").SearchResult} SearchResult */
/** @typedef {Map<string, number>} Counts Of pages, by volume. */

/** What no word goes on with, nor ends with in any language: it sorts behind what words go on with. */
const BEYOND = "zzzz";

/** How many pages of a volume are looked at for a word that stands nowhere. */
const LOOKED_AT = 2;

/** Words that begin with as many of the same letters may be forms of one word. */
const ALIKE = 3;

/**
 * The volume of a page, from Pagefind's name for the page: `en-x-03` of `en-x-03_1f2e3d4`.
 * @param {string} id
 */
function volumeOf(id) {
  return id.slice(0, id.lastIndexOf("_"));
}

export class Volumes {
  /**
   * @param {Pagefind} pagefind
   * @param {Iterable<string>} pages Pagefind's names for all pages.
   */
  constructor(pagefind, pages) {
    this.pagefind = pagefind;
    this.sizes = counted([...pages]);
    /** @type {Map<string, Promise<Counts>>} */
    this.asked = new Map();
  }

  /**
   * How much the scores that pages get for words count, by volume, so that they can be compared. To
   * Pagefind a word is worth more the fewer pages of a volume have it; here, of all volumes.
   * @param {string[]} words
   * @returns {Promise<(id: string) => number>} The weight of a page.
   */
  async weights(words) {
    const having = await Promise.all(words.map((word) => this.#having(word)));
    const known = having.filter((counts) => counts.size);
    const whole = known.reduce((sum, counts) => sum + rarity(total(this.sizes), total(counts)), 0);
    const weights = /** @type {Map<string, number>} */ (new Map());
    for (const [volume, size] of this.sizes) {
      const own = known.reduce((sum, counts) => sum + rarity(size, counts.get(volume) ?? 0), 0);
      weights.set(volume, own ? whole / own : 1);
    }
    return (id) => weights.get(volumeOf(id)) ?? 1;
  }

  /**
   * The hits in those volumes that have all words: with any ending, or as the beginning of a longer
   * one. For a word that none has, which may be unfinished, pages that were found must show it.
   * @param {string[]} words
   * @param {Hit[]} hits The best first.
   */
  async having(words, hits) {
    let left = hits;
    for (const word of words) {
      const volumes = await this.#having(word);
      left = volumes.size
        ? left.filter((hit) => volumes.has(volumeOf(hit.result.id)))
        : await this.#showing(word, left);
    }
    return left;
  }

  /**
   * The hits in those volumes whose best pages show a word that begins with the one that is wanted, or
   * the same words as these, since all that is found for it has one stem.
   * @param {string} wanted
   * @param {Hit[]} hits
   */
  async #showing(wanted, hits) {
    const best = /** @type {Map<string, Hit[]>} */ (new Map());
    for (const hit of hits) {
      const volume = volumeOf(hit.result.id);
      const taken = best.get(volume) ?? [];
      if (taken.length < LOOKED_AT) best.set(volume, [...taken, hit]);
    }
    const start = folded(wanted).slice(0, ALIKE);
    const shown = await Promise.all(
      [...best].map(async ([volume, looked]) => {
        const words = (await Promise.all(looked.map((hit) => hit.found()))).flat();
        const alike = words.filter((word) => begins(word, start)).map(folded);
        return { volume, alike, begun: words.some((word) => begins(word, wanted)) };
      }),
    );
    const same = new Set(shown.flatMap(({ alike, begun }) => (begun ? alike : [])));
    const kept = shown.filter(({ alike, begun }) => begun || alike.some((word) => same.has(word)));
    const volumes = new Set(kept.map(({ volume }) => volume));
    return hits.filter((hit) => volumes.has(volumeOf(hit.result.id)));
  }

  /**
   * @param {string} word
   * @returns {Promise<Counts>} How many pages have the word, in the volumes that have it.
   */
  #having(word) {
    const before = this.asked.get(word);
    if (before) return before;
    const counts = this.#ask(word);
    this.asked.set(word, counts);
    counts.catch(() => this.asked.delete(word));
    return counts;
  }

  /** @param {string} word */
  async #ask(word) {
    const [exact] = await Promise.all([
      // In quotation marks nothing is taken in place of the word.
      this.pagefind.search(`"${word}"`),
      // Words that go on from it may stand in another piece of a volume.
      this.pagefind.preload(word + BEYOND),
    ]);
    const having = counted(exact.results.map(({ id }) => id));
    if (having.size === this.sizes.size) return having;
    // In the others a longer word begins with it, if no beginning of it finds the same.
    const beyond = await this.pagefind.search(word + BEYOND);
    const instead = places(beyond.results);
    const { results } = await this.pagefind.search(word);
    for (const [volume, found] of places(results)) {
      const known = instead.get(volume);
      if (!having.has(volume) && found.join() !== known?.join()) having.set(volume, found.length);
    }
    return having;
  }
}

/**
 * @param {string[]} ids
 * @returns {Counts}
 */
function counted(ids) {
  const counts = /** @type {Counts} */ (new Map());
  for (const volume of ids.map(volumeOf)) counts.set(volume, (counts.get(volume) ?? 0) + 1);
  return counts;
}

/** @param {Counts} counts */
function total(counts) {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * What a word is worth that so many pages have (the inverse document frequency, as in BM25).
 * @param {number} pages
 * @param {number} having
 */
function rarity(pages, having) {
  return Math.log(1 + (pages - having + 0.5) / (having + 0.5));
}

/**
 * Where words were found in each volume, to be compared.
 * @param {SearchResult[]} results
 */
function places(results) {
  const found = /** @type {Map<string, string[]>} */ (new Map());
  for (const { id, words } of results) {
    const volume = volumeOf(id);
    const known = found.get(volume);
    if (known) known.push(`${id} ${words}`);
    else found.set(volume, [`${id} ${words}`]);
  }
  for (const each of found.values()) each.sort();
  return found;
}
