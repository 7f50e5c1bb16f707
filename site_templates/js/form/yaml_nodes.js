// @ts-check
/**
 * The fields, lists and texts of a YAML file, each with its place in it.
 *
 * Only what records are written in is read: fields and lists over lines or in brackets, texts, and
 * comments. Anything else is refused where it stands.
 */

import {
  NO_VALUE,
  Refusal,
  blockText,
  isDocumentMark,
  isEmpty,
  isGap,
  plainText,
  quotedText,
} from "./yaml_scalars.js";

/** @typedef {import("./yaml_scalars.js").Scanned} Scanned */
/** @typedef {import("./yaml_scalars.js").Style} Style */

/**
 * @typedef {object} TextNode
 * @property {"text"} kind
 * @property {number} start
 * @property {number} end
 * @property {number} headEnd where its first line ends, before a comment: after “>-”, else its end
 * @property {string} text
 * @property {Style} style
 */

/**
 * @typedef {object} ListNode
 * @property {"list"} kind
 * @property {number} start
 * @property {number} end
 * @property {boolean} inBrackets
 * @property {Node[]} items
 * @property {number[]} dashes where the dash of each item stands; none in brackets
 */

/**
 * @typedef {object} FieldsNode
 * @property {"fields"} kind
 * @property {number} start
 * @property {number} end
 * @property {boolean} inBrackets
 * @property {Field[]} fields
 */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {number} start where its name begins
 * @property {number} colon where the colon behind its name stands
 * @property {Node} value
 */

/** @typedef {TextNode | ListNode | FieldsNode} Node */

const MAXIMUM_DEPTH = 24;
const LONGEST_NAME = 1000;

/**
 * Read the nodes of a file.
 *
 * @param {string} source a text with plain line ends and without a mark of byte order
 * @param {boolean} [lenient] whether an escape may write a character that no record may hold
 * @returns {FieldsNode}
 * @throws {Refusal} if it is not certain what the file says
 */
export function nodesOf(source, lenient = false) {
  return new Reader(source, lenient).document();
}

class Reader {
  /**
   * @param {string} source
   * @param {boolean} lenient
   */
  constructor(source, lenient) {
    this.source = source;
    this.lenient = lenient;
    this.at = 0;
    this.depth = 0;
  }

  /** @returns {FieldsNode} */
  document() {
    this.toContent();
    if (this.source.startsWith("---", this.at) && isDocumentMark(this.source, this.at)) {
      this.at += 3;
      this.endOfLine("write nothing behind “---” on its line");
      this.toContent();
    }
    if (this.at >= this.source.length) throw new Refusal(0, "the file holds nothing but comments");
    const start = this.at;
    const root = this.block(-1);
    if (root.kind !== "fields") {
      const what = root.kind === "list" ? "a list" : "a text without a field name";
      throw new Refusal(start, `the file begins with ${what}; begin each section with its name and a colon`);
    }
    if (this.at < this.source.length) {
      throw new Refusal(this.at, "a second document begins here; keep one paper per file");
    }
    return root;
  }

  /** Go on to the next character that is no blank, end of line or comment. */
  toContent() {
    for (; this.at < this.source.length; this.at += 1) {
      const character = this.source[this.at];
      if (character === "#") {
        const before = this.source[this.at - 1];
        if (before !== undefined && !isGap(before)) {
          throw new Refusal(this.at, "write a space before “#”, or put the text in double quotes");
        }
        const end = this.source.indexOf("\n", this.at);
        this.at = end < 0 ? this.source.length : end;
        if (end < 0) return;
      } else if (character === "\t") {
        throw new Refusal(this.at, "a tab stands here; write spaces");
      } else if (character !== " " && character !== "\n") {
        return;
      }
    }
  }

  /**
   * See to it that nothing but a comment follows on the line, and go on to its end.
   *
   * @param {string} message what to say otherwise
   */
  endOfLine(message) {
    const from = this.at;
    while (this.source[this.at] === " ") this.at += 1;
    const next = this.source[this.at];
    if (next === undefined || next === "\n") return;
    if (next !== "#" || this.at === from) throw new Refusal(this.at, message);
  }

  /** Return the column of the place reached, counted from 0. */
  column() {
    return this.at - (this.source.lastIndexOf("\n", this.at - 1) + 1);
  }

  /** Whether the dash of a list item stands at the place reached. */
  isDash() {
    return this.source[this.at] === "-" && isGap(this.source[this.at + 1]);
  }

  deeper() {
    if (this.depth >= MAXIMUM_DEPTH) {
      throw new Refusal(this.at, `more than ${MAXIMUM_DEPTH} levels of nesting`);
    }
    this.depth += 1;
  }

  /**
   * Read what stands at the place reached, which begins a line or follows a dash.
   *
   * @param {number} outer the column of what encloses it
   * @returns {Node}
   */
  block(outer) {
    if (this.isDash()) return this.list(this.column());
    if (isDocumentMark(this.source, this.at)) {
      throw new Refusal(this.at, "a second document begins here; keep one paper per file");
    }
    const start = this.at;
    const value = this.inline(outer);
    if (value.kind === "text" && this.isColon(start, value)) return this.fields(start, value);
    this.afterValue(value);
    return value;
  }

  /**
   * Whether a text is the name of a field.
   *
   * @param {number} start
   * @param {TextNode} text
   */
  isColon(start, text) {
    let at = text.end;
    while (this.source[at] === " ") at += 1;
    if (this.source[at] !== ":" || !isGap(this.source[at + 1])) return false;
    if (text.style === "literal" || text.style === "folded") return false;
    if (this.source.slice(start, text.end).includes("\n")) {
      throw new Refusal(at, "this line does not fit here: a text above it goes on to its colon");
    }
    if (at - start > LONGEST_NAME) throw new Refusal(start, "the name of this field is too long");
    return true;
  }

  /**
   * Read the fields of which the first name has been read.
   *
   * @param {number} start
   * @param {TextNode} firstName
   * @returns {FieldsNode}
   */
  fields(start, firstName) {
    this.at = start;
    const column = this.column();
    this.deeper();
    /** @type {Field[]} */
    const fields = [];
    for (let name = firstName; ; ) {
      fields.push(this.field(name, column, fields));
      this.toContent();
      if (this.ends(column)) break;
      const next = this.at;
      const text = this.isDash() ? null : this.inline(column);
      if (text?.kind !== "text" || !this.isColon(next, text)) {
        throw new Refusal(
          next,
          "this line is no field; write “name: value”, or indent what goes on from above",
        );
      }
      name = text;
    }
    this.depth -= 1;
    return { kind: "fields", start, end: fields[fields.length - 1].value.end, inBrackets: false, fields };
  }

  /**
   * Whether fields or a list in a column end at the place reached.
   *
   * @param {number} column
   */
  ends(column) {
    if (this.at >= this.source.length) return true;
    const own = this.column();
    if (own > column) {
      throw new Refusal(this.at, "this line does not fit here; align it with the lines it belongs to");
    }
    return own < column || (own === 0 && isDocumentMark(this.source, this.at));
  }

  /**
   * @param {TextNode} name
   * @param {number} column
   * @param {Field[]} others those above it
   * @returns {Field}
   */
  field(name, column, others) {
    this.refuseName(name, others);
    const colon = this.source.indexOf(":", name.end);
    this.at = colon + 1;
    while (this.source[this.at] === " ") this.at += 1;
    const next = this.source[this.at];
    if (next === "\t") throw new Refusal(this.at, "a tab stands here; write spaces");
    let value;
    if (next === undefined || next === "\n" || next === "#") {
      this.toContent();
      const isBelow = this.at < this.source.length && (this.column() > column || this.isListAt(column));
      if (!isBelow) throw new Refusal(name.start, noValue(name.text));
      value = this.block(column);
    } else {
      if (this.isDash()) throw new Refusal(this.at, "a list cannot begin here; begin it on the next line");
      value = this.inline(column);
      this.refuseSecondColon(value);
      this.afterValue(value);
    }
    this.refuseEmpty(value, name.start, noValue(name.text));
    return { name: name.text, start: name.start, colon, value };
  }

  /**
   * Whether a list that is not set in begins at the place reached.
   *
   * @param {number} column
   */
  isListAt(column) {
    return this.column() === column && this.isDash();
  }

  /**
   * @param {TextNode} name
   * @param {Field[]} others
   */
  refuseName(name, others) {
    if (isEmpty(name.text)) throw new Refusal(name.start, "no name stands before this colon");
    if (others.some((other) => other.name === name.text)) {
      throw new Refusal(name.start, `the field “${name.text}” stands twice`);
    }
  }

  /** @param {Node} value */
  refuseSecondColon(value) {
    if (value.kind !== "text" || value.style === "literal" || value.style === "folded") return;
    const found = / *:/y;
    found.lastIndex = value.end;
    if (found.test(this.source)) {
      throw new Refusal(value.start, "the text holds a colon followed by a space; put it in double quotes");
    }
  }

  /**
   * Refuse a text that says nothing; a field without a value is not given.
   *
   * @param {Node} value
   * @param {number} at
   * @param {string} message
   */
  refuseEmpty(value, at, message) {
    if (value.kind !== "text") return;
    if (isEmpty(value.text) || (value.style === "plain" && NO_VALUE.has(value.text))) {
      throw new Refusal(at, message);
    }
  }

  /**
   * Read the items of a list that begins at the place reached.
   *
   * @param {number} column
   * @returns {ListNode}
   */
  list(column) {
    const start = this.at;
    this.deeper();
    /** @type {ListNode} */
    const list = { kind: "list", start, end: start, inBrackets: false, items: [], dashes: [] };
    do {
      const dash = this.at;
      this.at += 1;
      this.toContent();
      const isBelow = this.at < this.source.length && this.column() > column;
      if (!isBelow) throw new Refusal(dash, "this item of the list is empty");
      const item = this.block(column);
      this.refuseEmpty(item, item.start, "this item of the list is empty");
      list.dashes.push(dash);
      list.items.push(item);
      this.toContent();
    } while (!this.ends(column) && this.isDash());
    list.end = list.items[list.items.length - 1].end;
    this.depth -= 1;
    return list;
  }

  /**
   * Read a text or what stands in brackets; lines that go on stand further in than *outer*.
   *
   * @param {number} outer
   * @returns {Node}
   */
  inline(outer) {
    const first = this.source[this.at];
    if (first === "[" || first === "{") return this.brackets();
    if (first === "|" || first === ">") return this.text(blockText(this.source, this.at, outer));
    if (first === '"' || first === "'") return this.text(quotedText(this.source, this.at, this.lenient));
    return this.text(plainText(this.source, this.at, outer, false));
  }

  /**
   * @param {Scanned} scanned
   * @returns {TextNode}
   */
  text(scanned) {
    const start = this.at;
    this.at = scanned.end;
    return { kind: "text", start, ...scanned };
  }

  /** @param {Node} value */
  afterValue(value) {
    if (value.kind === "text" && (value.style === "literal" || value.style === "folded")) return;
    const isQuoted = value.kind === "text" && value.style !== "plain";
    this.endOfLine(
      isQuoted
        ? "the text goes on after its closing quotation mark; put quotes around the whole text"
        : "this does not fit here; put text with brackets, colons or quotation marks in double quotes",
    );
  }

  /** @returns {ListNode | FieldsNode} */
  brackets() {
    this.deeper();
    const start = this.at;
    const isList = this.source[start] === "[";
    const closing = isList ? "]" : "}";
    /** @type {Node[]} */
    const items = [];
    /** @type {Field[]} */
    const fields = [];
    this.at += 1;
    for (this.inside(start); this.source[this.at] !== closing; ) {
      if (isList) items.push(this.item());
      else fields.push(this.pair(start, fields));
      this.inside(start);
      const next = this.source[this.at];
      if (next !== "," && next !== closing) {
        throw new Refusal(this.at, "a comma is missing before this, or a closing bracket");
      }
      if (next === ",") {
        this.at += 1;
        this.inside(start);
      }
    }
    this.at += 1;
    this.depth -= 1;
    const end = this.at;
    return isList
      ? { kind: "list", start, end, inBrackets: true, items, dashes: [] }
      : { kind: "fields", start, end, inBrackets: true, fields };
  }

  /**
   * Go on to what follows in brackets.
   *
   * @param {number} opening where the bracket stands
   */
  inside(opening) {
    this.toContent();
    if (this.at >= this.source.length || isDocumentMark(this.source, this.at)) {
      throw new Refusal(opening, `the bracket “${this.source[opening]}” that stands here is not closed`);
    }
  }

  /** @returns {Node} */
  item() {
    const value = this.inBrackets();
    this.refuseEmpty(value, value.start, "this item of the list is empty");
    return value;
  }

  /**
   * @param {number} opening
   * @param {Field[]} others
   * @returns {Field}
   */
  pair(opening, others) {
    const name = this.inBrackets();
    if (name.kind !== "text" || !this.isColon(name.start, name)) {
      throw new Refusal(name.start, "write “name: value” between the brackets, with a space after the colon");
    }
    this.refuseName(name, others);
    const colon = this.source.indexOf(":", name.end);
    this.at = colon + 1;
    this.inside(opening);
    if (this.source[this.at] === "," || this.source[this.at] === "}") {
      throw new Refusal(name.start, noValue(name.text));
    }
    const value = this.inBrackets();
    this.refuseEmpty(value, name.start, noValue(name.text));
    return { name: name.text, start: name.start, colon, value };
  }

  /** @returns {Node} */
  inBrackets() {
    const first = this.source[this.at];
    if (first === "[" || first === "{") return this.brackets();
    if (first === '"' || first === "'") return this.text(quotedText(this.source, this.at, this.lenient));
    return this.text(plainText(this.source, this.at, -1, true));
  }
}

/** @param {string} name */
function noValue(name) {
  return `the field “${name}” has no value; fill it in or delete the line`;
}
