// @ts-check

/** Which findings a word search leaves: those of the reports in which the words stand. */

/** @typedef {import("./bits.js").Bits} Bits */
/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./source.js").Texts} Texts */

/**
 * What finds words, as `openWords` of `words.js` and `PlainWords` offer it.
 * @typedef {object} Finder
 * @property {(query: string) => Promise<{blank: boolean, keys: Set<string>, excerpt: (key: string) => Promise<{text: string, marked: boolean}[]>}>} matching
 */

export class Words {
  /** @type {Promise<Finder> | null} */
  #finder = null;
  /** @type {Map<string, Promise<Bits>>} */
  #found = new Map();
  /** @type {((key: string) => Promise<{text: string, marked: boolean}[]>) | null} */
  #excerpt = null;

  /**
   * @param {Columns} columns
   * @param {Texts} texts
   * @param {() => Promise<Finder>} open Loads what finds words, when it is needed first.
   */
  constructor(columns, texts, open) {
    this.columns = columns;
    this.texts = texts;
    this.open = open;
  }

  /**
   * The findings of the reports in which the words stand; nothing where no word is searched for.
   * @param {string} query
   * @returns {Promise<Bits | null>}
   */
  async matching(query) {
    const words = query.trim();
    if (!words) return null;
    this.#finder ??= this.open().catch((error) => {
      this.#finder = null;
      throw error;
    });
    const [finder, keys] = await Promise.all([this.#finder, this.texts.keys()]);
    const found = await finder.matching(words);
    if (found.blank) return null; // Nothing but signs.
    this.#excerpt = found.excerpt;
    const known = this.#found.get(words);
    if (known) return known;
    const reports = new Set(keys.flatMap((key, report) => (found.keys.has(key) ? report : [])));
    const bits = Promise.resolve(this.columns.findingsOf(reports));
    this.#found.set(words, bits);
    return bits;
  }

  /**
   * Where in a report the words of the last search stand.
   * @param {string} key
   */
  async excerpt(key) {
    return this.#excerpt ? this.#excerpt(key) : [];
  }
}
