// @ts-check

/** Links to other live pages carry along what is set, so that a reader goes on where they were. */

import { fromAddress, toAddress } from "./selection.js";

/** @typedef {import("./selection.js").Selection} Selection */

/**
 * Gives the links marked `data-keeps-selection` the filters and words that are set.
 * @param {HTMLElement} holder
 * @param {Selection} selection
 */
export function keepSelection(holder, { filters, words, view }) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    holder.querySelectorAll("a[data-keeps-selection]")
  )) {
    const [page, own = ""] = (link.getAttribute("href") ?? "").split("#");
    const address = toAddress({ ...fromAddress(own), filters, words, view });
    link.setAttribute("href", address ? `${page}#${address}` : page);
  }
}
