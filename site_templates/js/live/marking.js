// @ts-check

/** Marks searched words in a text. */

import { element } from "./elements.js";

/** Letters that a word must share with a searched one at its beginning, since endings are folded. */
const STEM = 4;

/**
 * Returns the text in pieces, with the words that were searched for marked.
 * @param {string} text
 * @param {string} words As typed, perhaps with quotation marks.
 * @returns {(Node | string)[]}
 */
export function marked(text, words) {
  const wanted = split(words)
    .map(folded)
    .filter((word) => word.length > 1);
  if (!wanted.length) return [text];
  return text.split(/(\p{L}[\p{L}\p{M}\p{N}’'-]*|\p{N}+)/u).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const word = folded(piece);
    return wanted.some((own) => alike(word, own)) ? element("mark", {}, piece) : piece;
  });
}

/** @param {string} text */
function split(text) {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Whether two words have a stem in common, as far as can be told without a grammar.
 * @param {string} word
 * @param {string} wanted
 */
function alike(word, wanted) {
  if (word === wanted || word.startsWith(wanted)) return true;
  let shared = 0;
  while (shared < word.length && word[shared] === wanted[shared]) shared++;
  return shared >= STEM && word.length - shared <= 4 && wanted.length - shared <= 3;
}
