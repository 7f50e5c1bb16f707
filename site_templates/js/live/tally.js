// @ts-check

/** All numbers that belong to one selection, each counted once and only when it is asked for. */

import { Chosen, chosen, countChoices, countTerms } from "./counting.js";
import { filterOf } from "./selection.js";

/** @typedef {import("./bits.js").Bits} Bits */
/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./columns.js").Unit} Unit */
/** @typedef {import("./selection.js").Selection} Selection */

export class Tally {
  /**
   * @param {Columns} columns
   * @param {Bits} base The findings that can be chosen at all.
   * @param {Unit} unit
   * @param {Selection} selection
   * @param {Bits | null} words The findings of the reports in which the selection's words stand.
   */
  constructor(columns, base, unit, selection, words) {
    this.columns = columns;
    this.base = base;
    this.unit = unit;
    this.selection = selection;
    this.words = words;
    /** What satisfies everything that is set. @type {Chosen} */
    this.present = new Chosen(columns, chosen(columns, base, selection.filters, words));
    /** @type {Map<string, Uint32Array>} */
    this.counted = new Map();
  }

  /** Whether anything is set. */
  get isSet() {
    return this.selection.filters.length > 0 || this.selection.words !== "";
  }

  /** How many units satisfy everything that is set. */
  get total() {
    return this.present.count(this.unit);
  }

  /**
   * How many units each term of a dimension has among what is chosen.
   * @param {Dimension} dimension
   * @returns {Uint32Array}
   */
  terms(dimension) {
    return this.#once(`terms/${dimension.id}`, () => countTerms(this.present, dimension, this.unit));
  }

  /**
   * What choosing each term of a dimension would give.
   * @param {Dimension} dimension
   * @returns {Uint32Array}
   */
  choices(dimension) {
    return this.#once(`choices/${dimension.id}`, () => {
      const own = filterOf(this.selection, dimension.id);
      const either = own.mode === "any" || own.mode === "range";
      if (!own.terms.length && either) return this.terms(dimension);
      const others = either ? this.#without(dimension.id) : this.present;
      return countChoices(this.present, others, dimension, this.unit, own.mode);
    });
  }

  /** @param {string} dimension */
  #without(dimension) {
    const filters = this.selection.filters.filter((filter) => filter.dimension !== dimension);
    return new Chosen(this.columns, chosen(this.columns, this.base, filters, this.words));
  }

  /**
   * @param {string} name
   * @param {() => Uint32Array} count
   */
  #once(name, count) {
    const known = this.counted.get(name);
    if (known) return known;
    const numbers = count();
    this.counted.set(name, numbers);
    return numbers;
  }
}
