// @ts-check

/** What the colours, sizes and signs of the map mean; segments lead to their lists. */

import { drawing, element } from "./elements.js";
import { heatStep, shapes } from "./marks.js";
import { counted, figure } from "./wording.js";

/** @typedef {import("./model.js").MapModel} MapModel */
/** @typedef {import("./selection.js").View} View */
/** @typedef {import("./tally.js").Tally} Tally */

const KEY = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" };

export class Legend {
  /**
   * @param {HTMLElement} holder
   * @param {HTMLElement} empties Where the kinds of empty cells are told.
   * @param {MapModel} model
   * @param {HTMLElement} choice The choice of what the colours show.
   * @param {(segment: string, from: HTMLElement) => void} open
   */
  constructor(holder, empties, model, choice, open) {
    this.empties = empties;
    this.holder = element("div", { class: "em-legend__live" });
    holder.replaceChildren(choice, this.holder);
    this.choice = choice;
    this.model = model;
    this.open = open;
  }

  /**
   * @param {Tally} tally
   * @param {View} view
   */
  show(tally, view) {
    const focused = this.holder.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-segment")
      : null;
    const divides = view === "bubbles" || view === "mosaic";
    this.choice.hidden = !divides;
    this.holder.replaceChildren(...(divides ? this.#segments(tally) : []), ...this.#sizes(view));
    this.empties.replaceChildren(...this.#empties(tally));
    if (focused) this.entryOf(focused)?.focus();
  }

  /**
   * Returns the entry of a segment, if it is shown.
   * @param {string} segment
   */
  entryOf(segment) {
    return /** @type {HTMLElement | null} */ (
      this.holder.querySelector(`[data-segment="${CSS.escape(segment)}"]`)
    );
  }

  /** @param {Tally} tally */
  #segments(tally) {
    const colours = this.model.colours(tally.selection);
    if (!colours) return [];
    const counts = tally.terms(colours.dimension);
    const entries = colours.segments.map((segment) => {
      const term = colours.dimension.numbers.get(segment.id);
      const button = element(
        "button",
        { type: "button", class: "em-legend__entry", "data-segment": segment.id },
        drawing(`<circle class="em-ring em-colour-${segment.colour}" cx="8" cy="8" r="5.5"/>`, KEY),
        element("span", {}, segment.label),
        term === undefined ? null : element("span", { class: "em-count" }, figure(counts[term])),
      );
      button.addEventListener("click", () => this.open(segment.id, button));
      return element("li", {}, button);
    });
    const without = element(
      "li",
      { class: "em-legend__plain" },
      drawing('<circle class="em-ring em-colour-0" cx="8" cy="8" r="5.5"/>', KEY),
      "none of these",
    );
    const hasNone = counts[colours.dimension.terms.length - 1] > 0;
    return [element("ul", { "aria-label": colours.dimension.label }, ...entries, hasNone && without)];
  }

  /** @param {View} view */
  #sizes(view) {
    const { scale, unit } = this.model;
    if (view === "numbers") return [];
    if (view === "mosaic") {
      return [
        title("Size"),
        element(
          "ul",
          {},
          element(
            "li",
            {},
            `one tile is ${scale.worth === 1 ? counted(1, unit) : `up to ${counted(scale.worth, unit)}`}`,
          ),
        ),
      ];
    }
    const samples = [...new Set([1, Math.round(scale.largest / 4), scale.largest])].filter(
      (count) => count > 0,
    );
    const entries = samples.map((count) => {
      if (view === "heat") {
        return element(
          "li",
          {},
          element("span", { class: `em-swatch em-heat-${heatStep(count, scale)}` }, figure(count)),
        );
      }
      const { disc } = shapes("bubbles", count, [], scale);
      const side = Math.ceil(2 * disc) + 2;
      const box = { viewBox: `0 0 ${side} ${side}`, width: side, height: side, "aria-hidden": "true" };
      const circle = `<circle class="em-disc em-disc--sample" cx="${side / 2}" cy="${side / 2}" r="${disc}"/>`;
      return element("li", {}, drawing(circle, box), figure(count));
    });
    return [
      title(
        counted(2, unit)
          .replace(/^2 /, "")
          .replace(/^./, (letter) => letter.toUpperCase()),
      ),
      element("ul", {}, ...entries),
    ];
  }

  /** @param {Tally} tally */
  #empties(tally) {
    const kinds = [
      ["nothing", "nothing found"],
      ["apart", "only reports shown apart"],
      ["outside", "outside the frame"],
      ...(tally.isSet ? [["filtered", "nothing with what is set"]] : []),
    ];
    const entries = kinds.map(([kind, label]) =>
      element(
        "li",
        {},
        element("span", { class: `em-empty em-empty--${kind}`, "aria-hidden": "true" }),
        label,
      ),
    );
    return [title("Empty cells"), element("ul", {}, ...entries)];
  }
}

/** @param {string} text */
function title(text) {
  return element("span", { class: "em-legend__title" }, text);
}
