// @ts-check

/**
 * The search of the whole site: a button in the header, and the dialog that it opens.
 *
 * Ctrl+K, Command+K and / open the dialog too. Nothing is loaded before that, and nothing is kept
 * afterwards. Without JavaScript there is no button.
 */

import { counted, element, section, sources } from "./search/results.js";
import { openWords } from "./words.js";

const ROOT = new URL("../", import.meta.url);

/** How long typing must pause before words are looked for, in milliseconds. */
const PAUSE = 120;

const HINT =
  "Finds reports, findings, terms, studies and pages. Words in “quotation marks” must stand together.";
const NOTHING = "No page has all of these words. Try fewer words, or only the beginning of a word.";
const SHORT = "Type at least two letters.";
const FAILED =
  "The search cannot be loaded. Check the connection. A copy of the site that was opened as a file cannot be searched; it needs a server.";

class Search {
  constructor() {
    this.input = element("input", "em-search__input");
    this.status = element("p", "em-search__status", HINT);
    this.results = element("div", "em-search__results");
    this.again = element("button", "em-search__again", "Try again");
    this.dialog = this.#made();
    this.timer = 0;
    /** Number of the latest search, so that an earlier one that ends later is not shown. */
    this.latest = 0;
    /** The words that the results belong to. */
    this.shown = "";
    this.#listen();
  }

  /** Makes the dialog and puts it at the end of the page. */
  #made() {
    this.input.type = "search";
    this.input.id = "em-search-input";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.maxLength = 300;
    this.input.enterKeyHint = "search";
    this.input.placeholder = "Search everything";
    this.status.setAttribute("role", "status");
    this.again.type = "button";
    this.again.hidden = true;
    const label = element("label", "em-hidden", "Words to search for");
    label.htmlFor = this.input.id;
    const close = element("button", "em-search__close", "Close");
    close.type = "button";
    close.addEventListener("click", () => this.dialog.close());
    const form = element("form", "em-search__form", label, this.input, close);
    form.setAttribute("role", "search");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#openFirst();
    });
    const keys = element("p", "em-search__keys", "↑ ↓ choose · Enter opens · Esc closes");
    const body = element("div", "em-search__body", this.status, this.again, this.results);
    const dialog = element("dialog", "em-search", form, body, keys);
    dialog.setAttribute("aria-label", "Search the site");
    document.body.append(dialog);
    return dialog;
  }

  #listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE);
    });
    this.again.addEventListener("click", () => {
      this.input.focus();
      void this.search();
    });
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      // A link to a place on this same page leaves the dialog standing otherwise.
      if (target === this.dialog || (isPlain && target.closest("a"))) this.dialog.close();
    });
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.input.select();
    // So that the first search need not wait; if it fails, the search will say so.
    openWords(ROOT).catch(() => undefined);
  }

  /** Looks for what is typed, and shows it unless something else was typed meanwhile. */
  async search() {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    const number = ++this.latest;
    const isCurrent = () => number === this.latest;
    this.again.hidden = true;
    if (query.length < 2 && !/\p{Lo}/u.test(query)) {
      this.#show(query, query ? SHORT : HINT, []);
      return;
    }
    this.results.setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => isCurrent() && (this.status.textContent = "Searching …"), 250);
    try {
      const hits = await (await openWords(ROOT)).find(query);
      const found = isCurrent() ? await sources(hits ?? []) : [];
      const groups = isCurrent() ? await Promise.all(found.map((each, at) => section(each, `${at}`))) : [];
      if (isCurrent()) this.#show(query, found.map(counted).join(", ") || (hits ? NOTHING : HINT), groups);
    } catch {
      if (!isCurrent()) return;
      this.#show("", FAILED, []);
      this.again.hidden = false;
    } finally {
      clearTimeout(waiting);
    }
  }

  /**
   * @param {string} query
   * @param {string} status
   * @param {HTMLElement[]} groups
   */
  #show(query, status, groups) {
    this.shown = query;
    this.status.textContent = status;
    this.results.replaceChildren(...groups);
    this.results.removeAttribute("aria-busy");
    this.results.scrollTop = 0;
  }

  /** Enter in the field opens the first result of what is typed, also before it is shown. */
  async #openFirst() {
    if (this.shown !== this.input.value.trim()) await this.search();
    this.results.querySelector("a")?.click();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      // A search field would only be emptied.
      event.preventDefault();
      this.dialog.close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = /** @type {HTMLElement[]} */ ([
      this.input,
      ...this.dialog.querySelectorAll(".em-search__link, .em-search__more:not([hidden])"),
    ]);
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 1, End: stops.length - 1 }[event.key];
    const isMoving = to !== undefined && (at > 0 || event.key.startsWith("Arrow"));
    if (isMoving) {
      event.preventDefault();
      stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
    } else if (at > 0 && event.key.length === 1 && event.key !== " ") {
      // Who goes on typing means the field.
      this.input.focus();
    }
  }
}

/** @returns {HTMLButtonElement} */
function button() {
  const isApple = /mac|iphone|ipad/iu.test(navigator.platform);
  const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  sign.setAttribute("viewBox", "0 0 16 16");
  sign.setAttribute("aria-hidden", "true");
  const lens = document.createElementNS("http://www.w3.org/2000/svg", "path");
  lens.setAttribute("d", "M10.5 10.5 14 14M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z");
  sign.append(lens);
  const keys = element("kbd", "em-search-open__keys", isApple ? "⌘K" : "Ctrl K");
  keys.setAttribute("aria-hidden", "true");
  const made = element("button", "em-search-open", sign, element("span", "", "Search"), keys);
  made.type = "button";
  made.setAttribute("aria-haspopup", "dialog");
  made.setAttribute("aria-keyshortcuts", "Control+K Meta+K /");
  return made;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

/** @param {KeyboardEvent} event */
function asksForSearch(event) {
  if (event.altKey || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  return event.key === "/" && !isTyping(event.target);
}

const header = document.querySelector(".md-header__inner");
if (header) {
  const search = new Search();
  const opener = button();
  opener.addEventListener("click", () => search.open());
  const title = header.querySelector(".md-header__title");
  if (title) title.after(opener);
  else header.append(opener);
  addEventListener("keydown", (event) => {
    if (!asksForSearch(event)) return;
    // Another dialog is not covered by ours.
    if (!search.dialog.open && document.querySelector("dialog[open]:modal")) return;
    event.preventDefault();
    search.open();
  });
}
