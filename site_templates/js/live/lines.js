// @ts-check

/** The map row by row, for narrow screens: choose a row, see its cells as labelled bars. */

import { element } from "./elements.js";
import { toAddress } from "./selection.js";
import { counted } from "./wording.js";

/** @typedef {import("./counting.js").CellCounts} CellCounts */
/** @typedef {import("./model.js").MapModel} MapModel */
/** @typedef {import("./selection.js").Place} Place */
/** @typedef {import("./tally.js").Tally} Tally */

export class Lines {
  /** Rows that the reader has opened. @type {Set<string>} */
  #open = new Set();

  /**
   * @param {HTMLElement} holder
   * @param {MapModel} model
   * @param {(place: Place, from: HTMLElement) => void} open
   */
  constructor(holder, model, open) {
    this.holder = holder;
    this.model = model;
    this.open = open;
    this.narrow = matchMedia("(max-width: 44.9375em)");
  }

  /** Whether the screen is narrow, so that this is what readers see. */
  get isShown() {
    return this.narrow.matches;
  }

  /**
   * Returns the link of a place, if it is shown.
   * @param {Place} place
   */
  elementAt({ row, column }) {
    return /** @type {HTMLElement | null} */ (
      this.holder.querySelector(`[data-at="${CSS.escape(`${row}/${column}`)}"]`)
    );
  }

  /**
   * @param {Tally} tally
   * @param {CellCounts} counts
   */
  show(tally, counts) {
    const { rows } = this.model;
    const numbers = tally.terms(rows.dimension);
    const all = rows.headings(rows.startsClosed ? rows.groups().map((id) => `row:${id}`) : []);
    this.holder.replaceChildren(
      ...all.map((row) => {
        const count = numbers[row.term];
        if (!count) {
          return element(
            "p",
            { class: `em-rows__empty em-depth-${row.depth}` },
            row.label,
            " ",
            element("span", { class: "em-count" }, "none"),
          );
        }
        const list = element("ul", {});
        const box = element(
          "details",
          { class: `em-depth-${row.depth}`, open: this.#open.has(row.id) },
          element(
            "summary",
            {},
            element("span", {}, row.label),
            " ",
            element("span", { class: "em-count" }, counted(count, this.model.unit)),
          ),
          list,
        );
        box.addEventListener("toggle", () => {
          if (!box.open) this.#open.delete(row.id);
          else {
            this.#open.add(row.id);
            if (!list.childElementCount) list.append(...this.#cells(row, count, tally, counts));
          }
        });
        if (box.open) list.append(...this.#cells(row, count, tally, counts));
        return box;
      }),
    );
  }

  /**
   * @param {import("./frame.js").Heading} row
   * @param {number} whole
   * @param {Tally} tally
   * @param {CellCounts} counts
   */
  #cells(row, whole, tally, counts) {
    const { across } = this.model;
    const columns = across.headings(across.startsClosed ? across.groups().map((id) => `column:${id}`) : []);
    const filled = columns.flatMap((column) => {
      const count = counts.counts[row.term * counts.width + column.term];
      return count ? { column, count } : [];
    });
    const cells = filled.map(({ column, count }) => {
      const place = { row: row.id, column: column.id };
      return element(
        "li",
        { class: `em-rows__cell em-depth-${column.depth}` },
        this.#link(place, column.label, count, whole, tally),
      );
    });
    const all = element(
      "li",
      { class: "em-rows__cell em-rows__all" },
      this.#link({ row: row.id }, "All of this row", whole, whole, tally),
    );
    const told = columns.filter((column) =>
      ["outside", "apart"].includes(this.model.empty(row.term, column.term)),
    );
    const notes = told.map((column) =>
      element(
        "li",
        { class: "em-rows__note" },
        `${column.label}: ${this.model.emptyWords(row.term, column.term)}`,
      ),
    );
    return [all, ...cells, ...notes];
  }

  /**
   * @param {Place} place
   * @param {string} label
   * @param {number} count
   * @param {number} whole
   * @param {Tally} tally
   */
  #link(place, label, count, whole, tally) {
    const link = element(
      "a",
      {
        href: `#${toAddress({ ...tally.selection, place })}`,
        "data-at": [place.row, place.column].filter(Boolean).join("/"),
      },
      element("span", {}, label),
      element("meter", { min: 0, max: whole, value: count, "aria-hidden": "true" }),
      element("span", { class: "em-count" }, counted(count, this.model.unit)),
    );
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.open(place, link);
    });
    return link;
  }
}
