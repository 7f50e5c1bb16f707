// @ts-check

/** The search for words of a page: the last words count, and the field says how it goes. */

/** @typedef {import("./bits.js").Bits} Bits */
/** @typedef {import("./busy.js").Busy} Busy */
/** @typedef {import("./controls.js").WordField} WordField */
/** @typedef {import("./words.js").Words} Words */

export class WordSearch {
  /** The findings in whose reports the words stand; null where no words are searched for. @type {Bits | null} */
  found = null;
  #last = "";

  /**
   * @param {Words} words
   * @param {WordField} field
   * @param {Busy} busy
   * @param {() => void} done Called when the words are found, or cannot be searched.
   */
  constructor(words, field, busy, done) {
    this.words = words;
    this.field = field;
    this.busy = busy;
    this.done = done;
  }

  /**
   * Searches for what is typed, unless that was searched for last.
   * @param {string} typed
   * @returns {boolean} Whether a search has begun.
   */
  follow(typed) {
    const words = typed.trim();
    if (words === this.#last) return false;
    this.#search(words);
    return true;
  }

  /** @param {string} words */
  async #search(words) {
    this.#last = words;
    this.busy.begin("words");
    this.field.tell(words ? "Searching …" : "");
    let trouble = "";
    /** @type {Bits | null} */
    let found = null;
    try {
      found = await this.words.matching(words);
    } catch {
      trouble = "Words cannot be searched right now.";
    }
    if (words !== this.#last) return;
    this.busy.end("words");
    this.found = found;
    this.field.tell(trouble);
    this.done();
  }
}
