// @ts-check

/** The table of reports: headings that sort, and rows. */

import { element } from "./elements.js";
import { marked } from "./marking.js";
import { contextObject } from "./record_rows.js";
import { nextSort } from "./record_sort.js";

/** @typedef {import("./record_rows.js").Row} Row */
/** @typedef {import("./record_sort.js").Sort} Sort */

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} label
 * @property {boolean} isNumber
 */

/**
 * @typedef {object} TableParts
 * @property {string} root The way to the root of the site.
 * @property {(sort: Sort) => void} onSort
 * @property {(key: string) => Promise<{text: string, marked: boolean}[]>} excerpt The place in a
 *   report where the words stand that are searched for.
 */

/** Lets Zotero look again for references; it listens for this event. */
function tellReferenceManagers() {
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
}

export class RecordTable {
  /** @type {{head: HTMLElement, column: Column}[]} */
  #heads = [];
  /** Looks for the place of the words in a row once the row is about to be seen. */
  #watch = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "300px" });
  /** @type {Sort} */
  #sort = { column: "", down: false };

  /**
   * Takes over the table that the page came with.
   * @param {HTMLTableElement} table
   * @param {TableParts} parts
   */
  constructor(table, parts) {
    this.table = table;
    this.parts = parts;
    this.body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
    for (const head of table.querySelectorAll("th[data-column]"))
      this.#take(/** @type {HTMLElement} */ (head));
  }

  /** The columns, in order. @returns {Column[]} */
  get columns() {
    return this.#heads.map(({ column }) => column);
  }

  /** @param {HTMLElement} head */
  #take(head) {
    const column = {
      name: head.dataset.column ?? "",
      label: head.textContent?.trim() ?? "",
      isNumber: head.classList.contains("em-number"),
    };
    const press = () => this.parts.onSort(nextSort(this.#sort, column.name));
    head.replaceChildren(element("button", { type: "button", class: "em-sort", click: press }, column.label));
    this.#heads.push({ head, column });
  }

  /**
   * Shows in the headings and the caption how the table is sorted.
   * @param {Sort} sort
   * @param {string} words
   */
  tell(sort, words) {
    this.#sort = sort;
    for (const { head, column } of this.#heads) {
      const isBeneath = sort.column === "title" && column.name === "citation";
      if (column.name === sort.column) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else if (isBeneath) head.setAttribute("aria-sort", "other");
      else head.removeAttribute("aria-sort");
      head.toggleAttribute("data-down", isBeneath && sort.down);
    }
    if (this.table.caption) this.table.caption.textContent = `Reports: ${words}`;
  }

  /**
   * Shows rows in place of those that are there. The focus stays with the report that has it.
   * @param {Row[]} rows
   * @param {string} words What is searched for, to mark it.
   */
  show(rows, words) {
    this.#watch.disconnect();
    const focused = document.activeElement;
    const held = this.body.contains(focused) ? /** @type {HTMLAnchorElement} */ (focused).href : undefined;
    this.body.replaceChildren(...rows.map((row) => this.#row(row, words)));
    const again = held && [...this.body.querySelectorAll("a")].find((link) => link.href === held);
    if (again) again.focus({ preventScroll: true });
    tellReferenceManagers();
  }

  /**
   * Adds rows, and puts the focus on the first of them.
   * @param {Row[]} rows
   * @param {string} words
   */
  add(rows, words) {
    const added = rows.map((row) => this.#row(row, words));
    this.body.append(...added);
    tellReferenceManagers();
    added[0]?.querySelector("a")?.focus({ preventScroll: true });
  }

  /**
   * @param {Row} row
   * @param {string} words
   */
  #row(row, words) {
    const name = element(
      "a",
      { href: `${this.parts.root}records/${row.key}/` },
      element("bdi", {}, row.citation),
    );
    const badge = row.decision && element("span", { class: "em-badge em-badge--apart" }, row.decision);
    const warning = row.warning && element("strong", { class: "em-badge em-badge--standing" }, row.warning);
    const head = element(
      "th",
      { scope: "row" },
      name,
      warning && " ",
      warning,
      badge && " ",
      badge,
      element("span", { class: "em-records__title", dir: "auto" }, ...marked(row.title, words)),
      row.source && element("span", { class: "em-records__source", dir: "auto" }, row.source),
      element("span", { class: "Z3988", title: contextObject(row) }),
    );
    const line = element("tr", {}, head, ...this.#heads.slice(1).map(({ column }) => cell(row, column)));
    if (words) {
      head.dataset.key = row.key;
      this.#watch.observe(head);
    }
    return line;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#watch.unobserve(target);
      this.#excerpt(/** @type {HTMLElement} */ (target));
    }
  }

  /** @param {HTMLElement} head */
  async #excerpt(head) {
    const pieces = await this.parts.excerpt(head.dataset.key ?? "").catch(() => []);
    if (!pieces.length || !head.isConnected) return;
    const words = pieces.map((piece) => (piece.marked ? element("mark", {}, piece.text) : piece.text));
    head.append(
      element(
        "span",
        { class: "em-excerpt", dir: "auto" },
        element("span", { class: "em-excerpt__label" }, "Words found: "),
        ...words,
      ),
    );
  }
}

/**
 * @param {Row} row
 * @param {Column} column
 */
function cell(row, { name, label, isNumber }) {
  const kinds = [isNumber && "em-number", row.missing.includes(name) && "em-missing"]
    .filter(Boolean)
    .join(" ");
  return element("td", { "data-label": label, class: kinds || null }, row.cells[name] ?? "");
}
