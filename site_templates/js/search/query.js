// @ts-check

/** What was typed into a search field, taken apart; and how words are compared. */

/**
 * Words that are looked for together: in this order if `exact`, otherwise anywhere on the page.
 * @typedef {object} Part
 * @property {boolean} exact
 * @property {string[]} words
 */

/** The most words of a query that are looked at; nobody types more by hand. */
const MOST = 16;

/**
 * Takes a query apart: phrases in quotation marks, and all other words as one part.
 *
 * Anything may be typed. Marks between letters part words (`night-watch`, `10.1000/182`), and a
 * quotation mark without its partner is passed over.
 * @param {string} query
 * @returns {Part[]} Empty where the query holds no letter and no digit.
 */
export function parts(query) {
  const loose = /** @type {string[]} */ ([]);
  const phrases = /** @type {Part[]} */ ([]);
  let room = MOST;
  const text = query.normalize("NFC").replace(/[“”„«»＂]/gu, '"');
  for (const [, phrase, rest] of text.matchAll(/"([^"]+)"|([^"]+)/gu)) {
    const words = wordsOf(phrase ?? rest).slice(0, room);
    room -= words.length;
    if (phrase === undefined) loose.push(...words);
    else if (words.length) phrases.push({ exact: true, words });
  }
  const once = [...new Set(loose)];
  return once.length ? [...phrases, { exact: false, words: once }] : phrases;
}

/** @param {string} text */
function wordsOf(text) {
  const found = text.toLowerCase().match(/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'’]*/gu) ?? [];
  return found.map((word) => word.replace(/['’]+$/u, ""));
}

/**
 * A word as it is compared: in small letters, without accents.
 * @param {string} word
 */
export function folded(word) {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Whether a word of a page, or a part of it between hyphens, begins with a searched word.
 * @param {string} word
 * @param {string} wanted
 */
export function begins(word, wanted) {
  const start = folded(wanted);
  return folded(word)
    .split(/[^\p{L}\p{N}_'’]+/u)
    .some((piece) => piece.startsWith(start));
}

/**
 * The searched words that a word of the page may stand for, which is known to stand for one of
 * them: those it begins like, since only endings differ, or else the one it begins like most.
 * @param {string} word
 * @param {string[]} wanted
 */
export function meant(word, wanted) {
  const shared = wanted.map((each) => common(word, each));
  const most = Math.max(...shared);
  return wanted.filter((each, at) => shared[at] >= Math.min(3, each.length) || shared[at] === most);
}

/**
 * How many letters a word, or a part of it between hyphens, has in common with another's beginning.
 * @param {string} word
 * @param {string} wanted
 */
function common(word, wanted) {
  const other = folded(wanted);
  const lengths = folded(word)
    .split(/[^\p{L}\p{N}_'’]+/u)
    .map((piece) => {
      let at = 0;
      while (at < piece.length && piece[at] === other[at]) at++;
      return at;
    });
  return Math.max(...lengths);
}
