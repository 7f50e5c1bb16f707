// @ts-check

/** A button that opens a list of actions; Escape and a click elsewhere close it. */

import { element } from "./elements.js";

/**
 * @typedef {object} Action
 * @property {string} label
 * @property {string} [note] What it is good for.
 * @property {() => void | Promise<void>} act
 */

/**
 * @param {string} label
 * @param {[string, Action[]][]} groups Headings with their actions.
 * @returns {HTMLElement}
 */
export function menu(label, groups) {
  const summary = element("summary", { class: "em-button em-button--quiet" }, label);
  const lists = groups.flatMap(([heading, actions]) => [
    element("p", { class: "em-menu__title" }, heading),
    element("ul", {}, ...actions.map((action) => element("li", {}, button(action)))),
  ]);
  const box = element(
    "details",
    { class: "em-menu" },
    summary,
    element("div", { class: "em-menu__list" }, ...lists),
  );

  /** @param {Action} action */
  function button({ label: name, note, act }) {
    const run = async () => {
      box.open = false;
      summary.focus();
      await act();
    };
    return element(
      "button",
      { type: "button", click: run },
      name,
      note && element("span", { class: "em-menu__note" }, note),
    );
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    event.preventDefault();
    box.open = false;
    summary.focus();
  });
  box.addEventListener("toggle", () => {
    const close = (/** @type {Event} */ event) => {
      if (box.contains(/** @type {Node} */ (event.target))) return;
      box.open = false;
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
    if (!box.open) return;
    intoSight(
      /** @type {HTMLElement} */ (box.lastElementChild),
      box.closest("dialog") ?? document.documentElement,
    );
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
  });
  return box;
}

/** Room between a list and the edge, in pixels. */
const EDGE = 8;

/**
 * Moves a list sideways until all of it can be seen.
 * @param {HTMLElement} list
 * @param {Element} around What it must not leave.
 */
function intoSight(list, around) {
  list.style.translate = "";
  const own = list.getBoundingClientRect();
  const left = Math.max(0, around.getBoundingClientRect().left) + EDGE;
  const right = Math.min(document.documentElement.clientWidth, around.getBoundingClientRect().right) - EDGE;
  const move = own.left < left ? left - own.left : Math.min(0, right - own.right);
  if (move) list.style.translate = `${move}px`;
}
