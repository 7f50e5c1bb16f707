// @ts-check

/** The citation key of a new record, and whether the paper is there already. */

import { element } from "../live/elements.js";
import { described } from "./field.js";
import { likenesses, suggestedKey } from "./recorded.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Problem} Problem */

/** The key: suggested from author and year until a person chooses another. */
export class KeyField {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    this.taken = new Set([...form.recorded.map(({ key }) => key), ...form.frame.studies.map(({ id }) => id)]);
    this.wrongs = element("div", { class: "em-field__problems", id: "_key-wrong" });
    this.input = element("input", {
      id: "_key",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      class: "em-input--short",
      "aria-describedby": "_key-help _key-wrong",
    });
    this.input.value = form.draft.key;
    this.input.addEventListener("input", () => {
      const typed = this.input.value.trim();
      form.draft.name(typed, Boolean(typed));
    });
    this.element = form.draft.isCorrection
      ? element("p", {}, "Citation key: ", element("code", {}, form.draft.key))
      : this.framed();
  }

  framed() {
    return element(
      "div",
      { class: "em-field" },
      element(
        "div",
        { class: "em-field__head" },
        element("label", { class: "em-field__label", for: "_key" }, "Citation key"),
        element("span", { class: "em-field__need" }, "needed"),
      ),
      element(
        "p",
        { class: "em-field__help", id: "_key-help" },
        "The name of the record’s file, under which authors cite the paper: family name of the first author and year, in small letters. It is suggested as you type and never changed once it is published. ",
        element("span", { class: "em-field__example" }, "For example: lamp2021"),
      ),
      element("div", { class: "em-field__control" }, this.input),
      this.wrongs,
    );
  }

  /** Suggests a key where nobody chose one. */
  suggest() {
    const { draft } = this.form;
    if (draft.isCorrection || draft.keyIsChosen) return;
    const reference = /** @type {Entry | undefined} */ (draft.tidied().entry.reference);
    const isKnown = Array.isArray(reference?.authors) || reference?.issued !== undefined;
    draft.key = isKnown ? suggestedKey(reference, this.taken) : "";
    if (document.activeElement !== this.input) this.input.value = draft.key;
  }

  /** @param {Problem[]} problems */
  show(problems) {
    const { draft, root } = this.form;
    const told = problems.map((problem) => described(problem, root));
    const isTaken = !draft.isCorrection && this.taken.has(draft.key);
    if (isTaken) {
      told.push(
        element(
          "p",
          { class: "em-problem em-problem--error" },
          element("strong", {}, "To mend: "),
          `the key “${draft.key}” is in use already. `,
          element("a", { href: `${root}records/${encodeURIComponent(draft.key)}/` }, "See what has it"),
        ),
      );
    }
    this.wrongs.replaceChildren(...told);
    if (told.length) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}

/** Papers of the review that may be the one that is being written. */
export class Likenesses {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    this.element = element("div", { class: "em-likenesses", role: "status" });
    this.shown = "";
  }

  refresh() {
    const { draft, recorded, root } = this.form;
    const reference = /** @type {Entry | undefined} */ (draft.tidied().entry.reference);
    const found = likenesses(reference, recorded, draft.isCorrection ? draft.key : undefined).slice(0, 5);
    const told = JSON.stringify(found);
    if (told === this.shown) return;
    this.shown = told;
    if (!found.length) return this.element.replaceChildren();
    const heading = found.some(({ certain }) => certain)
      ? "This paper is here already"
      : "This paper may be here already";
    const list = found.map(({ key, reason }) => {
      const record = recorded.find((each) => each.key === key);
      return element(
        "li",
        {},
        element("a", { href: `${root}records/${encodeURIComponent(key)}/` }, record?.title ?? key),
        ` (${[...(record?.authors ?? []).slice(0, 1), record?.year, reason].filter(Boolean).join(", ")}). `,
        element("a", { href: `?correct=${encodeURIComponent(key)}` }, "Correct it instead"),
      );
    });
    return this.element.replaceChildren(
      element("p", {}, element("strong", {}, heading)),
      element("ul", {}, ...list),
    );
  }
}
