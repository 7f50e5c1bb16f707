// @ts-check

/** Makes the map of a page live: filters, words, views, lists, and everything in the address. */

import { Bar } from "./live/bar.js";
import { Busy } from "./live/busy.js";
import { DataError } from "./live/columns.js";
import { ColourChoice, SideChoice, usualView, ViewSwitch, WordField } from "./live/controls.js";
import { byId, element } from "./live/elements.js";
import { FilterSide } from "./live/filter_side.js";
import { cancelIdle, whenIdle } from "./live/idle.js";
import { Legend } from "./live/legend.js";
import { Lines } from "./live/lines.js";
import { keepSelection } from "./live/links.js";
import { menu } from "./live/menu.js";
import { MapModel } from "./live/model.js";
import { copyText, notice } from "./live/notice.js";
import { frameFor, retitle, sameFrame } from "./live/frames.js";
import { finderFor, sourceFor } from "./live/offline.js";
import { Panel } from "./live/panel.js";
import { printPicture, saveDrawing, savePicture } from "./live/picture.js";
import { fromAddress, known, toAddress } from "./live/selection.js";
import { loadColumns, Texts } from "./live/source.js";
import { State } from "./live/state.js";
import { Table } from "./live/table.js";
import { takeReferences } from "./live/taking.js";
import { Tally } from "./live/tally.js";
import { WordSearch } from "./live/word_search.js";
import { Words } from "./live/words.js";

/** @typedef {import("./live/columns.js").Columns} Columns */
/** @typedef {import("./live/columns.js").MapFrame} MapFrame */
/** @typedef {import("./live/selection.js").Place} Place */
/** @typedef {import("./live/selection.js").Selection} Selection */

class MapPage {
  /** What the reader has pressed to open a list. @type {HTMLElement | null} */
  #from = null;
  #idle = 0;

  /**
   * @param {HTMLElement} holder
   * @param {Columns} columns
   * @param {MapFrame} frame
   * @param {Texts} texts
   */
  constructor(holder, columns, frame, texts) {
    this.holder = holder;
    this.columns = columns;
    this.frame = frame;
    this.texts = texts;
    this.root = holder.dataset.root ?? "";
    this.offline = holder.dataset.offline !== undefined;
    this.state = new State();
    this.busy = new Busy(holder);
    /** The view as it was when the page was opened: so the way back leads past every choice. */
    this.usual = usualView();
    this.model = new MapModel(columns, frame);
    this.words = new Words(columns, texts, finderFor(holder, texts));
    this.#build();
    this.whole = this.model.everything.count(frame.unit);
    this.state.listen((selection) => this.#change(selection));
    holder.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && this.state.selection.place) this.#close();
    });
    this.#change(this.state.selection);
    holder.dataset.live = "";
  }

  #build() {
    const { columns, state, model } = this;
    const open = (/** @type {Place} */ place, /** @type {HTMLElement} */ from) => this.#open(place, from);
    this.field = new WordField(state, "Words in the records");
    this.search = new WordSearch(this.words, this.field, this.busy, () => this.#draw());
    this.views = new ViewSwitch(state);
    this.colours = new ColourChoice(
      state,
      model.usedDimensions().filter((own) => !own.years),
      this.frame.segments,
    );
    this.sides = new SideChoice(state, model);
    this.table = new Table(byId("em-grid"), model, {
      choice: this.sides.box,
      open,
      toggle: (side, id) => this.#toggle(side, id),
      toggleAll: () => this.#toggleAll(),
    });
    this.lines = new Lines(byId("em-rows"), model, open);
    this.legend = new Legend(
      byId("em-legend"),
      byId("em-legend-empty"),
      model,
      this.colours.box,
      (segment, from) => open({ segment }, from),
    );
    this.bar = new Bar(byId("em-bar"), state);
    this.panel = new Panel(/** @type {HTMLDialogElement} */ (byId("em-panel")), model, {
      texts: this.texts,
      root: this.root,
      links: !this.offline || columns.header.address !== "",
      words: this.words,
      onClose: () => this.#close(),
      takeAway: (format, chosen, name) => this.#take(format, chosen, name),
      address: () => this.address(),
    });
    this.filters = new FilterSide(/** @type {HTMLDialogElement} */ (byId("em-filters")), columns, state, {
      open: this.holder.dataset.embedded === undefined,
      dimensions: model.usedDimensions(),
    });
    byId("em-controls").replaceChildren(
      this.filters.button,
      this.field.box,
      this.views.box,
      this.#menu(),
      this.#fullScreen(),
    );
    // The width decides between grid and rows; what was hidden is drawn when it comes into sight.
    this.lines.narrow.addEventListener("change", () => this.#change(state.selection));
  }

  /** Opens all groups, or closes them where they are open. */
  #toggleAll() {
    const { selection } = this.state;
    const { rows, across } = this.model;
    const open = !this.model.allOpen(selection);
    const toggled = [rows, across].flatMap((axis) =>
      axis.startsClosed === open ? axis.groups().map((id) => `${axis.side}:${id}`) : [],
    );
    this.state.set({ ...selection, toggled });
  }

  #menu() {
    const whole = this.frame.title;
    /** @type {(format: "bib" | "ris" | "json" | "csv") => () => Promise<void>} */
    const take = (format) => () => this.#take(format, this.tally().present, whole);
    const embed = () => {
      const address = new URL(`${this.root}embed/${this.frame.id}/`, location.href).href + location.hash;
      return copyText(
        `<iframe src="${address}" title="${this.frame.title.replaceAll('"', "&quot;")}" width="100%" height="640" loading="lazy"></iframe>`,
        "Code for the frame",
      );
    };
    return menu("Take away", [
      [
        "The reports shown",
        [
          { label: "BibTeX", note: "LaTeX, JabRef", act: take("bib") },
          { label: "RIS", note: "EndNote, Zotero, Mendeley", act: take("ris") },
          { label: "CSL-JSON", note: "Zotero, Pandoc", act: take("json") },
          { label: "CSV", note: "spreadsheets", act: take("csv") },
        ],
      ],
      [
        "The map as it is shown",
        [
          { label: "Picture, SVG", note: "for print", act: () => saveDrawing(this.#pictured()) },
          {
            label: "Picture, PNG",
            note: "for slides",
            act: () => savePicture(this.#pictured()).catch((error) => notice(String(error))),
          },
          { label: "Print on one page", act: () => printPicture(this.#pictured()) },
        ],
      ],
      [
        "Elsewhere",
        [
          { label: "Copy the link", act: () => copyText(this.address(), "Link") },
          ...(this.offline
            ? []
            : [
                { label: "Copy a frame for your page", note: "HTML", act: embed },
                {
                  label: "The whole map as one file",
                  note: "works offline",
                  act: () => {
                    location.href = `${this.root}data/evidence-map.html`;
                  },
                },
              ]),
        ],
      ],
    ]);
  }

  #fullScreen() {
    if (!document.fullscreenEnabled) return element("span", { hidden: true });
    const button = element(
      "button",
      {
        type: "button",
        class: "em-button em-button--quiet em-fullscreen",
        click: () => {
          if (document.fullscreenElement) document.exitFullscreen();
          else this.holder.requestFullscreen();
        },
      },
      "Full screen",
    );
    document.addEventListener("fullscreenchange", () => {
      button.textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
    });
    return button;
  }

  #pictured() {
    const tally = this.tally();
    return {
      model: this.model,
      tally,
      counts: this.model.cells(tally),
      view: this.#view(tally.selection),
      address: this.address(),
    };
  }

  /** @param {Selection} selection */
  #view(selection) {
    return selection.view || this.usual;
  }

  /** The address of what is shown, with the view written out: a reader elsewhere has other habits. */
  address() {
    const { selection } = this.state;
    const published = this.offline && this.columns.header.address;
    // A page for frames has no way to the rest of the site.
    const here =
      this.holder.dataset.embedded === undefined
        ? location.href.split("#")[0]
        : new URL(`${this.root}map/${this.frame.id}/`, location.href).href;
    const base = published ? `${published.replace(/\/$/, "")}/map/${this.frame.id}/` : here;
    return `${base}#${toAddress({ ...selection, view: this.#view(selection) })}`;
  }

  tally() {
    return new Tally(
      this.columns,
      this.columns.counted,
      this.frame.unit,
      this.known().selection,
      this.search?.found ?? null,
    );
  }

  /** What is set, without what this map does not have. */
  known() {
    const { selection, unknown } = known(this.state.selection, this.columns.dimensions);
    const { place } = selection;
    if (!place || this.model.termsAt(place, selection)) return { selection, unknown };
    const { rows, across } = this.model;
    const missing = [
      place.row && !rows.dimension.numbers.has(place.row) && place.row,
      place.column && !across.dimension.numbers.has(place.column) && place.column,
      place.segment && !this.model.termsAt({ segment: place.segment }, selection) && place.segment,
    ];
    return { selection: { ...selection, place: null }, unknown: [...unknown, ...missing.filter(Boolean)] };
  }

  /**
   * @param {Place} place
   * @param {HTMLElement} from
   */
  #open(place, from) {
    this.#from = from;
    this.state.set({ ...this.state.selection, place });
  }

  #close() {
    this.state.set({ ...this.state.selection, place: null });
  }

  /**
   * @param {"row" | "column"} side
   * @param {string} id
   */
  #toggle(side, id) {
    const { selection } = this.state;
    const name = `${side}:${id}`;
    const toggled = selection.toggled.includes(name)
      ? selection.toggled.filter((own) => own !== name)
      : [...selection.toggled, name];
    this.state.set({ ...selection, toggled });
  }

  /**
   * @param {"bib" | "ris" | "json" | "csv"} format
   * @param {import("./live/counting.js").Chosen} chosen
   * @param {string} name
   */
  #take(format, chosen, name) {
    const { columns, texts } = this;
    const { selection } = this.state;
    return takeReferences({ format, chosen, name, columns, texts, selection, address: this.address() });
  }

  /** @param {Selection} selection */
  #change(selection) {
    // Other rows or columns are another map: everything is made anew.
    const frame = frameFor(this.columns, this.holder.dataset.map ?? "", selection, this.offline);
    if (!sameFrame(frame, this.frame)) return this.state.reload();
    this.search?.follow(selection.words);
    this.#draw();
  }

  #draw() {
    const tally = this.tally();
    const { selection } = tally;
    const view = this.#view(selection);
    const counts = this.model.cells(tally);
    if (this.lines?.isShown) this.lines.show(tally, counts);
    else this.table?.show(tally, counts, view);
    this.bar?.show(tally, this.whole);
    this.filters?.show(tally);
    this.views?.show(view);
    this.field?.show(selection);
    this.colours?.show(selection);
    const before = this.panel?.side.isOpen;
    this.filters?.makeRoom(selection.place !== null);
    this.panel?.show(selection.place, tally, this.#from);
    if (before && !selection.place) this.#giveBack();
    this.#from = null;
    this.#last = selection.place;
    this.#later(tally, view);
  }

  /** What the list showed last. @type {Place | null} */
  #last = null;

  /** Gives the focus back to the cell whose list was closed, also after the table was built anew. */
  #giveBack() {
    const held = document.activeElement;
    // Browsers take the focus from a closed list only later.
    if (held && held !== document.body && !this.panel?.dialog.contains(held)) return;
    const last = this.#last;
    if (!last) return;
    const grid = this.lines?.isShown ? this.lines : this.table;
    const target = last.segment ? this.legend?.entryOf(last.segment) : grid?.elementAt(last);
    target?.focus({ preventScroll: true });
  }

  /**
   * Does what a reader does not see at once when the page has time.
   * @param {Tally} tally
   * @param {import("./live/selection.js").View} view
   */
  #later(tally, view) {
    cancelIdle(this.#idle);
    this.busy.begin("rest");
    this.#idle = whenIdle(() => {
      this.legend?.show(tally, view);
      if (!this.lines?.isShown) this.table?.finish();
      keepSelection(this.holder, tally.selection);
      this.busy.end("rest");
    });
  }
}

/** @param {HTMLElement} holder */
async function start(holder) {
  const status = byId("em-bar");
  try {
    const source = sourceFor(holder);
    const columns = await loadColumns(source);
    const frame = frameFor(
      columns,
      holder.dataset.map ?? "",
      fromAddress(location.hash),
      holder.dataset.offline !== undefined,
    );
    if (!columns.header.maps.includes(frame) || frame.id !== holder.dataset.map) retitle(holder, frame);
    const page = new MapPage(holder, columns, frame, new Texts(source));
    const { unknown } = page.known();
    if (unknown.length)
      notice(`The address names what this review does not have: ${unknown.join(", ")}. It is left out.`);
  } catch (error) {
    const reason =
      error instanceof DataError
        ? error.message
        : "The data for filters and lists could not be loaded. Check your connection and load the page again.";
    status.textContent = `${reason} The table below is complete all the same.`;
    console.error(error);
  }
}

const holder = document.getElementById("em-map");
if (holder) start(holder);
