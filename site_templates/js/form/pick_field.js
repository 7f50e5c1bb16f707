// @ts-check

/** Fields whose values are looked up by name: countries, regions, other records, studies. */

import { element } from "../live/elements.js";
import { chooser, fitting } from "./chooser.js";
import { Field } from "./field.js";
import { ABSENCES } from "./schema_fields.js";

/** @typedef {import("./chooser.js").Offer} Offer */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./schema_fields.js").Spec} Spec */

const ASKED = {
  countries: "the name of a country",
  subdivisions: "the name of a state, province or nation",
  records: "words of a title, an author or a key",
  studies: "the name of a study",
};

/** A field of one value or several that are looked up. */
export class PickField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    /** @type {Offer[] | undefined} */
    this.all = undefined;
    this.source = spec.source ?? "records";
    this.chips = element("ul", { class: "em-terms__chosen", "aria-label": `Chosen for “${spec.label}”` });
    const { element: search, input } = chooser({
      id: this.id,
      label: spec.label,
      describedBy: this.describedBy,
      placeholder: ASKED[this.source],
      offers: (words) => fitting(this.offers(), words),
      choose: (offer) => this.add(offer.value),
      typed: (text) => this.add(text),
    });
    this.input = input;
    this.control.append(this.chips, search);
    this.frameSimple();
    this.refresh();
  }

  /** @returns {string[]} */
  get chosen() {
    const { value } = this;
    if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
    return typeof value === "string" && !ABSENCES.includes(value) ? [value] : [];
  }

  /** @returns {Offer[]} All that can be picked. */
  known() {
    return (this.all ??= offersOf(this.form, this.source));
  }

  /** @returns {Offer[]} */
  offers() {
    return this.known().filter((offer) => !this.chosen.includes(offer.value));
  }

  /** @param {string} value */
  add(value) {
    const others = this.chosen.filter((each) => each !== value);
    this.put(this.spec.several ? [...others, value] : value);
    this.refresh();
    this.form.say(`Added: ${this.named(value)}`);
  }

  /** @param {string} value */
  named(value) {
    if (this.source === "countries" || this.source === "subdivisions") {
      const name = Object.hasOwn(this.form.places[this.source], value)
        ? this.form.places[this.source][value]
        : "";
      return name ? `${name} (${value})` : value;
    }
    const offer = this.known().find((each) => each.value === value);
    return offer ? `${offer.label} ${offer.note ?? ""}`.trim() : value;
  }

  refresh() {
    super.refresh();
    this.chips.replaceChildren(...this.chosen.map((value) => this.chip(value)));
    this.chips.hidden = !this.chosen.length;
  }

  /** @param {string} value */
  chip(value) {
    const label = this.named(value);
    const click = () => {
      const others = this.chosen.filter((each) => each !== value);
      this.put(this.spec.several && others.length ? others : undefined);
      this.refresh();
      this.input.focus();
    };
    const name = `Remove ${label}`;
    const button = element(
      "button",
      { type: "button", class: "em-chip__remove", "aria-label": name, click },
      "×",
    );
    return element("li", {}, label, button);
  }

  focus() {
    if (this.isAbsent) this.absence?.focus();
    else this.input.focus();
  }
}

/**
 * @param {Form} form
 * @param {NonNullable<Spec["source"]>} source
 * @returns {Offer[]}
 */
function offersOf(form, source) {
  if (source === "studies")
    return form.frame.studies.map(({ id, title }) => ({ value: id, label: id, note: title }));
  if (source === "records") return recordOffers(form.recorded, form.draft.key);
  const { spellings } = form.places;
  return Object.entries(form.places[source]).map(([value, label]) => {
    const others = source === "countries" ? (spellings[value] ?? []).filter((each) => each !== label) : [];
    return { value, label, note: value, ...(others.length && { words: others.join(" ") }) };
  });
}

/**
 * Returns the records of the review as they are looked up: by key, author, year, title and DOI.
 *
 * @param {import("./recorded.js").Recorded[]} recorded
 * @param {string} [except] A key that is not offered.
 * @returns {Offer[]}
 */
export function recordOffers(recorded, except) {
  return recorded
    .filter((record) => record.key !== except)
    .map((record) => ({
      value: record.key,
      label: record.key,
      note: [`${(record.authors ?? []).join(", ")} ${record.year ?? ""}`.trim(), record.title, record.doi]
        .filter(Boolean)
        .join(" · "),
    }));
}
