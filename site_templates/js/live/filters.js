// @ts-check

/** The panel of filters: every dimension with its terms, and what choosing each would give. */

import { element } from "./elements.js";
import { NONE } from "./columns.js";
import { filterOf, withFilter, withTermSwitched } from "./selection.js";
import { counted, figure, filterWords } from "./wording.js";
import { YearRange } from "./years.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./tally.js").Tally} Tally */

/** Dimensions with more terms than this get a field that finds one. */
const LONG = 12;

/** @type {[import("./selection.js").Filter["mode"], string][]} */
const MODES = [
  ["any", "Any of these"],
  ["all", "All of these"],
  ["none", "None of these"],
];

/** The filters of all dimensions. */
export class Filters {
  /** @type {(TermFilter | YearFilter)[]} */
  #filters;

  /**
   * @param {HTMLElement} holder
   * @param {Columns} columns
   * @param {State} state
   * @param {Dimension[]} [dimensions] Those that are offered, in order.
   */
  constructor(holder, columns, state, dimensions = columns.dimensions) {
    this.#filters = dimensions
      .filter((dimension) => dimension.terms.length > 1)
      .map((dimension) =>
        dimension.years ? new YearFilter(dimension, state) : new TermFilter(dimension, state),
      );
    holder.replaceChildren(...this.#filters.map((filter) => filter.box));
  }

  /**
   * Shows the numbers of a selection in the filters that are open.
   * @param {Tally} tally
   */
  show(tally) {
    for (const filter of this.#filters) filter.show(tally);
  }
}

/** What the filters of all kinds share: a box that opens, and numbers only while it is open. */
class Box {
  /** @type {Tally | null} */
  #waiting = null;

  /**
   * @param {Dimension} dimension
   * @param {State} state
   */
  constructor(dimension, state) {
    this.dimension = dimension;
    this.state = state;
    this.set = element("span", { class: "em-filter__set" });
    this.content = element("div", { class: "em-filter__content" });
    this.box = element(
      "details",
      { class: "em-filter", toggle: () => this.#draw() },
      element("summary", { title: dimension.definition }, element("span", {}, dimension.label), this.set),
      this.content,
    );
  }

  /** @param {Tally} tally */
  show(tally) {
    const filter = filterOf(tally.selection, this.dimension.id);
    const number = filter.mode === "range" ? 1 : filter.terms.length;
    this.set.textContent = number ? `${number} set` : "";
    this.set.title = number ? filterWords(tally.columns, filter) : "";
    this.#waiting = tally;
    this.#draw();
  }

  #draw() {
    if (!this.#waiting || !this.box.open) return;
    const tally = this.#waiting;
    this.#waiting = null;
    this.draw(tally);
  }

  /** @param {Tally} tally */
  draw(tally) {
    throw new Error(`${this.dimension.id} cannot be drawn for ${tally.total}`);
  }
}

/** A filter with a box to tick for each term. */
class TermFilter extends Box {
  /** The mode for the first term that is chosen: until then the address has nothing to keep it in.
   * @type {import("./selection.js").Filter["mode"]} */
  #next = "any";
  /** @type {{term: number, id: string, line: HTMLElement, tick: HTMLInputElement, number: HTMLElement, bar: HTMLElement, shown: number}[]} */
  #lines = [];

  /**
   * @param {Dimension} dimension
   * @param {State} state
   */
  constructor(dimension, state) {
    super(dimension, state);
    this.mode = element(
      "select",
      {
        "aria-label": `${dimension.label}: which of the chosen terms must be there`,
        change: () => this.#setMode(),
      },
      ...MODES.map(([mode, label]) => element("option", { value: mode }, label)),
    );
    this.list = element("ul", { class: "em-filter__terms" });
    this.note = element("p", { class: "em-filter__note" });
  }

  /** @param {Tally} tally */
  draw(tally) {
    if (!this.#lines.length) this.#build();
    const filter = filterOf(tally.selection, this.dimension.id);
    const choices = tally.choices(this.dimension);
    const mode = filter.terms.length ? filter.mode : this.#next;
    if (this.mode.value !== mode) this.mode.value = mode;
    const most = Math.max(
      1,
      tally.unit === "finding" ? tally.base.count() : choices.reduce((a, b) => Math.max(a, b), 0),
    );
    for (const line of this.#lines) {
      const chosen = filter.terms.includes(line.id);
      if (line.tick.checked !== chosen) line.tick.checked = chosen;
      const number = choices[line.term];
      line.line.classList.toggle("em-filter__term--none", !number && !chosen);
      line.bar.style.setProperty("--share", String(number / most));
      if (line.shown === number) continue;
      line.shown = number;
      line.number.textContent = figure(number);
      line.tick.setAttribute(
        "aria-label",
        `${this.dimension.at(line.term).label}, ${counted(number, tally.unit)}`,
      );
    }
    this.note.textContent =
      filter.mode === "none" ? "The numbers tell what is left once the term is excluded." : "";
  }

  #build() {
    const { dimension } = this;
    this.#lines = dimension.terms.map((term, number) => {
      const tick = element("input", { type: "checkbox", change: () => this.#switch(term.id) });
      const count = element("span", { class: "em-count" });
      const bar = element("span", { class: "em-filter__bar", "aria-hidden": "true" });
      const depth = dimension.groupsOf(number).length;
      const kinds = [`em-filter__term em-filter__term--${depth}`, term.id === NONE && "em-none"];
      const line = element(
        "li",
        { class: kinds.filter(Boolean).join(" ") },
        element("label", { title: term.definition }, tick, element("span", {}, term.label), count, bar),
      );
      return { term: number, id: term.id, line, tick, number: count, bar, shown: -1 };
    });
    this.list.replaceChildren(...this.#lines.map((line) => line.line));
    const long = dimension.terms.length > LONG;
    const find = element("input", {
      type: "search",
      class: "em-filter__find",
      placeholder: "Find a term",
      "aria-label": `${dimension.label}: find a term`,
      input: (/** @type {Event} */ event) => this.#find(/** @type {HTMLInputElement} */ (event.target).value),
    });
    this.content.replaceChildren(this.mode, ...(long ? [find] : []), this.list, this.note);
  }

  /** @param {string} words */
  #find(words) {
    const wanted = folded(words);
    for (const { line, term } of this.#lines)
      line.hidden = !folded(this.dimension.at(term).label).includes(wanted);
  }

  /** @param {string} term */
  #switch(term) {
    const { selection } = this.state;
    const dimension = this.dimension.id;
    const first = !filterOf(selection, dimension).terms.length;
    this.state.set(
      first
        ? withFilter(selection, { dimension, mode: this.#next, terms: [term] })
        : withTermSwitched(selection, dimension, term),
    );
    this.#next = "any";
  }

  #setMode() {
    const mode = /** @type {import("./selection.js").Filter["mode"]} */ (this.mode.value);
    const filter = filterOf(this.state.selection, this.dimension.id);
    if (filter.terms.length) this.state.set(withFilter(this.state.selection, { ...filter, mode }));
    else this.#next = mode;
  }
}

/** A filter with a range of years and a histogram. */
class YearFilter extends Box {
  /** @type {YearRange | null} */
  #range = null;

  /** @param {Tally} tally */
  draw(tally) {
    if (!this.#range) {
      this.#range = new YearRange(this.dimension, (range, replace) => {
        const terms = range ? range.map(String) : [];
        const filter = /** @type {const} */ ({ dimension: this.dimension.id, mode: "range", terms });
        this.state.set(withFilter(this.state.selection, filter), { replace });
      });
      this.content.replaceChildren(this.#range.box);
    }
    const filter = filterOf(tally.selection, this.dimension.id);
    const range = filter.mode === "range" && filter.terms.length ? filter.terms.map(Number) : null;
    this.#range.show(tally.choices(this.dimension), range && [range[0], range[1]], tally.unit);
  }
}

/** Small letters without accents. @param {string} text */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
