// @ts-check

/** The list behind a number: studies with their reports and what these found. */

import { element } from "./elements.js";
import { marked } from "./marking.js";
import { counted } from "./wording.js";

/** @typedef {import("./counting.js").Chosen} Chosen */
/** @typedef {import("./columns.js").Unit} Unit */
/** @typedef {import("./source.js").ReportText} ReportText */
/** @typedef {import("./source.js").Texts} Texts */

/** How many reports are shown before the reader asks for more. */
const PAGE = 20;

/** How many findings of one report are shown before the reader asks for more. */
const FINDINGS = 3;

/**
 * @typedef {object} ListOptions
 * @property {Texts} texts
 * @property {Unit} unit
 * @property {string} root The way to the root of the site; empty in the file for offline use.
 * @property {string} words What is searched for, to mark it.
 * @property {((key: string) => Promise<{text: string, marked: boolean}[]>) | null} excerpt The place
 *   in a report where the words stand.
 * @property {boolean} links Whether records have pages that can be opened.
 */

/** A list that grows. */
export class Listing {
  /**
   * @param {Chosen} chosen
   * @param {ListOptions} options
   */
  constructor(chosen, options) {
    this.chosen = chosen;
    this.options = options;
    this.shown = 0;
    this.list = element("ul", { class: "em-list em-list--panel" });
    this.more = element("button", { type: "button", class: "em-button", click: () => this.#next(true) });
    this.status = element("p", { class: "em-note", role: "status" });
    this.box = element("div", {}, this.list, this.status, this.more);
    this.#next(false);
  }

  /** @param {boolean} asked Whether the reader asked for more. */
  async #next(asked) {
    const { chosen, options } = this;
    const numbers = [...chosen.reports.subarray(this.shown, this.shown + PAGE)];
    this.more.hidden = true;
    this.status.textContent = numbers.length ? "Loading …" : "";
    let texts;
    try {
      texts = await options.texts.of(numbers);
    } catch {
      this.status.textContent = "The list could not be loaded. Check the connection and try again.";
      this.more.textContent = "Try again";
      this.more.hidden = false;
      return;
    }
    const entries = texts.map((text, index) => this.#entry(text, this.shown + index));
    this.list.append(...entries);
    this.shown += numbers.length;
    const rest = chosen.reports.length - this.shown;
    this.status.textContent = "";
    this.more.hidden = !rest;
    this.more.textContent = `Show ${Math.min(rest, PAGE)} more of ${counted(rest, "report")}`;
    if (asked) entries[0]?.querySelector("a")?.focus();
  }

  /**
   * @param {ReportText} text
   * @param {number} index
   */
  #entry(text, index) {
    const { chosen, options } = this;
    const { columns } = chosen;
    const report = chosen.reports[index];
    const first = columns.firstFinding[report];
    const findings = text.findings.filter((_, number) => chosen.bits.has(first + number));
    const link = this.#link(text.citation, `records/${text.key}/`, "em-list__name");
    const study =
      options.unit === "study" && text.study
        ? element(
            "span",
            { class: "em-list__study" },
            "A report of ",
            this.#link(text.study.label, `studies/${text.study.id}/`),
          )
        : null;
    const item = element(
      "li",
      {},
      link,
      study && " ",
      study,
      element("span", { class: "em-list__title", dir: "auto" }, ...marked(text.title, options.words)),
      element(
        "ul",
        { class: "em-badges" },
        ...text.badges.map((badge) => element("li", { class: "em-badge em-badge--plain" }, badge)),
      ),
      this.#findings(text, findings),
    );
    if (options.words && options.excerpt) this.#excerpt(item, text.key);
    return item;
  }

  /**
   * @param {ReportText} text
   * @param {ReportText["findings"]} findings
   */
  #findings(text, findings) {
    const lines = findings.map(([name, statement, locator]) =>
      element(
        "li",
        {},
        element(
          "span",
          { class: "em-finding__statement", dir: "auto" },
          ...marked(statement, this.options.words),
        ),
        " ",
        element("span", { class: "em-finding__where" }, this.#link(locator, `records/${text.key}/#${name}`)),
      ),
    );
    const list = element("ul", { class: "em-findings" }, ...lines.slice(0, FINDINGS));
    const rest = lines.slice(FINDINGS);
    if (!rest.length) return list;
    const more = element(
      "button",
      { type: "button", class: "em-more" },
      `${counted(rest.length, "finding")} more`,
    );
    more.addEventListener("click", () => {
      list.append(...rest);
      more.remove();
      (rest[0].querySelector("a") ?? rest[0]).focus();
    });
    return element("div", {}, list, more);
  }

  /**
   * @param {HTMLElement} item
   * @param {string} key
   */
  async #excerpt(item, key) {
    const parts = await this.options.excerpt?.(key).catch(() => null);
    if (!parts?.length) return;
    const words = parts.map((part) => (part.marked ? element("mark", {}, part.text) : part.text));
    item.append(
      element(
        "p",
        { class: "em-excerpt" },
        element("span", { class: "em-excerpt__label" }, "Words found: "),
        ...words,
      ),
    );
  }

  /**
   * @param {string} label
   * @param {string} address
   * @param {string} [kind]
   */
  #link(label, address, kind = "") {
    if (!this.options.links) return element("span", { class: kind }, label);
    return element("a", { href: this.options.root + address, class: kind || null }, label);
  }
}
