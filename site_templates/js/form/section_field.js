// @ts-check

/** A field that consists of fields. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";
import { under } from "./problem_paths.js";

/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./field.js").Problem} Problem */
/** @typedef {import("./schema_fields.js").Spec} Spec */

/** Fields that belong together; those that few papers need are folded away. */
export class SectionField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   * @param {boolean} [isBare]
   */
  constructor(form, spec, holder, isBare) {
    super(form, spec, holder, isBare);
    this.fields = spec.fields.map((inner) => form.make(inner, this));
    const usual = this.fields.filter((field) => !field.spec.isFurther);
    const further = this.fields.filter((field) => field.spec.isFurther);
    this.control.append(...usual.map((field) => field.element));
    if (further.length) this.control.append(this.folded(further));
    this.frameGroup();
    this.refresh();
  }

  /** @param {Field[]} further */
  folded(further) {
    const isFilled = further.some((field) => field.value !== undefined);
    const names = further.map((field) => field.spec.label.toLowerCase());
    this.more = element(
      "details",
      { class: "em-further", open: isFilled },
      element("summary", {}, `More: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""}`),
      ...further.map((field) => field.element),
    );
    return this.more;
  }

  refresh() {
    super.refresh();
    for (const field of this.fields ?? []) field.refresh();
  }

  /** @param {Problem[]} problems */
  show(problems) {
    const left = under(problems, this.fields, (field) => field.spec.name, this.path.length);
    this.tellProblems(left);
  }

  /** @param {string | number} step */
  open(step) {
    const field = this.fields.find((each) => each.spec.name === step) ?? null;
    if (field?.spec.isFurther && this.more) this.more.open = true;
    return field;
  }

  focus() {
    if (this.isAbsent) this.absence?.focus();
    else (this.fields.find((field) => !field.element.hidden) ?? this.fields[0])?.focus();
  }
}
