// @ts-check

/** The record that is being written on the page, and who is told when it changes. */

import { put, same, tidied, valueAt } from "./entries.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./entry.js").Path} Path */

/**
 * @typedef {object} Origin The record on the site that is corrected, or the file that was opened.
 * @property {string} text Its file.
 * @property {Entry} entry What the file says.
 */

/**
 * @typedef {object} SavedDraft A draft as the browser keeps it.
 * @property {string} id
 * @property {string} key
 * @property {boolean} keyIsChosen
 * @property {Entry} entry
 * @property {string | null} original The text of the file that is corrected.
 * @property {string[]} visited Sections that were left once.
 * @property {number} saved When, in milliseconds.
 * @property {string} stamp Which tab wrote it, and its how manieth writing it was.
 */

/** A record that is being written. */
export class Draft extends EventTarget {
  /**
   * @param {string} id Its name among the drafts of this browser.
   * @param {string} key
   * @param {Entry} entry
   * @param {Origin | null} origin
   */
  constructor(id, key, entry, origin = null) {
    super();
    this.id = id;
    this.key = key;
    /** Whether a person chose the key, so that no other is suggested. */
    this.keyIsChosen = Boolean(origin);
    this.entry = entry;
    this.origin = origin;
    /** @type {Set<string>} */
    this.visited = new Set();
    /** @type {import("./entries.js").Tidied | null} What was tidied since the last change. */
    this.clean = null;
  }

  /** Whether a record is corrected that is on the site. */
  get isCorrection() {
    return this.origin !== null;
  }

  /** @param {Path} path */
  at(path) {
    return valueAt(this.entry, path);
  }

  /**
   * @param {Path} path
   * @param {Value | undefined} value
   * @param {boolean} [isQuiet] Whether nobody is told, since more follows.
   */
  put(path, value, isQuiet = false) {
    put(this.entry, path, value);
    this.clean = null;
    if (!isQuiet) this.tell(path);
  }

  /**
   * @param {string} key
   * @param {boolean} chosen Whether a person chose it.
   */
  name(key, chosen) {
    this.key = key;
    this.keyIsChosen = chosen;
    this.tell([]);
  }

  /** @param {Path} path What has changed. */
  tell(path) {
    this.dispatchEvent(new CustomEvent("change", { detail: path }));
  }

  /** The record as it goes into its file. */
  tidied() {
    return (this.clean ??= tidied(this.entry));
  }

  /** Whether anything differs from the record on the site. */
  differs() {
    return !this.origin || !same(this.tidied().entry, this.origin.entry);
  }
}
