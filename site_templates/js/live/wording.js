// @ts-check

/** Sentences for readers: counts with their nouns, filters, places on the map. */

import { NONE } from "./columns.js";

/** @typedef {import("./columns.js").Columns} Columns */
/** @typedef {import("./columns.js").Unit} Unit */
/** @typedef {import("./selection.js").Filter} Filter */
/** @typedef {import("./selection.js").Selection} Selection */

/** @type {Record<Unit, [string, string]>} */
const NOUNS = {
  study: ["study", "studies"],
  report: ["report", "reports"],
  finding: ["finding", "findings"],
};
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

// Made once: setting a format up takes longer than a thousand uses of it.
const FIGURES = new Intl.NumberFormat("en-GB");

/** @param {number} value */
export function figure(value) {
  return value < 1000 ? String(value) : FIGURES.format(value);
}

/**
 * @param {number} count
 * @param {Unit} unit
 */
export function counted(count, unit) {
  return `${figure(count)} ${NOUNS[unit][count === 1 ? 0 : 1]}`;
}

/** @param {Unit} unit */
export function plural(unit) {
  return NOUNS[unit][1];
}

/**
 * @param {string[]} items
 * @param {string} [last]
 */
export function enumeration(items, last = "and") {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}

/** A date as it is spoken: 28 October 2024. @param {string} date */
export function spokenDate(date) {
  const [year = "", month, day] = date.split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/**
 * A filter in words: *Country: Canada or Norway*.
 * @param {Columns} columns
 * @param {Filter} filter
 */
export function filterWords(columns, { dimension: id, mode, terms }) {
  const dimension = columns.dimension(id);
  const labels = terms.map((term) => dimension.labelOf(term));
  if (mode === "range") {
    const [from, to] = terms;
    return `${dimension.label}: ${from === to ? from : `${from} to ${to}`}`;
  }
  if (mode === "none") return `${dimension.label}: not ${enumeration(labels, "nor")}`;
  return `${dimension.label}: ${enumeration(labels, mode === "all" ? "and" : "or")}`;
}

/**
 * All that is set, in words, one entry each.
 * @param {Columns} columns
 * @param {Selection} selection
 */
export function selectionWords(columns, { filters, words }) {
  const set = filters.map((filter) => filterWords(columns, filter));
  return words ? [...set, `Words: ${words}`] : set;
}

/**
 * Where units stand, in words: *“Company” (topic) and “Keeper” (crew)*.
 * @param {[import("./columns.js").Dimension, number][]} terms
 */
export function placeWords(terms) {
  const parts = terms.map(([dimension, number]) => {
    const term = dimension.at(number);
    const about = dimension.label.toLowerCase();
    return term.id === NONE ? `no term of ${about}` : `“${term.label}” (${about})`;
  });
  return enumeration(parts);
}
