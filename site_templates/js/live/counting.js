// @ts-check

/**
 * Counts studies, reports or findings. Everything here is pure: the same columns and findings give
 * the same numbers, which are those of the view `placement` in the published database.
 *
 * A unit is counted where at least one of its chosen findings stands. Because the findings of one
 * unit stand together, it is enough to remember which unit was counted last in each place.
 */

import { Bits } from "./bits.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./columns.js").Unit} Unit */
/** @typedef {import("./selection.js").Filter} Filter */

const NOBODY = 0xffffffff;

/** Chosen findings with the reports they belong to. */
export class Chosen {
  /**
   * @param {Columns} columns
   * @param {Bits} findings
   */
  constructor(columns, findings) {
    this.columns = columns;
    this.bits = findings;
    /** @type {Uint32Array} */
    this.findings = findings.members();
    /** The reports in rising order, each once. @type {Uint32Array} */
    this.reports = new Uint32Array(Math.min(columns.reportCount, this.findings.length));
    /** How many chosen findings each of them has. @type {Uint32Array} */
    this.weights = new Uint32Array(this.reports.length);
    let last = NOBODY;
    let number = 0;
    for (let index = 0; index < this.findings.length; index++) {
      const report = columns.reportOfFinding[this.findings[index]];
      if (report !== last) this.reports[number++] = last = report;
      this.weights[number - 1]++;
    }
    this.reports = this.reports.subarray(0, number);
  }

  /** How many units are chosen. @param {Unit} unit */
  count(unit) {
    if (unit === "finding") return this.findings.length;
    if (unit === "report") return this.reports.length;
    let last = NOBODY;
    let number = 0;
    for (const report of this.reports) {
      const study = this.columns.studyOfReport[report];
      if (study !== last) number++;
      last = study;
    }
    return number;
  }
}

/**
 * Returns the numbers of a filter's terms; of a range, all years in it.
 * @param {Dimension} dimension
 * @param {Filter} filter
 */
function termsOf(dimension, { mode, terms }) {
  if (mode !== "range") return terms.flatMap((id) => dimension.numbers.get(id) ?? []);
  const [from, to] = terms.map(Number);
  return [...dimension.numbers].flatMap(([id, term]) => (Number(id) >= from && Number(id) <= to ? term : []));
}

/**
 * Returns the findings that satisfy one filter.
 * @param {Columns} columns
 * @param {Filter} filter
 * @returns {Bits}
 */
export function matching(columns, filter) {
  const dimension = columns.dimension(filter.dimension);
  const sets = termsOf(dimension, filter).map((term) => columns.setOf(dimension, term));
  if (filter.mode === "all")
    return sets.reduce((whole, set) => whole.and(set), Bits.all(columns.findingCount));
  const either = sets.reduce((whole, set) => whole.or(set), new Bits(columns.findingCount));
  return filter.mode === "none" ? Bits.all(columns.findingCount).without(either) : either;
}

/**
 * Returns the findings that satisfy all filters.
 * @param {Columns} columns
 * @param {Bits} base What can be chosen at all.
 * @param {Filter[]} filters
 * @param {Bits | null} [words] The findings of the reports in which the words stand.
 * @returns {Bits}
 */
export function chosen(columns, base, filters, words = null) {
  const whole = base.copy();
  for (const filter of filters) whole.and(matching(columns, filter));
  return words ? whole.and(words) : whole;
}

/**
 * Counts the units under each term of a dimension.
 * @param {Chosen} chosen
 * @param {Dimension} dimension
 * @param {Unit} unit
 * @returns {Uint32Array} One number a term, the last for having none.
 */
export function countTerms(chosen, dimension, unit) {
  const counts = new Uint32Array(dimension.terms.length);
  const last = new Uint32Array(dimension.terms.length).fill(NOBODY);
  const { start, codes } = dimension;
  const { columns } = chosen;
  const byReport = dimension.level === "report";
  const holders = byReport ? chosen.reports : chosen.findings;
  const weighed = byReport && unit === "finding";
  for (let index = 0; index < holders.length; index++) {
    const holder = holders[index];
    const report = byReport ? holder : columns.reportOfFinding[holder];
    const owner = unit === "study" ? columns.studyOfReport[report] : unit === "report" ? report : holder;
    const end = start[holder + 1];
    for (let place = start[holder]; place < end; place++) {
      const term = codes[place];
      if (weighed) counts[term] += chosen.weights[index];
      else if (last[term] !== owner) {
        last[term] = owner;
        counts[term]++;
      }
    }
  }
  return counts;
}

/**
 * The numbers of a map's cells.
 * @typedef {object} CellCounts
 * @property {number} width Number of columns; a cell is at row × width + column.
 * @property {Uint32Array} counts One number a cell.
 * @property {number} parts Number of segments, the one for having none included.
 * @property {Uint32Array} divided For each cell one number a segment.
 */

/**
 * Counts the units in each cell, and in each segment of it.
 * @param {Chosen} chosen
 * @param {Dimension} rows
 * @param {Dimension} across
 * @param {Unit} unit
 * @param {{dimension: Dimension, segmentOf: Uint8Array, number: number} | null} colours For each
 *   term its segment, from 1; 0 for terms that belong to no segment.
 * @returns {CellCounts}
 */
export function countCells(chosen, rows, across, unit, colours) {
  const width = across.terms.length;
  const cells = rows.terms.length * width;
  const parts = colours ? colours.number + 1 : 0;
  const counts = new Uint32Array(cells);
  const divided = new Uint32Array(cells * parts);
  const last = new Uint32Array(cells).fill(NOBODY);
  const lastPart = new Uint32Array(cells * parts).fill(NOBODY);
  const { columns } = chosen;
  // Where no code belongs to single findings, a pass over the reports gives the same numbers.
  const involved = colours ? [rows, across, colours.dimension] : [rows, across];
  const byReport = unit !== "finding" && involved.every((dimension) => dimension.level === "report");
  const holders = byReport ? chosen.reports : chosen.findings;
  const segments = new Uint8Array(8);
  for (let index = 0; index < holders.length; index++) {
    const holder = holders[index];
    const report = byReport ? holder : columns.reportOfFinding[holder];
    const owner = unit === "study" ? columns.studyOfReport[report] : unit === "report" ? report : holder;
    const row = rows.level === "report" ? report : holder;
    const column = across.level === "report" ? report : holder;
    const own = colours
      ? segmentsOf(colours, colours.dimension.level === "report" ? report : holder, segments)
      : 0;
    for (let r = rows.start[row]; r < rows.start[row + 1]; r++) {
      const line = rows.codes[r] * width;
      for (let c = across.start[column]; c < across.start[column + 1]; c++) {
        const cell = line + across.codes[c];
        if (last[cell] !== owner) {
          last[cell] = owner;
          counts[cell]++;
          if (parts) divided[cell * parts]++;
        }
        for (let s = 0; s < own; s++) {
          const part = cell * parts + segments[s];
          if (lastPart[part] === owner) continue;
          lastPart[part] = owner;
          divided[part]++;
          // The unit has a segment here, so it no longer counts among those that have none.
          if (lastPart[cell * parts] !== owner) {
            lastPart[cell * parts] = owner;
            divided[cell * parts]--;
          }
        }
      }
    }
  }
  return { width, counts, parts, divided };
}

/**
 * Writes the segments of a report or finding into `found`, each once, and returns how many.
 * @param {{dimension: Dimension, segmentOf: Uint8Array}} colours
 * @param {number} holder
 * @param {Uint8Array} found
 */
function segmentsOf({ dimension, segmentOf }, holder, found) {
  let number = 0;
  for (let place = dimension.start[holder]; place < dimension.start[holder + 1]; place++) {
    const segment = segmentOf[dimension.codes[place]];
    if (!segment) continue;
    let known = false;
    for (let index = 0; index < number && !known; index++) known = found[index] === segment;
    if (!known) found[number++] = segment;
  }
  return number;
}

/**
 * Counts what choosing each term would give, with everything else that is set.
 *
 * Where any of the chosen terms will do, that is how many units have the term; where all are asked
 * for, how many have it besides those chosen; where none may be there, how many would be left.
 * @param {Chosen} present What is chosen now.
 * @param {Chosen} others What is chosen without this dimension's own filter.
 * @param {Dimension} dimension
 * @param {Unit} unit
 * @param {Filter["mode"]} mode
 * @returns {Uint32Array}
 */
export function countChoices(present, others, dimension, unit, mode) {
  if (mode === "any" || mode === "range") return countTerms(others, dimension, unit);
  if (mode === "all") return countTerms(present, dimension, unit);
  return countLeft(present, dimension, unit);
}

/**
 * Counts how many units would be left if a term were excluded: those that have at least one chosen
 * finding without it.
 * @param {Chosen} chosen
 * @param {Dimension} dimension
 * @param {Unit} unit
 * @returns {Uint32Array} One number a term.
 */
function countLeft(chosen, dimension, unit) {
  const total = chosen.count(unit);
  if (unit === "finding") return countTerms(chosen, dimension, unit).map((count) => total - count);
  const left = new Uint32Array(dimension.terms.length).fill(total);
  const { start, codes } = dimension;
  const { columns } = chosen;
  const byReport = dimension.level === "report";
  const holders = byReport ? chosen.reports : chosen.findings;
  /** How many findings of the present unit have each term. */
  const having = new Uint32Array(dimension.terms.length);
  let findings = 0;
  let owner = NOBODY;
  const settle = () => {
    for (let term = 0; term < having.length; term++)
      if (having[term] && having[term] === findings) left[term]--;
    having.fill(0);
    findings = 0;
  };
  for (let index = 0; index < holders.length; index++) {
    const holder = holders[index];
    const report = byReport ? holder : columns.reportOfFinding[holder];
    const next = unit === "study" ? columns.studyOfReport[report] : report;
    if (next !== owner) settle();
    owner = next;
    const weight = byReport ? chosen.weights[index] : 1;
    findings += weight;
    for (let place = start[holder]; place < start[holder + 1]; place++) having[codes[place]] += weight;
  }
  settle();
  return left;
}
