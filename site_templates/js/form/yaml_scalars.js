// @ts-check
/**
 * Texts as YAML writes them: without quotation marks, within them, and in blocks below “|” or “>”.
 *
 * The rules are those of the loader that reads the records when the site is built. What it reads
 * otherwise than it looks, and what no record needs, is refused where it stands.
 */

/** Why a file cannot be read, and at which place of its text. */
export class Refusal extends Error {
  /**
   * @param {number} offset where in the text
   * @param {string} message why, in plain words
   */
  constructor(offset, message) {
    super(message);
    this.offset = offset;
  }
}

/**
 * @typedef {"plain" | "single" | "double" | "literal" | "folded"} Style
 * @typedef {object} Scanned a text that was read
 * @property {string} text what it says
 * @property {number} end where it ends in the file
 * @property {number} headEnd where its first line ends, before a comment: after “>-”, else its end
 * @property {Style} style
 */

/** Characters that no record may hold, as the build refuses them. */
export const REFUSED_CHARACTERS = new RegExp(
  "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029" +
    "\\u202a-\\u202e\\u2066-\\u2069\\ufdd0-\\ufdef\\ufffe\\uffff\\ud800-\\udfff]",
  "u",
);

/** Texts that say nothing: what Python takes for white space only. */
const EMPTY = /^[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Words that stand for no value where they are written without quotation marks. */
export const NO_VALUE = new Set(["~", "null", "Null", "NULL"]);

const LIKE_AN_ITEM = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*- /;

/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", "\t": "\t", n: "\n", " ": " ", '"': '"', "/": "/", "\\": "\\", _: "\u00a0" };
/** @type {Record<string, number>} */
const CODES = { x: 2, u: 4, U: 8 };

const BEGIN_OTHERWISE = "-?:,[]{}#&*!|>'\"%@`";
const GREATEST_CODE = 0x10ffff;

/**
 * Whether a text says nothing, so that the file has no value there.
 *
 * @param {string} text
 */
export function isEmpty(text) {
  return EMPTY.test(text);
}

/**
 * Whether a line or the file ends at a place, or a blank stands there.
 *
 * @param {string | undefined} character
 */
export function isGap(character) {
  return character === undefined || character === " " || character === "\n" || character === "\t";
}

/**
 * Whether “---” or “...” stands at the beginning of a line.
 *
 * @param {string} source
 * @param {number} at
 */
export function isDocumentMark(source, at) {
  if (at > 0 && source[at - 1] !== "\n") return false;
  const mark = source.slice(at, at + 3);
  return (mark === "---" || mark === "...") && isGap(source[at + 3]);
}

/**
 * Read a text without quotation marks.
 *
 * @param {string} source
 * @param {number} at where it begins
 * @param {number} indent the column of what encloses it; lines that go on stand further in
 * @param {boolean} inBrackets
 * @returns {Scanned}
 * @throws {Refusal} if it is not certain what the text says
 */
export function plainText(source, at, indent, inBrackets) {
  refuseBeginning(source, at);
  let text = "";
  let end = at;
  for (let next = at; ; ) {
    const stop = runEnd(source, next, inBrackets);
    if (stop > next) {
      text += next > end ? joint(source, end, next) : "";
      text += source.slice(next, stop);
      end = stop;
    }
    if (!isGap(source[stop]) || stop >= source.length) break;
    next = wordAfter(source, stop);
    const lineStart = source.lastIndexOf("\n", next - 1) + 1;
    if (next >= source.length || source[next] === "#" || isDocumentMark(source, next)) break;
    if (lineStart > stop && !inBrackets && next - lineStart <= indent) break;
    if (lineStart > stop && LIKE_AN_ITEM.test(source.slice(next, next + 80))) {
      throw new Refusal(
        next,
        "this item is read as a part of the text above it; begin each item of a list in the same column",
      );
    }
  }
  refuseCut(source, end);
  return { text, end, headEnd: end, style: "plain" };
}

/**
 * Return where a run of characters without blanks ends.
 *
 * @param {string} source
 * @param {number} at
 * @param {boolean} inBrackets
 */
function runEnd(source, at, inBrackets) {
  let end = at;
  for (; end < source.length; end += 1) {
    const character = source[end];
    if (isGap(character)) break;
    if (character === ":") {
      const after = source[end + 1];
      if (isGap(after)) break;
      if (inBrackets && ",?[]{}".includes(after)) {
        throw new Refusal(end, "a colon in brackets must be followed by a space, or stand in double quotes");
      }
    }
    if (inBrackets && ",[]{}".includes(character)) break;
    if (character === "\ufeff") {
      throw new Refusal(end, "an invisible mark of byte order stands here; delete it");
    }
  }
  return end;
}

/**
 * Return where the next word begins behind blanks and ends of lines.
 *
 * @param {string} source
 * @param {number} at
 */
function wordAfter(source, at) {
  let next = at;
  while (source[next] === " " || source[next] === "\n") next += 1;
  if (source[next] === "\t") throw new Refusal(next, "a tab stands here; write spaces");
  return next;
}

/**
 * Return what stands between two words of a text: blanks as they are, ends of lines folded.
 *
 * @param {string} source
 * @param {number} from
 * @param {number} to
 */
function joint(source, from, to) {
  const between = source.slice(from, to);
  const breaks = between.split("\n").length - 1;
  if (!breaks) return between;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

/**
 * @param {string} source
 * @param {number} at
 */
function refuseBeginning(source, at) {
  const first = source[at];
  if (first === "\t") throw new Refusal(at, "a tab stands in the indentation; indent with spaces only");
  if (!BEGIN_OTHERWISE.includes(first) || (first === "-" && !isGap(source[at + 1]))) return;
  if (first === "&" || first === "*") {
    throw new Refusal(
      at,
      `anchors and aliases are not allowed; put text that begins with “${first}” in quotes`,
    );
  }
  if (first === "!") {
    throw new Refusal(at, "tags are not allowed; put text that begins with “!” in double quotes");
  }
  if (first === "-") throw new Refusal(at, "a list cannot begin here; begin it on the next line");
  throw new Refusal(at, `put text that begins with “${first}” in double quotes`);
}

/**
 * Refuse a text that “#” cuts off.
 *
 * @param {string} source
 * @param {number} end
 */
function refuseCut(source, end) {
  const found = /[ \t]*#(?=[^ \n#])/y;
  found.lastIndex = end;
  const cut = found.exec(source);
  if (cut) {
    const at = end + cut[0].length - 1;
    throw new Refusal(at, "the text is cut off by “#”; put it in double quotes, or a space after “#”");
  }
}

/**
 * Read a text in quotation marks.
 *
 * @param {string} source
 * @param {number} at where its opening mark stands
 * @param {boolean} lenient whether an escape may write a character that no record may hold
 * @returns {Scanned}
 * @throws {Refusal} if it is not closed, or holds an escape that says nothing
 */
export function quotedText(source, at, lenient) {
  const mark = source[at];
  let text = "";
  for (let next = at + 1; ; ) {
    const character = source[next];
    if (character === undefined || isDocumentMark(source, next)) {
      throw new Refusal(at, `the quotation mark (${mark}) that stands here is never closed`);
    }
    if (character === mark && mark === "'" && source[next + 1] === "'") {
      text += "'";
      next += 2;
    } else if (character === mark) {
      if (!lenient && (REFUSED_CHARACTERS.test(text) || text.includes("\r"))) {
        throw new Refusal(at, "an escape in this text writes a control character");
      }
      return { text, end: next + 1, headEnd: next + 1, style: mark === "'" ? "single" : "double" };
    } else if (character === "\\" && mark === '"') {
      const escaped = escape(source, next, lenient);
      text += escaped.text;
      next = escaped.end;
    } else if (isGap(character)) {
      const word = blanksEnd(source, next);
      const between = source.slice(next, word);
      text += between.includes("\n") ? joint(source, next, word) : between;
      next = word;
    } else {
      text += character;
      next += 1;
    }
  }
}

/**
 * @param {string} source
 * @param {number} at
 */
function blanksEnd(source, at) {
  let next = at;
  while (next < source.length && isGap(source[next])) next += 1;
  return next;
}

/**
 * Read what a backslash writes.
 *
 * @param {string} source
 * @param {number} at
 * @param {boolean} lenient
 */
function escape(source, at, lenient) {
  const letter = source[at + 1] ?? "";
  if (letter === "\n") {
    const end = blanksEnd(source, at + 2);
    return { text: "\n".repeat(source.slice(at + 2, end).split("\n").length - 1), end };
  }
  if (Object.hasOwn(ESCAPES, letter)) return { text: ESCAPES[letter], end: at + 2 };
  const digits = source.slice(at + 2, at + 2 + (CODES[letter] ?? 0));
  const code = parseInt(digits, 16);
  if (!Object.hasOwn(CODES, letter) || !/^[0-9a-fA-F]+$/.test(digits) || digits.length < CODES[letter]) {
    throw new Refusal(at, `“\\${letter}” has no meaning inside double quotes; write \\\\ for a backslash`);
  }
  if (code > GREATEST_CODE || (code >= 0xd800 && code < 0xe000 && !lenient)) {
    throw new Refusal(at, "an escape in this text writes no character that a record may hold");
  }
  return { text: String.fromCodePoint(code), end: at + 2 + digits.length };
}

/**
 * Read a text that stands in a block below “|” or “>”.
 *
 * @param {string} source
 * @param {number} at where “|” or “>” stands
 * @param {number} indent the column of what encloses it
 * @returns {Scanned}
 * @throws {Refusal} if its indentation is not certain
 */
export function blockText(source, at, indent) {
  const head = /([|>])(?:([+-])([1-9])?|([1-9])([+-])?)?(?= *\n| +#)/y;
  head.lastIndex = at;
  const found = head.exec(source);
  if (!found) {
    throw new Refusal(at, `text follows “${source[at]}” on the same line; begin it on the next, indented`);
  }
  const literal = found[1] === "|";
  const chomping = found[2] ?? found[5] ?? "";
  const step = Number(found[3] ?? found[4] ?? 0);
  const headEnd = at + found[0].length;
  const first = source.indexOf("\n", headEnd) + 1;
  const lines = blockLines(source, first, step ? Math.max(indent, 0) + step : 0, indent);
  const text = literal ? lines.texts.join("\n") : folded(lines.texts);
  const last = { "": "\n", "-": "", "+": "\n".repeat(1 + lines.blanks) }[chomping] ?? "";
  if (!lines.texts.length) throw new Refusal(at, "no text follows below; indent it deeper than its field");
  return {
    text: text + (lines.closed ? last : ""),
    end: chomping === "+" ? lines.lastBlank : lines.end,
    headEnd,
    style: literal ? "literal" : "folded",
  };
}

/**
 * Cut the lines of a block out of a file.
 *
 * @param {string} source
 * @param {number} first where the line below its head begins
 * @param {number} column where its lines begin; 0 if the first one decides
 * @param {number} outer the column of what encloses it
 */
function blockLines(source, first, column, outer) {
  /** @type {string[]} */
  const texts = [];
  let [start, end, lastBlank, blanks, deepest] = [first, first, first, 0, 0];
  while (start < source.length) {
    const found = source.indexOf("\n", start);
    const lineEnd = found < 0 ? source.length : found;
    let room = start;
    while (source[room] === " " && (!column || room - start < column)) room += 1;
    const isBlank = room === lineEnd;
    if (source[room] === "\t" && (!column || room - start < column)) {
      throw new Refusal(room, "a tab stands in the indentation; indent with spaces only");
    }
    if (isBlank) {
      if (found < 0) break;
      deepest = Math.max(deepest, room - start);
      blanks += 1;
      lastBlank = lineEnd;
    } else {
      if (!column && room - start <= outer) break;
      column ||= room - start;
      if (room - start < column) break;
      if (!texts.length && deepest > column) {
        throw new Refusal(start, "a line above this has more spaces than the text; delete the spaces");
      }
      for (; blanks; blanks -= 1) texts.push("");
      texts.push(source.slice(room, lineEnd));
      end = lastBlank = lineEnd;
    }
    start = lineEnd + 1;
  }
  return { texts, end, blanks, lastBlank, closed: source[end] === "\n" };
}

/**
 * Join the lines of a text below “>”: a single end of line is a blank, unless a line is set in.
 *
 * @param {string[]} lines
 */
function folded(lines) {
  let text = "";
  let breaks = 0;
  let wasSetIn = false;
  for (const line of lines) {
    if (line === "") {
      breaks += 1;
      continue;
    }
    const isSetIn = line[0] === " " || line[0] === "\t";
    if (text === "") text = "\n".repeat(breaks);
    else if (wasSetIn || isSetIn) text += "\n".repeat(breaks + 1);
    else text += breaks ? "\n".repeat(breaks) : " ";
    text += line;
    breaks = 0;
    wasSetIn = isSetIn;
  }
  return text;
}
