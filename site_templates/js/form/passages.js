// @ts-check

/**
 * Markdown as runs of words: paragraphs, headings, items of lists, cells of tables. Code that stands in
 * lines of its own is left out, and so are the lines that give a link its address.
 */

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const MARKER = /^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?: +|$)/;
const QUOTE = /^ {0,3}> ?/;
const ALONE = /^ {0,3}(?:#{1,6}(?:\s|$)|(?:[-*_] *){3,}$)/;
const UNDERLINE = /^ {0,3}=+ *$/;
const RULED = /^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;
const TARGET = /^ {0,3}\[(?!\s*@)(?:[^[\]\\]|\\.)+\]:\s*\S/;

/**
 * @param {string} text
 * @returns {string[]} what is read as one run of words
 */
export function passagesOf(text) {
  const blocks = new Blocks();
  for (const line of text.split("\n")) blocks.read(line.replace(/\t/g, "    "));
  blocks.close();
  return blocks.passages;
}

/** The blocks of a text while it is read line by line. */
class Blocks {
  constructor() {
    /** @type {string[]} */
    this.passages = [];
    /** @type {string[]} lines of the paragraph that is open */
    this.lines = [];
    /** The fence of the code that is open. */
    this.fence = "";
    /** How far the content of the list that is open is indented. */
    this.indent = 0;
    this.isQuoted = false;
  }

  /** Ends the paragraph that is open. */
  close() {
    this.passages.push(...passagesIn(this.lines));
    this.lines = [];
  }

  /** @param {string} whole */
  read(whole) {
    if (this.fence === "" && this.isBeginning(whole)) {
      this.close();
      if (leading(whole) < this.indent) this.indent = 0;
    }
    this.isQuoted = QUOTE.test(whole);
    let line = whole;
    while (QUOTE.test(line)) line = line.replace(QUOTE, "");
    if (this.fence !== "") {
      if (isClosing(this.inner(line), this.fence)) this.fence = "";
    } else if (line.trim() === "") {
      this.close();
    } else {
      if (leading(line) < this.indent && this.lines.length === 0) this.indent = 0;
      this.add(this.withoutMarkers(line));
    }
  }

  /**
   * @param {string} line
   * @returns {boolean} whether a block begins that ends what is open
   */
  isBeginning(line) {
    if (QUOTE.test(line)) return !this.isQuoted;
    return ALONE.test(line) || FENCE.test(line);
  }

  /**
   * @param {string} line
   * @returns {string} the line without the indent of the list that it belongs to
   */
  inner(line) {
    return line.slice(Math.min(this.indent, leading(line)));
  }

  /**
   * @param {string} line
   * @returns {string} what stands behind the markers of lists
   */
  withoutMarkers(line) {
    let inner = this.inner(line);
    for (let marker = MARKER.exec(inner); marker; marker = MARKER.exec(inner)) {
      this.close();
      if (marker[0].trim() === inner.trim() || ALONE.test(inner)) break;
      this.indent = line.length - inner.length + marker[0].length;
      inner = inner.slice(marker[0].length);
    }
    return inner;
  }

  /** @param {string} line */
  add(line) {
    const opening = FENCE.exec(line);
    const isOpen = this.lines.length > 0;
    if (opening) {
      this.close();
      this.fence = opening[1];
    } else if (ALONE.test(line)) {
      this.close();
      this.passages.push(line);
    } else if (isOpen && UNDERLINE.test(line)) {
      this.close();
    } else if (isOpen || (leading(line) < 4 && !TARGET.test(line))) {
      this.lines.push(line);
    }
  }
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
