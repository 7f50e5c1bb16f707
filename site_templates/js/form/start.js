// @ts-check

/** Where one begins: a new paper, a record to correct, or a draft to go on with. */

import { element } from "../live/elements.js";
import { chooser, fitting } from "./chooser.js";
import { pastedReferences } from "./pasted.js";
import { recordOffers } from "./pick_field.js";

/** @typedef {import("./draft.js").SavedDraft} SavedDraft */
/** @typedef {import("./entry.js").Entry} Entry */

/**
 * @typedef {object} Ways What can be begun.
 * @property {import("./recorded.js").Recorded[]} recorded
 * @property {import("./kept_drafts.js").KeptDrafts} drafts
 * @property {import("./pasted.js").PublicationTypes} types
 * @property {(reference: Entry, left?: string[]) => void} begin What is pasted, and what of it has no place.
 * @property {(key: string) => void} correct
 * @property {(id: string) => void} goOn
 * @property {(name: string, text: string) => void} openFile
 */

/**
 * @param {Ways} ways
 * @returns {HTMLElement}
 */
export function startPanel(ways) {
  return element("div", { class: "em-start" }, newPaper(ways), correction(ways), goingOn(ways));
}

/** @param {Ways} ways */
function newPaper({ begin, types }) {
  const text = element("textarea", {
    id: "_paste",
    rows: 4,
    spellcheck: "false",
    "aria-describedby": "_paste-help",
  });
  const told = element("div", { class: "em-start__told", role: "status" });
  const read = () => {
    const { references, message } = pastedReferences(text.value, types);
    const [only] = references;
    if (!only)
      told.replaceChildren(message || "Nothing in it could be read. Paste a BibTeX or RIS entry or a DOI.");
    else if (references.length === 1) begin(only.fields, only.left);
    else told.replaceChildren(...choice(references, begin));
  };
  return element(
    "section",
    { class: "em-start__way", "aria-labelledby": "_start-new" },
    element("h2", { id: "_start-new" }, "A new paper"),
    element("label", { for: "_paste" }, "Paste a BibTeX or RIS entry, or a DOI"),
    text,
    element(
      "p",
      { class: "em-note", id: "_paste-help" },
      "Journals and reference managers offer such entries under “Cite” or “Export”. A DOI alone fills in the DOI and nothing else, since this page asks no other site.",
    ),
    told,
    element(
      "p",
      { class: "em-actions" },
      element(
        "button",
        { type: "button", class: "em-button em-button--primary", click: read },
        "Use what is pasted",
      ),
      element("button", { type: "button", class: "em-button", click: () => begin({}) }, "Type it in"),
    ),
  );
}

/**
 * @param {import("./pasted.js").PastedReference[]} references
 * @param {Ways["begin"]} begin
 */
function choice(references, begin) {
  const buttons = references.map(({ fields, left }) => {
    const title = typeof fields.title === "string" ? fields.title : "Without a title";
    return element(
      "li",
      {},
      element("button", { type: "button", class: "em-link-button", click: () => begin(fields, left) }, title),
    );
  });
  return [
    element("p", {}, `There are ${references.length} references in it. Which one?`),
    element("ul", {}, ...buttons),
  ];
}

/** @param {Ways} ways */
function correction({ recorded, correct }) {
  const offers = recordOffers(recorded);
  const { element: search } = chooser({
    id: "_correct",
    label: "Records",
    placeholder: "title, author, key or DOI",
    offers: (words) => fitting(offers, words),
    choose: (offer) => correct(offer.value),
  });
  return element(
    "section",
    { class: "em-start__way", "aria-labelledby": "_start-correct" },
    element("h2", { id: "_start-correct" }, "Correct a paper that is here"),
    element("label", { for: "_correct" }, "Find it by title, author, key or DOI"),
    search,
    element(
      "p",
      { class: "em-note" },
      "Each record’s page has links “Suggest a correction”, which lead to the very place.",
    ),
  );
}

/** @param {Ways} ways */
function goingOn({ drafts, goOn, openFile }) {
  const file = element("input", { type: "file", id: "_file", accept: ".yml,.yaml,text/yaml" });
  const told = element("p", { class: "em-start__told", role: "status" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen && chosen.size > 1_000_000) told.textContent = "The file is too large for a record.";
    else if (chosen) openFile(chosen.name, await chosen.text());
    file.value = "";
  });
  const list = element("ul", { class: "em-drafts" });
  const show = () => {
    const all = drafts.all();
    list.replaceChildren(
      ...all.map((draft) =>
        draftEntry(
          draft,
          () => goOn(draft.id),
          () => {
            drafts.remove(draft.id);
            show();
            heading.focus();
          },
        ),
      ),
    );
    list.hidden = !all.length;
    none.hidden = all.length > 0;
  };
  const none = element("p", { class: "em-note" }, "This browser keeps no draft of yours.");
  const heading = element("h2", { id: "_start-on", tabindex: "-1" }, "Go on with a draft");
  show();
  return element(
    "section",
    { class: "em-start__way", "aria-labelledby": "_start-on" },
    heading,
    list,
    none,
    element("label", { for: "_file" }, "Or open a file that you downloaded from this form"),
    file,
    told,
  );
}

/**
 * @param {SavedDraft} draft
 * @param {() => void} open
 * @param {() => void} remove
 */
function draftEntry(draft, open, remove) {
  const reference = draft.entry.reference;
  const titled =
    reference && typeof reference === "object" && !Array.isArray(reference) ? reference.title : "";
  const title = typeof titled === "string" && titled ? titled : "Without a title";
  const what = draft.original === null ? "New paper" : "Correction";
  const when = new Date(draft.saved).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const sure = element(
    "button",
    { type: "button", class: "em-link-button", hidden: true, click: remove },
    "Yes, delete it",
  );
  const ask = element(
    "button",
    { type: "button", class: "em-link-button", "aria-label": `Delete the draft ${draft.key || title}` },
    "Delete",
  );
  ask.addEventListener("click", () => {
    ask.hidden = true;
    sure.hidden = false;
    sure.focus();
  });
  return element(
    "li",
    {},
    element("button", { type: "button", class: "em-link-button em-drafts__open", click: open }, title),
    element("span", { class: "em-note" }, `${what}${draft.key ? `, ${draft.key}` : ""}, saved ${when}`),
    ask,
    sure,
  );
}
