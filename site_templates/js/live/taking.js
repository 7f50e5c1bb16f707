// @ts-check

/** Hands readers what they see: references, a table, a picture, a link, a frame for another page. */

import { save, takeAway } from "../take_away.js";
import { notice } from "./notice.js";
import { selectionWords, spokenDate } from "./wording.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./counting.js").Chosen} Chosen */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./source.js").Source} Source */
/** @typedef {import("./source.js").Texts} Texts */
/** @typedef {"bib" | "ris" | "json" | "csv"} Format */

/**
 * Saves the reports that are chosen in one of the published formats.
 * @param {object} what
 * @param {Format} what.format
 * @param {Chosen} what.chosen
 * @param {string} what.name What they are, such as the title of a list.
 * @param {Columns} what.columns
 * @param {Texts} what.texts
 * @param {Selection} what.selection
 * @param {string} what.address
 */
export async function takeReferences({ format, chosen, name, columns, texts, selection, address }) {
  const { header } = columns;
  const wanted = new Set(chosen.reports);
  try {
    const keys = new Set((await texts.keys()).filter((_, report) => wanted.has(report)));
    const head = [
      `${header.title}, version ${header.version}, data of ${spokenDate(header.date)}`,
      `${name}${selectionWords(columns, selection)
        .map((words) => `; ${words}`)
        .join("")}`,
      address,
    ];
    const taken = await takeAway(format, keys, {
      root: "",
      head,
      fetchText: (path) => texts.source.text(path),
    });
    save(taken);
    notice(`${taken.name} with ${keys.size === 1 ? "1 report" : `${keys.size} reports`} is saved.`);
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error));
  }
}
