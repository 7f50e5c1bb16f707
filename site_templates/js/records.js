// @ts-check

/** Makes the list of reports live: filters, words, orders, and everything in the address. */

import { Bar } from "./live/bar.js";
import { Busy } from "./live/busy.js";
import { WordField } from "./live/controls.js";
import { Chosen } from "./live/counting.js";
import { byId, element } from "./live/elements.js";
import { FilterSide } from "./live/filter_side.js";
import { cancelIdle, whenIdle } from "./live/idle.js";
import { keepSelection } from "./live/links.js";
import { menu } from "./live/menu.js";
import { copyText, notice } from "./live/notice.js";
import { finderFor, sourceFor } from "./live/offline.js";
import { RecordListing } from "./live/record_listing.js";
import { loadOrder } from "./live/record_order.js";
import { Rows } from "./live/record_rows.js";
import { readSort, USUAL, writeSort } from "./live/record_sort.js";
import { SortChoice } from "./live/record_sort_choice.js";
import { RecordTable } from "./live/record_table.js";
import { known } from "./live/selection.js";
import { loadColumns, Texts } from "./live/source.js";
import { State } from "./live/state.js";
import { takeReferences } from "./live/taking.js";
import { Tally } from "./live/tally.js";
import { counted } from "./live/wording.js";
import { WordSearch } from "./live/word_search.js";
import { Words } from "./live/words.js";

/** @typedef {import("./live/columns.js").Columns} Columns */
/** @typedef {import("./live/record_order.js").Order} Order */
/** @typedef {import("./live/record_sort.js").Sort} Sort */
/** @typedef {import("./live/selection.js").Selection} Selection */
/** @typedef {import("./live/taking.js").Format} Format */

class RecordsPage {
  #idle = 0;
  /** Whether the list is shown for the first time, or the reader has gone back or forward. */
  #returned = true;

  /**
   * @param {HTMLElement} holder
   * @param {Columns} columns
   * @param {Order} order
   * @param {Texts} texts
   */
  constructor(holder, columns, order, texts) {
    this.holder = holder;
    this.columns = columns;
    this.order = order;
    this.texts = texts;
    this.root = holder.dataset.root ?? "";
    this.dimensions = [columns.decision, ...columns.dimensions];
    // Before the state listens, so that it is known when the state tells of the change.
    addEventListener("popstate", () => (this.#returned = true));
    this.state = new State();
    this.busy = new Busy(holder);
    this.words = new Words(columns, texts, finderFor(holder, texts));
    this.rows = new Rows(this.root, holder.dataset.version ?? "", columns.reportCount);
    this.#build();
    this.state.listen((selection) => this.#change(selection));
    this.#change(this.state.selection);
    document.getElementById("em-pages")?.remove();
    holder.dataset.live = "";
    whenIdle(() => this.rows.ahead());
  }

  #build() {
    const { state } = this;
    const onSort = (/** @type {Sort} */ sort) => state.set({ ...state.selection, sort: writeSort(sort) });
    this.table = new RecordTable(/** @type {HTMLTableElement} */ (byId("em-list")), {
      root: this.root,
      onSort,
      excerpt: (key) => this.words.excerpt(key),
    });
    this.sorts = new SortChoice(this.table.columns, (column) => this.order.has(column), onSort);
    this.listing = new RecordListing(byId("em-more"), this.table, this.rows);
    this.field = new WordField(state, "Words in the reports");
    this.search = new WordSearch(this.words, this.field, this.busy, () => this.#draw());
    this.bar = new Bar(byId("em-bar"), state);
    const dialog = /** @type {HTMLDialogElement} */ (byId("em-filters"));
    this.filters = new FilterSide(dialog, this.columns, state, { open: true, dimensions: this.dimensions });
    byId("em-controls").replaceChildren(
      this.filters.button,
      this.field.box,
      this.sorts.box,
      this.#menu(),
      this.#toMap(),
    );
  }

  #toMap() {
    if (!this.columns.header.maps.length) return element("span", { hidden: true });
    const href = `${this.root}map/`;
    return element(
      "a",
      { class: "em-button em-button--quiet", href, "data-keeps-selection": true },
      "See these on the map",
    );
  }

  #menu() {
    /** @type {(format: Format) => () => Promise<void>} */
    const take = (format) => () => this.#take(format);
    return menu("Take away", [
      [
        "The reports that match",
        [
          { label: "BibTeX", note: "LaTeX, JabRef", act: take("bib") },
          { label: "RIS", note: "EndNote, Zotero, Mendeley", act: take("ris") },
          { label: "CSL-JSON", note: "Zotero, Pandoc", act: take("json") },
          { label: "CSV", note: "spreadsheets", act: take("csv") },
        ],
      ],
      [
        "The list as it is shown",
        [
          { label: "Copy the link", act: () => copyText(location.href, "Link") },
          { label: "Print", act: () => print() },
        ],
      ],
    ]);
  }

  /** What is set, without what this review does not know. */
  get selection() {
    return known(this.state.selection, this.dimensions).selection;
  }

  /** @returns {Sort} */
  get sort() {
    return readSort(this.state.selection.sort, this.sorts?.columns ?? []) ?? USUAL;
  }

  tally() {
    return new Tally(
      this.columns,
      this.columns.everything,
      "report",
      this.selection,
      this.search?.found ?? null,
    );
  }

  /** @param {Format} format */
  async #take(format) {
    const { columns, texts } = this;
    const tally = this.tally();
    const { decision } = columns;
    const excluded = decision.numbers.get("excluded") ?? -1;
    // No published file holds what was excluded.
    const rest = new Chosen(columns, tally.present.bits.copy().without(columns.setOf(decision, excluded)));
    const left = tally.total - rest.count("report");
    const words = `${counted(left, "report")} that ${left === 1 ? "is" : "are"} excluded`;
    if (left && left === tally.total)
      return notice("Excluded reports are in no file that can be taken away.");
    const { selection } = tally;
    const name = left ? `Reports without ${words}` : "Reports";
    await takeReferences({ format, chosen: rest, name, columns, texts, selection, address: location.href });
  }

  /** @param {Selection} selection */
  #change(selection) {
    if (!this.search?.follow(selection.words)) this.#draw();
    else if (selection.words.trim()) this.listing?.wait("");
  }

  #draw() {
    const tally = this.tally();
    const { selection } = tally;
    const { sort } = this;
    const order = this.sorts?.wordsOf(sort) ?? "";
    // Asked before anything is changed, when the browser knows it without laying out the page anew.
    const isPast = (this.table?.table.getBoundingClientRect().top ?? 0) < 0;
    this.bar?.show(tally, this.columns.reportCount);
    this.filters?.show(tally);
    this.field?.show(selection);
    this.sorts?.show(sort);
    this.table?.tell(sort, order);
    this.listing?.show({
      reports: this.order.of(sort, tally.present.reports),
      words: selection.words,
      order,
    });
    // Where the reader has scrolled past the first row, a change leads back to it.
    if (isPast && !this.#returned) byId("em-bar").scrollIntoView({ block: "start" });
    this.#returned = false;
    this.#later(tally);
  }

  /**
   * Does what a reader does not see at once when the page has time.
   * @param {Tally} tally
   */
  #later({ selection }) {
    cancelIdle(this.#idle);
    this.busy.begin("rest");
    this.#idle = whenIdle(() => {
      // The map has no decisions.
      const filters = selection.filters.filter((filter) => filter.dimension !== this.columns.decision.id);
      keepSelection(this.holder, { ...selection, filters });
      this.busy.end("rest");
    });
  }
}

/** @param {RecordsPage} page */
function tellUnknown(page) {
  const { selection } = page.state;
  const { unknown } = known(selection, page.dimensions);
  if (!readSort(selection.sort, page.sorts?.columns ?? [])) unknown.push(selection.sort);
  if (unknown.length)
    notice(`The address names what this review does not have: ${unknown.join(", ")}. It is left out.`);
}

/** @param {HTMLElement} holder */
async function start(holder) {
  const bar = byId("em-bar");
  bar.textContent = "Loading filters …";
  try {
    const source = sourceFor(holder);
    const { root = "", version = "" } = holder.dataset;
    const [columns, order] = await Promise.all([loadColumns(source), loadOrder(root, version)]);
    tellUnknown(new RecordsPage(holder, columns, order, new Texts(source)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    holder.dataset.failed = "";
    bar.textContent = `Filters and orders could not be started (${reason}). All reports are below, the newest first.`;
    console.error(error);
  }
}

const holder = document.getElementById("em-records");
if (holder) start(holder);
