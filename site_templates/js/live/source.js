// @ts-check

/** Where the live pages get their data: from the site, or from the one file for offline use. */

import { DataError, readColumns, unpacked } from "./columns.js";

/** @typedef {import("./columns.js").Columns} Columns */

/**
 * What lists show of a report.
 * @typedef {object} ReportText
 * @property {string} key
 * @property {string} citation Short, such as Lamp et al. 2021.
 * @property {string} title
 * @property {string} source Where it appeared.
 * @property {string[]} badges
 * @property {[string, string, string][]} findings Name, statement and locator of each.
 * @property {{id: string, label: string, title: string}} [study] Where it is one of several reports.
 */

/** How many reports one part of the texts holds; the build cuts them alike. */
const PART = 256;

/** Data that the page fetches from its own site. */
export class SiteSource {
  /**
   * @param {string} root The way to the root of the site.
   * @param {string} version Version of the data, so that no older copy is taken.
   */
  constructor(root, version) {
    this.root = root;
    this.version = version;
  }

  /**
   * @param {string} path
   * @returns {Promise<Response>}
   */
  async #fetch(path) {
    const response = await fetch(`${this.root}${path}?v=${this.version}`);
    if (!response.ok) throw new Error(`The site did not give ${path} (${response.status}).`);
    return response;
  }

  /** @returns {Promise<ArrayBuffer>} */
  async columns() {
    return (await this.#fetch("data/map/columns.bin")).arrayBuffer();
  }

  /** @returns {Promise<string[]>} */
  async keys() {
    return (await this.#fetch("data/map/keys.json")).json();
  }

  /**
   * @param {number} number
   * @returns {Promise<ReportText[]>}
   */
  async part(number) {
    return (await this.#fetch(`data/map/reports-${number}.json`)).json();
  }

  /** @param {string} path */
  async text(path) {
    return (await this.#fetch(path)).text();
  }
}

/** Data that stands in the page itself, packed, in elements with the ids of the files. */
export class PageSource {
  /** @param {string} id */
  async #bytes(id) {
    const written = document.getElementById(id)?.textContent?.trim();
    if (!written) throw new DataError(`This file is not whole: ${id} is missing.`);
    const letters = atob(written);
    return unpacked(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)).buffer);
  }

  /** @returns {Promise<ArrayBuffer>} */
  columns() {
    return this.#bytes("data/map/columns.bin");
  }

  /** @returns {Promise<string[]>} */
  async keys() {
    return JSON.parse(await this.text("data/map/keys.json"));
  }

  /**
   * @param {number} number
   * @returns {Promise<ReportText[]>}
   */
  async part(number) {
    return JSON.parse(await this.text(`data/map/reports-${number}.json`));
  }

  /** @param {string} path */
  async text(path) {
    return new TextDecoder().decode(await this.#bytes(path));
  }
}

/** @typedef {SiteSource | PageSource} Source */

/**
 * Loads the columns.
 * @param {Source} source
 * @returns {Promise<Columns>}
 */
export async function loadColumns(source) {
  return readColumns(await unpacked(await source.columns()));
}

/** The texts of reports, fetched part by part and kept. */
export class Texts {
  /** @type {Map<number, Promise<ReportText[]>>} */
  #parts = new Map();
  /** @type {Promise<string[]> | null} */
  #keys = null;

  /** @param {Source} source */
  constructor(source) {
    this.source = source;
  }

  /** The keys of all reports, in order. @returns {Promise<string[]>} */
  keys() {
    this.#keys ??= this.source.keys().catch((error) => {
      this.#keys = null;
      throw error;
    });
    return this.#keys;
  }

  /**
   * The texts of the given reports, in the order given.
   * @param {number[]} reports
   * @returns {Promise<ReportText[]>}
   */
  async of(reports) {
    const parts = await Promise.all(reports.map((report) => this.#part(Math.floor(report / PART))));
    return reports.map((report, index) => /** @type {ReportText} */ (parts[index][report % PART]));
  }

  /** @param {number} number */
  #part(number) {
    const known = this.#parts.get(number);
    if (known) return known;
    const part = this.source.part(number).catch((error) => {
      this.#parts.delete(number);
      throw error;
    });
    this.#parts.set(number, part);
    return part;
  }
}
