// @ts-check
/**
 * Write a text as a value in YAML: as it is where that is safe, else within quotation marks, and a
 * long one in a block of lines.
 *
 * Whatever the text holds, the loader reads it back as it was.
 */

import { NO_VALUE, REFUSED_CHARACTERS } from "./yaml_scalars.js";

/** The longest line of a record; only titles, addresses and what has no blank are longer. */
export const WIDTH = 98;
export const STEP = 2;

/**
 * @typedef {object} Place where a value is to stand
 * @property {number} column where its first character will be
 * @property {number} indent how far the lines below it are set in
 * @property {boolean} [isProse] whether it may go over several lines
 * @property {boolean} [isSwitch] whether it is “true” or “false” to editors too
 * @property {boolean} [isQuoted] whether it must stand within quotation marks if it is on one line
 */

/** Words that other programs take for true, false or nothing. */
const WORDS = /^(?:yes|no|on|off|true|false|null|~)$/i;
const BEGINS_OTHERWISE = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?:[\s-]|$)|\.\.\.)/;
const ENDS_EARLY = /: |:$| #/;
const IN_BRACKETS = /[,[\]{}]|:\?/;
const OUTER_SPACE = /^[\s\ufeff]|[\s\ufeff]$/u;
/** Spaces with which no line of a record may begin. */
const BEGINS_STRANGELY = /^[\s\ufeff\u200b]/u;
const NOT_AS_IT_IS = new RegExp(`[\\n\\r\\t\\ufeff]|${REFUSED_CHARACTERS.source}`, "u");
const ESCAPED = new RegExp(`["\\\\\\n\\r\\t\\ufeff]|${REFUSED_CHARACTERS.source}`, "gu");
/** @type {Record<string, string>} */
const SHORT_ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };

/**
 * Write a text on one line.
 *
 * @param {string} text
 * @param {boolean} inBrackets whether it will stand in a list or fields in brackets, or is a name
 * @param {{ isSwitch?: boolean, isQuoted?: boolean }} [place]
 */
export function onOneLine(text, inBrackets, { isSwitch = false, isQuoted = false } = {}) {
  if (!isQuoted && isPlain(text, inBrackets, isSwitch)) return text;
  if (/["\\]/.test(text) && !/'/.test(text) && !NOT_AS_IT_IS.test(text)) return `'${text}'`;
  return `"${text.replace(ESCAPED, escape)}"`;
}

/**
 * Whether a text reads back the same without quotation marks.
 *
 * @param {string} text
 * @param {boolean} inBrackets
 * @param {boolean} isSwitch
 */
function isPlain(text, inBrackets, isSwitch) {
  return !(
    text === "" ||
    NO_VALUE.has(text) ||
    (WORDS.test(text) && !isSwitch) ||
    BEGINS_OTHERWISE.test(text) ||
    ENDS_EARLY.test(text) ||
    OUTER_SPACE.test(text) ||
    NOT_AS_IT_IS.test(text) ||
    (inBrackets && IN_BRACKETS.test(text))
  );
}

/** @param {string} character */
function escape(character) {
  const code = character.codePointAt(0) ?? 0;
  return (
    SHORT_ESCAPES[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`)
  );
}

/**
 * Write a text: what stands behind its field's name, and the lines below.
 *
 * @param {string} text
 * @param {Place} place
 * @returns {string[]}
 */
export function written(text, place) {
  const line = onOneLine(text, false, place);
  if (text.includes("\n")) return literal(text, place) ?? folded(text, place) ?? [line];
  if (place.column + lengthOf(line) <= WIDTH || !place.isProse) return [line];
  const below = folded(text, place);
  const isShorter = below && (below.length > 2 || lengthOf(below[1]) <= WIDTH);
  return isShorter ? below : [line];
}

/**
 * Write a text line by line below “|”, if none of its lines is long or strange.
 *
 * @param {string} text
 * @param {Place} place
 * @returns {string[] | null}
 */
function literal(text, { indent }) {
  const body = text.replace(/\n$/, "");
  const lines = body.split("\n");
  if (!lines.every((line) => isLine(line, true)) || !isBlock(body, lines)) return null;
  if (lines.some((line) => indent + lengthOf(line) > WIDTH) && lines.every((line) => isLine(line, false))) {
    return null;
  }
  const room = " ".repeat(indent);
  return [body === text ? "|-" : "|", ...lines.map((line) => (line ? room + line : ""))];
}

/**
 * Write a text below “>”, its long lines broken at blanks.
 *
 * @param {string} text
 * @param {Place} place
 * @returns {string[] | null}
 */
function folded(text, { indent }) {
  const body = text.replace(/\n$/, "");
  const paragraphs = body.split("\n");
  if (!paragraphs.every((line) => isLine(line, false)) || !isBlock(body, paragraphs)) return null;
  const lines = paragraphs.flatMap((paragraph, index) => [
    ...(index ? [""] : []),
    ...(paragraph ? broken(paragraph, WIDTH - indent) : []),
  ]);
  const room = " ".repeat(indent);
  return [body === text ? ">-" : ">", ...lines.map((line) => (line ? room + line : ""))];
}

/**
 * Whether lines can stand in a block: the first decides how far all are set in.
 *
 * @param {string} body
 * @param {string[]} lines
 */
function isBlock(body, lines) {
  return !OUTER_SPACE.test(body) && lines[lines.length - 1] !== "";
}

/**
 * Whether a line of a text can stand in a block as it is.
 *
 * @param {string} line
 * @param {boolean} asItIs whether it may begin or end with blanks
 */
function isLine(line, asItIs) {
  const words = asItIs ? line.replace(/^ +| +$/g, "") : line;
  return (
    line === "" ||
    (words !== "" && !/ $/.test(words) && !BEGINS_STRANGELY.test(words) && !NOT_AS_IT_IS.test(line))
  );
}

/**
 * Break a text at single blanks into lines of no more than a width, where that is possible.
 *
 * @param {string} text
 * @param {number} width
 */
function broken(text, width) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  let length = 0;
  for (const word of text.split(/(?<=[^ ]) (?=[^\s\ufeff\u200b])/u)) {
    const own = lengthOf(word);
    if (line && length + 1 + own > width) {
      lines.push(line);
      [line, length] = [word, own];
    } else {
      [line, length] = line ? [`${line} ${word}`, length + 1 + own] : [word, own];
    }
  }
  return [...lines, line];
}

/**
 * Return how many characters a text has, those of two code units counted once.
 *
 * @param {string} text
 */
export function lengthOf(text) {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xdc00 || code > 0xdfff) length += 1;
  }
  return length;
}
