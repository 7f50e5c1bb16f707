// @ts-check

/** What is set on the page, kept in the address: back, forward and a copied address restore it. */

import { fromAddress, NOTHING, toAddress } from "./selection.js";

/** @typedef {import("./selection.js").Selection} Selection */

/** @typedef {Pick<Selection, "filters" | "words">} Set */

/**
 * Whether filters and words are the same.
 * @param {Set} one
 * @param {Set} other
 */
function alike(one, other) {
  const [first, second] = [one, other].map(({ filters, words }) => toAddress({ ...NOTHING, filters, words }));
  return first === second;
}

export class State {
  /** @type {((selection: Selection) => void)[]} */
  #listeners = [];
  /** What was set before, the latest last. @type {Set[]} */
  #before = [];
  /** An address that is not written yet. @type {{target: string, replace: boolean} | null} */
  #waiting = null;

  constructor() {
    /** @type {Selection} */
    this.selection = fromAddress(location.hash);
    addEventListener("pagehide", () => this.#flush());
    addEventListener("popstate", () => this.#read());
    addEventListener("hashchange", () => this.#read());
  }

  /** Calls back on every change. @param {(selection: Selection) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Whether undo has something to take back. */
  get canUndo() {
    return this.#before.length > 0;
  }

  /**
   * Sets a selection.
   * @param {Selection} selection
   * @param {{replace?: boolean}} [how] `replace` while something is dragged or typed: then it is one
   *   step back.
   */
  set(selection, { replace = false } = {}) {
    const address = toAddress(selection);
    if (address === toAddress(this.selection)) return;
    const { filters, words } = this.selection;
    if (!replace && !alike(this.selection, selection)) this.#before.push({ filters, words });
    this.#put(selection, replace);
  }

  /**
   * @param {Selection} selection
   * @param {boolean} replace
   */
  #put(selection, replace) {
    const address = toAddress(selection);
    this.selection = selection;
    this.#write(address ? `#${address}` : location.pathname + location.search, replace);
    this.#tell();
  }

  /**
   * Writes the address once the page has been painted: browsers take longer for it than we do for
   * all the counting.
   * @param {string} target
   * @param {boolean} replace
   */
  #write(target, replace) {
    this.#flush();
    this.#waiting = { target, replace };
    requestAnimationFrame(() => setTimeout(() => this.#flush()));
  }

  /** Loads the page anew with what is set. */
  reload() {
    this.#flush();
    location.reload();
  }

  #flush() {
    if (!this.#waiting) return;
    const { target, replace } = this.#waiting;
    this.#waiting = null;
    try {
      if (replace) history.replaceState(null, "", target);
      else history.pushState(null, "", target);
    } catch {
      // Some browsers let a file that is opened without a server change its address only like this.
      location.hash = toAddress(this.selection);
    }
  }

  /** Sets filters and words as they were before the last change; views and lists stay. */
  undo() {
    const before = this.#before.pop();
    // The step back is none to take back again.
    if (before) this.#put({ ...this.selection, ...before }, false);
  }

  #read() {
    this.#waiting = null;
    const selection = fromAddress(location.hash);
    if (toAddress(selection) === toAddress(this.selection)) return;
    this.selection = selection;
    // Where the browser's own button led back to what stood here before, later steps are gone.
    const same = this.#before.map((before) => alike(before, selection)).lastIndexOf(true);
    if (same >= 0) this.#before.length = same;
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.selection);
  }
}
