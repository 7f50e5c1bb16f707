// @ts-check

/** One entry of a list: its summary, what can be done with it, and its fields when it is open. */

import { element } from "../live/elements.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./field.js").Field} Field */
/** @typedef {import("./field.js").Problem} Problem */

/** Entries with no more fields than this are always open. */
const SMALL = 2;

const LONGEST_SUMMARY = 120;

/** An entry. Its fields are made when it is first opened, so that long lists are quick. */
export class ListEntry {
  /** @param {import("./list_field.js").ListField} list */
  constructor(list) {
    this.list = list;
    const { form, spec } = list;
    this.isText = !spec.fields.length;
    this.isSmall = this.isText || spec.fields.length <= SMALL;
    /** @type {Field | null} */
    this.field = null;
    /** @type {Problem[]} */
    this.problems = [];
    this.name = element("span", { class: "em-item__name" });
    this.wrong = element("span", { class: "em-item__wrong" });
    this.toggle = element(
      "button",
      {
        type: "button",
        class: "em-item__open",
        "aria-expanded": "false",
        click: () => this.expand(!this.isOpen),
      },
      this.name,
      " ",
      this.wrong,
    );
    const button = (/** @type {string} */ sign, /** @type {() => void} */ click) =>
      element("button", { type: "button", class: "em-item__button", click }, sign);
    this.up = button("Up", () => list.move(this, -1));
    this.down = button("Down", () => list.move(this, 1));
    this.out = button("Remove", () => list.remove(this));
    this.body = element("div", { class: "em-item__body", hidden: true });
    const buttons = element("div", { class: "em-item__buttons" }, this.up, this.down, this.out);
    this.element = element("li", { class: "em-item" });
    if (this.isSmall) {
      this.element.classList.add("em-item--small");
      this.element.append(this.body, buttons);
      this.expand(true);
    } else {
      this.element.append(element("div", { class: "em-item__head" }, this.toggle, buttons), this.body);
      this.element.addEventListener("input", () => this.nameIt());
      this.element.addEventListener("change", () => this.nameIt());
    }
    this.element.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (to instanceof Node && !this.element.contains(to) && form.fresh.delete(this))
        form.draft.tell(this.path);
    });
  }

  /** @returns {Path} */
  get path() {
    return [...this.list.path, this.list.entries.indexOf(this)];
  }

  get isOpen() {
    return !this.body.hidden;
  }

  /**
   * @param {number} index
   * @param {number} count
   */
  number(index, count) {
    const { noun } = this.list;
    this.position = index + 1;
    this.nameIt();
    this.up.disabled = index === 0;
    this.down.disabled = index === count - 1;
    this.up.setAttribute("aria-label", `Move ${noun} ${this.position} up`);
    this.down.setAttribute("aria-label", `Move ${noun} ${this.position} down`);
    this.out.setAttribute("aria-label", `Remove ${noun} ${this.position}`);
    this.label();
  }

  /** Names what is in the entry for those who hear it. */
  label() {
    const { noun, spec } = this.list;
    const named = this.isText ? this.field?.controls()[0] : this.field?.element;
    named?.setAttribute("aria-label", `${spec.label}, ${noun} ${this.position}`);
  }

  nameIt() {
    const text = `${this.position}. ${this.summary()}`;
    if (this.name.textContent !== text) this.name.textContent = text;
  }

  /** What the entry says, in short. */
  summary() {
    const text = inShort(this.list.form.draft.at(this.path));
    const cut = text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY)}…` : text;
    return cut || `New ${this.list.noun}`;
  }

  /** @param {boolean} isOpen */
  expand(isOpen) {
    this.body.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && !this.field) {
      this.field = this.made();
      this.body.append(this.field.element);
      this.label();
      this.field.show(this.problems);
    }
  }

  /** The field that holds what the entry consists of, with the entry's place in the list as its name. */
  made() {
    const { form, spec } = this.list;
    const inner = {
      ...spec,
      name: "",
      required: false,
      canBeAbsent: false,
      isFurther: false,
      description: "",
      example: "",
      fields: this.isSmall ? spec.fields.map((field) => ({ ...field, description: "" })) : spec.fields,
    };
    const field = form.make({ ...inner, kind: spec.entryKind }, this, true);
    field.element.classList.add("em-field--entry");
    return field;
  }

  /** @param {Problem[]} problems */
  show(problems) {
    this.problems = problems;
    this.wrong.textContent = problems.length ? `${problems.length} to look at` : "";
    this.field?.show(problems);
  }

  opened() {
    this.expand(true);
    return this.field;
  }

  focus() {
    this.opened()?.focus();
  }

  focusHead() {
    if (this.isSmall) this.focus();
    else this.toggle.focus();
  }
}

/** What names an entry best, the first first. */
const TELLING = ["statement", "literal", "text", "label", "name", "by", "field", "id"];

/**
 * @param {Value | undefined} value
 * @returns {string}
 */
function inShort(value) {
  if (typeof value === "string") return value;
  if (!value || Array.isArray(value)) return "";
  const text = (/** @type {string} */ name) => (typeof value[name] === "string" ? value[name] : "");
  const family = [text("particle"), text("family")].filter(Boolean).join(" ");
  if (family || text("given")) return [family, text("given")].filter(Boolean).join(", ");
  return TELLING.map(text).find(Boolean) ?? "";
}
