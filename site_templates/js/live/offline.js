// @ts-check

/** What differs where a page is one file without a site: where data come from, how words are found. */

import { PlainWords } from "./plain_words.js";
import { PageSource, SiteSource } from "./source.js";

/** @typedef {import("./source.js").Source} Source */
/** @typedef {import("./source.js").Texts} Texts */
/** @typedef {import("./words.js").Finder} Finder */

/**
 * @param {HTMLElement} holder The element of a live page, with `data-offline` where it is one file.
 * @returns {Source}
 */
export function sourceFor(holder) {
  if (holder.dataset.offline !== undefined) return new PageSource();
  return new SiteSource(holder.dataset.root ?? "", holder.dataset.version ?? "");
}

/**
 * Returns what loads the word search when it is needed first.
 * @param {HTMLElement} holder
 * @param {Texts} texts
 * @returns {() => Promise<Finder>}
 */
export function finderFor(holder, texts) {
  if (holder.dataset.offline !== undefined) return async () => new PlainWords(texts);
  return async () => {
    const { openWords } = await import("../words.js");
    return openWords(holder.dataset.root ?? "");
  };
}
