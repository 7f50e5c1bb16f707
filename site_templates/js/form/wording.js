// @ts-check

/**
 * Texts as the check of the review looks at them: which signs are spaces, how long a text is (in
 * characters, not in halves of them), and how a message quotes it.
 */

/** Spaces that a record can hold; the others are refused wherever they stand. */
const SPACES = "\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";
const SPACE_RUN = new RegExp(`[${SPACES}]+`, "g");
const EDGE = new RegExp(`^[${SPACES}]|[${SPACES}]$`);
const OUTER_SPACE = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "g");

/**
 * @param {string} text
 * @returns {string} the text without spaces around it
 */
export function trimmed(text) {
  // Most texts have none, and looking at two signs is quicker than searching the whole.
  return EDGE.test(text) ? text.replace(OUTER_SPACE, "") : text;
}

/**
 * @param {string} text
 * @returns {string[]} the words between spaces
 */
export function wordsOf(text) {
  const inner = trimmed(text);
  return inner === "" ? [] : inner.split(SPACE_RUN);
}

/**
 * @param {string} text
 * @returns {string} the text on one line, with single spaces
 */
export function onOneLine(text) {
  return wordsOf(text).join(" ");
}

/**
 * @param {string} text
 * @returns {number} how many characters it has
 */
export function lengthOf(text) {
  let length = text.length;
  for (let place = 1; place < text.length; place += 1) {
    const isSecondHalf = (text.charCodeAt(place) & 0xfc00) === 0xdc00;
    if (isSecondHalf && (text.charCodeAt(place - 1) & 0xfc00) === 0xd800) length -= 1;
  }
  return length;
}

/**
 * @param {string} text
 * @param {number} count
 * @returns {string} its first *count* characters
 */
export function beginning(text, count) {
  return text.length <= count ? text : [...text].slice(0, count).join("");
}

/**
 * @param {string} text
 * @param {number} [limit]
 * @returns {string} the text in quotation marks, shortened to *limit* characters
 */
export function quoted(text, limit = 60) {
  const flat = onOneLine(text);
  return `“${lengthOf(flat) <= limit ? flat : beginning(flat, limit - 1) + "…"}”`;
}

/**
 * @param {string} text
 * @returns {string} the text with letters that differ only in case made equal: “ß” is “ss”
 */
export function folded(text) {
  let result = "";
  for (const letter of text) {
    result += letter === "ı" ? letter : letter.toUpperCase().toLowerCase();
  }
  return result;
}

/**
 * @param {string} text
 * @returns {string} the words in one case, without signs between them
 */
export function plainWords(text) {
  return folded(text.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
}

/**
 * A value as Python writes it, for messages that quote what stands where a word is due.
 *
 * @param {import("./nodes.js").Plain} value
 * @returns {string}
 */
export function pythonText(value) {
  return typeof value === "string" ? value : literal(value);
}

/**
 * @param {import("./nodes.js").Plain} value
 * @returns {string}
 */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([name, inner]) => `${literal(name)}: ${literal(inner)}`).join(", ")}}`;
  }
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  let written = "";
  for (const sign of value) written += escaped(sign, mark);
  return mark + written + mark;
}

const NAMED = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\\", "\\\\"],
]);

/**
 * @param {string} sign
 * @param {string} mark
 * @returns {string}
 */
function escaped(sign, mark) {
  const named = NAMED.get(sign);
  if (named !== undefined) return named;
  if (sign === mark) return `\\${sign}`;
  if (sign === " " || !/[\p{C}\p{Z}]/u.test(sign)) return sign;
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
