// @ts-check

/** A field of the form: its label, what it means, what is wrong with it, and why it may be blank. */

import { element } from "../live/elements.js";
import { ABSENCES } from "./schema_fields.js";

/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./schema_fields.js").Spec} Spec */
/** @typedef {import("./schema_fields.js").Frame} Frame */

/**
 * @typedef {object} Problem
 * @property {Path} path
 * @property {string} code
 * @property {"error" | "warning"} severity
 * @property {string} message
 * @property {string} hint
 */

/** @typedef {{path: Path, settle?: () => void}} Holder A field or an entry of a list, in which fields stand. */

/**
 * @typedef {object} Form What every field knows.
 * @property {Frame} frame
 * @property {import("./recorded.js").Recorded[]} recorded
 * @property {import("./places.js").PlaceNames} places
 * @property {import("./draft.js").Draft} draft
 * @property {string} root The way to the root of the site.
 * @property {string} today
 * @property {(spec: Spec, holder: Holder | null, isBare?: boolean) => Field} make
 * @property {Set<Holder>} fresh Entries of lists that nobody has left yet.
 * @property {(text: string) => void} say Tells those who hear the page rather than see it.
 */

const REASONS = {
  "not reported": "Not reported: the source was read and does not say",
  "not applicable": "Not applicable: the question does not arise",
  "not yet extracted": "Not yet extracted: nobody has looked",
};

let made = 0;

/** A field. Subclasses put what a person fills in into `control`. */
export class Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   * @param {boolean} [isBare] Whether the heading of its section names it.
   */
  constructor(form, spec, holder, isBare = false) {
    this.form = form;
    this.spec = spec;
    this.holder = holder;
    this.isBare = isBare;
    made += 1;
    this.id = `_f${made}`;
    this.control = element("div", { class: "em-field__control" });
    this.wrongs = element("div", { class: "em-field__problems", id: `${this.id}-wrong` });
    this.shown = "";
    /** @type {HTMLSelectElement | null} */
    this.absence = null;
    this.element = element("div", { class: "em-field", "data-path": spec.path });
  }

  /** @returns {Path} An entry of a list has no name; its place is that of what holds it. */
  get path() {
    const { name } = this.spec;
    return [...(this.holder?.path ?? []), ...(name ? [name] : [])];
  }

  get value() {
    return this.form.draft.at(this.path);
  }

  /** @param {Value | undefined} value */
  put(value) {
    this.settle();
    this.form.draft.put(this.path, value);
  }

  /** Makes sure that what holds the field has its place in the record. */
  settle() {
    this.holder?.settle?.();
  }

  /** Whether one of the three words stands where a value could. */
  get isAbsent() {
    return this.spec.canBeAbsent && typeof this.value === "string" && ABSENCES.includes(this.value);
  }

  /** The ids of what explains it. */
  get describedBy() {
    return `${this.id}-help ${this.id}-wrong`;
  }

  /** Puts together a field with one control, which its label names. */
  frameSimple() {
    this.element.append(
      element(
        "div",
        { class: "em-field__head" },
        element("label", { class: "em-field__label", for: this.id }, this.spec.label),
        this.need(),
      ),
      this.help(),
      this.control,
      this.absenceChoice() ?? "",
      this.wrongs,
    );
  }

  /** Puts together a field with several controls. */
  frameGroup() {
    const { element: outside } = this;
    outside.classList.add("em-field--group");
    outside.setAttribute("role", "group");
    outside.setAttribute("aria-describedby", this.describedBy);
    if (this.isBare) outside.setAttribute("aria-label", this.spec.label);
    else {
      outside.setAttribute("aria-labelledby", `${this.id}-label`);
      const label = element("span", { class: "em-field__label", id: `${this.id}-label` }, this.spec.label);
      outside.append(element("div", { class: "em-field__head" }, label, this.need()));
    }
    outside.append(this.help(), this.absenceChoice() ?? "", this.wrongs, this.control);
  }

  need() {
    return this.spec.required ? element("span", { class: "em-field__need" }, "needed") : null;
  }

  help() {
    const { description, example } = this.spec;
    const shown = this.isBare ? "" : description;
    return element(
      "p",
      { class: "em-field__help", id: `${this.id}-help`, hidden: !shown && !example },
      shown,
      shown && example ? " " : "",
      example && element("span", { class: "em-field__example" }, `For example: ${example}`),
    );
  }

  /** A way to say why there is no value, where the record may say so. */
  absenceChoice() {
    if (!this.spec.canBeAbsent) return null;
    const name = `${this.id}-absence`;
    const choice = element("select", {
      id: name,
      "aria-label": `No value for “${this.spec.label}”, because`,
    });
    choice.append(element("option", { value: "" }, "say why"));
    for (const word of ABSENCES) {
      choice.append(element("option", { value: word }, REASONS[/** @type {keyof REASONS} */ (word)]));
    }
    /** @type {Value | undefined} */
    let earlier;
    choice.addEventListener("change", () => {
      if (!this.isAbsent) earlier = this.value;
      this.put(choice.value || earlier);
      this.refresh();
    });
    this.absence = choice;
    return element(
      "div",
      { class: "em-field__absence" },
      element("label", { for: name }, "No value?"),
      choice,
    );
  }

  /** Shows what the draft says, after it was changed from elsewhere. */
  refresh() {
    if (!this.absence) return;
    const absent = this.isAbsent;
    this.absence.value = absent ? String(this.value) : "";
    this.control.hidden = absent;
    this.element.classList.toggle("em-field--absent", absent);
  }

  /** The controls that are wrong when the field is. */
  controls() {
    const all = this.control.querySelectorAll("input, textarea, select");
    return /** @type {HTMLElement[]} */ ([...all]);
  }

  /**
   * Shows what is wrong here.
   *
   * @param {Problem[]} problems
   */
  show(problems) {
    this.tellProblems(problems);
    const isWrong = problems.some((problem) => problem.severity === "error");
    for (const control of this.controls()) mark(control, isWrong);
  }

  /** @param {Problem[]} problems */
  tellProblems(problems) {
    const told = JSON.stringify(problems.map(({ code, message, hint }) => [code, message, hint]));
    if (told === this.shown) return;
    this.shown = told;
    this.wrongs.replaceChildren(...problems.map((problem) => described(problem, this.form.root)));
    this.element.classList.toggle("em-field--wrong", problems.length > 0);
  }

  /**
   * Returns the field that stands in this one, made if it was not there yet.
   *
   * @param {string | number} _step
   * @returns {Field | null}
   */
  open(_step) {
    return null;
  }

  focus() {
    const first = this.isAbsent
      ? this.absence
      : this.control.querySelector("input, textarea, select, button, summary");
    if (first instanceof HTMLElement) first.focus();
  }
}

/**
 * @param {HTMLElement} control
 * @param {boolean} isWrong
 */
function mark(control, isWrong) {
  if (isWrong) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/**
 * Returns a problem as it stands beside its field.
 *
 * @param {Problem} problem
 * @param {string} root
 */
export function described(problem, root) {
  const isError = problem.severity === "error";
  return element(
    "p",
    { class: `em-problem em-problem--${problem.severity}` },
    element("strong", {}, isError ? "To mend: " : "To look at: "),
    `${problem.message}. `,
    problem.hint && `${problem.hint} `,
    element("a", { href: `${root}contribute/checks/#${problem.code}`, target: "_blank" }, "Why this matters"),
  );
}
