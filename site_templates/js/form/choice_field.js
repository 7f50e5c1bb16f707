// @ts-check

/** Fields with a few words to choose from. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";

/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./schema_fields.js").Spec} Spec */

/** More choices than this are offered in a menu. */
const SIDE_BY_SIDE = 5;

/**
 * Returns a field that offers words, as buttons or in a menu.
 *
 * @param {Form} form
 * @param {Spec} spec
 * @param {Holder | null} holder
 */
export function choiceField(form, spec, holder) {
  return spec.choices.length > SIDE_BY_SIDE
    ? new MenuField(form, spec, holder)
    : new RadioField(form, spec, holder);
}

/** A field with its choices side by side. */
class RadioField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    this.control.classList.add("em-choices");
    const written = typeof this.value === "string" ? this.value : "";
    const unknown = written && !spec.choices.some((each) => each.value === written);
    const choices = [
      ...spec.choices,
      ...(unknown ? [{ value: written, label: `“${written}”, as the file says` }] : []),
      ...(spec.required || spec.initial ? [] : [{ value: "", label: "Nothing is said" }]),
    ];
    this.radios = choices.map(({ value, label }, index) => {
      const id = `${this.id}-${index}`;
      const radio = element("input", {
        type: "radio",
        id,
        name: this.id,
        value,
        "aria-describedby": `${this.id}-wrong`,
      });
      radio.addEventListener("change", () => this.put(value || undefined));
      const [name, ...rest] = label.split(/(?<=:) /);
      const words = rest.length ? [element("strong", {}, name), ` ${rest.join(" ")}`] : [label];
      this.control.append(
        element("div", { class: "em-check" }, radio, element("label", { for: id }, ...words)),
      );
      return radio;
    });
    this.frameGroup();
    this.refresh();
  }

  refresh() {
    super.refresh();
    const value = typeof this.value === "string" ? this.value : this.spec.initial;
    for (const radio of this.radios) radio.checked = radio.value === value;
  }

  focus() {
    (this.radios.find((radio) => radio.checked) ?? this.radios[0])?.focus();
  }
}

/** A field with a menu. */
class MenuField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    this.select = element("select", { id: this.id, "aria-describedby": this.describedBy });
    if (!spec.required && !spec.initial)
      this.select.append(element("option", { value: "" }, "Nothing is said"));
    for (const { value, label } of spec.choices) this.select.append(element("option", { value }, label));
    const written = typeof this.value === "string" ? this.value : "";
    if (written && !spec.choices.some((each) => each.value === written)) {
      this.select.append(element("option", { value: written }, `“${written}”, as the file says`));
    }
    this.select.addEventListener("change", () => this.put(this.select.value || undefined));
    this.control.append(this.select);
    this.frameSimple();
    this.refresh();
  }

  refresh() {
    super.refresh();
    this.select.value = typeof this.value === "string" ? this.value : this.spec.initial;
  }
}
