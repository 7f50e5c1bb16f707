// @ts-check

/** One map: its two sides, its segments, and what its cells hold for a selection. */

import { Chosen, countCells, countTerms } from "./counting.js";
import { Axis } from "./frame.js";
import { scaleOf } from "./marks.js";
import { coloursOf, termsOfSegment } from "./segments.js";
import { counted, spokenDate } from "./wording.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").MapFrame} MapFrame */
/** @typedef {import("./counting.js").CellCounts} CellCounts */
/** @typedef {import("./segments.js").Colours} Colours */
/** @typedef {import("./selection.js").Place} Place */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./tally.js").Tally} Tally */

/** @typedef {"nothing" | "apart" | "outside" | "filtered"} Empty */

export class MapModel {
  /**
   * @param {Columns} columns
   * @param {MapFrame} frame
   */
  constructor(columns, frame) {
    this.columns = columns;
    this.frame = frame;
    this.unit = frame.unit;
    this.rows = new Axis(columns.dimension(frame.rows), "row");
    this.across = new Axis(columns.dimension(frame.columns), "column");
    const everything = new Chosen(columns, columns.counted);
    this.everything = everything;
    /** The cells when nothing is filtered. */
    this.unfiltered = countCells(everything, this.rows.dimension, this.across.dimension, this.unit, null);
    this.scale = scaleOf(this.unfiltered.counts.reduce((most, count) => Math.max(most, count), 0));
    /** @type {Map<string, string>} */
    this.outside = new Map(frame.outside.map(([row, column, reason]) => [`${row}/${column}`, reason]));
    this.apart = this.#apart();
    /** @type {Map<string, Colours>} */
    this.known = new Map();
  }

  /** Cells in which findings of reports stand that are not counted, and not excluded either. */
  #apart() {
    const { columns, rows, across } = this;
    const excluded = columns.header.decisions.findIndex((decision) => decision.id === "excluded");
    /** @type {Set<number>} */
    const cells = new Set();
    for (let finding = 0; finding < columns.findingCount; finding++) {
      const report = columns.reportOfFinding[finding];
      if (columns.decisions[report] === 0 || columns.decisions[report] === excluded) continue;
      for (const row of termsOf(rows.dimension, report, finding)) {
        for (const column of termsOf(across.dimension, report, finding))
          cells.add(row * across.dimension.terms.length + column);
      }
    }
    return cells;
  }

  /**
   * Returns the segments that the reader has asked for.
   * @param {Selection} selection
   * @returns {Colours | null}
   */
  colours(selection) {
    const id = selection.colours || this.frame.segments || "none";
    if (id === "none") return null;
    const known = this.known.get(id);
    if (known) return known;
    const dimension = this.columns.dimension(id);
    const colours = coloursOf(dimension, countTerms(this.everything, dimension, "finding"));
    this.known.set(id, colours);
    return colours;
  }

  /** The dimensions that tell counted findings apart: those in which at least one has a term. */
  usedDimensions() {
    return this.columns.dimensions.filter((dimension) =>
      countTerms(this.everything, dimension, "report").some(
        (count, term) => count && term < dimension.terms.length - 1,
      ),
    );
  }

  /**
   * Whether every group of rows and columns is open.
   * @param {Selection} selection
   */
  allOpen({ toggled }) {
    return [this.rows, this.across].every((axis) =>
      axis.headings(toggled).every((heading) => !heading.isGroup || heading.isOpen),
    );
  }

  /**
   * Counts all cells.
   * @param {Tally} tally
   * @returns {CellCounts}
   */
  cells(tally) {
    return countCells(
      tally.present,
      this.rows.dimension,
      this.across.dimension,
      this.unit,
      this.colours(tally.selection),
    );
  }

  /**
   * Returns the colour and count of each segment in a cell, the one for having none last.
   * @param {CellCounts} counts
   * @param {number} cell
   * @returns {[number, number][]}
   */
  parts({ parts, divided }, cell) {
    /** @type {[number, number][]} */
    const found = [];
    for (let colour = 1; colour <= parts; colour++) {
      const own = colour === parts ? 0 : colour;
      const count = divided[cell * parts + own];
      if (count) found.push([own, count]);
    }
    return found;
  }

  /**
   * Returns why a cell is empty.
   * @param {number} row
   * @param {number} column
   * @returns {Empty}
   */
  empty(row, column) {
    const name = `${this.rows.dimension.at(row).id}/${this.across.dimension.at(column).id}`;
    if (this.unfiltered.counts[row * this.unfiltered.width + column]) return "filtered";
    if (this.outside.has(name)) return "outside";
    return this.apart.has(row * this.unfiltered.width + column) ? "apart" : "nothing";
  }

  /**
   * Returns why a cell is empty, in a sentence.
   * @param {number} row
   * @param {number} column
   */
  emptyWords(row, column) {
    const unit = this.unit;
    const searched = this.columns.header.searched;
    const kind = this.empty(row, column);
    if (kind === "filtered") {
      const without = this.unfiltered.counts[row * this.unfiltered.width + column];
      return `no ${unit} with what is set now; ${counted(without, unit)} without it`;
    }
    if (kind === "outside") {
      const reason = this.outside.get(
        `${this.rows.dimension.at(row).id}/${this.across.dimension.at(column).id}`,
      );
      return `outside the frame of this map: ${reason}`;
    }
    if (kind === "apart") {
      return `no ${unit} counted, only reports that are shown apart, ongoing or awaiting a decision`;
    }
    return `searched, no ${unit} found` + (searched ? ` (last search ${spokenDate(searched)})` : "");
  }

  /**
   * Returns the terms of a place on the map, with their dimensions.
   * @param {Place} place
   * @param {Selection} selection
   * @returns {{terms: [import("./columns.js").Dimension, number][], segment: string} | null} Nothing
   *   if the map has no such place.
   */
  termsAt(place, selection) {
    /** @type {[import("./columns.js").Dimension, number][]} */
    const terms = [];
    for (const [id, { dimension }] of /** @type {const} */ ([
      [place.row, this.rows],
      [place.column, this.across],
    ])) {
      if (!id) continue;
      const term = dimension.numbers.get(id);
      if (term === undefined) return null;
      terms.push([dimension, term]);
    }
    const segment = this.colours(selection)?.segments.find((own) => own.id === place.segment);
    if (place.segment && !segment) return null;
    return { terms, segment: segment?.label ?? "" };
  }

  /**
   * Returns what stands at a place, of all that is chosen.
   * @param {Place} place
   * @param {Tally} tally
   * @returns {Chosen}
   */
  at(place, tally) {
    const bits = tally.present.bits.copy();
    const found = this.termsAt(place, tally.selection);
    for (const [dimension, term] of found?.terms ?? []) bits.and(this.columns.setOf(dimension, term));
    const colours = this.colours(tally.selection);
    if (place.segment && colours) {
      const [first, ...others] = termsOfSegment(colours, place.segment);
      const either = this.columns.setOf(colours.dimension, first).copy();
      for (const term of others) either.or(this.columns.setOf(colours.dimension, term));
      bits.and(either);
    }
    return new Chosen(this.columns, bits);
  }
}

/**
 * The terms that a finding stands under, without the one for having none.
 * @param {import("./columns.js").Dimension} dimension
 * @param {number} report
 * @param {number} finding
 */
function termsOf({ level, start, codes, terms }, report, finding) {
  const holder = level === "report" ? report : finding;
  return [...codes.subarray(start[holder], start[holder + 1])].filter((term) => term < terms.length - 1);
}
