// @ts-check

/** The filters beside the page, with the button that folds them away. */

import { element } from "./elements.js";
import { Filters } from "./filters.js";
import { keep, kept } from "./kept.js";
import { Side } from "./side.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./tally.js").Tally} Tally */

const WIDE = "(min-width: 75em)";
/** From here on there is room for filters, grid and list side by side. */
const ROOMY = "(min-width: 90em)";
const FOLDED = "evidence-map-filters";

export class FilterSide {
  /** Whether they were folded away for a list. */
  #gaveWay = false;
  /** Whether a list is open. */
  #needed = false;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Columns} columns
   * @param {State} state
   * @param {{open: boolean, dimensions?: Dimension[]}} how Whether it is open at first on a wide
   *   screen, and which dimensions it offers.
   */
  constructor(dialog, columns, state, { open, dimensions }) {
    const holder = element("div", { class: "em-filters__list" });
    const title = element("h2", { class: "em-panel__title", id: "em-filters-title" }, "Filters");
    const close = element(
      "button",
      { type: "button", class: "em-close", click: () => this.fold(true) },
      "Close",
    );
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.replaceChildren(element("div", { class: "em-panel__head" }, title, close), holder);
    this.filters = new Filters(holder, columns, state, dimensions);
    this.side = new Side(dialog, () => this.fold(true));
    this.button = element("button", {
      type: "button",
      class: "em-button em-button--quiet em-filters__button",
      "aria-controls": dialog.id,
      click: () => this.fold(this.side.isOpen),
    });
    if (open && matchMedia(WIDE).matches && kept(FOLDED) !== "folded") this.side.open(this.button);
    this.#tell();
  }

  /** @param {boolean} folded */
  fold(folded) {
    this.#gaveWay = false;
    if (folded) this.side.close();
    else this.side.open(this.button);
    if (!this.side.isSheet) keep(FOLDED, folded ? "folded" : "");
    this.#tell();
    if (folded) this.button.focus();
  }

  /**
   * Folds the filters away while a list is open and there is no room for both.
   * @param {boolean} needed
   */
  makeRoom(needed) {
    // A reader who opens the filters beside a list wants both.
    if (needed === this.#needed) return;
    this.#needed = needed;
    if (needed && this.side.isOpen && !this.side.isSheet && !matchMedia(ROOMY).matches) {
      this.#gaveWay = true;
      this.side.close();
      this.#tell();
    } else if (!needed && this.#gaveWay) {
      this.#gaveWay = false;
      if (!this.side.isSheet) this.side.open(this.button);
      this.#tell();
    }
  }

  #tell() {
    this.button.setAttribute("aria-expanded", String(this.side.isOpen));
  }

  /** @param {Tally} tally */
  show(tally) {
    const number = tally.selection.filters.length;
    const text = number ? `Filters (${number})` : "Filters";
    if (this.button.textContent !== text) this.button.textContent = text;
    this.filters.show(tally);
  }
}
