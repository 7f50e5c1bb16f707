// @ts-check

/**
 * Which of several words was probably meant: how much of two texts is the same, in percent, with words
 * in any order and with one text as a part of the other (the weighted ratio of fuzzy matching).
 */

import { beginning, quoted } from "./wording.js";

const ENOUGH = 70;
const NEARLY_AS_GOOD = 15;
const MOST = 3;

/**
 * @param {string} word a mistyped word
 * @param {readonly string[]} candidates
 * @returns {string} a hint that offers those closest to it, or nothing
 */
export function nearest(word, candidates) {
  const written = processed(beginning(word, 100));
  const found = candidates
    .map((candidate) => ({ candidate, score: likeness(written, processed(candidate)) }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST);
  if (found.length === 0) return "";
  const best = found.filter(({ score }) => score >= found[0].score - NEARLY_AS_GOOD);
  return `Did you mean ${best.map(({ candidate }) => quoted(candidate)).join(" or ")}?`;
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} how much of two texts is the same, in percent
 */
export function alike(one, other) {
  return ratio([...one], [...other]);
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} the same where the order of the words is of no account
 */
export function alikeInAnyOrder(one, other) {
  return ratio(joined(sortedWords(one)), joined(sortedWords(other)));
}

/**
 * @param {string} text
 * @returns {string} its letters and digits in small letters
 */
function processed(text) {
  return text
    .replace(/[^\p{L}\p{N}]/gu, " ")
    .trim()
    .replace(/İ/g, "i")
    .toLowerCase();
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} how alike two processed texts are, in percent
 */
function likeness(one, other) {
  const [a, b] = [[...one], [...other]];
  if (a.length === 0 || b.length === 0) return 0;
  const unequal = Math.max(a.length, b.length) / Math.min(a.length, b.length);
  const whole = ratio(a, b);
  if (unequal < 1.5) return Math.max(whole, byWords(one, other) * 0.95);
  const scale = unequal <= 8 ? 0.9 : 0.6;
  return Math.max(whole, partial(a, b) * scale, partialByWords(one, other) * 0.95 * scale);
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {number} the share of signs that both have in the same order
 */
function ratio(a, b) {
  return share(a.length + b.length - 2 * common(a, b), a.length + b.length);
}

/**
 * @param {number} distance
 * @param {number} most
 */
function share(distance, most) {
  return most === 0 ? 100 : 100 - (100 * distance) / most;
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {number} the length of the longest sequence that both contain, with gaps
 */
function common(a, b) {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length < 32 ? commonInBits(short, long) : commonInRows(short, long);
}

/**
 * @param {string[]} short fewer than 32 signs, one bit for each
 * @param {string[]} long
 */
function commonInBits(short, long) {
  const places = new Map();
  for (const [index, sign] of short.entries()) {
    places.set(sign, (places.get(sign) ?? 0) | (1 << index));
  }
  let left = -1;
  for (const sign of long) {
    const met = left & (places.get(sign) ?? 0);
    left = (left + met) | (left - met);
  }
  let count = 0;
  for (let index = 0; index < short.length; index += 1) count += (left >>> index) & 1 ? 0 : 1;
  return count;
}

/**
 * @param {string[]} short
 * @param {string[]} long
 */
function commonInRows(short, long) {
  let row = new Uint32Array(short.length + 1);
  for (const sign of long) {
    const next = new Uint32Array(short.length + 1);
    for (let index = 0; index < short.length; index += 1) {
      next[index + 1] = short[index] === sign ? row[index] + 1 : Math.max(row[index + 1], next[index]);
    }
    row = next;
  }
  return row[short.length];
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function sortedWords(text) {
  return text.split(/\s+/).filter(Boolean).sort(byCodePoint);
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function byCodePoint(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index].codePointAt(0) ?? 0) - (b[index].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {{all: [string[], string[]], only: [string[], string[]], both: string[]}} the words of each
 *   in order, those that the other lacks, and those that both have
 */
function compared(one, other) {
  const a = sortedWords(one);
  const b = sortedWords(other);
  const [inA, inB] = [new Set(a), new Set(b)];
  return {
    all: [a, b],
    only: [[...inA].filter((word) => !inB.has(word)), [...inB].filter((word) => !inA.has(word))],
    both: [...inA].filter((word) => inB.has(word)),
  };
}

/** @param {string[]} words */
const joined = (words) => [...words.join(" ")];

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} the likeness of the words in order, or of those that are not the same
 */
function byWords(one, other) {
  const { all, only, both } = compared(one, other);
  const sorted = ratio(joined(all[0]), joined(all[1]));
  if (all[0].length === 0 || all[1].length === 0) return sorted;
  if (both.length > 0 && (only[0].length === 0 || only[1].length === 0)) return 100;
  const [a, b] = [joined(only[0]), joined(only[1])];
  const same = joined(both).length;
  const gap = same > 0 ? 1 : 0;
  const [withA, withB] = [same + gap + a.length, same + gap + b.length];
  const apart = share(a.length + b.length - 2 * common(a, b), withA + withB);
  if (same === 0) return Math.max(sorted, apart);
  return Math.max(sorted, apart, share(gap + a.length, same + withA), share(gap + b.length, same + withB));
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} the likeness of the one as a part of the other, word by word
 */
function partialByWords(one, other) {
  const { all, only, both } = compared(one, other);
  if (both.length > 0) return 100;
  const sorted = partial(joined(all[0]), joined(all[1]));
  return Math.max(sorted, partial(joined(only[0]), joined(only[1])));
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {number} the likeness of the shorter text and the part of the longer one that is most like it
 */
function partial(a, b) {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const best = bestWindow(short, long);
  return best < 100 && a.length === b.length ? Math.max(best, bestWindow(long, short)) : best;
}

/**
 * @param {string[]} short
 * @param {string[]} long
 * @returns {number}
 */
function bestWindow(short, long) {
  const signs = new Set(short);
  const size = short.length;
  let best = 0;
  for (let end = 1; end < long.length + size; end += 1) {
    const window = long.slice(Math.max(0, end - size), end);
    // The best part begins or ends with a sign of the shorter text.
    const edge = end >= long.length ? window[0] : window[window.length - 1];
    if (signs.has(edge)) best = Math.max(best, ratio(short, window));
    if (best === 100) return best;
  }
  return best;
}
