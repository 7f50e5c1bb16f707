// @ts-check

/** Passages of a page in which searched words stand, as pieces of plain text. */

/**
 * A piece of text. Pieces and not HTML, so that nothing a page says can become markup.
 * @typedef {object} Segment
 * @property {string} text
 * @property {boolean} marked Whether it was searched for.
 */

/** How many words a passage has at most. */
const LENGTH = 32;

/** How far back a passage may reach for the beginning of its sentence, in words. */
const BACK = 10;

/**
 * The words of a page as Pagefind counts them.
 * @param {string} raw The page's text; Pagefind has escaped angle brackets in it.
 * @returns {string[]}
 */
export function wordsOf(raw) {
  // Where a language has no spaces, Pagefind parts words with characters of no width.
  const words = raw.includes("\u200B") ? raw.split("\u200B") : raw.split(/[\r\n\s]+/gu);
  return words.map((word) => word.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
}

/**
 * The words from `start` to `end` as text, with those at `places` marked.
 * @param {string[]} words
 * @param {number} start
 * @param {number} end
 * @param {Set<number>} places
 * @returns {Segment[]}
 */
export function marked(words, start, end, places) {
  const segments = /** @type {Segment[]} */ ([]);
  for (let at = start; at < end; at++) {
    const space = at > start ? " " : "";
    if (!places.has(at)) {
      add(segments, space + words[at], false);
      continue;
    }
    // Marks of punctuation around a word are not what was searched for.
    const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(words[at]) ?? [
      "",
      "",
      words[at],
      "",
    ];
    add(segments, space + before, false);
    add(segments, word, true);
    add(segments, after, false);
  }
  return segments;
}

/**
 * @param {Segment[]} segments
 * @param {string} text
 * @param {boolean} isMarked
 */
function add(segments, text, isMarked) {
  const last = segments.at(-1);
  if (!text) return;
  if (last && last.marked === isMarked) last.text += text;
  else segments.push({ text, marked: isMarked });
}

/**
 * The passage between `from` and `to` in which most of the places stand.
 * @param {string[]} words
 * @param {number} from
 * @param {number} to
 * @param {Set<number>} places
 * @returns {Segment[]} Empty where no place stands between them.
 */
export function passage(words, from, to, places) {
  const inside = [...places].filter((at) => at >= from && at < to).sort((a, b) => a - b);
  if (!inside.length) return [];
  const start = beginning(words, from, densest(inside));
  const end = Math.min(to, start + LENGTH);
  const segments = marked(words, start, end, places);
  if (start > from) segments.unshift({ text: "… ", marked: false });
  if (end < to) add(segments, " …", false);
  return segments;
}

/**
 * The first of those places after which most others follow within a passage.
 * @param {number[]} places Sorted.
 */
function densest(places) {
  let best = places[0];
  let most = 0;
  for (let first = 0, last = 0; first < places.length; first++) {
    while (last < places.length && places[last] < places[first] + LENGTH - BACK) last++;
    if (last - first > most) {
      most = last - first;
      best = places[first];
    }
  }
  return best;
}

/**
 * Where the sentence begins in which a place stands, or a few words before the place.
 * @param {string[]} words
 * @param {number} from
 * @param {number} place
 */
function beginning(words, from, place) {
  for (let at = place; at > Math.max(from, place - BACK); at--) {
    if (/[.!?]["”’)]?$/u.test(words[at - 1])) return at;
  }
  return place - BACK <= from ? from : place - 3;
}
