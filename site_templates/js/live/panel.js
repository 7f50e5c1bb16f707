// @ts-check

/** The panel that shows the list behind a cell, a heading or a segment. */

import { element } from "./elements.js";
import { Listing } from "./listing.js";
import { menu } from "./menu.js";
import { copyText, notice } from "./notice.js";
import { sentence } from "./sentence.js";
import { Side } from "./side.js";
import { counted, selectionWords } from "./wording.js";

/** @typedef {import("./counting.js").Chosen} Chosen */
/** @typedef {import("./model.js").MapModel} MapModel */
/** @typedef {import("./selection.js").Place} Place */
/** @typedef {import("./source.js").Texts} Texts */
/** @typedef {import("./tally.js").Tally} Tally */
/** @typedef {import("./words.js").Words} Words */

export class Panel {
  #shown = "";
  /** The findings that words had left when the list was made. @type {import("./bits.js").Bits | null} */
  #words = null;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {MapModel} model
   * @param {object} parts
   * @param {Texts} parts.texts
   * @param {string} parts.root
   * @param {boolean} parts.links
   * @param {Words} parts.words
   * @param {() => void} parts.onClose
   * @param {(format: "bib" | "ris" | "json" | "csv", chosen: Chosen, what: string) => Promise<void>} parts.takeAway
   * @param {() => string} parts.address The address of what is shown.
   */
  constructor(dialog, model, parts) {
    this.side = new Side(dialog, parts.onClose);
    this.dialog = dialog;
    this.model = model;
    this.parts = parts;
    this.title = element("h2", { class: "em-panel__title", tabindex: -1, id: "em-panel-title" });
    this.content = element("div", { class: "em-panel__content" });
    const close = element(
      "button",
      { type: "button", class: "em-close", click: () => parts.onClose() },
      "Close",
    );
    dialog.setAttribute("aria-labelledby", this.title.id);
    dialog.replaceChildren(element("div", { class: "em-panel__head" }, this.title, close), this.content);
  }

  /**
   * Shows the list of a place, or closes the panel where there is none.
   * @param {Place | null} place
   * @param {Tally} tally
   * @param {HTMLElement | null} [from] What the reader has pressed: gets the focus back.
   */
  show(place, tally, from = null) {
    const found = place && this.model.termsAt(place, tally.selection);
    if (!place || !found) {
      this.#shown = "";
      this.side.close();
      return;
    }
    const chosen = this.model.at(place, tally);
    // Another view or an opened group leaves the list as it is, where the reader has scrolled to.
    const shown = JSON.stringify([
      place,
      tally.selection.filters,
      tally.selection.words,
      tally.selection.colours,
    ]);
    const fresh = shown !== this.#shown || tally.words !== this.#words || !this.side.isOpen;
    if (fresh) {
      this.#shown = shown;
      this.#words = tally.words;
      this.title.textContent = titleOf(found);
      this.content.replaceChildren(...this.#content(place, found, chosen, tally));
      this.dialog.scrollTop = 0;
    }
    const opened = !this.side.isOpen;
    this.side.open(from);
    if ((opened || from) && fresh) this.title.focus({ preventScroll: true });
  }

  /**
   * @param {Place} place
   * @param {{terms: [import("./columns.js").Dimension, number][], segment: string}} found
   * @param {Chosen} chosen
   * @param {Tally} tally
   */
  #content(place, found, chosen, tally) {
    const { model, parts } = this;
    const count = chosen.count(model.unit);
    const set = selectionWords(model.columns, tally.selection);
    const lead = element(
      "p",
      { class: "em-panel__count" },
      element("strong", {}, count ? counted(count, model.unit) : this.#empty(place)),
      count && model.unit === "study" && chosen.reports.length !== count
        ? ` in ${counted(chosen.reports.length, "report")}`
        : "",
      count && model.unit !== "finding" ? `, ${counted(chosen.findings.length, "finding")}` : "",
      set.length ? element("span", { class: "em-panel__set" }, set.join("; ")) : "",
    );
    const definitions = element(
      "dl",
      { class: "em-definitions" },
      ...found.terms
        .map(([dimension, term]) => dimension.at(term))
        .filter((term) => term.definition)
        .flatMap((term) => [element("dt", {}, term.label), element("dd", {}, term.definition)]),
    );
    definitions.hidden = !definitions.childElementCount;
    if (!count) return [lead, definitions];
    const listing = new Listing(chosen, {
      texts: parts.texts,
      unit: model.unit,
      root: parts.root,
      links: parts.links,
      words: tally.selection.words,
      excerpt: tally.selection.words ? (key) => parts.words.excerpt(key) : null,
    });
    return [lead, definitions, this.#actions(found, chosen, tally), listing.box];
  }

  /** @param {Place} place */
  #empty(place) {
    const { rows, across, unit } = this.model;
    const row = rows.dimension.numbers.get(place.row ?? "");
    const column = across.dimension.numbers.get(place.column ?? "");
    if (row === undefined || column === undefined || place.segment) return `No ${unit} with what is set now`;
    const words = this.model.emptyWords(row, column);
    return words[0].toUpperCase() + words.slice(1);
  }

  /**
   * @param {{terms: [import("./columns.js").Dimension, number][], segment: string}} found
   * @param {Chosen} chosen
   * @param {Tally} tally
   */
  #actions(found, chosen, tally) {
    const { model, parts } = this;
    const reports = [...chosen.reports];
    const copySentence = async () => {
      // The citations of all of them: each is in a part of the texts that the list needs as well.
      const texts = await parts.texts.of(reports.slice(0, 12));
      const citations = reports.map((_, index) => texts[index]?.citation ?? "");
      const text = sentence({
        columns: model.columns,
        unit: model.unit,
        count: chosen.count(model.unit),
        terms: found.terms,
        segment: found.segment,
        citations,
        selection: tally.selection,
        address: parts.address(),
      });
      await copyText(text, "Sentence");
    };
    /** Acts on what is loaded, and says where it cannot be. @type {(act: () => Promise<void>) => () => Promise<void>} */
    const loading = (act) => () =>
      act().catch(() => notice("This could not be loaded. Check the connection and try again."));
    const keys = async () => (await parts.texts.keys()).filter((_, report) => wanted.has(report));
    const wanted = new Set(reports);
    /** @type {(format: "bib" | "ris" | "json" | "csv") => () => Promise<void>} */
    const take = (format) => () => parts.takeAway(format, chosen, titleOf(found));
    return element(
      "div",
      { class: "em-panel__actions" },
      element(
        "button",
        { type: "button", class: "em-button em-button--quiet", click: loading(copySentence) },
        "Copy a sentence",
      ),
      menu("Take away", [
        [
          "These reports",
          [
            { label: "BibTeX", note: "LaTeX, JabRef", act: take("bib") },
            { label: "RIS", note: "EndNote, Zotero, Mendeley", act: take("ris") },
            { label: "CSL-JSON", note: "Zotero, Pandoc", act: take("json") },
            { label: "CSV", note: "spreadsheets", act: take("csv") },
          ],
        ],
        [
          "To the clipboard",
          [
            {
              label: "BibTeX keys",
              note: "for \\cite{…}",
              act: loading(async () => copyText((await keys()).join(","), "Keys")),
            },
            { label: "Link to this list", act: () => copyText(parts.address(), "Link") },
          ],
        ],
      ]),
    );
  }
}

/** @param {{terms: [import("./columns.js").Dimension, number][], segment: string}} found */
function titleOf({ terms, segment }) {
  const labels = terms.map(([dimension, term]) => dimension.at(term).label);
  return [...labels, ...(segment ? [segment] : [])].join(" × ");
}
