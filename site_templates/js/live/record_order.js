// @ts-check

/**
 * The orders in which reports can be listed, from the places that the build gives each report
 * (evidence_map/site/record_list.py): the alphabet is the same for all readers, and no text needs to
 * be loaded to sort by it.
 */

import { unpacked } from "./columns.js";

/** @typedef {import("./record_sort.js").Sort} Sort */

export class Order {
  /** @type {Map<string, Uint32Array>} */
  #known = new Map();

  /** @param {Record<string, number[]>} places For each column the place of each report from 1, 0 for none. */
  constructor(places) {
    this.places = places;
    /** @type {Uint32Array} */
    this.byCitation = new Uint32Array(places.citation.length);
    places.citation.forEach((place, report) => (this.byCitation[place - 1] = report));
  }

  /** Whether reports can be sorted by a column. @param {string} column */
  has(column) {
    return this.places[column] !== undefined;
  }

  /**
   * All reports in an order. Those that are alike stand by citation; those of which nothing is told
   * stand last, in both directions.
   * @param {Sort} sort
   * @returns {Uint32Array}
   */
  all({ column, down }) {
    const name = `${down ? "-" : ""}${column}`;
    const known = this.#known.get(name);
    if (known) return known;
    const places = this.places[column];
    const last = places.reduce((largest, place) => Math.max(largest, place), 0) + 1;
    const wanted = (/** @type {number} */ place) => (place === 0 ? last : down ? last - place : place);
    // Counts how many stand at each place, then puts each report behind those before it.
    const next = new Uint32Array(last + 2);
    for (const place of places) next[wanted(place) + 1]++;
    for (let place = 1; place < next.length; place++) next[place] += next[place - 1];
    const found = new Uint32Array(places.length);
    for (const report of this.byCitation) found[next[wanted(places[report])]++] = report;
    this.#known.set(name, found);
    return found;
  }

  /**
   * Some reports in an order.
   * @param {Sort} sort
   * @param {Uint32Array} reports
   * @returns {Uint32Array}
   */
  of(sort, reports) {
    const all = this.all(sort);
    if (reports.length === all.length) return all;
    const wanted = new Uint8Array(all.length);
    for (const report of reports) wanted[report] = 1;
    const found = new Uint32Array(reports.length);
    let number = 0;
    for (const report of all) if (wanted[report]) found[number++] = report;
    return found;
  }
}

/**
 * Loads the orders.
 * @param {string} root The way to the root of the site.
 * @param {string} version Version of the data, so that no older copy is taken.
 */
export async function loadOrder(root, version) {
  const response = await fetch(`${root}data/records/order.bin?v=${version}`);
  if (!response.ok) throw new Error(`The site did not give the orders of the list (${response.status}).`);
  const bytes = await unpacked(await response.arrayBuffer());
  return new Order(JSON.parse(new TextDecoder().decode(bytes)));
}
