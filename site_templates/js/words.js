// @ts-check

/**
 * Finds words in all pages of the site, through the index that Pagefind made of them.
 *
 *     const words = await openWords(root);
 *     const found = await words.matching('tea "night watch"');
 *     found.keys.has("lamp2021");             // whether a report matches
 *     await found.excerpt("lamp2021");        // where, as [{text, marked}]
 *
 * A page matches if it has every word: as it is, with another ending (*supporting* finds
 * *support*), or as the beginning of a longer one; accents make no difference. Words in quotation
 * marks must stand together, in that order. Anything may be typed; nothing is an operator.
 */

import { Hit } from "./search/hit.js";
import { begins, parts } from "./search/query.js";
import { Volumes } from "./search/volumes.js";

/** @typedef {import("./search/hit.js").Kind} Kind */
/** @typedef {import("./search/passages.js").Segment} Segment */
/** @typedef {import("./search/query.js").Part} Part */
/** @typedef {typeof import("./pagefind/pagefind.js")} Pagefind */
/** @typedef {Record<Kind, Record<string, string>>} Addresses By kind, and by Pagefind's name. */
/** @typedef {Addresses & {volumes?: string[]}} Results With the folders of further volumes. */

/**
 * The reports that match.
 * @typedef {object} Matches
 * @property {Set<string>} keys Citation keys, the best match first.
 * @property {(key: string) => Promise<Segment[]>} excerpt What a report says where the words stand,
 *   as pieces of plain text; empty for a report that does not match.
 * @property {boolean} blank Whether there was nothing to look for: no letter and no digit. Then
 *   `keys` is empty, but nothing was searched, and a filter should leave everything in.
 */

/** The index cannot be loaded: no connection, or a copy of the site that is read without a server. */
export class WordsError extends Error {}

/** @type {Map<string, Promise<Words>>} */
const opened = new Map();

/**
 * Loads the index; what a search needs of it is loaded when it is asked for. Once for all who ask.
 * @param {string | URL} root The root of the site, relative to the page or whole.
 * @returns {Promise<Words>}
 * @throws {WordsError} If it cannot be loaded. The next call tries again.
 */
export function openWords(root) {
  const whole = new URL(root, document.baseURI);
  const before = opened.get(whole.href);
  if (before) return before;
  const words = load(whole);
  opened.set(whole.href, words);
  words.catch(() => opened.delete(whole.href));
  return words;
}

/**
 * @param {URL} root
 * @returns {Promise<Words>}
 */
async function load(root) {
  try {
    // Asked for anew each time, so that it belongs to the index that is there now.
    const response = await fetch(new URL("pagefind/results.json", root), { cache: "no-cache" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { volumes, ...addresses } = /** @type {Results} */ (await response.json());
    const module = new URL("pagefind/pagefind.js", root).href;
    const pagefind = /** @type {Pagefind} */ (await import(module));
    await pagefind.init();
    const further = (volumes ?? []).map((name) => new URL(`pagefind/${name}/`, root).href);
    await merge(pagefind, further);
    return new Words(pagefind, addresses, root, further.length > 0);
  } catch (error) {
    throw new WordsError("The index of the words cannot be loaded.", { cause: error });
  }
}

/**
 * Lets Pagefind search further volumes with the first.
 * @param {Pagefind} pagefind
 * @param {string[]} volumes Their addresses.
 */
async function merge(pagefind, volumes) {
  try {
    await Promise.all(volumes.map((address) => pagefind.mergeIndex(address)));
  } catch (error) {
    // Pagefind would keep what failed, and never search again.
    await pagefind.destroy();
    throw error;
  }
}

export class Words {
  /**
   * @param {Pagefind} pagefind
   * @param {Addresses} addresses
   * @param {URL} root
   * @param {boolean} several Whether the index has several volumes.
   */
  constructor(pagefind, addresses, root, several) {
    this.pagefind = pagefind;
    this.root = root;
    /** @type {Map<string, [Kind, string]>} */
    this.pages = new Map();
    for (const [kind, pages] of Object.entries(addresses)) {
      for (const [id, address] of Object.entries(pages)) {
        this.pages.set(id, [/** @type {Kind} */ (kind), address]);
      }
    }
    /** @type {Map<string, Promise<boolean>>} */
    this.known = new Map();
    this.volumes = several ? new Volumes(pagefind, this.pages.keys()) : null;
  }

  /**
   * The reports that match, for a filter.
   * @param {string} query
   * @returns {Promise<Matches>}
   * @throws {WordsError} If a part of the index cannot be loaded.
   */
  async matching(query) {
    const hits = await this.find(query);
    const reports = (hits ?? []).filter((hit) => hit.kind === "Report");
    const byKey = new Map(reports.map((hit) => [hit.key, hit]));
    return {
      keys: new Set(byKey.keys()),
      excerpt: async (key) => (await byKey.get(key)?.excerpt()) ?? [],
      blank: hits === null,
    };
  }

  /**
   * All pages that match, the best first.
   * @param {string} query
   * @returns {Promise<Hit[] | null>} `null` where there is nothing to look for.
   * @throws {WordsError} If a part of the index cannot be loaded.
   */
  async find(query) {
    const wanted = parts(query);
    if (!wanted.length) return null;
    try {
      const loose = wanted.flatMap((part) => (part.exact ? [] : part.words));
      const hits = await this.#together(wanted);
      const found = await this.#known(loose, hits);
      if (!found.length && !navigator.onLine) throw new Error("offline");
      return found;
    } catch (error) {
      throw new WordsError("The index of the words cannot be read.", { cause: error });
    }
  }

  /**
   * The hits that have the words, and not others that Pagefind took in their place.
   * @param {string[]} wanted
   * @param {Hit[]} hits
   */
  async #known(wanted, hits) {
    if (this.volumes) return this.volumes.having(wanted, hits);
    return hits.length && (await this.#areKnown(wanted, hits)) ? hits : [];
  }

  /**
   * The pages that every part of a query finds.
   * @param {Part[]} wanted
   */
  async #together(wanted) {
    const [first, ...others] = await Promise.all(wanted.map((part) => this.#search(part)));
    let hits = [...first.values()];
    for (const other of others) {
      hits = hits.filter((hit) => other.has(hit.result.id));
      for (const hit of hits) hit.add(/** @type {Hit} */ (other.get(hit.result.id)));
    }
    return hits.sort((a, b) => b.score - a.score);
  }

  /**
   * @param {Part} part
   * @returns {Promise<Map<string, Hit>>}
   */
  async #search(part) {
    const text = part.words.join(" ");
    const weight = part.exact ? undefined : await this.volumes?.weights(part.words);
    const { results } = await this.pagefind.search(part.exact ? `"${text}"` : text);
    const hits = /** @type {Map<string, Hit>} */ (new Map());
    for (const result of results) {
      const page = this.pages.get(result.id);
      if (!page) continue;
      const hit = new Hit(page[0], page[1], this.root, result, part);
      hit.score *= weight?.(result.id) ?? 1;
      hits.set(result.id, hit);
    }
    return hits;
  }

  /**
   * Whether the words stand somewhere, with any ending, or begin a word there.
   *
   * Where one does not, Pagefind takes the longest known word that it begins with: *grandmother*
   * would find *grand*, or a single *g*. For a filter that is wrong. The best pages show it: they have
   * no word that begins like the one that was typed. If that is because of an ending, the word is
   * found in quotation marks, where Pagefind replaces nothing.
   * @param {string[]} wanted
   * @param {Hit[]} hits What was found for them.
   * @returns {Promise<boolean>}
   */
  async #areKnown(wanted, hits) {
    const there = await Promise.all(hits.slice(0, 3).map((hit) => hit.found()));
    const unseen = wanted.filter((word) => !there.flat().some((each) => begins(each, word)));
    const known = await Promise.all(unseen.map((word) => this.#stands(word)));
    return !known.includes(false);
  }

  /**
   * Whether a word stands anywhere, with any ending.
   * @param {string} word
   * @returns {Promise<boolean>}
   */
  #stands(word) {
    const before = this.known.get(word);
    if (before) return before;
    const stands = this.pagefind.search(`"${word}"`).then(({ results }) => results.length > 0);
    this.known.set(word, stands);
    stands.catch(() => this.known.delete(word));
    return stands;
  }
}
