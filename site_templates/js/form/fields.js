// @ts-check

/** Which field asks for what. */

import { AnswersField, AppraisalField } from "./appraisal_field.js";
import { choiceField } from "./choice_field.js";
import { ListField } from "./list_field.js";
import { NamesField } from "./names_field.js";
import { PickField } from "./pick_field.js";
import { SectionField } from "./section_field.js";
import { SearchesField, TermField } from "./term_field.js";
import { CompleteField, TextField } from "./text_field.js";

/** @typedef {import("./field.js").Field} Field */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Holder} Holder */
/** @typedef {import("./schema_fields.js").Spec} Spec */

/**
 * Makes the field that asks for something.
 *
 * @param {Form} form
 * @param {Spec} spec
 * @param {Holder | null} holder
 * @param {boolean} [isBare] Whether the heading of its section names it.
 * @returns {Field}
 */
export function makeField(form, spec, holder, isBare) {
  switch (spec.kind) {
    case "section":
    case "codes":
      return new SectionField(form, spec, holder, isBare);
    case "list":
    case "texts":
      return new ListField(form, spec, holder, isBare);
    case "names":
      return new NamesField(form, spec, holder, isBare);
    case "term":
    case "terms":
      return new TermField(form, spec, holder);
    case "searches":
      return new SearchesField(form, spec, holder);
    case "pick":
      return new PickField(form, spec, holder);
    case "choice":
      return choiceField(form, spec, holder);
    case "flag":
      return new CompleteField(form, spec, holder);
    case "appraisal":
      return new AppraisalField(form, spec, holder, isBare);
    case "answers":
      return new AnswersField(form, spec, holder);
    default:
      return new TextField(form, spec, holder, isBare);
  }
}
