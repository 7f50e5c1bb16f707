// @ts-check

/** Fields that are lists: entries can be added, moved and taken away, and brought back. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";
import { ListEntry } from "./list_entry.js";
import { under } from "./problem_paths.js";

/** @typedef {import("./entry.js").Value} Value */
/** @typedef {string | import("./entry.js").Entry} Item An entry of a list. */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./field.js").Problem} Problem */
/** @typedef {import("./schema_fields.js").Spec} Spec */

/** What one entry of a list is called, by the name of the list. */
const SINGULAR = /** @type {Record<string, string>} */ ({
  authors: "author",
  editors: "editor",
  findings: "finding",
  quotes: "quotation",
  groups: "division",
  parts: "part",
  funders: "funder",
  notices: "notice",
  limitations: "limitation",
  by: "name",
  checked_by: "name",
  source: "address",
  keywords: "keyword",
  keep_capitals: "name",
  framework: "theory or model",
  software: "program",
  adjudication: "settled difference",
  first_said: "value",
});

/** A list. */
export class ListField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   * @param {boolean} [isBare]
   */
  constructor(form, spec, holder, isBare) {
    super(form, spec, holder, isBare);
    this.noun = SINGULAR[spec.name] ?? "entry";
    this.list = element("ol", { class: "em-items" });
    this.undo = element("div", { class: "em-undo", hidden: true });
    this.adding = element(
      "button",
      { type: "button", class: "em-button", click: () => this.add() },
      `Add ${article(this.noun)}`,
    );
    this.control.append(
      this.list,
      this.undo,
      ...this.before(),
      element("p", { class: "em-actions" }, this.adding),
    );
    this.frameGroup();
    /** @type {ListEntry[]} */
    this.entries = [];
    this.refresh();
  }

  /** @returns {Node[]} What stands above the button that adds an entry. */
  before() {
    return [];
  }

  /** @returns {Item[]} */
  get values() {
    return Array.isArray(this.value) ? this.value : [];
  }

  refresh() {
    super.refresh();
    if (!this.entries) return;
    this.entries = this.values.map(() => new ListEntry(this));
    this.list.replaceChildren(...this.entries.map((entry) => entry.element));
    this.number();
  }

  /** Shows the entries' numbers, and which can be moved where. */
  number() {
    this.entries.forEach((entry, index) => entry.number(index, this.entries.length));
    this.list.hidden = !this.entries.length;
  }

  /**
   * Adds an entry and goes to it.
   *
   * @param {Item} [value]
   */
  add(value = this.spec.fields.length ? {} : "") {
    const [entry] = this.append([value]);
    if (!entry) return;
    this.form.fresh.add(entry);
    entry.expand(true);
    entry.focus();
  }

  /**
   * @param {Item[]} values
   * @returns {ListEntry[]}
   */
  append(values) {
    this.put([...this.values, ...values]);
    const made = values.map(() => new ListEntry(this));
    this.entries.push(...made);
    this.list.append(...made.map((entry) => entry.element));
    this.number();
    return made;
  }

  /**
   * @param {ListEntry} entry
   * @param {-1 | 1} by
   */
  move(entry, by) {
    const from = this.entries.indexOf(entry);
    const to = from + by;
    const other = this.entries[to];
    if (!other) return;
    const values = [...this.values];
    [values[from], values[to]] = [/** @type {Item} */ (values[to]), /** @type {Item} */ (values[from])];
    [this.entries[from], this.entries[to]] = [other, entry];
    // The other one is moved, so that the one with the focus keeps it.
    if (by < 0) entry.element.after(other.element);
    else entry.element.before(other.element);
    this.put(values);
    this.number();
    this.form.say(`Moved to place ${to + 1} of ${values.length}.`);
  }

  /** @param {ListEntry} entry */
  remove(entry) {
    const index = this.entries.indexOf(entry);
    const removed = /** @type {Item} */ (this.values[index]);
    const name = entry.summary();
    this.entries.splice(index, 1);
    entry.element.remove();
    this.form.fresh.delete(entry);
    this.put(this.values.filter((_, at) => at !== index));
    this.number();
    if (isEmpty(removed)) this.adding.focus();
    else this.offerUndo(index, removed, name);
  }

  /**
   * @param {number} index
   * @param {Item} removed
   * @param {string} name
   */
  offerUndo(index, removed, name) {
    const click = () => {
      const at = Math.min(index, this.values.length);
      this.put([...this.values.slice(0, at), removed, ...this.values.slice(at)]);
      const entry = new ListEntry(this);
      this.entries.splice(at, 0, entry);
      if (at) this.entries[at - 1]?.element.after(entry.element);
      else this.list.prepend(entry.element);
      this.number();
      this.undo.hidden = true;
      entry.focusHead();
    };
    const button = element("button", { type: "button", class: "em-button", click }, "Bring it back");
    this.undo.replaceChildren(element("span", { role: "status" }, `Removed: ${name}`), button);
    this.undo.hidden = false;
    button.focus();
  }

  /** @param {Problem[]} problems */
  show(problems) {
    this.tellProblems(under(problems, this.entries, (_, index) => index, this.path.length));
  }

  /** @param {string | number} step */
  open(step) {
    const entry = this.entries[Number(step)];
    return entry ? entry.opened() : null;
  }

  focus() {
    if (this.isAbsent) this.absence?.focus();
    else if (this.entries[0]) this.entries[0].focusHead();
    else this.adding.focus();
  }
}

/** @param {string} noun */
function article(noun) {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/**
 * @param {Value} value
 * @returns {boolean}
 */
function isEmpty(value) {
  return typeof value === "string" ? !value.trim() : Object.values(value).every(isEmpty);
}
