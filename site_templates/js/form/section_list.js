// @ts-check

/** The list of sections: how far each is, and the way to it. */

import { element } from "../live/elements.js";

/** @typedef {import("./checking.js").State} State */

/**
 * @typedef {object} Listed
 * @property {string} id
 * @property {string} label
 */

/** The navigation among sections; a menu where the screen is narrow. */
export class SectionList {
  /**
   * @param {Listed[]} sections
   * @param {(id: string) => void} go
   */
  constructor(sections, go) {
    this.sections = sections;
    this.current = element("span", {});
    this.toggle = element(
      "button",
      {
        type: "button",
        class: "em-sections__menu",
        "aria-expanded": "false",
        "aria-controls": "_sections",
        click: () => this.open(!this.isOpen),
      },
      this.current,
    );
    /** @type {Map<string, {link: HTMLAnchorElement, state: HTMLElement}>} */
    this.links = new Map();
    this.list = element("ol", { id: "_sections", class: "em-sections__list" });
    for (const { id, label } of sections) {
      const state = element("span", { class: "em-sections__state" });
      const link = element("a", { href: `#${id}` }, element("span", {}, label), " ", state);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.open(false);
        go(id);
      });
      this.links.set(id, { link, state });
      this.list.append(element("li", {}, link));
    }
    this.element = element(
      "nav",
      { class: "em-sections", "aria-label": "Sections of the record" },
      this.toggle,
      this.list,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      this.open(false);
      this.toggle.focus();
    });
  }

  get isOpen() {
    return this.element.classList.contains("em-sections--open");
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.element.classList.toggle("em-sections--open", isOpen);
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  /** @param {string} id */
  goTo(id) {
    for (const [each, { link }] of this.links) {
      if (each === id) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const index = this.sections.findIndex((section) => section.id === id);
    this.current.textContent = `${index + 1} of ${this.sections.length}: ${this.sections[index]?.label ?? ""}`;
  }

  /**
   * @param {string} id
   * @param {State | ""} state
   * @param {string} words
   */
  tell(id, state, words) {
    const listed = this.links.get(id);
    if (!listed) return;
    listed.state.textContent = words;
    listed.state.className = `em-sections__state em-sections__state--${state || "none"}`;
  }
}
