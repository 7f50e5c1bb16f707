// @ts-check

/**
 * Citations in Markdown, such as “[@lamp2021#company, p. 3; @muster2020]”. Code and what stands behind a
 * backslash cites nothing.
 */

import { passagesOf } from "./passages.js";

/** @typedef {{key: string, finding?: string, written: string}} Mention */

const GROUP = /\[((?:[^[\]`\\]|\\[^])*)\](?!\()/y;
const MENTION = /(?<![^\s;])@([^\s,;#@]+)(?:#([^\s,;#@]*))?/g;
const ADDRESS =
  /\(\s*(?:<[^<>\n]*>|(?:[^\s()\\<]|\\[^]|\([^\s()]*\))(?:[^\s()\\]|\\[^]|\([^\s()]*\))*)?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y;

/**
 * @param {string} text Markdown
 * @returns {Mention[]} what it cites, in its order
 */
export function mentionsIn(text) {
  return text.includes("@") ? passagesOf(text).flatMap(mentionsInPassage) : [];
}

/**
 * @param {string} passage
 * @returns {Mention[]}
 */
function mentionsInPassage(passage) {
  const found = [];
  let place = 0;
  let open = 0;
  while (place < passage.length) {
    const sign = passage[place];
    if (sign === "\\") {
      place += 2;
    } else if (sign === "`") {
      place = behindCode(passage, place);
    } else if (sign === "<") {
      place = behindAddress(passage, place);
    } else if (sign === "[") {
      GROUP.lastIndex = place;
      const group = GROUP.exec(passage);
      const mentions = group ? mentionsInGroup(group[1]) : [];
      found.push(...mentions);
      open += mentions.length > 0 ? 0 : 1;
      place = group && mentions.length > 0 ? GROUP.lastIndex : place + 1;
    } else if (sign === "]" && open > 0) {
      open -= 1;
      ADDRESS.lastIndex = place + 1;
      place = ADDRESS.test(passage) ? ADDRESS.lastIndex : place + 1;
    } else {
      place += 1;
    }
  }
  return found;
}

/**
 * @param {string} passage
 * @param {number} place of a backtick
 * @returns {number} the place behind the code that it opens, or behind the backticks
 */
function behindCode(passage, place) {
  const [run] = /^`+/.exec(passage.slice(place)) ?? ["`"];
  const inside = place + run.length;
  for (const other of passage.slice(inside).matchAll(/`+/g)) {
    if (other[0].length === run.length) return inside + other.index + run.length;
  }
  return inside;
}

/**
 * @param {string} passage
 * @param {number} place of a “<”
 * @returns {number} the place behind the address in angle brackets, or behind the bracket
 */
function behindAddress(passage, place) {
  const address = /^<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*>/.exec(passage.slice(place));
  return place + (address ? address[0].length : 1);
}

/**
 * @param {string} group what stands between the brackets
 * @returns {Mention[]}
 */
function mentionsInGroup(group) {
  return [...group.matchAll(MENTION)].map(([, key, finding]) => ({
    key,
    finding,
    written: finding === undefined ? key : `${key}#${finding}`,
  }));
}
