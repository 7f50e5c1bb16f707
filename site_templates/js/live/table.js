// @ts-check

/**
 * The live grid: a real table whose cells lead to lists. It takes the place of the one that the
 * build made, with the same look and the same numbers.
 */

import { DrawnMark } from "./drawn_mark.js";
import { element } from "./elements.js";
import { headLines } from "./frame.js";
import { walkable } from "./grid_keys.js";
import { heatStep, shapes } from "./marks.js";
import { toAddress } from "./selection.js";
import { counted, figure } from "./wording.js";

/** @typedef {import("./counting.js").CellCounts} CellCounts */
/** @typedef {import("./frame.js").Heading} Heading */
/** @typedef {import("./model.js").MapModel} MapModel */
/** @typedef {import("./selection.js").Place} Place */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./selection.js").View} View */
/** @typedef {import("./tally.js").Tally} Tally */

/**
 * A shown cell and what was last drawn in it.
 * @typedef {object} ShownCell
 * @property {HTMLTableCellElement} holder
 * @property {HTMLAnchorElement} link
 * @property {Heading} row
 * @property {Heading} column
 * @property {string} drawn
 * @property {DrawnMark | null} mark
 */

/** @typedef {{heading: Heading, number: HTMLElement, side: "row" | "column"}} ShownCount */

/** Width of the row headings, in rem. */
const ROW_HEADING = 17;

/**
 * Width of a column, in rem: its longest word must fit. Fixed widths spare the browser measuring the
 * whole table after every filter.
 * @param {Heading} heading
 */
function widthOf({ label }) {
  const longest = Math.max(...label.split(/[\s-]+/).map((word) => word.length));
  return Math.max(5.25, Math.min(14, longest * 0.51 + 1.1));
}

export class Table {
  /** @type {ShownCell[]} */
  #cells = [];
  /** @type {ShownCount[]} */
  #counts = [];
  #frame = "";
  /** What the table shows, for the cells that are drawn later. @type {{tally: Tally, counts: CellCounts, view: View} | null} */
  #shown = null;
  /** @type {Selection | null} */
  #selection = null;

  /**
   * @param {HTMLElement} holder The box in which the table scrolls.
   * @param {MapModel} model
   * @param {{choice: HTMLElement, open: (place: Place, from: HTMLElement) => void, toggle: (side: "row" | "column", id: string) => void,
   *   toggleAll: () => void}} acts
   */
  constructor(holder, model, acts) {
    this.holder = holder;
    this.model = model;
    this.acts = acts;
    this.table = element("table", { class: "em-matrix em-matrix--live", role: "grid" });
    this.keys = walkable(this.table, { toggle: acts.toggle });
    holder.replaceChildren(this.table);
  }

  /**
   * Shows the numbers of a selection.
   * @param {Tally} tally
   * @param {CellCounts} counts
   * @param {View} view
   */
  show(tally, counts, view) {
    const { selection } = tally;
    this.#selection = selection;
    const frame = selection.toggled.join();
    if (frame !== this.#frame || !this.#cells.length) this.#build(selection.toggled);
    this.#frame = frame;
    const [first, last] = this.#inSight();
    if (this.table.dataset.view !== view) this.table.dataset.view = view;
    const label = `${this.model.frame.title}: ${counted(tally.total, this.model.unit)}. Arrow keys move, Enter opens a list, Space opens or closes a group.`;
    this.table.setAttribute("aria-label", label);
    this.#shown = { tally, counts, view };
    for (const cell of this.#cells.slice(first, last)) this.#draw(cell, counts, view);
    const { rows, across } = this.model;
    const numbers = { row: tally.terms(rows.dimension), column: tally.terms(across.dimension) };
    for (const { heading, number, side } of this.#counts) {
      const text = figure(numbers[side][heading.term]);
      if (number.textContent !== text) number.textContent = text;
    }
  }

  /**
   * Returns the element to which the focus goes back for a place.
   * @param {Place} place
   */
  elementAt(place) {
    const cell = this.#cells.find((own) => own.row.id === place.row && own.column.id === place.column);
    if (cell) return cell.link;
    const side = place.row ? "row" : "column";
    const found = this.#counts.find((own) => own.side === side && own.heading.id === place[side]);
    return found?.number.closest("a") ?? null;
  }

  /** @param {string[]} toggled */
  #build(toggled) {
    const { rows, across } = this.model;
    const down = rows.headings(toggled);
    const columns = across.headings(toggled);
    this.#cells = [];
    this.#counts = [];
    const focused = this.keys.current();
    const inCorner = this.table.querySelector(".em-corner__groups:focus") !== null;
    const head = element("thead", {}, ...this.#head(columns));
    const body = element("tbody", {}, ...down.map((row) => this.#row(row, columns)));
    const widths = columns.map(widthOf);
    const cols = [ROW_HEADING, ...widths].map((width) => {
      const col = element("col");
      col.style.width = `${width}rem`;
      return col;
    });
    this.table.style.minWidth = `${widths.reduce((sum, width) => sum + width, ROW_HEADING)}rem`;
    this.table.replaceChildren(element("colgroup", {}, ...cols), head, body);
    this.keys.refresh(focused);
    if (inCorner) /** @type {HTMLElement | null} */ (this.table.querySelector(".em-corner__groups"))?.focus();
  }

  /** @param {Heading[]} columns */
  #head(columns) {
    const lines = headLines(columns);
    return lines.map((line, index) => {
      const cells = line.map((cell) => {
        const { heading } = cell;
        const holder = element("th", {
          scope: cell.spans ? "colgroup" : "col",
          colspan: cell.columns,
          rowspan: cell.lines,
          class: heading.isNone && "em-none",
        });
        const shown = cell.spans || !heading.isOpen;
        holder.append(...this.#heading(heading, cell.label, "column", shown && heading.isGroup));
        return holder;
      });
      if (index) return element("tr", {}, ...cells);
      const { rows, across } = this.model;
      const corner = element(
        "th",
        { class: "em-corner", scope: "col", rowspan: lines.length },
        element(
          "span",
          { class: "em-hidden" },
          `${rows.dimension.label} by ${across.dimension.label.toLowerCase()}`,
        ),
        this.acts.choice,
        this.#groupsButton(),
      );
      return element("tr", {}, corner, ...cells);
    });
  }

  /** A button that opens or closes all groups, where there are any. */
  #groupsButton() {
    const { rows, across } = this.model;
    if (!rows.groups().length && !across.groups().length) return null;
    const open = this.#selection && this.model.allOpen(this.#selection);
    const label = open ? "Close groups" : "Open groups";
    return element(
      "button",
      { type: "button", class: "em-link em-corner__groups", click: () => this.acts.toggleAll() },
      label,
    );
  }

  /**
   * @param {Heading} row
   * @param {Heading[]} columns
   */
  #row(row, columns) {
    const kinds = ["em-depth-" + row.depth, row.isGroup && "em-group", row.isNone && "em-none"];
    const heading = element("th", { scope: "row" }, ...this.#heading(row, row.label, "row", row.isGroup));
    const cells = columns.map((column) => {
      const link = element("a", { class: "em-cell", tabindex: -1, "data-at": `${row.id}/${column.id}` });
      link.addEventListener("click", (event) => this.#open(event, { row: row.id, column: column.id }, link));
      const holder = element("td", {}, link);
      this.#cells.push({ holder, link, row, column, drawn: "", mark: null });
      return holder;
    });
    return element("tr", { class: kinds.filter(Boolean).join(" ") }, heading, ...cells);
  }

  /**
   * @param {Heading} heading
   * @param {string} label
   * @param {"row" | "column"} side
   * @param {boolean} toggles Whether a button opens and closes the group.
   */
  #heading(heading, label, side, toggles) {
    const number = element("span", { class: "em-count" });
    const place = { [side]: heading.id };
    const link = element(
      "a",
      { class: "em-heading", title: heading.definition, tabindex: -1, href: "#" },
      element("span", { class: "em-heading__label" }, label),
      " ",
      number,
    );
    link.addEventListener("click", (event) => this.#open(event, place, link));
    this.#counts.push({ heading, number, side });
    if (!toggles) return [link];
    link.setAttribute("aria-expanded", String(heading.isOpen));
    link.dataset.group = `${side}:${heading.id}`;
    const button = element("button", {
      type: "button",
      class: "em-toggle",
      tabindex: -1,
      "aria-hidden": "true",
      title: heading.isOpen ? "Close the group" : "Open the group",
      "data-open": heading.isOpen,
      click: () => this.acts.toggle(side, heading.id),
    });
    return [button, link];
  }

  /**
   * @param {MouseEvent} event
   * @param {Place} place
   * @param {HTMLElement} link
   */
  #open(event, place, link) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.keys.move(link);
    this.acts.open(place, link);
  }

  /** Which cells are in sight: the first one, and behind the last one. */
  #inSight() {
    const rows = this.table.tBodies[0]?.rows;
    if (!rows?.length) return [0, 0];
    const box = this.holder.getBoundingClientRect();
    const inside = Array.from(rows, (row) => row.getBoundingClientRect()).map(
      ({ top, bottom }) => bottom >= Math.max(box.top, 0) && top <= Math.min(box.bottom, innerHeight),
    );
    const width = this.#cells.length / rows.length;
    return [inside.indexOf(true) * width, (inside.lastIndexOf(true) + 1) * width];
  }

  /** Draws the cells out of sight, and gives all of them their texts and addresses. */
  finish() {
    if (!this.#shown) return;
    const { tally, counts, view } = this.#shown;
    for (const cell of this.#cells) {
      this.#draw(cell, counts, view);
      const { link, row, column } = cell;
      const spoken = this.#spoken(row, column, counts, tally);
      if (link.getAttribute("aria-label") !== spoken) link.setAttribute("aria-label", spoken);
    }
    this.#address(tally.selection);
  }

  /**
   * @param {ShownCell} cell
   * @param {CellCounts} counts
   * @param {View} view
   */
  #draw(cell, counts, view) {
    const { holder, link, row, column } = cell;
    const at = row.term * counts.width + column.term;
    const count = counts.counts[at];
    const parts = this.model.parts(counts, at);
    const drawn = count ? `${view}${count}:${parts}` : `${view}${this.model.empty(row.term, column.term)}`;
    if (drawn === cell.drawn) return;
    cell.drawn = drawn;
    const kind = count
      ? view === "heat"
        ? `em-heat em-heat-${heatStep(count, this.model.scale)}`
        : ""
      : `em-empty em-empty--${this.model.empty(row.term, column.term)}`;
    if (holder.className !== kind) holder.className = kind;
    if (!count) {
      cell.mark?.svg.remove();
      return;
    }
    cell.mark ??= new DrawnMark();
    cell.mark.show(shapes(view, count, parts, this.model.scale));
    if (!cell.mark.svg.isConnected) link.append(cell.mark.svg);
  }

  /**
   * @param {Heading} row
   * @param {Heading} column
   * @param {CellCounts} counts
   * @param {Tally} tally
   */
  #spoken(row, column, counts, tally) {
    const at = row.term * counts.width + column.term;
    const count = counts.counts[at];
    const parts = this.model.parts(counts, at);
    const place = `${row.label}, ${column.label}`;
    if (!count) return `${place}: ${this.model.emptyWords(row.term, column.term)}`;
    const segments = this.model.colours(tally.selection)?.segments ?? [];
    const divided = parts.map(([colour, number]) => {
      const label = segments.find((segment) => segment.colour === colour)?.label ?? "None of these";
      return `${number} ${label.toLowerCase()}`;
    });
    const text = `${counted(count, this.model.unit)}: ${place}`;
    return divided.length ? `${text} (${divided.join(", ")})` : text;
  }

  /**
   * Gives every cell and heading the address of its list, which can be copied or opened elsewhere.
   * @param {Selection} selection
   */
  #address(selection) {
    const rest = toAddress({ ...selection, place: null });
    const before = rest ? `#${rest}&` : "#";
    for (const { link, row, column } of this.#cells)
      setAddress(link, `${before}row=${row.id}&column=${column.id}`);
    for (const { heading, number, side } of this.#counts) {
      const link = number.closest("a");
      if (link) setAddress(link, `${before}${side}=${heading.id}`);
    }
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} address
 */
function setAddress(link, address) {
  if (link.getAttribute("href") !== address) link.setAttribute("href", address);
}
