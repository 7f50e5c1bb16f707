// @ts-check

/** The appraisal: a tool with its items, or the reason why there is none. */

import { element } from "../live/elements.js";
import { Field } from "./field.js";
import { under } from "./problem_paths.js";
import { SectionField } from "./section_field.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./field.js").Problem} Problem */
/** @typedef {import("./schema_fields.js").Spec} Spec */
/** @typedef {import("./schema_fields.js").Tool} Tool */

/** The section on appraisal. */
export class AppraisalField extends SectionField {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   * @param {boolean} [isBare]
   */
  constructor(form, spec, holder, isBare) {
    const { tools } = form.frame;
    const fields = spec.fields.map((inner) => {
      if (inner.name === "tool")
        return {
          ...inner,
          kind: /** @type {const} */ ("choice"),
          choices: tools.map(({ id, name }) => ({ value: id, label: name })),
        };
      if (inner.name === "answers") return { ...inner, kind: /** @type {const} */ ("answers") };
      if (inner.name === "groups")
        return { ...inner, kind: /** @type {const} */ ("terms"), dimension: groupsOf(form) };
      return inner;
    });
    const order = ["not_appraised", "tool", "groups", "answers", "by", "date"];
    fields.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    super(form, { ...spec, fields }, holder, isBare);
    form.draft.addEventListener("change", () => this.showGroups());
  }

  /** Groups of items are asked for where the tool that is chosen has any. */
  showGroups() {
    const groups = this.fields.find((field) => field.spec.name === "groups");
    const chosen = this.form.draft.at([...this.path, "tool"]);
    const tool = this.form.frame.tools.find((each) => each.id === chosen);
    if (groups) groups.element.hidden = !tool?.groups && groups.value === undefined;
  }

  refresh() {
    super.refresh();
    this.showGroups();
  }
}

/**
 * The groups of items of all tools, as terms.
 *
 * @param {Form} form
 */
function groupsOf(form) {
  const terms = form.frame.tools.flatMap((tool) =>
    (tool.groups ?? []).map(({ id, label }) => ({
      id,
      label,
      definition: tool.name,
      groups: [],
      is_group: false,
    })),
  );
  return {
    id: "groups",
    label: "Groups of items",
    definition: "",
    applies_to: /** @type {const} */ ("records"),
    field: "",
    several: true,
    groups_can_be_coded: false,
    terms,
  };
}

/** The answers to the items of the tool that is chosen. */
export class AnswersField extends Field {
  /**
   * @param {Form} form
   * @param {Spec} spec
   * @param {Holder | null} holder
   */
  constructor(form, spec, holder) {
    super(form, spec, holder);
    /** @type {ItemAnswer[]} */
    this.items = [];
    this.asked = "";
    this.frameGroup();
    this.refresh();
    form.draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent<Path>} */ (event).detail;
      if (path[0] !== "appraisal") return;
      if (path[1] === "answers") this.dropEmpty();
      else this.refresh();
    });
  }

  /** @returns {Tool | undefined} */
  get tool() {
    const chosen = this.form.draft.at([...this.path.slice(0, -1), "tool"]);
    return this.form.frame.tools.find((tool) => tool.id === chosen);
  }

  /** The items of the groups that apply, and those that belong to no group. */
  get applying() {
    const groups = this.form.draft.at([...this.path.slice(0, -1), "groups"]);
    const chosen = new Set(Array.isArray(groups) ? groups : []);
    return (this.tool?.items ?? []).filter((item) => !item.group || chosen.has(item.group));
  }

  /** @returns {Entry[]} */
  get answers() {
    return Array.isArray(this.value) ? /** @type {Entry[]} */ (this.value) : [];
  }

  refresh() {
    const { tool, applying } = this;
    const known = new Set(applying.map((item) => item.id));
    const others = this.answers.flatMap(({ item }) =>
      typeof item === "string" && !known.has(item) ? [item] : [],
    );
    const asked = JSON.stringify([tool?.id, applying.map((item) => item.id), others]);
    if (asked === this.asked) return;
    this.asked = asked;
    this.items = [
      ...applying.map(
        ({ id, number, question }) => new ItemAnswer(this, id, number ? `${number} ${question}` : question),
      ),
      ...[...new Set(others)].map((id) => new ItemAnswer(this, id, `“${id}”, which is no item that applies`)),
    ];
    this.control.replaceChildren(...this.items.map((item) => item.element));
    if (!this.items.length)
      this.control.append(
        element(
          "p",
          { class: "em-note" },
          tool
            ? "Choose the groups that apply; then their items are asked."
            : "Choose a tool; then its items are asked.",
        ),
      );
  }

  /**
   * Returns where the answer to an item stands among the answers, or -1.
   *
   * @param {string} id
   */
  index(id) {
    return this.answers.findIndex((answer) => answer.item === id);
  }

  /**
   * Gives the answer to an item its place among the answers.
   *
   * @param {string} id
   */
  give(id) {
    if (this.index(id) >= 0) return;
    const order = this.items.map((item) => item.id);
    const place = this.answers.findIndex((answer) => order.indexOf(String(answer.item)) > order.indexOf(id));
    const at = place < 0 ? this.answers.length : place;
    const answers = [...this.answers.slice(0, at), { item: id }, ...this.answers.slice(at)];
    this.form.draft.put(this.path, answers, true);
  }

  /** Drops answers of which nothing is left but their item. */
  dropEmpty() {
    const left = this.answers.filter((answer) => Object.keys(answer).some((name) => name !== "item"));
    if (left.length !== this.answers.length) this.put(left.length ? left : undefined);
  }

  /** @param {Problem[]} problems */
  show(problems) {
    this.tellProblems(under(problems, this.items, (item) => this.index(item.id), this.path.length));
  }

  /** @param {string | number} step */
  open(step) {
    const id = this.answers[Number(step)]?.item;
    return this.items.find((item) => item.id === id)?.field ?? null;
  }

  focus() {
    (this.items[0]?.field ?? null)?.focus();
  }
}

/** The answer to one item. It is kept once any of its fields is filled in. */
class ItemAnswer {
  /**
   * @param {AnswersField} list
   * @param {string} id
   * @param {string} question
   */
  constructor(list, id, question) {
    this.list = list;
    this.id = id;
    const answers = list.tool?.answers ?? [];
    const fields = list.spec.fields
      .filter((inner) => inner.name !== "item")
      .map((inner) => ({ ...inner, description: "", example: "" }))
      .map((inner) =>
        inner.name === "answer"
          ? {
              ...inner,
              kind: /** @type {const} */ ("choice"),
              choices: answers.map((value) => ({ value, label: value })),
            }
          : inner,
      );
    const spec = {
      ...list.spec,
      name: "",
      label: question,
      description: "",
      required: false,
      kind: /** @type {const} */ ("section"),
      fields,
    };
    this.field = new SectionField(list.form, spec, this);
    this.field.element.classList.add("em-field--item");
    this.element = this.field.element;
  }

  /** @returns {Path} */
  get path() {
    return [...this.list.path, this.list.index(this.id)];
  }

  settle() {
    this.list.give(this.id);
  }

  /** @param {Problem[]} problems */
  show(problems) {
    this.field.show(problems);
  }
}
