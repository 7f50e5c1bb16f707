// @ts-check

/**
 * Makes “Cite it” handy: one style at a time, which is kept for the next record, and references saved
 * as files. Without JavaScript all styles are there to read, and the references can be opened.
 */

import "./copy.js";
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
 * Gives a reference a button that saves it.
 * @param {HTMLElement} holder
 */
function offerFile(holder) {
  const { copyTarget = "", saveAs = "", saveType = "", saveLabel = "", saveLines = "" } = holder.dataset;
  const shown = document.getElementById(copyTarget);
  if (!shown) return;
  const click = () => {
    const written = shown.textContent ?? "";
    const text = saveLines === "crlf" ? written.replace(/\r?\n/g, "\r\n") : written;
    save({ name: saveAs, type: saveType, text });
  };
  holder.append(element("button", { type: "button", class: "em-button", click }, saveLabel));
}

const list = document.getElementById("_styles");
if (list) offerStyles(list);
for (const holder of document.querySelectorAll("[data-save-as]")) {
  offerFile(/** @type {HTMLElement} */ (holder));
}
