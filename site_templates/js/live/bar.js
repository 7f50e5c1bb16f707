// @ts-check

/** What is set, as chips that can be taken away one by one; undo and clear all. */

import { drawing, element } from "./elements.js";
import { NOTHING, withFilter } from "./selection.js";
import { Tally } from "./tally.js";
import { counted, filterWords } from "./wording.js";

/** @typedef {import("./state.js").State} State */

const CROSS = '<path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" stroke-width="1.5"/>';

export class Bar {
  /**
   * @param {HTMLElement} holder
   * @param {State} state
   */
  constructor(holder, state) {
    this.state = state;
    this.total = element("p", {
      class: "em-bar__total",
      role: "status",
      "aria-live": "polite",
      tabindex: -1,
    });
    this.chips = element("ul", { class: "em-bar__chips", "aria-label": "What is set" });
    this.undo = element(
      "button",
      { type: "button", class: "em-link", click: () => this.#act(() => state.undo()) },
      "Undo",
    );
    this.clear = element(
      "button",
      {
        type: "button",
        class: "em-link",
        click: () => this.#act(() => state.set({ ...state.selection, filters: [], words: NOTHING.words })),
      },
      "Clear all",
    );
    holder.replaceChildren(this.total, this.chips, this.undo, this.clear);
    holder.classList.add("em-bar-of-filters");
  }

  /**
   * Does what a button is for. If it is gone afterwards, the focus goes to the number.
   * @param {() => void} act
   */
  #act(act) {
    act();
    if (
      !document.activeElement ||
      document.activeElement === document.body ||
      !document.activeElement.checkVisibility()
    )
      this.total.focus();
  }

  /**
   * @param {Tally} tally
   * @param {number} whole How many units there are when nothing is set.
   */
  show(tally, whole) {
    const { selection, columns, unit } = tally;
    const number = tally.total;
    const { isSet } = tally;
    const text = isSet
      ? `${number.toLocaleString("en-GB")} of ${counted(whole, unit)}`
      : `All ${counted(whole, unit)}`;
    this.total.textContent = whole === 1 && !isSet ? counted(whole, unit) : text;
    const chips = selection.filters.map((filter) =>
      this.#chip(filterWords(columns, filter), () =>
        this.state.set(withFilter(this.state.selection, { ...filter, terms: [] })),
      ),
    );
    if (selection.words) {
      chips.push(
        this.#chip(`Words: ${selection.words}`, () => this.state.set({ ...this.state.selection, words: "" })),
      );
    }
    if (isSet && !number) chips.push(this.#hint(tally));
    this.chips.replaceChildren(...chips);
    this.undo.hidden = !this.state.canUndo;
    this.clear.hidden = !isSet;
  }

  /**
   * @param {string} text
   * @param {() => void} act
   */
  #chip(text, act) {
    const cross = drawing(CROSS, { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "em-chip", title: `Take away: ${text}`, click: () => this.#act(act) },
        text,
        cross,
      ),
    );
  }

  /**
   * Says which filter to drop where nothing matches.
   * @param {Tally} tally
   */
  #hint({ selection, columns, base, unit, words }) {
    const without = selection.filters.map((filter) => {
      const rest = { ...selection, filters: selection.filters.filter((other) => other !== filter) };
      return {
        label: filterWords(columns, filter),
        rest,
        number: new Tally(columns, base, unit, rest, words).total,
      };
    });
    if (words) {
      const rest = { ...selection, words: "" };
      without.push({
        label: `the words “${selection.words}”`,
        rest,
        number: new Tally(columns, base, unit, rest, null).total,
      });
    }
    const best = without.sort((one, other) => other.number - one.number)[0];
    if (!best?.number)
      return element(
        "li",
        { class: "em-bar__hint" },
        "Nothing matches all of this. Clear it and begin anew.",
      );
    const act = () => this.state.set(best.rest);
    return element(
      "li",
      { class: "em-bar__hint" },
      "Nothing matches all of this. ",
      element(
        "button",
        { type: "button", class: "em-link", click: () => this.#act(act) },
        `Without ${best.label} there would be ${counted(best.number, unit)}`,
      ),
    );
  }
}
