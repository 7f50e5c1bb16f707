// @ts-check

/** Fields that hold terms of the codebook: each with its definition, and what is easily confused. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";
import { ABSENCES } from "./schema_fields.js";

/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./schema_fields.js").Spec} Spec */
/** @typedef {import("./schema_fields.js").Term} Term */
/** @typedef {import("./schema_fields.js").Dimension} Dimension */

/** More terms than this are folded away, with a field to search them. */
const AT_ONCE = 8;

/** A field of one term or several. */
export class TermField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    this.dimension = /** @type {Dimension} */ (spec.dimension);
    this.several = spec.kind === "terms";
    /** @type {{term: Term, row: HTMLElement, box: HTMLInputElement | null}[]} */
    this.rows = [];
    this.list = element("div", { class: "em-terms" });
    this.chosen = element("ul", { class: "em-terms__chosen", "aria-label": `Chosen for “${spec.label}”` });
    if (this.dimension.terms.length > AT_ONCE) this.control.append(this.chosen, this.folded());
    else {
      this.control.append(this.list);
      this.fill();
    }
    this.frameGroup();
    this.refresh();
  }

  /** The ids that are chosen. */
  get ids() {
    const { value } = this;
    if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
    return typeof value === "string" && !ABSENCES.includes(value) ? [value] : [];
  }

  /** The list of terms behind a summary, made when it is first opened. */
  folded() {
    const id = `${this.id}-search`;
    const search = element("input", {
      type: "search",
      id,
      autocomplete: "off",
      placeholder: "words of a term or its definition",
    });
    search.addEventListener("input", () => this.filter(search.value));
    this.none = element("p", { class: "em-note", role: "status" });
    const folded = element(
      "details",
      { class: "em-terms__folded" },
      element("summary", {}, `Choose from ${this.dimension.terms.length} terms`),
      element("div", { class: "em-terms__search" }, element("label", { for: id }, "Search"), search),
      this.none,
      this.list,
    );
    folded.addEventListener("toggle", () => {
      if (folded.open && !this.rows.length) this.fill();
    });
    return folded;
  }

  /** Makes a row for each term, and one for what the file says but the codebook lacks. */
  fill() {
    const known = new Set(this.dimension.terms.map((term) => term.id));
    const unknown = this.ids.filter((id) => !known.has(id));
    const rest = unknown.map((id) => ({
      id,
      label: `“${id}”`,
      definition: "The codebook has no such term.",
      groups: [],
      is_group: false,
    }));
    this.rows = [...this.dimension.terms, ...rest].map((term, index) => this.row(term, index));
    this.list.replaceChildren(...this.rows.map((each) => each.row));
    if (!this.several) this.list.append(this.noTerm());
    this.check();
  }

  /**
   * @param {Term} term
   * @param {number} index
   */
  row(term, index) {
    const id = `${this.id}-t${index}`;
    const depth = Math.min(term.groups.length, 3);
    const more = element(
      "p",
      { class: "em-term__meaning", id: `${id}-meaning` },
      term.definition,
      term.not_for && element("span", { class: "em-term__not" }, ` Not for: ${term.not_for}`),
      term.examples?.length
        ? element("span", { class: "em-term__examples" }, ` Examples: ${term.examples.join("; ")}`)
        : null,
    );
    if (term.is_group && !this.dimension.groups_can_be_coded) {
      const row = element(
        "div",
        { class: `em-term em-term--group em-term--depth-${depth}` },
        element("p", { class: "em-term__label" }, term.label),
        more,
      );
      return { term, row, box: null };
    }
    const box = element("input", {
      type: this.several ? "checkbox" : "radio",
      id,
      name: this.id,
      value: term.id,
      "aria-describedby": `${id}-meaning`,
      change: () => this.choose(term.id, box.checked),
    });
    const label = element("label", { for: id, class: "em-term__label" }, term.label);
    const row = element(
      "div",
      { class: `em-term em-term--depth-${depth}` },
      element("div", { class: "em-check" }, box, label),
      more,
    );
    return { term, row, box };
  }

  noTerm() {
    const id = `${this.id}-none`;
    this.nothing = element("input", { type: "radio", id, name: this.id, change: () => this.put(undefined) });
    return element(
      "div",
      { class: "em-term em-check" },
      this.nothing,
      element("label", { for: id }, "Nothing chosen"),
    );
  }

  /**
   * @param {string} id
   * @param {boolean} isChosen
   */
  choose(id, isChosen) {
    if (!this.several) this.put(id);
    else {
      const others = this.ids.filter((each) => each !== id);
      const ids = isChosen ? [...others, id] : others;
      this.put(ids.length ? ids : undefined);
    }
    this.check();
  }

  /** Shows what is chosen. */
  check() {
    const ids = new Set(this.ids);
    for (const { term, box } of this.rows) if (box) box.checked = ids.has(term.id);
    if (this.nothing) this.nothing.checked = !ids.size;
    const labels = new Map(this.dimension.terms.map((term) => [term.id, term.label]));
    this.chosen.replaceChildren(...[...ids].map((id) => this.chip(id, labels.get(id) ?? `“${id}”`)));
    this.chosen.hidden = !ids.size;
  }

  /**
   * @param {string} id
   * @param {string} label
   */
  chip(id, label) {
    const click = () => {
      this.choose(id, false);
      this.focus();
    };
    return element(
      "li",
      {},
      label,
      element(
        "button",
        { type: "button", class: "em-chip__remove", "aria-label": `Remove “${label}”`, click },
        "×",
      ),
    );
  }

  /** @param {string} words */
  filter(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const found = new Set();
    for (const { term } of this.rows) {
      const text = [term.label, term.id, term.definition, term.not_for, ...(term.examples ?? [])]
        .join(" ")
        .toLowerCase();
      if (wanted.every((word) => text.includes(word)))
        for (const id of [term.id, ...term.groups]) found.add(id);
    }
    for (const { term, row } of this.rows) row.hidden = !found.has(term.id);
    if (this.none) this.none.textContent = found.size ? "" : "No term has these words.";
  }

  refresh() {
    super.refresh();
    if (this.rows.length && this.ids.some((id) => !this.rows.some((row) => row.term.id === id))) this.fill();
    this.check();
  }

  /** What is wrong with a field of terms concerns it as a whole. */
  controls() {
    return [];
  }
}

/** A field of names that the review has, such as its searches. */
export class SearchesField extends TermField {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    const terms = form.frame.searches.map(({ id, source }) => ({
      id,
      label: id,
      definition: source,
      groups: [],
      is_group: false,
    }));
    const dimension = {
      id: spec.name,
      label: spec.label,
      definition: "",
      applies_to: /** @type {const} */ ("records"),
      field: spec.path,
      several: true,
      groups_can_be_coded: false,
      terms,
    };
    super(form, { ...spec, kind: "terms", dimension }, holder);
  }
}
