// @ts-check

/** A sentence about what a list shows, ready for a manuscript or a message. */

import { counted, enumeration, placeWords, selectionWords, spokenDate } from "./wording.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./selection.js").Selection} Selection */

/** How many citations are written out. */
const MOST = 12;

/**
 * @param {object} parts
 * @param {Columns} parts.columns
 * @param {import("./columns.js").Unit} parts.unit
 * @param {number} parts.count
 * @param {[import("./columns.js").Dimension, number][]} parts.terms Where the units stand.
 * @param {string} parts.segment Label of the segment, if one is shown.
 * @param {string[]} parts.citations Short citations, the latest first.
 * @param {Selection} parts.selection
 * @param {string} parts.address Link to this view.
 * @returns {string}
 */
export function sentence({ columns, unit, count, terms, segment, citations, selection, address }) {
  const { header } = columns;
  const shown = citations.slice(0, MOST);
  const rest = citations.length - shown.length;
  const cited = [...shown, ...(rest ? [`${counted(rest, "report")} more`] : [])].join("; ");
  const verb = count === 1 ? "stands" : "stand";
  const where = [...(terms.length ? [placeWords(terms)] : []), ...(segment ? [`“${segment}”`] : [])];
  const place = where.length ? ` ${verb} under ${enumeration(where)}` : ` ${verb} on the map`;
  const set = selectionWords(columns, selection);
  const filters = set.length ? ` Selection: ${set.join("; ")}.` : "";
  const data = [
    `${header.title.replace(/\.$/, "")}, version ${header.version}`,
    ...(header.date ? [`data of ${spokenDate(header.date)}`] : []),
  ].join(", ");
  return `${counted(count, unit)}${place}${cited ? ` (${cited})` : ""}.${filters} Source: ${data}. ${address}`;
}
