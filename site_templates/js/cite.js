// @ts-check

/**
 * Makes “Cite it” handy: one style at a time, which is kept for the next record, and references copied
 * or saved as files. Without JavaScript all styles are there to read, and the references can be opened.
 * The record’s own file is loaded where a reader opens it; without JavaScript a link leads to it.
 */

import { offerCopy } from "./copy.js";
import { element } from "./live/elements.js";
import { keep, kept } from "./live/kept.js";
import { save } from "./take_away.js";

/** The name under which the browser keeps the style. */
const STYLE = "evidence-map-citation-style";

/**
 * Puts a choice of styles above the citations and shows the one that is chosen.
 * @param {HTMLElement} list
 */
function offerStyles(list) {
  const entries = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-style]")]);
  const choice = /** @type {HTMLSelectElement} */ (element("select", { id: "_style" }));
  for (const entry of entries) {
    const citation = entry.querySelector(".em-citation");
    if (citation) {
      const holder = element("p", { class: "em-actions" });
      offerCopy(holder, citation, "Copy citation");
      citation.after(holder);
    }
    const label = entry.querySelector("dt")?.textContent ?? "";
    choice.append(element("option", { value: entry.dataset.style ?? "" }, label));
  }
  const show = () => {
    for (const entry of entries) entry.hidden = entry.dataset.style !== choice.value;
  };
  choice.addEventListener("change", () => {
    keep(STYLE, choice.value);
    show();
  });
  const earlier = kept(STYLE);
  if (entries.some((entry) => entry.dataset.style === earlier)) choice.value = earlier;
  show();
  list.classList.add("em-styles--chosen");
  list.before(
    element("p", { class: "em-style-choice" }, element("label", { for: "_style" }, "Style"), " ", choice),
  );
}

/**
 * Gives a reference the buttons that copy and save it. Its list item names its format and shows its text.
 * @param {HTMLElement} holder
 */
function offerFile(holder) {
  const { saveAs = "", saveType = "", saveLines = "" } = holder.dataset;
  const item = holder.closest("li");
  const shown = item?.querySelector("pre");
  const format = item?.querySelector("strong")?.textContent ?? "";
  if (!shown) return;
  offerCopy(holder, shown, `Copy ${format}`);
  const click = () => {
    const written = shown.textContent ?? "";
    const text = saveLines === "crlf" ? written.replace(/\r?\n/g, "\r\n") : written;
    save({ name: saveAs, type: saveType, text });
  };
  holder.append(element("button", { type: "button", class: "em-button", click }, `Download ${format}`));
}

/**
 * Shows the file to which a link leads in the link’s place. Where it cannot be loaded the link stays.
 * @param {HTMLAnchorElement} link
 */
async function showFile(link) {
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return;
  const code = element("pre", { class: "em-code", id: "_yaml" }, await answer.text());
  const label = "The record’s file";
  const frame = element(
    "div",
    { class: "em-scroll", role: "region", tabindex: 0, "aria-label": label },
    code,
  );
  const holder = element("p", { class: "em-actions" });
  offerCopy(holder, code, "Copy file");
  (link.closest("p") ?? link).replaceWith(frame, holder);
}

const list = document.getElementById("_styles");
if (list) offerStyles(list);
for (const holder of document.querySelectorAll("[data-save-as]")) {
  offerFile(/** @type {HTMLElement} */ (holder));
}
const file = document.getElementById("_file");
file?.addEventListener(
  "toggle",
  () => {
    const link = file.querySelector("a");
    if (link) showFile(link);
  },
  { once: true },
);
