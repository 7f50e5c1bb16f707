// @ts-check
/**
 * Change a file where what it says has changed, and leave every other line as it stands.
 *
 * The lines of a file are cut along its fields and items, each with the comments above it. What is
 * unchanged keeps its lines; what moves takes them along; what is new is laid out afresh.
 */

import { bracketed, fieldLines, itemLines, placeOf, withoutBlanks } from "./yaml_layout.js";
import { changedBrackets, pairs, same } from "./yaml_likeness.js";
import { valueOf } from "./yaml_reading.js";
import { STEP, WIDTH, lengthOf, written } from "./yaml_values.js";

/** @typedef {import("./yaml_reading.js").Value} Value */
/** @typedef {import("./yaml_reading.js").Entry} Entry */
/** @typedef {import("./yaml_nodes.js").Node} Node */
/** @typedef {import("./yaml_nodes.js").Field} Field */
/** @typedef {import("./yaml_nodes.js").FieldsNode} FieldsNode */
/** @typedef {import("./yaml_nodes.js").ListNode} ListNode */
/** @typedef {import("./yaml_layout.js").Part} Part */

/**
 * @typedef {object} Chunk a field or an item with the lines that belong to it
 * @property {string} name
 * @property {string[]} before blank lines and comments that part it from what stands above
 * @property {string[]} own the comment above it
 * @property {string[]} lines
 * @property {string[]} after comments below it that are set in deeper
 * @property {boolean} [isNew]
 */

/** A comment without a blank behind “#”, which must not stand behind a text without quotation marks. */
const CUTS = /^ +#[^ #]/;

/** A file, its lines, and how much of it may be laid out afresh. */
export class Rewriting {
  /**
   * @param {string} source a text with plain line ends
   * @param {boolean} [whole] whether every section that differs is laid out afresh
   */
  constructor(source, whole = false) {
    this.source = source;
    this.whole = whole;
    this.lines = source.split("\n");
    /** @type {number[]} */
    this.starts = [];
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.length + 1;
    }
  }

  /**
   * Return the file changed so that it holds *wanted*.
   *
   * @param {FieldsNode} root
   * @param {Entry} wanted
   * @param {Part} part the schema of a record
   */
  file(root, wanted, part) {
    const last = this.lineOf(root.end);
    const chunks = this.fieldChunks(root, 0);
    const tail = this.loose(last + 1, this.lines.length, 0);
    chunks[chunks.length - 1].after = tail.after;
    const head = chunks[0].before.splice(0);
    const kept = this.changedFields(root, chunks, wanted, part);
    kept.forEach((chunk, index) => {
      const beside = chunk.isNew || (index > 0 && kept[index - 1].isNew);
      if (beside && index > 0 && !chunk.before.length) chunk.before = [""];
    });
    return [...head, ...joined(kept), ...tail.before].join("\n");
  }

  /**
   * Return the line in which a place stands, counted from 0.
   *
   * @param {number} offset
   */
  lineOf(offset) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * Return the column of a place, counted from 0.
   *
   * @param {number} offset
   */
  columnOf(offset) {
    return offset - this.starts[this.lineOf(offset)];
  }

  /**
   * Return the lines of fields below their name or behind a dash, changed to what is wanted.
   *
   * @param {FieldsNode} node
   * @param {Entry} wanted
   * @param {Part} part
   * @param {number} from the first line that is theirs
   */
  fields(node, wanted, part, from) {
    const chunks = this.fieldChunks(node, from);
    const head = chunks[0].before.splice(0);
    const kept = this.changedFields(node, chunks, wanted, part);
    return this.behindDash(node, [...head, ...joined(kept)]);
  }

  /**
   * Cut the lines of fields into chunks.
   *
   * @param {FieldsNode} node
   * @param {number} from
   */
  fieldChunks(node, from) {
    const column = this.columnOf(node.start);
    const firsts = node.fields.map((field) => this.lineOf(field.start));
    const lasts = node.fields.map((field) => this.lineOf(field.value.end));
    const names = node.fields.map((field) => field.name);
    return this.chunks(names, firsts, lasts, column, from);
  }

  /**
   * Cut lines into chunks at the given first and last lines.
   *
   * @param {string[]} names
   * @param {number[]} firsts
   * @param {number[]} lasts
   * @param {number} column
   * @param {number} from
   */
  chunks(names, firsts, lasts, column, from) {
    /** @type {Chunk[]} */
    const chunks = [];
    names.forEach((name, index) => {
      const above = this.loose(index ? lasts[index - 1] + 1 : from, firsts[index], column);
      if (index) chunks[index - 1].after = above.after;
      else above.before.unshift(...above.after);
      const lines = this.lines.slice(firsts[index], lasts[index] + 1);
      lines[0] = " ".repeat(column) + lines[0].slice(column);
      chunks.push({ name, before: above.before, own: above.own, lines, after: [] });
    });
    return chunks;
  }

  /**
   * Part the lines between two fields: what belongs to the upper one, what to none, what to the lower.
   *
   * @param {number} from
   * @param {number} to
   * @param {number} column the column in which the fields begin
   */
  loose(from, to, column) {
    const room = (/** @type {number} */ line) =>
      this.lines[line].length - this.lines[line].trimStart().length;
    let [upper, lower] = [from, to];
    while (upper < to && isComment(this.lines[upper]) && room(upper) > column) upper += 1;
    while (lower > upper && isComment(this.lines[lower - 1]) && room(lower - 1) <= column) lower -= 1;
    if (to === this.lines.length) lower = to;
    return {
      after: this.lines.slice(from, upper),
      before: this.lines.slice(upper, lower),
      own: this.lines.slice(lower, to),
    };
  }

  /**
   * Return the chunks of fields changed to what is wanted.
   *
   * @param {FieldsNode} node
   * @param {Chunk[]} chunks
   * @param {Entry} wanted
   * @param {Part} part
   */
  changedFields(node, chunks, wanted, part) {
    const column = this.columnOf(node.start);
    /** @type {Set<Chunk>} */
    const gone = new Set();
    node.fields.forEach((field, index) => {
      const chunk = chunks[index];
      if (Object.hasOwn(wanted, field.name)) {
        chunk.lines = this.field(field, wanted[field.name], part, chunk.lines);
      } else if (withoutBlanks(valueOf(field.value)) !== undefined) {
        gone.add(chunk);
      }
    });
    const kept = without(chunks, gone);
    const names = new Set(node.fields.map((field) => field.name));
    const added = Object.keys(wanted).filter((name) => !names.has(name));
    for (const name of part.ordered(added)) {
      const order = part.ordered([...kept.map((chunk) => chunk.name), name]);
      const above = order.slice(0, order.indexOf(name));
      const place = kept.reduce((at, chunk, index) => (above.includes(chunk.name) ? index + 1 : at), 0);
      const lines = fieldLines(name, wanted[name], column, part.field(name));
      kept.splice(place, 0, { name, before: [], own: [], lines, after: [], isNew: true });
    }
    return kept;
  }

  /**
   * Return the lines of a field changed to a value.
   *
   * @param {Field} field
   * @param {Value} wanted
   * @param {Part} parent the schema of the fields it is one of
   * @param {string[]} lines its lines as they stand
   * @returns {string[]}
   */
  field(field, wanted, parent, lines) {
    const { value } = field;
    if (same(filled(valueOf(value)), wanted)) return lines;
    const part = parent.field(field.name);
    const line = this.lineOf(field.start);
    const column = this.columnOf(field.start);
    const isBelow = this.lineOf(value.start) > line;
    if (!this.whole && isBelow) {
      const inner = this.collection(value, wanted, part, line + 1);
      if (inner) return [lines[0], ...inner];
    }
    const comment = this.comment(isBelow ? field.colon + 1 : headEndOf(value));
    const own = this.whole || isBelow ? null : this.replaced(value, wanted, part, column + STEP, comment);
    if (own) return [lines[0].slice(0, this.columnOf(value.start)) + own[0], ...own.slice(1)];
    return commented(fieldLines(field.name, wanted, column, part), comment);
  }

  /**
   * Return the lines of fields or a list over lines, if both are such; otherwise nothing.
   *
   * @param {Node} node
   * @param {Value} wanted
   * @param {Part} part
   * @param {number} from
   * @returns {string[] | null}
   */
  collection(node, wanted, part, from) {
    if (node.kind === "text" || node.inBrackets || typeof wanted === "string") return null;
    if (node.kind === "list") return Array.isArray(wanted) ? this.list(node, wanted, part, from) : null;
    return Array.isArray(wanted) ? null : this.fields(node, wanted, part, from);
  }

  /**
   * Return what stands instead of a text or brackets: the end of the line, and the lines below.
   *
   * @param {Node} node
   * @param {Value} wanted
   * @param {Part} part
   * @param {number} indent
   * @param {string} comment
   */
  replaced(node, wanted, part, indent, comment) {
    if (node.kind !== "text" && !node.inBrackets) return null;
    const column = this.columnOf(node.start);
    if (typeof wanted === "string") {
      const isQuoted = CUTS.test(comment);
      const [first, ...below] = written(wanted, { ...placeOf(part, column, indent), isQuoted });
      return [first + comment, ...below];
    }
    const line = this.lines[this.lineOf(node.start)];
    const room = Math.max(WIDTH, lengthOf(line)) - column;
    const brackets =
      node.kind === "text"
        ? bracketed(wanted, part, WIDTH - column)
        : changedBrackets(this.source, node, wanted, part);
    return brackets !== null && lengthOf(brackets) <= room ? [brackets + comment] : null;
  }

  /**
   * Return the comment on the rest of a line, with the blanks before it.
   *
   * @param {number} offset
   */
  comment(offset) {
    const line = this.lineOf(offset);
    const rest = this.lines[line].slice(offset - this.starts[line]);
    return /^ +#/.test(rest) ? rest : "";
  }

  /**
   * Return the lines of a list changed to what is wanted.
   *
   * @param {ListNode} node
   * @param {Value[]} wanted
   * @param {Part} part
   * @param {number} from
   * @returns {string[]}
   */
  list(node, wanted, part, from) {
    const column = this.columnOf(node.start);
    const firsts = node.dashes.map((dash) => this.lineOf(dash));
    const lasts = node.items.map((item) => this.lineOf(item.end));
    const names = node.items.map((_, index) => String(index));
    const chunks = this.chunks(names, firsts, lasts, column, from);
    const head = chunks[0].before.splice(0);
    const values = node.items.map((item) => filled(valueOf(item)));
    const origins = pairs(values, wanted);
    const used = new Set(origins);
    without(chunks, new Set(chunks.filter((_, index) => !used.has(index))));
    const kept = wanted.map((item, index) => {
      const origin = origins[index];
      if (origin === undefined) {
        const lines = itemLines(item, column, part.item);
        return { name: "", before: [], own: [], lines, after: [], isNew: true };
      }
      const chunk = chunks[origin];
      if (same(values[origin], item)) return chunk;
      return { ...chunk, lines: this.item(node, origin, item, part.item, chunk.lines) };
    });
    if (kept[0]) kept[0] = { ...kept[0], before: kept[0].before.filter(isComment) };
    return this.behindDash(node, [...head, ...joined(kept)]);
  }

  /**
   * Return the lines of an item of a list changed to a value.
   *
   * @param {ListNode} list
   * @param {number} index
   * @param {Value} wanted
   * @param {Part} part
   * @param {string[]} lines
   * @returns {string[]}
   */
  item(list, index, wanted, part, lines) {
    const value = list.items[index];
    const line = this.lineOf(list.dashes[index]);
    const column = this.columnOf(list.dashes[index]);
    const isBelow = this.lineOf(value.start) > line;
    const inner = this.collection(value, wanted, part, isBelow ? line + 1 : line);
    if (inner && isBelow) return [lines[0], ...inner];
    if (inner) {
      const first = inner.findIndex(isContent);
      inner[first] = " ".repeat(column) + inner[first].slice(column);
      return inner;
    }
    const comment = this.comment(isBelow ? list.dashes[index] + 1 : headEndOf(value));
    const own = isBelow ? null : this.replaced(value, wanted, part, column + STEP, comment);
    if (own) return [lines[0].slice(0, this.columnOf(value.start)) + own[0], ...own.slice(1)];
    return commented(itemLines(wanted, column, part), comment);
  }

  /**
   * Put back the dash that stands before the first field or item, with the comments above it.
   *
   * @param {FieldsNode | ListNode} node
   * @param {string[]} lines
   */
  behindDash(node, lines) {
    const column = this.columnOf(node.start);
    const dash = this.lines[this.lineOf(node.start)].slice(0, column);
    if (!dash.trim()) return lines;
    const first = lines.findIndex(isContent);
    const room = " ".repeat(dash.length - dash.trimStart().length);
    // Comments that now come first belong above the dash.
    const comments = lines.slice(0, first).map((line) => room + line.trim());
    return [...comments, dash + lines[first].slice(column), ...lines.slice(first + 1)];
  }
}

/** @param {string} line */
function isComment(line) {
  return line.trimStart().startsWith("#");
}

/** @param {string} line */
function isContent(line) {
  return line.trim() !== "" && !isComment(line);
}

/**
 * Put a comment behind the first of new lines, or above it.
 *
 * @param {string[]} lines
 * @param {string} comment
 */
function commented([first, ...below], comment) {
  const room = first.slice(0, first.length - first.trimStart().length);
  return CUTS.test(comment) ? [room + comment.trim(), first, ...below] : [first + comment, ...below];
}

/** @param {Value} value */
function filled(value) {
  return withoutBlanks(value) ?? "";
}

/**
 * Return where the first line of a value ends, before its comment.
 *
 * @param {Node} value
 */
function headEndOf(value) {
  return value.kind === "text" ? value.headEnd : value.end;
}

/**
 * Take chunks out, with their comments; what parts them from others stays where it parts others.
 *
 * @param {Chunk[]} chunks
 * @param {Set<Chunk>} gone
 */
function without(chunks, gone) {
  /** @type {Chunk[]} */
  const kept = [];
  /** @type {string[]} */
  let carried = [];
  for (const chunk of chunks) {
    if (gone.has(chunk)) {
      carried.push(...chunk.before);
      while (carried.length && !carried[carried.length - 1].trim()) carried.pop();
      continue;
    }
    chunk.before.unshift(...carried);
    carried = [];
    if (!kept.length) while (chunk.before.length && !chunk.before[0].trim()) chunk.before.shift();
    kept.push(chunk);
  }
  if (carried.length && kept.length) kept[kept.length - 1].after.push(...carried);
  return kept;
}

/**
 * Return the lines of chunks, one below the other.
 *
 * @param {Chunk[]} chunks
 */
function joined(chunks) {
  return chunks.flatMap((chunk) => [...chunk.before, ...chunk.own, ...chunk.lines, ...chunk.after]);
}
