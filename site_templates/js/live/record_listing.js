// @ts-check

/**
 * The part of the list that is shown: the first rows, more when the reader asks, and what to say
 * while rows are on their way or do not come.
 *
 * Rows are added at the end and never taken out of sight: so the browser's own search, print and
 * screen readers meet every row that is shown, and rows may be of any height.
 */

import { element } from "./elements.js";
import { counted, figure } from "./wording.js";

/** @typedef {import("./record_rows.js").Rows} Rows */
/** @typedef {import("./record_table.js").RecordTable} RecordTable */

/** How many rows are shown before the reader asks for more. */
const PAGE = 50;

/** How many rows can be asked for at once. */
const MOST = 2000;

/** How long rows may be on their way before the reader is told, in milliseconds. */
const PATIENCE = 150;

/**
 * @typedef {object} Shown
 * @property {Uint32Array} reports All that the list holds, in order.
 * @property {string} words What is searched for, to mark it.
 * @property {string} order How it is sorted, in words.
 */

export class RecordListing {
  #turn = 0;
  #number = 0;
  /** @type {Shown} */
  #shown = { reports: new Uint32Array(), words: "", order: "" };

  /**
   * @param {HTMLElement} holder Where the buttons stand.
   * @param {RecordTable} table
   * @param {Rows} rows
   */
  constructor(holder, table, rows) {
    this.table = table;
    this.rows = rows;
    this.status = element("p", { class: "em-note", role: "status" });
    this.more = element("button", {
      type: "button",
      class: "em-button",
      hidden: true,
      click: () => this.#add(PAGE),
    });
    this.all = element("button", {
      type: "button",
      class: "em-button em-button--quiet",
      hidden: true,
      click: () => this.#add(MOST),
    });
    this.again = element(
      "button",
      { type: "button", class: "em-button", hidden: true, click: () => this.show(this.#shown) },
      "Try again",
    );
    holder.replaceChildren(
      this.status,
      element("div", { class: "em-actions" }, this.more, this.all, this.again),
    );
  }

  /**
   * Shows the first rows; as many as before where the reader comes back to this step of the history.
   * @param {Shown} shown
   */
  async show(shown) {
    this.#shown = shown;
    const first = shown.reports.subarray(0, Math.max(PAGE, kept()));
    const put = (/** @type {import("./record_rows.js").Row[]} */ rows) => {
      this.table.show(rows, shown.words);
      this.#number = rows.length;
    };
    const rows = this.rows.present(first);
    if (rows) {
      this.#turn++;
      put(rows);
      this.#settle();
    } else await this.#fetch(first, put, true);
  }

  /** @param {number} number */
  async #add(number) {
    const { reports, words } = this.#shown;
    const next = reports.subarray(this.#number, this.#number + number);
    await this.#fetch(
      next,
      (rows) => {
        this.table.add(rows, words);
        this.#number += rows.length;
        keep(this.#number);
      },
      false,
    );
  }

  /**
   * @param {Uint32Array} reports
   * @param {(rows: import("./record_rows.js").Row[]) => void} put
   * @param {boolean} anew Whether they replace what is shown.
   */
  async #fetch(reports, put, anew) {
    const turn = ++this.#turn;
    const waiting = setTimeout(() => this.wait("Loading …"), PATIENCE);
    try {
      const rows = await this.rows.of(reports);
      if (turn === this.#turn) {
        put(rows);
        this.#settle();
      }
    } catch {
      if (turn === this.#turn) this.#fail(anew);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Says what the rows are waiting for. @param {string} text */
  wait(text) {
    this.table.table.setAttribute("aria-busy", "true");
    this.status.textContent = text;
  }

  /** @param {boolean} anew */
  #fail(anew) {
    this.#settle();
    this.status.textContent = "The reports could not be loaded. Check the connection and try again.";
    if (!anew) return;
    this.table.show([], "");
    this.more.hidden = this.all.hidden = true;
    this.again.hidden = false;
  }

  #settle() {
    const { reports, order } = this.#shown;
    const rest = reports.length - this.#number;
    const held = this.again === document.activeElement;
    this.table.table.removeAttribute("aria-busy");
    this.again.hidden = true;
    this.more.hidden = rest <= 0;
    this.all.hidden = rest <= PAGE;
    this.more.textContent = `Show ${Math.min(rest, PAGE)} more`;
    this.all.textContent = rest > MOST ? `Show ${figure(MOST)} more` : `Show all ${figure(reports.length)}`;
    this.status.textContent = this.#words(rest, order);
    if (held) this.table.body.querySelector("a")?.focus();
  }

  /**
   * @param {number} rest
   * @param {string} order
   */
  #words(rest, order) {
    const { length } = this.#shown.reports;
    if (!length) return "No report matches what is set.";
    const order1 = order.charAt(0).toLowerCase() + order.slice(1);
    return rest
      ? `${figure(this.#number)} of ${counted(length, "report")} shown, ${order1}`
      : `${counted(length, "report")}, ${order1}`;
  }
}

/** How many rows were shown at this step of the history. */
function kept() {
  const number = /** @type {{rows?: unknown} | null} */ (history.state)?.rows;
  return typeof number === "number" ? number : 0;
}

/** Keeps with this step of the history how many rows are shown. @param {number} number */
function keep(number) {
  try {
    history.replaceState({ ...history.state, rows: number }, "");
  } catch {
    // Then the list begins with its first rows when the reader comes back.
  }
}
