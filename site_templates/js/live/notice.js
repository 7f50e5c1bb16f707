// @ts-check

/** Says what was done, to the eye and to screen readers, and copies text. */

import { element } from "./elements.js";

/** How long a notice stays, in milliseconds. */
const STAYS = 4000;

// On the page from the start: some screen readers miss the first words of a region that is new.
const box = element("div", { class: "em-notice", role: "status" });
document.body.append(box);

/** @type {number | undefined} */
let timer;

/** @param {string} text */
export function notice(text) {
  // A sheet over the page hides everything outside it.
  const holder =
    [...document.querySelectorAll("dialog:modal")].pop() ?? document.fullscreenElement ?? document.body;
  if (box.parentElement !== holder) holder.append(box);
  box.textContent = text;
  box.classList.add("em-notice--shown");
  clearTimeout(timer);
  timer = window.setTimeout(() => box.classList.remove("em-notice--shown"), STAYS);
}

/**
 * Copies text; where the browser does not allow it, shows the text so that it can be copied by hand.
 * @param {string} text
 * @param {string} what What was copied, for the notice.
 */
export async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    notice(`${what} copied.`);
  } catch {
    byHand(text, what);
  }
}

/**
 * @param {string} text
 * @param {string} what
 */
function byHand(text, what) {
  const area = element("textarea", { readonly: true, rows: 6, "aria-label": what });
  area.value = text;
  const dialog = element(
    "dialog",
    { class: "em-byhand", close: () => dialog.remove() },
    element("p", {}, `${what}: copy it with Ctrl+C or ⌘C.`),
    area,
    element("button", { type: "button", class: "em-button", click: () => dialog.close() }, "Close"),
  );
  document.body.append(dialog);
  dialog.showModal();
  area.focus();
  area.select();
}
