// @ts-check

/** The line of controls above the map. */

import { element } from "./elements.js";
import { keep, kept } from "./kept.js";
import { VIEWS } from "./selection.js";

/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./selection.js").View} View */
/** @typedef {import("./state.js").State} State */

/** @type {Record<View, string>} */
const NAMES = { bubbles: "Bubbles", heat: "Heat", mosaic: "Mosaic", numbers: "Numbers" };

/** How long typing pauses before it is searched for, in milliseconds. */
const PAUSE = 200;

const USUAL_VIEW = "evidence-map-view";

/** Returns the view that the reader has chosen before. @returns {View} */
export function usualView() {
  const usual = /** @type {View} */ (kept(USUAL_VIEW));
  return VIEWS.includes(usual) ? usual : "bubbles";
}

/** A field for words that are searched for. */
export class WordField {
  /** @type {number | undefined} */
  #timer;
  #typing = false;

  /**
   * @param {State} state
   * @param {string} label
   */
  constructor(state, label) {
    this.state = state;
    this.field = element("input", {
      type: "search",
      class: "em-words__field",
      placeholder: label,
      "aria-label": label,
      autocomplete: "off",
      spellcheck: "false",
      input: () => this.#later(),
      change: () => this.#set(),
    });
    this.status = element("span", { class: "em-words__status", role: "status" });
    this.box = element("div", { class: "em-words", role: "search" }, this.field, this.status);
  }

  #later() {
    clearTimeout(this.#timer);
    this.box.ariaBusy = "true";
    this.#timer = window.setTimeout(() => this.#set(), PAUSE);
  }

  #set() {
    clearTimeout(this.#timer);
    this.box.ariaBusy = null;
    const words = this.field.value.trim();
    if (words === this.state.selection.words) return;
    this.state.set({ ...this.state.selection, words }, { replace: this.#typing });
    this.#typing = true;
  }

  /** @param {Selection} selection */
  show(selection) {
    if (document.activeElement !== this.field) {
      this.#typing = false;
      if (this.field.value !== selection.words) this.field.value = selection.words;
    } else if (!selection.words && this.field.value.trim()) this.field.value = "";
  }

  /** @param {string} text What is going on, or went wrong. */
  tell(text) {
    this.status.textContent = text;
  }
}

/** The switch between the views. */
export class ViewSwitch {
  /** @param {State} state */
  constructor(state) {
    this.buttons = VIEWS.map((view) =>
      element(
        "button",
        {
          type: "button",
          class: "em-segmented__option",
          "data-view": view,
          click: () => {
            keep(USUAL_VIEW, view);
            state.set({ ...state.selection, view });
          },
        },
        NAMES[view],
      ),
    );
    this.box = element(
      "div",
      { class: "em-segmented", role: "group", "aria-label": "View" },
      ...this.buttons,
    );
  }

  /** @param {View} view */
  show(view) {
    for (const button of this.buttons)
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
}

/** The choice of what the colours stand for. */
export class ColourChoice {
  /**
   * @param {State} state
   * @param {Dimension[]} dimensions
   * @param {string | null} usual What the map's author chose.
   */
  constructor(state, dimensions, usual) {
    this.usual = usual ?? "none";
    const options = [...dimensions.map((own) => [own.id, own.label]), ["none", "nothing"]];
    this.field = element(
      "select",
      {
        change: () => {
          const chosen = this.field.value;
          state.set({ ...state.selection, colours: chosen === this.usual ? "" : chosen });
        },
      },
      ...options.map(([id, label]) => element("option", { value: id }, label)),
    );
    this.box = element("label", { class: "em-choice" }, element("span", {}, "Colours"), this.field);
  }

  /** @param {Selection} selection */
  show(selection) {
    this.field.value = selection.colours || this.usual;
  }
}

/** The choice of the dimensions in the rows and columns. */
export class SideChoice {
  /**
   * @param {State} state
   * @param {import("./model.js").MapModel} model
   */
  constructor(state, model) {
    const { frame } = model;
    const written = model.columns.header.maps.find((own) => own.id === frame.id) ?? frame;
    const offered = model.usedDimensions();
    const choices = /** @type {const} */ (["rows", "columns"]).map((side) => {
      const other = side === "rows" ? frame.columns : frame.rows;
      const options = offered.filter((own) => own.id !== other).map((own) => [own.id, own.label]);
      const field = element(
        "select",
        {
          change: () => {
            const chosen = field.value === written[side] ? "" : field.value;
            state.set({ ...state.selection, [side]: chosen, toggled: [], place: null });
          },
        },
        ...options.map(([id, label]) =>
          element("option", { value: id, selected: id === frame[side] }, label),
        ),
      );
      return element(
        "label",
        { class: "em-choice" },
        element("span", {}, side === "rows" ? "Rows" : "Columns"),
        field,
      );
    });
    this.box = element("div", { class: "em-sides" }, ...choices);
  }
}
