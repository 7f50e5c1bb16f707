// @ts-check

/** Which map a page shows: its own, another one of the file for offline use, or one of the reader's. */

import { plural } from "./wording.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").MapFrame} MapFrame */
/** @typedef {import("./selection.js").Selection} Selection */

/**
 * @param {Columns} columns
 * @param {string} usual The map of the page.
 * @param {Selection} selection
 * @param {boolean} offline Whether the page holds all maps.
 * @returns {MapFrame}
 * @throws {Error} If the data have no such map.
 */
export function frameFor(columns, usual, selection, offline) {
  const { maps } = columns.header;
  const asked = offline ? maps.find((own) => own.id === selection.map) : undefined;
  const frame = asked ?? maps.find((own) => own.id === usual);
  if (!frame) throw new Error(`there is no map “${usual}” in the data`);
  const dimension = (/** @type {string} */ id) => columns.dimensions.find((own) => own.id === id);
  const rows = dimension(selection.rows) ?? columns.dimension(frame.rows);
  const across = dimension(selection.columns) ?? columns.dimension(frame.columns);
  if (rows.id === frame.rows && across.id === frame.columns) return frame;
  return {
    ...frame,
    title: `${rows.label} by ${across.label.toLowerCase()}`,
    question: "Rows and columns of your own choice.",
    rows: rows.id,
    columns: across.id,
    outside: [],
  };
}

/**
 * Whether two frames show the same map.
 * @param {MapFrame} one
 * @param {MapFrame} other
 */
export function sameFrame(one, other) {
  return one.id === other.id && one.rows === other.rows && one.columns === other.columns;
}

/**
 * Writes the texts of a map that is not the page's own.
 * @param {HTMLElement} holder
 * @param {MapFrame} frame
 */
export function retitle(holder, frame) {
  for (const [selector, text] of /** @type {[string, string][]} */ ([
    ["h1", frame.title],
    [".em-lead", frame.question],
    [".em-map__unit", plural(frame.unit)],
  ])) {
    const place = holder.querySelector(selector);
    if (place) place.textContent = text;
  }
  for (const link of holder.querySelectorAll(".em-switch a")) {
    if (link.getAttribute("data-map") === frame.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
