// @ts-check

/** Makes the overview live: its bars set filters, which it shares with the map through the address. */

import { Bar } from "./live/bar.js";
import { Busy } from "./live/busy.js";
import { BarChart, isSet, YearChart } from "./live/charts.js";
import { WordField } from "./live/controls.js";
import { byId, element } from "./live/elements.js";
import { FilterSide } from "./live/filter_side.js";
import { cancelIdle, whenIdle } from "./live/idle.js";
import { menu } from "./live/menu.js";
import { copyText, notice } from "./live/notice.js";
import { finderFor, sourceFor } from "./live/offline.js";
import { known, NOTHING, toAddress } from "./live/selection.js";
import { loadColumns, Texts } from "./live/source.js";
import { State } from "./live/state.js";
import { Tally } from "./live/tally.js";
import { counted } from "./live/wording.js";
import { WordSearch } from "./live/word_search.js";
import { Words } from "./live/words.js";

/** @typedef {import("./live/columns.js").Columns} Columns */
/** @typedef {import("./live/selection.js").Selection} Selection */

/** How far below the window a chart is drawn at once, so that scrolling meets no old number. */
const AHEAD = "400px";

class OverviewPage {
  #idle = 0;
  /** The charts in sight. @type {Set<BarChart | YearChart>} */
  #seen = new Set();

  /**
   * @param {HTMLElement} holder
   * @param {Columns} columns
   * @param {Texts} texts
   */
  constructor(holder, columns, texts) {
    this.holder = holder;
    this.columns = columns;
    this.state = new State();
    this.busy = new Busy(holder);
    this.words = new Words(columns, texts, finderFor(holder, texts));
    this.field = new WordField(this.state, "Words in the records");
    this.search = new WordSearch(this.words, this.field, this.busy, () => this.#draw());
    this.bar = new Bar(byId("em-bar"), this.state);
    this.filters = new FilterSide(
      /** @type {HTMLDialogElement} */ (byId("em-filters")),
      columns,
      this.state,
      { open: false },
    );
    const link = element(
      "button",
      { type: "button", class: "em-button em-button--quiet", click: () => copyText(location.href, "Link") },
      "Copy the link",
    );
    byId("em-controls").replaceChildren(this.filters.button, this.field.box, link);
    const whole = new Tally(columns, columns.counted, "study", NOTHING, null);
    this.whole = whole.total;
    this.charts = this.#charts(whole);
    this.#watch();
    this.#keepAddress();
    this.state.listen((selection) => this.#change(selection));
    this.#change(this.state.selection);
    holder.dataset.live = "";
  }

  /** @param {Tally} whole The numbers when nothing is set. */
  #charts(whole) {
    return [...this.holder.querySelectorAll(".em-chart")].map((found) => {
      const box = /** @type {HTMLElement} */ (found);
      const dimension = this.columns.dimension(box.dataset.dimension ?? "");
      const Kind = box.querySelector(".em-column") ? YearChart : BarChart;
      const chart = new Kind(box, dimension, this.state, whole.terms(dimension));
      box.querySelector(".em-chart__head")?.append(this.#menu(chart));
      return chart;
    });
  }

  /** @param {BarChart | YearChart} chart */
  #menu(chart) {
    /** @param {"svg" | "png"} kind */
    const save = (kind) => async () => {
      try {
        const { saveChart } = await import("./live/chart_picture.js");
        await saveChart(chart, kind, this.columns, location.href);
      } catch (error) {
        notice(`The picture could not be made (${error instanceof Error ? error.message : error}).`);
      }
    };
    const made = menu("Save picture", [
      [
        chart.title,
        [
          { label: "SVG", note: "for print", act: save("svg") },
          { label: "PNG", note: "for slides", act: save("png") },
        ],
      ],
    ]);
    made.querySelector("summary")?.setAttribute("aria-label", `Save picture: ${chart.title}`);
    return made;
  }

  /** Keeps count of the charts in sight, and draws what comes into sight. */
  #watch() {
    const charts = new Map(this.charts.map((chart) => [/** @type {Element} */ (chart.box), chart]));
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const chart = charts.get(entry.target);
          if (!chart) continue;
          if (entry.isIntersecting) {
            this.#seen.add(chart);
            chart.draw();
          } else this.#seen.delete(chart);
        }
      },
      { rootMargin: AHEAD },
    );
    for (const box of charts.keys()) observer.observe(box);
    addEventListener("beforeprint", () => this.#drawAll());
  }

  #drawAll() {
    for (const chart of this.charts) chart.draw();
  }

  /** Lets the links to the questions leave what is set in the address. */
  #keepAddress() {
    for (const link of this.holder.querySelectorAll(".em-contents a")) {
      link.addEventListener("click", (event) => {
        const heading = document.getElementById(/** @type {HTMLAnchorElement} */ (link).hash.slice(1));
        if (!heading) return;
        event.preventDefault();
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        heading.scrollIntoView();
      });
    }
  }

  /** @param {Selection} selection */
  #change(selection) {
    this.search.follow(selection.words);
    this.#draw();
  }

  #draw() {
    const { selection } = known(this.state.selection, this.columns.dimensions);
    const tally = new Tally(this.columns, this.columns.counted, "study", selection, this.search.found);
    for (const chart of this.charts) chart.show(tally, this.#seen.has(chart));
    this.bar.show(tally, this.whole);
    this.filters.show(tally);
    this.field.show(selection);
    cancelIdle(this.#idle);
    this.busy.begin("rest");
    this.#idle = whenIdle(() => {
      this.#link(tally);
      this.#drawRest();
    });
  }

  /** Draws the charts out of sight, one whenever the page has time. */
  #drawRest() {
    const drawn = this.charts.some((chart) => chart.draw());
    if (drawn) this.#idle = whenIdle(() => this.#drawRest());
    else this.busy.end("rest");
  }

  /**
   * Leads to the map and the list with what is set here.
   * @param {Tally} tally
   */
  #link(tally) {
    const { filters, words } = tally.selection;
    const address = toAddress({ ...NOTHING, filters, words });
    for (const found of this.holder.querySelectorAll("a[data-keeps-selection]")) {
      const link = /** @type {HTMLAnchorElement} */ (found);
      const plain = link.href.split("#")[0];
      link.href = address ? `${plain}#${address}` : plain;
    }
    const same = this.holder.querySelector(".em-overview__same");
    if (same)
      same.textContent = isSet(tally)
        ? `See ${tally.total === 1 ? "this" : "these"} ${counted(tally.total, "study")}`
        : "See these";
  }
}

/** @param {HTMLElement} holder */
async function start(holder) {
  try {
    const source = sourceFor(holder);
    const columns = await loadColumns(source);
    const page = new OverviewPage(holder, columns, new Texts(source));
    const { unknown } = known(page.state.selection, columns.dimensions);
    if (unknown.length)
      notice(`The address names what this review does not have: ${unknown.join(", ")}. It is left out.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    byId("em-bar").textContent =
      `Filters could not be started (${reason}). The charts below are complete all the same.`;
    console.error(error);
  }
}

const holder = document.getElementById("em-overview");
if (holder) start(holder);
