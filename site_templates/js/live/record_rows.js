// @ts-check

/** The rows of the list of reports, fetched part by part and kept (evidence_map/site/live/record_rows.py). */

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} citation
 * @property {string} title
 * @property {string} source Where it appeared; may be empty.
 * @property {string} decision Empty where it is simply included and counted.
 * @property {string} warning Empty unless it was retracted or there are concerns about it.
 * @property {Record<string, string>} cells
 * @property {string[]} missing The cells that say why there is no value.
 * @property {(string | null)[]} reference Names and values in turn for programs that save the
 *   reference from the list; null stands for the title.
 */

/** How many rows one part holds; the build cuts them alike. */
const PART = 64;

/** How many parts are fetched ahead, so that sorting never waits; larger reviews fetch what is shown. */
const AHEAD = 40;

/**
 * Returns what a span holds for reference managers (evidence_map/site/coins.py).
 * @param {Row} row
 */
export function contextObject({ reference, title }) {
  const query = new URLSearchParams([["ctx_ver", "Z39.88-2004"]]);
  for (let at = 0; at < reference.length; at += 2) {
    query.append(reference[at] ?? "", reference[at + 1] ?? title);
  }
  return query.toString();
}

export class Rows {
  /** Parts that are there. @type {Map<number, Row[]>} */
  #parts = new Map();
  /** Parts that are on their way. @type {Map<number, Promise<Row[]>>} */
  #coming = new Map();

  /**
   * @param {string} root The way to the root of the site.
   * @param {string} version Version of the data, so that no older copy is taken.
   * @param {number} number How many reports there are.
   */
  constructor(root, version, number) {
    this.root = root;
    this.version = version;
    this.number = number;
  }

  /**
   * The rows of reports, where all of them are there already.
   * @param {Uint32Array} reports
   * @returns {Row[] | null}
   */
  present(reports) {
    const rows = [];
    for (const report of reports) {
      const row = this.#parts.get(Math.floor(report / PART))?.[report % PART];
      if (!row) return null;
      rows.push(row);
    }
    return rows;
  }

  /**
   * The rows of reports, in the order given.
   * @param {Uint32Array} reports
   * @returns {Promise<Row[]>}
   */
  async of(reports) {
    const wanted = new Set(Array.from(reports, (report) => Math.floor(report / PART)));
    await Promise.all([...wanted].map((part) => this.#part(part)));
    const rows = this.present(reports);
    if (!rows) throw new Error("The rows that the site gave are those of another list. Load the page again.");
    return rows;
  }

  /** Fetches all that is not there yet, one part after another, unless that is much or data are to be saved. */
  async ahead() {
    const parts = Math.ceil(this.number / PART);
    const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
    if (parts > AHEAD || connection?.saveData) return;
    try {
      for (let part = 0; part < parts; part++) await this.#part(part);
    } catch {
      // What is needed will be asked for again.
    }
  }

  /** @param {number} number */
  #part(number) {
    const there = this.#parts.get(number);
    if (there) return Promise.resolve(there);
    const coming = this.#coming.get(number) ?? this.#fetch(number);
    this.#coming.set(number, coming);
    return coming;
  }

  /** @param {number} number */
  async #fetch(number) {
    try {
      const response = await fetch(`${this.root}data/records/rows-${number}.json?v=${this.version}`);
      if (!response.ok) throw new Error(`The site did not give a part of the list (${response.status}).`);
      const rows = /** @type {Row[]} */ (await response.json());
      this.#parts.set(number, rows);
      return rows;
    } finally {
      this.#coming.delete(number);
    }
  }
}
