// @ts-check

/** The choice of the order: also for screens that are too narrow for headings. */

import { element } from "./elements.js";
import { everySort, sortWords, writeSort } from "./record_sort.js";

/** @typedef {import("./record_sort.js").Sort} Sort */
/** @typedef {import("./record_table.js").Column} Column */

/** What the orders by the first column's citation and title are called. */
const NAMES = { citation: "Author", title: "Title" };

export class SortChoice {
  /** @type {Map<string, string>} */
  #labels;

  /**
   * @param {Column[]} columns
   * @param {(column: string) => boolean} has Whether reports can be sorted by a column.
   * @param {(sort: Sort) => void} onSort
   */
  constructor(columns, has, onSort) {
    const labels = { ...Object.fromEntries(columns.map(({ name, label }) => [name, label])), ...NAMES };
    this.#labels = new Map(Object.entries(labels).filter(([name]) => has(name)));
    /** The names of all columns that reports can be sorted by. @type {string[]} */
    this.columns = [...new Set(["year", "citation", "title", ...this.#labels.keys()])].filter((name) =>
      has(name),
    );
    const sorts = everySort(this.columns);
    this.field = element(
      "select",
      { change: () => onSort(sorts[this.field.selectedIndex]) },
      ...sorts.map((sort) => element("option", { value: writeSort(sort) }, this.wordsOf(sort))),
    );
    this.box = element("label", { class: "em-choice" }, element("span", {}, "Sort by"), this.field);
  }

  /** @param {Sort} sort */
  wordsOf(sort) {
    return sortWords(sort, this.#labels.get(sort.column) ?? sort.column);
  }

  /** @param {Sort} sort */
  show(sort) {
    this.field.value = writeSort(sort);
  }
}
