// @ts-check

/**
 * Why a value is missing: the three words for it, and what people write instead of them.
 */

import { Refusal } from "./refusal.js";
import { lengthOf, onOneLine, trimmed } from "./wording.js";

/** @typedef {{words: string[], signs: Record<string, string>, otherwise: Record<string, string>}} AbsenceWords */

/** A field that says why it holds no value. */
export class Absence {
  /** @param {string} word one of the three official words */
  constructor(word) {
    this.word = word;
  }
}

/** The words for missing values of a review. */
export class Absences {
  /** @param {AbsenceWords} words */
  constructor(words) {
    this.words = words.words;
    this.signs = new Set(Object.keys(words.signs));
    this.otherwise = new Map(Object.entries(words.otherwise));
    this.longest = Math.max(...[...this.words, ...this.otherwise.keys()].map(lengthOf)) + 4;
  }

  /**
   * @param {string} text
   * @returns {string | undefined} the official word that it is, in whatever case
   */
  named(text) {
    if (lengthOf(text) > this.longest) return undefined;
    const word = onOneLine(text.toLowerCase());
    return this.words.includes(word) ? word : undefined;
  }

  /**
   * @param {string} text
   * @returns {string | undefined} the official word that it seems to mean, though written otherwise
   */
  intended(text) {
    if (lengthOf(text) > this.longest) return undefined;
    const word = onOneLine(text.toLowerCase());
    const found = this.otherwise.get(word);
    if (found !== undefined) return found;
    const spaced = word.replace(/[\s_-]+/g, " ").replace(/\.+$/, "");
    return this.words.includes(spaced) ? spaced : undefined;
  }

  /**
   * @param {string} text
   * @returns {boolean} whether it is an official word or an abbreviation of one, and nothing else
   */
  isSign(text) {
    return this.named(text) !== undefined || this.signs.has(trimmed(text).toLowerCase());
  }

  /**
   * @param {string} text
   * @returns {boolean} whether it stands for a missing value where one may be missing
   */
  isMeant(text) {
    return this.named(text) !== undefined || this.intended(text) !== undefined;
  }

  /**
   * @param {string} text
   * @returns {string} the text
   * @throws {Refusal} if it stands for a missing value
   */
  refuse(text) {
    if (lengthOf(text) <= this.longest && this.isSign(text)) {
      throw new Refusal("absence-not-allowed", `“${text}” is no value`);
    }
    return text;
  }

  /**
   * @param {string} text
   * @returns {Absence}
   * @throws {Refusal} if it is written otherwise
   */
  read(text) {
    const word = this.named(text);
    if (word !== undefined) return new Absence(word);
    const meant = this.intended(text) ?? this.words[0];
    const others = this.words.filter((each) => each !== meant).map((each) => `“${each}”`);
    throw new Refusal(
      "unknown-value",
      `a missing value is not written “${trimmed(text)}”`,
      `Write “${meant}”; if that is not so, ${others.join(" or ")}.`,
    );
  }
}
