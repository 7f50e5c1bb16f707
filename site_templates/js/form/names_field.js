// @ts-check

/** The list of authors or editors, to which several can be pasted at once. */

import { element } from "../live/elements.js";
import { ListField } from "./list_field.js";
import { peopleIn } from "./people.js";

/** A list of names. */
export class NamesField extends ListField {
  before() {
    const id = `${this.id}-paste`;
    const text = element("textarea", { id, rows: 2, spellcheck: "false" });
    const told = element("p", { class: "em-note", role: "status" });
    const click = () => {
      const { names, complete } = peopleIn(text.value);
      if (!names.length) {
        told.textContent = "There is no name in it.";
        return;
      }
      this.append(names);
      text.value = "";
      const count = `${names.length} ${names.length === 1 ? "name was" : "names were"} added.`;
      told.textContent = complete ? count : `${count} The list ended with “and others”: say so below.`;
    };
    const button = element("button", { type: "button", class: "em-button", click }, "Add these names");
    return [
      element(
        "details",
        { class: "em-paste" },
        element("summary", {}, "Paste a list of names"),
        element("label", { for: id }, "Names, parted by semicolons, such as “Lamp, L.; Foghorn, F.”"),
        text,
        element("p", { class: "em-actions" }, button),
        told,
      ),
    ];
  }
}
