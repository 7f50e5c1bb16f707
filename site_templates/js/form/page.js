// @ts-check

/** The page of the form: what one begins with, the form itself, and the drafts that the browser keeps. */

import { byId, element } from "../live/elements.js";
import { pathOf } from "./addresses.js";
import { ROOT, loadData, recordText } from "./data.js";
import { Draft } from "./draft.js";
import { Editor } from "./editor.js";
import { KeptDrafts, NotKept } from "./kept_drafts.js";
import { startPanel } from "./start.js";
import { entryOf } from "./yaml_reading.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./draft.js").SavedDraft} SavedDraft */

/** How long the page waits after a change before it saves, in milliseconds. */
const PAUSE = 300;

const NOT_KEPT = {
  full: "The draft is not saved: this browser has no more room for it. Download the file at the end, or delete drafts.",
  refused:
    "The draft is not saved: this browser does not let the page keep anything. Download the file before you leave.",
};

/** The page. */
class FormPage {
  /** @param {import("./data.js").Data} data */
  constructor(data) {
    this.data = data;
    this.drafts = new KeptDrafts(new URL(ROOT).pathname);
    this.said = byId("_form-said");
    this.place = byId("_form-place");
    this.bar = element("div", { class: "em-draft" });
    this.notice = element("div", { class: "em-form__notice", role: "status", hidden: true });
    this.saved = element("span", {});
    this.waiting = 0;
    /** @type {Draft | null} */
    this.draft = null;
    this.drafts.watch((id, removed) => {
      if (id === this.draft?.id && !removed) this.askWhich();
    });
    addEventListener("pagehide", () => this.flush());
    addEventListener("popstate", () => location.reload());
  }

  /** Opens what the address asks for. */
  async open() {
    const asked = new URLSearchParams(location.search);
    const id = asked.get("draft");
    const key = asked.get("correct");
    const { hash } = location;
    if (key) await this.correct(key, hash);
    else if (id && this.drafts.read(id)) this.goOn(id, hash);
    else this.start(id ? "That draft is not in this browser." : "");
  }

  /** @param {string} [told] */
  start(told = "") {
    this.tell(told);
    byId("_form-intro").hidden = false;
    this.place.replaceChildren(
      this.notice,
      startPanel({
        recorded: this.data.recorded,
        drafts: this.drafts,
        types: this.data.frame.types,
        begin: (reference, left) => {
          this.begin(Object.keys(reference).length ? { reference } : {});
          if (left?.length) this.tell(`Not taken, since a record has no place for it: ${left.join("; ")}`);
        },
        correct: (key) => this.correct(key, ""),
        goOn: (id) => this.goOn(id, ""),
        openFile: (name, text) => this.openFile(name, text),
      }),
    );
  }

  /**
   * @param {Entry} entry
   * @param {string} [key]
   */
  begin(entry, key = "") {
    const draft = new Draft(`new-${Date.now().toString(36)}`, key, entry);
    draft.keyIsChosen = Boolean(key);
    this.edit(draft, "", true);
  }

  /**
   * Opens the record that is on the site, or the draft of its correction.
   *
   * @param {string} key
   * @param {string} hash
   * @param {Entry} [instead] What the record is to say.
   */
  async correct(key, hash, instead) {
    const id = `correct-${key}`;
    if (!instead && this.drafts.read(id)) return this.goOn(id, hash);
    if (!this.data.recorded.some((record) => record.key === key))
      return this.start(`There is no record “${key}”.`);
    const text = await recordText(key);
    const read = readFile(text);
    if (!read.entry) return this.refused(key, read.refused);
    const draft = new Draft(id, key, instead ?? structuredClone(read.entry), { text, entry: read.entry });
    return this.edit(draft, hash, true);
  }

  /**
   * Says that a file is written in a way that the form does not read.
   *
   * @param {string} key
   * @param {{line: number, message: string}} reason
   */
  refused(key, { line, message }) {
    const { repository, branch } = this.data.frame;
    const text = `The file of ${key} is written in a way that this form does not read (line ${line}: ${message}). `;
    this.start();
    this.notice.hidden = false;
    this.notice.replaceChildren(
      text,
      repository
        ? element("a", { href: `${repository}/blob/${branch}/records/${key}.yml` }, "Edit the file itself")
        : element("a", { href: `${ROOT}records/${key}/#_record` }, "See the file on its page"),
    );
  }

  /**
   * @param {string} id
   * @param {string} hash
   */
  goOn(id, hash) {
    const kept = this.drafts.read(id);
    if (!kept) return this.start("That draft is not in this browser.");
    const origin = kept.original === null ? null : originOf(kept.original);
    if (kept.original !== null && !origin) return this.start("That draft can no longer be read.");
    const draft = new Draft(id, kept.key, kept.entry, origin);
    draft.keyIsChosen = kept.keyIsChosen;
    draft.visited = new Set(kept.visited);
    this.edit(draft, hash, false);
    if (origin) void this.compare(draft, origin.text);
    return undefined;
  }

  /**
   * Says so where the record on the site has changed since the draft was begun.
   *
   * @param {Draft} draft
   * @param {string} text
   */
  async compare(draft, text) {
    const now = await recordText(draft.key).catch(() => text);
    if (now === text) return;
    const again = () => {
      this.drafts.remove(draft.id);
      void this.correct(draft.key, "");
    };
    this.tell("The record on the site has changed since you began this correction.", [
      ["Begin again from the new record", again],
    ]);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  openFile(name, text) {
    const read = readFile(text);
    if (!read.entry) {
      this.tell(`${name} cannot be read (line ${read.refused.line}: ${read.refused.message}).`);
      return;
    }
    const key = name.replace(/(?: ?\(\d+\))?\.ya?ml$/i, "");
    if (this.data.recorded.some((record) => record.key === key)) void this.correct(key, "", read.entry);
    else this.begin(read.entry, key);
  }

  /**
   * @param {Draft} draft
   * @param {string} hash
   * @param {boolean} isNew
   */
  edit(draft, hash, isNew) {
    this.draft = draft;
    const query = `?draft=${encodeURIComponent(draft.id)}`;
    history[isNew && !location.search ? "pushState" : "replaceState"](null, "", query + hash);
    const { frame, recorded, places } = this.data;
    const known = {
      frame,
      recorded,
      places,
      draft,
      root: ROOT,
      today: today(),
      say: (/** @type {string} */ text) => this.say(text),
    };
    const editor = new Editor(known, () => this.saveSoon());
    const record = recorded.find(({ key }) => key === draft.key);
    this.bar.replaceChildren(...this.barOf(draft, record?.title ?? draft.key));
    this.tell("");
    byId("_form-intro").hidden = true;
    this.place.replaceChildren(this.notice, this.bar, editor.element);
    const path = pathOf(hash, draft.entry);
    if (path.length > 1) editor.goTo(path);
    else if (path.length) editor.show(String(path[0]), true);
    else editor.show("reference", true);
  }

  /**
   * @param {Draft} draft
   * @param {string} title
   */
  barOf(draft, title) {
    const what = draft.isCorrection
      ? element(
          "p",
          { class: "em-draft__what" },
          "Correction of ",
          element("a", { href: `${ROOT}records/${encodeURIComponent(draft.key)}/` }, title),
        )
      : element("p", { class: "em-draft__what" }, "A new paper");
    const guide = element("a", { href: `${ROOT}contribute/guide/`, target: "_blank" }, "Guide");
    const others = element("a", { href: "./" }, "Other drafts");
    const sure = element(
      "button",
      { type: "button", class: "em-link-button", hidden: true, click: () => this.discard() },
      "Yes, delete this draft",
    );
    const ask = element("button", { type: "button", class: "em-link-button" }, "Delete this draft");
    ask.addEventListener("click", () => {
      ask.hidden = true;
      sure.hidden = false;
      sure.focus();
    });
    return [
      what,
      element("p", { class: "em-draft__kept" }, this.saved, " ", guide, " ", others, " ", ask, sure),
    ];
  }

  discard() {
    clearTimeout(this.waiting);
    if (this.draft) this.drafts.remove(this.draft.id);
    this.draft = null;
    location.assign("./");
  }

  saveSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
  }

  flush() {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.save();
  }

  /** @param {boolean} [anyway] */
  save(anyway = false) {
    this.waiting = 0;
    const { draft } = this;
    if (!draft || !isWorthKeeping(draft)) return;
    const { id, key, keyIsChosen, entry, origin, visited } = draft;
    try {
      this.drafts.write(
        { id, key, keyIsChosen, entry, original: origin?.text ?? null, visited: [...visited] },
        anyway,
      );
      const time = new Date().toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
      this.saved.textContent = `Saved in this browser at ${time}.`;
      this.saved.className = "";
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
      if (error.reason === "newer") this.askWhich();
      else {
        this.saved.textContent = NOT_KEPT[error.reason];
        this.saved.className = "em-draft__unsaved";
      }
    }
  }

  /** Asks which draft to keep, where another tab has written the same. */
  askWhich() {
    this.tell("This draft was changed in another tab.", [
      [
        "Take what the other tab has",
        () => {
          const { draft } = this;
          this.draft = null;
          if (draft) this.goOn(draft.id, location.hash);
        },
      ],
      [
        "Keep what stands here",
        () => {
          this.tell("");
          this.save(true);
        },
      ],
    ]);
  }

  /**
   * @param {string} text
   * @param {[string, () => void][]} [ways]
   */
  tell(text, ways = []) {
    const buttons = ways.map(([label, click]) =>
      element("button", { type: "button", class: "em-button", click }, label),
    );
    this.notice.replaceChildren(text, ...buttons);
    this.notice.hidden = !text;
  }

  /** @param {string} text */
  say(text) {
    this.said.textContent = text;
  }
}

/** @param {Draft} draft */
function isWorthKeeping(draft) {
  return draft.isCorrection ? draft.differs() : Object.keys(draft.tidied().entry).length > 0;
}

/** @param {string} text */
function originOf(text) {
  const { entry } = readFile(text);
  return entry ? { text, entry } : null;
}

/**
 * @param {string} text
 * @returns {{entry: Entry, refused?: undefined} | {entry?: undefined, refused: {line: number, message: string}}}
 */
function readFile(text) {
  return /** @type {any} */ (entryOf(text));
}

/** The day of today where the reader is. */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Begins the page. */
export async function openForm() {
  const place = byId("_form-place");
  try {
    const page = new FormPage(await loadData());
    await page.open();
  } catch (error) {
    place.replaceChildren(
      element(
        "p",
        { class: "em-form__notice", role: "alert" },
        `The form could not be opened. ${error instanceof Error ? error.message : ""} Load the page again.`,
      ),
    );
    throw error;
  } finally {
    place.removeAttribute("aria-busy");
  }
}
