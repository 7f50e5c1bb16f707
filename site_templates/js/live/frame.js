// @ts-check

/** The rows and columns of a map: which headings are shown, and how they nest. */

/** @typedef {import("./columns.js").Dimension} Dimension */

/**
 * @typedef {object} Heading
 * @property {number} term Its number in the dimension.
 * @property {string} id
 * @property {string} label
 * @property {string} definition
 * @property {number} depth 0 at the top.
 * @property {boolean} isGroup
 * @property {boolean} isOpen Whether a group shows its terms.
 * @property {boolean} isNone
 */

/** A frame with more headings than this opens with its groups closed, so that it fits a screen. */
const MOST = { row: 22, column: 12 };

/** One side of a map. */
export class Axis {
  /**
   * @param {Dimension} dimension
   * @param {"row" | "column"} side
   */
  constructor(dimension, side) {
    this.dimension = dimension;
    this.side = side;
    const nested = dimension.terms.some((term) => term.parent >= 0);
    /** Whether groups are closed until somebody opens them. */
    this.startsClosed = nested && dimension.terms.length > MOST[side];
  }

  /**
   * Returns the headings that are shown, a group before its terms.
   * @param {string[]} toggled Groups that are not as they are at first.
   * @returns {Heading[]}
   */
  headings(toggled) {
    const switched = new Set(toggled);
    const { dimension } = this;
    /** @type {Map<number, boolean>} */
    const open = new Map();
    return dimension.terms.flatMap((term, number) => {
      const groups = dimension.groupsOf(number);
      const isGroup = dimension.isGroup(number);
      const isOpen = isGroup && this.startsClosed === switched.has(`${this.side}:${term.id}`);
      open.set(number, isOpen);
      if (!groups.every((group) => open.get(group))) return [];
      return {
        term: number,
        id: term.id,
        label: term.label,
        definition: term.definition,
        depth: groups.length,
        isGroup,
        isOpen,
        isNone: number === dimension.terms.length - 1,
      };
    });
  }

  /** The ids of all groups. */
  groups() {
    return this.dimension.terms.filter((_, number) => this.dimension.isGroup(number)).map((term) => term.id);
  }
}

/**
 * A cell of the head: a column, or an open group over its columns.
 * @typedef {object} HeadCell
 * @property {Heading} heading
 * @property {string} label
 * @property {number} column First column that it stands over.
 * @property {number} columns How many columns it spans.
 * @property {number} lines How many lines it spans.
 * @property {boolean} spans Whether it stands over an open group as a whole.
 */

/**
 * Returns the lines of the head. An open group stands over its terms and a column for all of it.
 * @param {Heading[]} headings
 * @returns {HeadCell[][]}
 */
export function headLines(headings) {
  const depth = Math.max(...headings.map((heading) => heading.depth + (heading.isOpen ? 1 : 0))) + 1;
  /** @type {HeadCell[][]} */
  const lines = Array.from({ length: depth }, () => []);
  headings.forEach((heading, column) => {
    const level = heading.depth;
    const cell = { heading, label: heading.label, column, columns: 1, lines: depth - level, spans: false };
    if (!heading.isOpen) {
      lines[level].push(cell);
      return;
    }
    let end = column + 1;
    while (end < headings.length && headings[end].depth > level) end++;
    lines[level].push({ ...cell, columns: end - column, lines: 1, spans: true });
    const label = `All of ${heading.label.toLowerCase()}`;
    lines[level + 1].push({ ...cell, label, lines: depth - level - 1 });
  });
  return lines;
}
