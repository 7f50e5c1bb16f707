// @ts-check

/** The form for one record: its sections one at a time, checked and saved as one types. */

import { element } from "../live/elements.js";
import { checked, isNeeded, sectionOf, stateOf } from "./checking.js";
import { Ending } from "./ending.js";
import { described } from "./field.js";
import { makeField } from "./fields.js";
import { KeyField, Likenesses } from "./key_field.js";
import { under } from "./problem_paths.js";
import { sectionsOf } from "./schema_fields.js";
import { SectionList } from "./section_list.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./field.js").Field} Field */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./schema_fields.js").Section} Section */

const END = "end";

/** How long the page waits after a key before it checks, in milliseconds. */
const PAUSE = 250;

/** What is said at the beginning of a section. */
const INTRODUCTIONS = /** @type {Record<string, string>} */ ({
  reference: "What is needed to cite the paper. Only the title is needed, but give all that the paper gives.",
  study: "Leave this out if the paper stands alone.",
  screening:
    "Whether the paper belongs to the review. An excluded paper needs this and its reference, and nothing else.",
  extraction: "What the record rests on, who made it and when.",
  design: "How the study was done, in your own words.",
  sample: "Who took part.",
  setting: "Where and when.",
  findings:
    "One entry is one thing that the paper found. Say it in one or two sentences of your own, and where the paper says it, so that somebody else finds the place within a minute.",
  appraisal: "How sound the methods are. Only what was read in full text is appraised; else say why not.",
  funding:
    "Who paid, what the authors declare, and which limitations they name themselves. Your own doubts belong into the notes.",
  notices:
    "Leave this out unless the paper was corrected, retracted or withdrawn, or somebody has stated a concern about it.",
  notes:
    "Anything else worth knowing. Notes may hold paragraphs, lists and links in Markdown (**bold**, [words](address)), but no HTML.",
  [END]: "Nothing has been sent yet. See what is still open, then choose a way.",
});

/** The form for one draft. */
export class Editor {
  /**
   * @param {Omit<Form, "make" | "fresh">} known
   * @param {(draft: Draft) => void} changed Keeps the draft.
   */
  constructor(known, changed) {
    /** @type {Form} */
    this.form = {
      ...known,
      fresh: new Set(),
      make: (spec, holder, isBare) => makeField(this.form, spec, holder, isBare),
    };
    this.draft = known.draft;
    this.changed = changed;
    this.sections = sectionsOf(known.frame);
    this.steps = [
      ...this.sections.map(({ id, label }) => ({ id, label })),
      { id: END, label: "Check and send" },
    ];
    this.nav = new SectionList(this.steps, (id) => this.show(id));
    this.key = new KeyField(this.form);
    this.likenesses = new Likenesses(this.form);
    this.ending = new Ending(
      this.form,
      (path) => this.goTo(path),
      (path) => this.named(path),
    );
    /** @type {Map<string, {element: HTMLElement, heading: HTMLElement, fields: Field[]}>} */
    this.made = new Map();
    this.specs = this.sections.flatMap((section) => section.fields);
    this.others = element("div", { class: "em-form__others em-field__problems", tabindex: "-1" });
    this.holder = element("div", { class: "em-form__sections" }, this.others);
    this.element = element("div", { class: "em-form__body" }, this.nav.element, this.holder);
    this.current = "";
    /** @type {number | undefined} How much there was to mend when it was last said. */
    this.wrong = undefined;
    this.checks = checked(this.form, this.sections, false);
    this.waiting = 0;
    this.draft.addEventListener("change", () => this.lookSoon(PAUSE));
    this.element.addEventListener("change", () => this.lookSoon(0));
    this.holdStill();
  }

  /**
   * Checks the record after a pause.
   *
   * @param {number} pause In milliseconds.
   */
  lookSoon(pause) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      if (this.isPressed) this.isOwed = true;
      else this.look();
    }, pause);
  }

  /** Shows nothing new while a button is pressed: it would move away from under the pointer. */
  holdStill() {
    this.isPressed = false;
    this.isOwed = false;
    this.element.addEventListener("pointerdown", () => (this.isPressed = true), { capture: true });
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => {
        this.isPressed = false;
        if (this.isOwed) this.lookSoon(0);
        this.isOwed = false;
      });
    }
  }

  /**
   * Shows a section, and leaves the one that was shown.
   *
   * @param {string} id
   * @param {boolean} [isFocused] Whether the focus goes to its heading.
   */
  show(id, isFocused = true) {
    const step = this.steps.some((each) => each.id === id) ? id : (this.steps[0]?.id ?? "");
    if (this.current && this.current !== step) {
      this.draft.visited.add(this.current);
      if (step === END) for (const section of this.sections) this.draft.visited.add(section.id);
      this.form.fresh.clear();
    }
    this.current = step;
    const { heading } = this.section(step);
    for (const [each, { element: shown }] of this.made) shown.hidden = each !== step;
    this.nav.goTo(step);
    history.replaceState(null, "", `#${step}`);
    this.look();
    if (isFocused) {
      heading.focus({ preventScroll: true });
      this.element.scrollIntoView({ block: "start" });
    }
  }

  /**
   * Returns a section, made when it is first needed.
   *
   * @param {string} id
   */
  section(id) {
    const earlier = this.made.get(id);
    if (earlier) return earlier;
    const index = this.steps.findIndex((step) => step.id === id);
    const label = this.steps[index]?.label ?? "";
    const heading = element("h2", { id: `_section-${id}`, tabindex: "-1" }, label);
    const specs = this.sections.find((section) => section.id === id)?.fields ?? [];
    const fields = specs.map((spec) => this.form.make(spec, null, specs.length === 1));
    const content = id === END ? [this.ending.element] : fields.map((field) => field.element);
    if (id === "reference") content.push(this.key.element);
    const shown = element(
      "section",
      { class: "em-form__section", "aria-labelledby": heading.id },
      heading,
      element("p", { class: "em-form__intro" }, INTRODUCTIONS[id] ?? ""),
      id === "reference" && this.likenesses.element,
      ...content,
      this.ways(index),
    );
    this.holder.append(shown);
    const made = { element: shown, heading, fields };
    this.made.set(id, made);
    return made;
  }

  /** @param {number} index */
  ways(index) {
    const way = (/** @type {number} */ to, /** @type {string} */ word, /** @type {string} */ look) => {
      const step = this.steps[to];
      return (
        step &&
        element(
          "button",
          { type: "button", class: look, click: () => this.show(step.id) },
          `${word}: ${step.label}`,
        )
      );
    };
    return element(
      "p",
      { class: "em-actions em-form__ways" },
      way(index - 1, "Back", "em-button"),
      way(index + 1, "Next", "em-button em-button--primary"),
    );
  }

  /** Checks the record and shows what it finds. */
  look() {
    this.key.suggest();
    this.changed(this.draft);
    this.checks = checked(this.form, this.sections, this.draft.visited.has(END) || this.current === END);
    const { shown } = this.checks;
    const own = shown.filter((problem) => problem.path.length > 0);
    const fields = [...this.made.values()].flatMap((section) => section.fields);
    under(own, fields, (field) => field.spec.name, 0);
    const unplaced = own.filter(({ path }) => !this.specs.some((spec) => spec.name === path[0]));
    this.others.replaceChildren(...unplaced.map((problem) => described(problem, this.form.root)));
    this.key.show(shown.filter((problem) => problem.path.length === 0));
    this.likenesses.refresh();
    this.showReason();
    this.tellStates();
    if (this.current === END) this.ending.refresh(this.checks);
  }

  /** A reason for exclusion is asked for where the paper is excluded. */
  showReason() {
    const screening = this.made.get("screening")?.fields[0];
    const reason = screening?.open("reason");
    if (!reason) return;
    const isExcluded = this.draft.at(["screening", "decision"]) === "excluded";
    reason.element.hidden = !isExcluded && reason.value === undefined;
  }

  tellStates() {
    let wrong = 0;
    for (const section of this.sections) {
      const { state, errors, warnings } = stateOf(this.draft, section, this.checks, this.sections);
      wrong += errors;
      const isNeededNow = isNeeded(this.draft, section.id);
      const words = {
        wrong: `${errors} to mend`,
        complete: warnings ? `complete, ${warnings} to look at` : "complete",
        begun: "begun",
        empty: isNeededNow ? "needed" : "empty",
      };
      this.nav.tell(section.id, state, words[state]);
    }
    const open = this.checks.all.filter((problem) => problem.severity === "error").length;
    this.nav.tell(END, "", open ? "" : "ready");
    if (this.wrong !== undefined && this.wrong !== wrong) {
      this.form.say(
        wrong
          ? `${wrong} ${wrong === 1 ? "thing" : "things"} to mend.`
          : "Nothing to mend in what is filled in.",
      );
    }
    this.wrong = wrong;
  }

  /**
   * Goes to the field at a place, or to the one nearest to it.
   *
   * @param {Path} path
   */
  goTo(path) {
    if (!path.length) {
      this.show("reference", false);
      this.key.input.focus();
      return;
    }
    if (!this.specs.some((spec) => spec.name === path[0])) {
      if (!this.current) this.show("reference", false);
      this.others.focus();
      return;
    }
    const id = sectionOf(this.sections, path);
    this.show(id, false);
    let field = this.section(id).fields.find((each) => each.spec.name === path[0]);
    for (const step of path.slice(1)) {
      const inner = field?.open(step);
      if (!inner) break;
      field = inner;
    }
    field?.element.scrollIntoView({ block: "center" });
    field?.focus();
  }

  /**
   * What a place is called: the section, the entry and the field.
   *
   * @param {Path} path
   */
  named(path) {
    const names = /** @type {string[]} */ ([]);
    let place = "";
    for (const step of path) {
      if (typeof step === "number") names.push(String(step + 1));
      else {
        place = place ? `${place}.${step}` : step;
        const dimension = this.form.frame.dimensions.find((each) => each.id === step);
        names.push(this.form.frame.words[place]?.label ?? dimension?.label ?? step);
      }
    }
    return names.join(" › ") || "Record";
  }
}
