// @ts-check

/** A range of years with two sliders under a histogram. */

import { drawing, element } from "./elements.js";
import { counted } from "./wording.js";

/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./columns.js").Unit} Unit */

const WIDTH = 240;
const HEIGHT = 56;

export class YearRange {
  /** Whether a slider is being moved: then what is set is one step back, not fifty. */
  #moving = false;

  /**
   * @param {Dimension} dimension Its terms are years.
   * @param {(range: [number, number] | null, replace: boolean) => void} onChange Called with no range
   *   where it covers all years.
   */
  constructor(dimension, onChange) {
    this.onChange = onChange;
    /** @type {Map<number, number>} */
    this.terms = new Map();
    dimension.terms.forEach((term, number) => {
      if (/^\d+$/.test(term.id)) this.terms.set(Number(term.id), number);
    });
    const years = [...this.terms.keys()];
    this.first = Math.min(...years);
    this.last = Math.max(...years);
    this.none = dimension.terms.length - 1;
    this.from = this.#slider(`${dimension.label}: from`);
    this.to = this.#slider(`${dimension.label}: to`);
    this.text = element("p", { class: "em-years__text" });
    this.bars = drawing("", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: "em-years__bars",
      "aria-hidden": "true",
      preserveAspectRatio: "none",
    });
    this.unknown = element("p", { class: "em-filter__note" });
    this.box = element(
      "div",
      { class: "em-years" },
      this.text,
      element("div", { class: "em-years__figure" }, this.bars),
      element("div", { class: "em-years__sliders" }, this.from, this.to),
      this.unknown,
    );
  }

  /** @param {string} label */
  #slider(label) {
    return element("input", {
      type: "range",
      min: this.first,
      max: this.last,
      step: 1,
      "aria-label": label,
      input: (/** @type {Event} */ event) => this.#set(event),
      change: () => (this.#moving = false),
    });
  }

  /** @param {Event} event */
  #set(event) {
    // The slider that moves stops at the other one.
    if (event.target === this.from && Number(this.from.value) > Number(this.to.value))
      this.from.value = this.to.value;
    if (event.target === this.to && Number(this.to.value) < Number(this.from.value))
      this.to.value = this.from.value;
    const range = /** @type {[number, number]} */ ([Number(this.from.value), Number(this.to.value)]);
    const whole = range[0] === this.first && range[1] === this.last;
    this.onChange(whole ? null : range, this.#moving);
    this.#moving = true;
  }

  /**
   * @param {Uint32Array} counts What each year would give.
   * @param {[number, number] | null} range
   * @param {Unit} unit
   */
  show(counts, range, unit) {
    const [from, to] = range ?? [this.first, this.last];
    this.from.value = String(from);
    this.to.value = String(to);
    this.from.setAttribute("aria-valuetext", String(from));
    this.to.setAttribute("aria-valuetext", String(to));
    this.text.textContent = from === to ? String(from) : `${from} to ${to}`;
    const unknown = counts[this.none];
    this.unknown.textContent = unknown
      ? `${counted(unknown, unit)} without a year${range ? ", not shown" : ""}.`
      : "";
    const number = this.last - this.first + 1;
    const most = Math.max(1, ...[...this.terms.values()].map((term) => counts[term]));
    const width = WIDTH / number;
    let inside = "";
    for (let year = this.first; year <= this.last; year++) {
      const term = this.terms.get(year);
      const count = term === undefined ? 0 : counts[term];
      // One study is never an invisible line.
      const height = count ? Math.max(3, (HEIGHT * count) / most) : 0;
      const kind = year >= from && year <= to ? "em-bar" : "em-bar em-bar--out";
      const x = (year - this.first) * width;
      const gap = Math.min(1.5, width / 4);
      inside += `<rect class="${kind}" x="${x + gap / 2}" y="${HEIGHT - height}" width="${width - gap}" height="${height}"><title>${year}: ${counted(count, unit)}</title></rect>`;
    }
    this.bars.innerHTML = inside;
  }
}
