// @ts-check

/** The end of the form: what is still open, what the file says, and the ways to send it. */

import { element } from "../live/elements.js";
import { save } from "../take_away.js";
import { changes } from "./changes.js";
import { editFile, hostName, mail, mailAddress, newFile } from "./outlets.js";
import { changedText, textOf } from "./yaml_text.js";

/** @typedef {import("./checking.js").Checked} Checked */
/** @typedef {import("./entry.js").Path} Path */
/** @typedef {import("./field.js").Form} Form */
/** @typedef {import("./field.js").Problem} Problem */

/** Changes and problems beyond this many are counted and not listed. */
const MOST = 60;

/** The last section. */
export class Ending {
  /**
   * @param {Form} form
   * @param {(path: Path) => void} go Goes to the field at a place.
   * @param {(path: Path) => string} named What a place is called.
   */
  constructor(form, go, named) {
    this.form = form;
    this.go = go;
    this.named = named;
    this.problems = element("div", { class: "em-summary" });
    this.changes = element("div", {});
    this.text = element("pre", { class: "em-code", id: "_file-text" });
    this.ways = element("div", { class: "em-ways" });
    this.told = element("p", { class: "em-note", role: "status" });
    const shown = element(
      "div",
      { class: "em-scroll", role: "region", tabindex: "0", "aria-label": "The record’s file" },
      this.text,
    );
    this.fileHeading = element("h3", {});
    this.element = element(
      "div",
      {},
      this.problems,
      this.changes,
      this.ways,
      this.told,
      this.fileHeading,
      shown,
    );
  }

  /** The record’s file. */
  fileText() {
    const { draft, frame } = this.form;
    const { entry } = draft.tidied();
    return draft.origin
      ? changedText(draft.origin.text, draft.origin.entry, entry, frame.schema)
      : textOf(entry, frame.schema);
  }

  /** @param {Checked} checked */
  refresh(checked) {
    const { draft } = this.form;
    this.problems.replaceChildren(...this.summary(checked.all));
    this.changes.replaceChildren(...this.changed());
    this.fileHeading.textContent = `The file ${draft.key || "without a key"}.yml`;
    const text = this.fileText();
    if (this.text.textContent !== text) this.text.textContent = text;
    const differs = draft.differs();
    this.ways.replaceChildren(
      ...(differs
        ? this.offered(text)
        : [element("p", { class: "em-note" }, "Nothing is changed yet, so there is nothing to send.")]),
    );
  }

  /** @param {Problem[]} problems */
  summary(problems) {
    const errors = problems.filter((each) => each.severity === "error");
    const keyIsMissing = !this.form.draft.key;
    const count = errors.length + Number(keyIsMissing);
    if (!problems.length && !keyIsMissing)
      return [element("p", { class: "em-summary__sound" }, "The check finds nothing to mend.")];
    const said = count
      ? `${count === 1 ? "One thing is" : `${count} things are`} still to mend`
      : `${problems.length === 1 ? "One thing" : `${problems.length} things`} to look at; it may stand`;
    const shown = [...errors, ...problems.filter((each) => each.severity !== "error")].slice(0, MOST);
    const more = problems.length - shown.length;
    return [
      element("h3", {}, said),
      count
        ? element(
            "p",
            {},
            "You can send the record as it is: then say so, and somebody else will finish it. If you cannot decide on the paper yet, choose the decision “awaiting”; then the reference is enough.",
          )
        : "",
      element(
        "ul",
        {},
        keyIsMissing && element("li", {}, this.link([], "Citation key: the record has none yet.")),
        ...shown.map((problem) =>
          element("li", {}, this.link(problem.path, `${this.named(problem.path)}: ${problem.message}.`)),
        ),
        more > 0 && element("li", {}, `and ${more} more`),
      ),
    ];
  }

  /**
   * @param {Path} path
   * @param {string} text
   */
  link(path, text) {
    const link = element("a", { href: `#${path.join(".") || "reference"}` }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(path);
    });
    return link;
  }

  changed() {
    const { origin } = this.form.draft;
    if (!origin) return [];
    const all = changes(origin.entry, this.form.draft.tidied().entry);
    if (!all.length) return [];
    const rows = all
      .slice(0, MOST)
      .map(({ path, before, after }) =>
        element(
          "div",
          {},
          element("dt", {}, this.link(path, this.named(path))),
          element(
            "dd",
            {},
            element("del", {}, before || "nothing"),
            " → ",
            element("ins", {}, after || "nothing"),
          ),
        ),
      );
    const more = all.length - rows.length;
    return [
      element("h3", {}, `What you changed (${all.length})`),
      element("dl", { class: "em-changed" }, ...rows),
      more > 0 ? element("p", {}, `and ${more} more`) : "",
    ];
  }

  /** @param {string} text */
  offered(text) {
    return [element("h3", {}, "Send it"), this.toHost(text), this.download(text), this.byMail(text)];
  }

  /** @param {string} text */
  toHost(text) {
    const { frame, draft } = this.form;
    if (!frame.repository)
      return way(
        "To the repository",
        element(
          "p",
          {},
          "This site does not name the repository that it is made from. Download the file and send it to the people named in the ",
          element("a", { href: `${this.form.root}protocol/` }, "protocol"),
          ".",
        ),
      );
    const host = hostName(frame.repository);
    const outlet = draft.isCorrection
      ? editFile(frame.repository, frame.branch, draft.key)
      : newFile(frame.repository, frame.branch, draft.key, text);
    if (!outlet || !draft.key)
      return way(
        "To the repository",
        element(
          "p",
          {},
          draft.key
            ? "The address of the repository is no web address. Download the file instead."
            : "Give the record a citation key first.",
        ),
      );
    const link = element("a", {
      class: "em-button em-button--primary",
      href: outlet.address,
      target: "_blank",
      rel: "noopener",
    });
    link.textContent = outlet.isFilled
      ? `Open ${host} with the record filled in`
      : `Copy the record and open ${host}`;
    if (!outlet.isFilled) link.addEventListener("click", () => this.copy(text));
    const steps = outlet.isFilled
      ? `${host} shows the new file as it stands below. Choose “Commit changes” and then “Propose changes”: somebody compares it with the paper and merges it.`
      : draft.isCorrection
        ? `${host} shows the record’s file. Select all of it, paste over it, choose “Commit changes” and then “Propose changes”.`
        : `The record is too long for an address, or ${host} takes none, so it is copied. Paste it into the empty file, name the file records/${draft.key}.yml, choose “Commit changes” and then “Propose changes”.`;
    return way(
      `On ${host}`,
      element("p", {}, `You need an account there. ${steps}`),
      element("p", { class: "em-actions" }, link, this.copying(text)),
    );
  }

  /** @param {string} text */
  copying(text) {
    return element(
      "button",
      { type: "button", class: "em-button", click: () => this.copy(text) },
      "Copy the record",
    );
  }

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.told.textContent = "The record is on the clipboard.";
    } catch {
      getSelection()?.selectAllChildren(this.text);
      this.told.textContent =
        "The browser does not let this page copy. The record is selected below: press Ctrl+C.";
    }
  }

  /** @param {string} text */
  download(text) {
    const name = `${this.form.draft.key || "record"}.yml`;
    const click = () => {
      save({ name, type: "text/yaml", text });
      this.told.textContent = `${name} was saved among your downloads.`;
    };
    return way(
      "As a file",
      element(
        "p",
        {},
        "Put it into the folder records/ if you work with the repository, send it to somebody who does, or go on with it on another machine.",
      ),
      element(
        "p",
        { class: "em-actions" },
        element("button", { type: "button", class: "em-button", click }, `Download ${name}`),
        this.form.frame.repository ? null : this.copying(text),
      ),
    );
  }

  /** @param {string} text */
  byMail(text) {
    const { frame, draft, root } = this.form;
    const contact = mailAddress(frame.contact);
    const reference = draft.at(["reference", "title"]);
    const title = typeof reference === "string" ? reference : "";
    const name = `${draft.key || "record"}.yml`;
    const link = element(
      "a",
      { class: "em-button", href: mail(contact, frame.review, draft.key, title, draft.isCorrection) },
      "Save the file and write a mail",
    );
    link.addEventListener("click", () => save({ name, type: "text/yaml", text }));
    return way(
      "By mail",
      contact
        ? element("p", {}, `A mail to ${contact} opens in your mail program. Attach the file ${name} to it.`)
        : element(
            "p",
            {},
            "The review names no mail address. Whom to write to stands in the ",
            element("a", { href: `${root}protocol/` }, "protocol"),
            "; attach the file that you downloaded.",
          ),
      contact ? element("p", { class: "em-actions" }, link) : "",
    );
  }
}

/**
 * One way to send the record.
 *
 * @param {string} heading
 * @param {(Node | string | null)[]} content
 */
function way(heading, ...content) {
  return element("div", { class: "em-way" }, element("h4", {}, heading), ...content);
}
