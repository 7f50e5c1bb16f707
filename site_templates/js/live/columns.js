// @ts-check

/**
 * The codes of all findings, as the build packs them (evidence_map/site/live/columns.py).
 *
 * The file begins with four letters and the length of a header in JSON; after it stand columns of
 * small numbers. Studies, reports and findings are numbered in the order of the file: the findings
 * of one report, and the reports of one study, stand together.
 */

import { Bits } from "./bits.js";

/** @typedef {"study" | "report" | "finding"} Unit */

/**
 * @typedef {object} Term
 * @property {string} id
 * @property {string} label
 * @property {string} definition
 * @property {number} parent Number of the group it stands in, or -1.
 */

/**
 * @typedef {object} MapFrame
 * @property {string} id
 * @property {string} title
 * @property {string} question
 * @property {Unit} unit
 * @property {string} rows Dimension of the rows.
 * @property {string} columns
 * @property {string | null} segments
 * @property {[string, string, string][]} outside Row, column and reason of cells outside the frame.
 */

/**
 * @typedef {object} Header
 * @property {string} title
 * @property {string} shortTitle
 * @property {string} version
 * @property {string} date Date of the data, such as 2024-10-28.
 * @property {string} address Where the site is published, if that is known.
 * @property {string[]} authors
 * @property {string} searched Date of the last search, or nothing.
 * @property {{studies: number, reports: number, findings: number}} totals
 * @property {{id: string, label: string, definition: string, level: "report" | "finding",
 *   years: boolean, terms: Term[]}[]} dimensions
 * @property {{id: string, label: string, definition: string}[]} decisions
 * @property {MapFrame[]} maps
 * @property {{name: string, kind: "u8" | "u16" | "u32", offset: number, length: number}[]} columns
 */

/** A fault of the data, told in words for readers. */
export class DataError extends Error {}

/** @typedef {Uint8Array | Uint16Array | Uint32Array} Numbers */

/** The id that stands for having no term of a dimension. */
export const NONE = "none-of-these";

const MARK = "EMC1";

/** A dimension with the terms of each report or finding, groups above them and NONE included. */
export class Dimension {
  /**
   * @param {Header["dimensions"][number]} written
   * @param {Numbers} counts How many own terms each report or finding has.
   * @param {Numbers} own The own terms of all, one after another.
   */
  constructor(written, counts, own) {
    this.id = written.id;
    this.label = written.label;
    this.definition = written.definition;
    this.level = written.level;
    this.years = written.years;
    /** The terms in the order of display; the last one stands for NONE. @type {Term[]} */
    this.terms = [
      ...written.terms,
      {
        id: NONE,
        label: "None of these",
        definition: `No term of “${written.label.toLowerCase()}” is coded.`,
        parent: -1,
      },
    ];
    /** @type {Map<string, number>} */
    this.numbers = new Map(this.terms.map((term, number) => [term.id, number]));
    /** Where the terms of each report or finding begin in `codes`. @type {Uint32Array} */
    this.start = new Uint32Array(counts.length + 1);
    /** @type {Uint16Array} */
    this.codes = this.#withGroups(counts, own);
  }

  /** @param {number} term */
  groupsOf(term) {
    const groups = [];
    for (let group = this.at(term).parent; group >= 0; group = this.at(group).parent) groups.push(group);
    return groups;
  }

  /**
   * @param {number} term
   * @returns {Term}
   */
  at(term) {
    return /** @type {Term} */ (this.terms[term]);
  }

  /** Whether the term is a group of narrower terms. @param {number} term */
  isGroup(term) {
    return this.terms.some((other) => other.parent === term);
  }

  /** @param {string} id */
  labelOf(id) {
    const number = this.numbers.get(id);
    return number === undefined ? id : this.at(number).label;
  }

  /**
   * @param {Numbers} counts
   * @param {Numbers} own
   */
  #withGroups(counts, own) {
    const paths = this.terms.map((_, term) => [term, ...this.groupsOf(term)]);
    const none = this.terms.length - 1;
    let room = 0;
    for (let index = 0; index < own.length; index++) {
      room += /** @type {number[]} */ (paths[/** @type {number} */ (own[index])]).length;
    }
    const codes = new Uint16Array(room + counts.length);
    let next = 0;
    let read = 0;
    for (let holder = 0; holder < counts.length; holder++) {
      this.start[holder] = next;
      const number = /** @type {number} */ (counts[holder]);
      if (!number) codes[next++] = none;
      for (let index = 0; index < number; index++) {
        const path = /** @type {number[]} */ (paths[/** @type {number} */ (own[read++])]);
        for (const term of path) {
          // Two terms of one group name it once.
          let known = false;
          for (let seen = /** @type {number} */ (this.start[holder]); seen < next && !known; seen++) {
            known = codes[seen] === term;
          }
          if (!known) codes[next++] = term;
        }
      }
    }
    this.start[counts.length] = next;
    return codes.slice(0, next);
  }
}

/** Everything that the live pages count from. */
export class Columns {
  /**
   * @param {Header} header
   * @param {(name: string) => Numbers} column
   */
  constructor(header, column) {
    this.header = header;
    const reportsOfStudy = column("reports-of-study");
    const findingsOfReport = column("findings-of-report");
    /** Index of each report's decision in `header.decisions`; 0 is counted. @type {Numbers} */
    this.decisions = column("decision-of-report");
    this.studyCount = reportsOfStudy.length;
    this.reportCount = findingsOfReport.length;
    /** @type {Uint32Array} */
    this.studyOfReport = spread(reportsOfStudy);
    // A report without findings gets an empty one, so that lists of reports can be filtered alike.
    const rooms = Uint32Array.from(findingsOfReport, (number) => Math.max(1, number));
    /** @type {Uint32Array} */
    this.reportOfFinding = spread(rooms);
    this.findingCount = this.reportOfFinding.length;
    /** The first finding of each report, and behind the last one. @type {Uint32Array} */
    this.firstFinding = sums(rooms);
    /** The first report of each study, and behind the last one. @type {Uint32Array} */
    this.firstReport = sums(reportsOfStudy);
    /** @type {Dimension[]} */
    this.dimensions = header.dimensions.map((written) => {
      const counts = column(`${written.id}:counts`);
      const own = column(`${written.id}:terms`);
      return new Dimension(
        written,
        written.level === "report" ? counts : withEmpty(counts, findingsOfReport),
        own,
      );
    });
    /** The decisions on all reports, as a dimension to filter lists of reports with. @type {Dimension} */
    this.decision = new Dimension(
      {
        id: "_decision",
        label: "Decision",
        definition: "What was decided on the report when it was screened.",
        level: "report",
        years: false,
        terms: header.decisions.map((own) => ({ ...own, parent: -1 })),
      },
      new Uint8Array(this.reportCount).fill(1),
      this.decisions,
    );
    /** The findings of the reports that maps count. @type {Bits} */
    this.counted = this.#findingsWhere(
      (report) => this.decisions[report] === 0 && /** @type {number} */ (findingsOfReport[report]) > 0,
    );
    /** The findings, or the empty one, of every report. @type {Bits} */
    this.everything = Bits.all(this.findingCount);
    /** @type {Map<string, Bits>} */
    this.sets = new Map();
  }

  /**
   * @param {string} id
   * @returns {Dimension}
   */
  dimension(id) {
    const found = [...this.dimensions, this.decision].find((dimension) => dimension.id === id);
    if (!found) throw new Error(`There is no dimension “${id}”.`);
    return found;
  }

  /** @param {(report: number) => boolean} wanted */
  #findingsWhere(wanted) {
    const bits = new Bits(this.findingCount);
    for (let finding = 0; finding < this.findingCount; finding++) {
      if (wanted(/** @type {number} */ (this.reportOfFinding[finding]))) bits.add(finding);
    }
    return bits;
  }

  /**
   * The findings of the given reports.
   * @param {Set<number>} reports
   */
  findingsOf(reports) {
    return this.#findingsWhere((report) => reports.has(report));
  }

  /**
   * The findings that stand under a term; kept for the next time.
   * @param {Dimension} dimension
   * @param {number} term
   * @returns {Bits}
   */
  setOf(dimension, term) {
    const name = `${dimension.id}/${term}`;
    const known = this.sets.get(name);
    if (known) return known;
    const bits = new Bits(this.findingCount);
    const { start, codes } = dimension;
    for (let holder = 0; holder + 1 < start.length; holder++) {
      for (let index = start[holder]; index < start[holder + 1]; index++) {
        if (codes[index] !== term) continue;
        if (dimension.level === "finding") bits.add(holder);
        else
          for (let own = this.firstFinding[holder]; own < this.firstFinding[holder + 1]; own++) bits.add(own);
      }
    }
    this.sets.set(name, bits);
    return bits;
  }

  /**
   * The study, the report or the finding itself.
   * @param {Unit} unit
   * @param {number} finding
   */
  unitOf(unit, finding) {
    if (unit === "finding") return finding;
    const report = this.reportOfFinding[finding];
    return unit === "report" ? report : this.studyOfReport[report];
  }
}

/** @param {Numbers} numbers */
function sums(numbers) {
  const found = new Uint32Array(numbers.length + 1);
  for (let index = 0; index < numbers.length; index++) found[index + 1] = found[index] + numbers[index];
  return found;
}

/** For each part its whole: [2, 1] gives [0, 0, 1]. @param {Numbers} sizes */
function spread(sizes) {
  const ends = sums(sizes);
  const found = new Uint32Array(ends[sizes.length]);
  for (let whole = 0; whole < sizes.length; whole++) found.fill(whole, ends[whole], ends[whole + 1]);
  return found;
}

/**
 * Puts a finding without terms where a report has no findings.
 * @param {Numbers} counts
 * @param {Numbers} findingsOfReport
 */
function withEmpty(counts, findingsOfReport) {
  const found = [];
  let read = 0;
  for (const number of findingsOfReport) {
    if (!number) found.push(0);
    for (let index = 0; index < number; index++) found.push(counts[read++]);
  }
  return Uint32Array.from(found);
}

/**
 * Reads the file.
 * @param {ArrayBuffer} buffer
 * @returns {Columns}
 * @throws {Error} If it is not such a file.
 */
export function readColumns(buffer) {
  const mark = new TextDecoder().decode(buffer.slice(0, 4));
  if (mark !== MARK)
    throw new DataError(
      "The file of the map’s codes is of another version than this page. Load the page again.",
    );
  const length = new DataView(buffer).getUint32(4, true);
  const header = /** @type {Header} */ (
    JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)))
  );
  const kinds = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array };
  return new Columns(header, (name) => {
    const place = header.columns.find((column) => column.name === name);
    if (!place) throw new Error(`The file of the map’s codes has no column “${name}”.`);
    return new kinds[place.kind](buffer, 8 + length + place.offset, place.length);
  });
}

/**
 * Unpacks what the build has compressed; what a host has already unpacked is taken as it is.
 * @param {ArrayBuffer} buffer
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpacked(buffer) {
  const [first, second] = new Uint8Array(buffer, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return buffer;
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
