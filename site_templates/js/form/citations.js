// @ts-check

/**
 * Citations in Markdown, such as “[@lamp2021#company, p. 3; @muster2020]”. Code and what stands behind a
 * backslash cites nothing.
 */

/** @typedef {{key: string, finding?: string, written: string}} Mention */

const GROUP = /\[((?:[^[\]`\\]|\\[^])*)\](?!\()/y;
const MENTION = /(?<![^\s;])@([^\s,;#@]+)(?:#([^\s,;#@]*))?/g;
const ADDRESS =
  /\(\s*(?:<[^<>\n]*>|(?:[^\s()\\<]|\\[^]|\([^\s()]*\))(?:[^\s()\\]|\\[^]|\([^\s()]*\))*)?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const MARKER = /^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?: +|$)/;
const QUOTE = /^ {0,3}> ?/;
const ALONE = /^ {0,3}(?:#{1,6}(?:\s|$)|(?:[-*_] *){3,}$)/;
const UNDERLINE = /^ {0,3}=+ *$/;
const RULED = /^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;
const TARGET = /^ {0,3}\[(?!\s*@)(?:[^[\]\\]|\\.)+\]:\s*\S/;

/**
 * @param {string} text Markdown
 * @returns {Mention[]} what it cites, in its order
 */
export function mentionsIn(text) {
  return text.includes("@") ? passagesOf(text).flatMap(mentionsInPassage) : [];
}

/**
 * @param {string} text
 * @returns {string[]} what is read as one run of words: paragraphs, headings, items of lists
 */
function passagesOf(text) {
  /** @type {string[]} */
  const passages = [];
  /** @type {string[]} */
  let lines = [];
  let fence = "";
  let indent = 0;
  let isQuoted = false;
  const close = () => {
    passages.push(...passagesIn(lines));
    lines = [];
  };
  for (const whole of text.split("\n")) {
    let line = whole.replace(/\t/g, "    ");
    const begins = QUOTE.test(line) || ALONE.test(line) || FENCE.test(line);
    if (fence === "" && begins && (!isQuoted || !QUOTE.test(line))) {
      close();
      if (leading(line) < indent) indent = 0;
    }
    isQuoted = QUOTE.test(line);
    while (QUOTE.test(line)) line = line.replace(QUOTE, "");
    if (fence !== "") {
      if (isClosing(line.slice(Math.min(indent, leading(line))), fence)) fence = "";
      continue;
    }
    if (line.trim() === "") {
      close();
      continue;
    }
    if (leading(line) < indent && lines.length === 0) indent = 0;
    let inner = line.slice(Math.min(indent, leading(line)));
    for (let marker = MARKER.exec(inner); marker; marker = MARKER.exec(inner)) {
      close();
      if (marker[0].trim() === inner.trim() || ALONE.test(inner)) break;
      indent = line.length - inner.length + marker[0].length;
      inner = inner.slice(marker[0].length);
    }
    const opening = FENCE.exec(inner);
    if (opening) {
      close();
      fence = opening[1];
    } else if (ALONE.test(inner)) {
      close();
      passages.push(inner);
    } else if (lines.length > 0 && UNDERLINE.test(inner)) {
      close();
    } else if (lines.length > 0 || (leading(inner) < 4 && !TARGET.test(inner))) {
      lines.push(inner);
    }
  }
  close();
  return passages;
}

/**
 * @param {string[]} lines without a blank one among them
 * @returns {string[]} the paragraph that they are, and the cells of a table at their end
 */
function passagesIn(lines) {
  const ruled = lines.findIndex(
    (line, index) => index > 0 && RULED.test(line) && lines[index - 1].includes("|"),
  );
  const begin = ruled < 0 ? lines.length : ruled - 1;
  const after = lines.slice(begin);
  const end = after.findIndex((line) => leading(line) >= 4);
  const rows = end < 0 ? after : after.slice(0, end);
  const cells = rows.flatMap((row) => row.split(/(?<!\\)\|/));
  return [lines.slice(0, begin).join("\n"), ...cells].filter(Boolean);
}

/** @param {string} line */
function leading(line) {
  return line.length - line.trimStart().length;
}

/**
 * @param {string} line
 * @param {string} fence
 */
function isClosing(line, fence) {
  const bare = line.trim();
  return leading(line) < 4 && bare.length >= fence.length && bare === fence[0].repeat(bare.length);
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
