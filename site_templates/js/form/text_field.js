// @ts-check

/** Fields that are filled in with the keyboard: a line, a text, a number, a date. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";

/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./schema_fields.js").Spec} Spec */

const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

/** A text, a number or a date. */
export class TextField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   * @param {boolean} [isBare]
   */
  constructor(form, spec, holder, isBare) {
    super(form, spec, holder, isBare);
    const isLong = spec.kind === "long" || spec.kind === "prose";
    this.input = element(isLong ? "textarea" : "input", {
      id: this.id,
      "aria-describedby": spec.name ? this.describedBy : `${this.id}-wrong`,
      autocomplete: "off",
      placeholder: spec.initial || null,
      ...(isLong ? { rows: spec.kind === "prose" ? 8 : 3 } : { type: "text" }),
      ...(spec.kind === "number" && { inputmode: "numeric", class: "em-input--short" }),
      ...(spec.kind === "date" && { class: "em-input--short" }),
      spellcheck: String(isLong),
      input: () => this.put(this.input.value.trim() || undefined),
    });
    this.control.append(this.input);
    if (spec.kind === "date" && WHOLE_DAY.test(spec.example)) this.control.append(this.today());
    if (isBare && !spec.name) this.element.append(this.control, this.wrongs);
    else this.frameSimple();
    this.refresh();
  }

  today() {
    const click = () => {
      this.input.value = this.form.today;
      this.put(this.form.today);
    };
    const name = `Today, for “${this.spec.label}”`;
    return element("button", { type: "button", class: "em-link-button", "aria-label": name, click }, "Today");
  }

  refresh() {
    super.refresh();
    const value = this.isAbsent ? "" : this.value;
    const text = typeof value === "string" ? value : "";
    if (this.input.value !== text) this.input.value = text;
  }

  focus() {
    if (this.isAbsent) this.absence?.focus();
    else this.input.focus();
  }
}

/** Whether the authors are all that the paper has. */
export class CompleteField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    this.input = element("input", {
      id: this.id,
      type: "checkbox",
      "aria-describedby": `${this.id}-wrong`,
      change: () => this.put(this.input.checked ? "false" : undefined),
    });
    const label = element("label", { for: this.id }, "The source names only the first authors (“et al.”)");
    this.control.append(element("div", { class: "em-check" }, this.input, label));
    this.element.append(this.control, this.wrongs);
    this.refresh();
  }

  refresh() {
    this.input.checked = /^(false|no)$/i.test(String(this.value ?? ""));
  }
}
