// @ts-check

/**
 * The main thing that a chart shows, in words. With nothing set it is, letter for letter, the
 * sentence that the build has written (evidence_map/site/overview.py).
 */

import { enumeration, figure } from "./wording.js";

/**
 * How sentences speak of a dimension: verbs and endings in the singular and the plural.
 * @typedef {object} Wording
 * @property {string[]} verbs
 * @property {string[]} none
 * @property {string} holders What has codes: reports or findings.
 */

/**
 * @typedef {object} Spoken
 * @property {string} label As it stands in the sentence.
 * @property {number} number Studies.
 */

/**
 * @typedef {object} Counted
 * @property {number} total Studies that are chosen.
 * @property {boolean} isPart Whether anything is set, so that they need not be all.
 * @property {number} none Studies with a report or finding that has no term.
 * @property {number} alone Studies that have no term at all.
 */

const TOGETHER = 3;

/**
 * @param {Spoken[]} terms The terms of the top level in the order of the chart.
 * @param {Counted} counted
 * @param {Wording} wording
 */
export function termsInWords(terms, counted, wording) {
  if (!counted.total) return nothing();
  const top = terms.filter((term) => term.number);
  if (!top.length) return `None of its terms is coded for ${ofAll(counted)}.`;
  const ranks = [...new Set(top.map((term) => term.number))].sort((one, other) => other - one);
  const first = top.filter((term) => term.number === ranks[0]).map((term) => term.label);
  const second = top.filter((term) => term.number === ranks[1]).map((term) => term.label);
  const main =
    leading(first, ranks[0], counted, wording) + (first.length > TOGETHER ? "" : following(second, ranks[1]));
  return [main, ...withNone(counted, wording)].join("; ") + ".";
}

/**
 * @param {Spoken[]} columns The years in the order of time.
 * @param {Counted} counted
 * @param {Wording} wording
 */
export function yearsInWords(columns, counted, wording) {
  if (!counted.total) return nothing();
  const years = columns.filter((year) => year.number);
  if (!years.length) return `None of its terms is coded for ${ofAll(counted)}.`;
  return [peak(years, counted, wording), ...withNone(counted, wording)].join("; ") + ".";
}

/**
 * @param {Spoken[]} years
 * @param {Counted} counted
 * @param {Wording} wording
 */
function peak(years, counted, { verbs: [lead] }) {
  const most = Math.max(...years.map((year) => year.number));
  const of = `${figure(most)} of ${studies(counted.total, counted)}`;
  const [first, last] = [years[0].label, years[years.length - 1].label];
  const peaks = years.filter((year) => year.number === most).map((year) => year.label);
  if (peaks.length > TOGETHER) return `${lead} from ${first} to ${last}, at most ${of} in a year`;
  if (peaks.length === years.length) return `${lead} in ${enumeration(peaks, "or")} (${of}${each(peaks)})`;
  return `${lead} from ${first} to ${last}, most often in ${enumeration(peaks, "or")} (${of}${each(peaks)})`;
}

/**
 * @param {string[]} first
 * @param {number} number
 * @param {Counted} counted
 * @param {Wording} wording
 */
function leading(first, number, counted, { verbs }) {
  const { total } = counted;
  const verb = verbs[total === 1 ? 0 : 1];
  const noun = counted.isPart ? "chosen studies" : "studies";
  if (number === total) {
    const who =
      total === 1 ? `The one ${counted.isPart ? "chosen study" : "study"}` : `All ${figure(total)} ${noun}`;
    return `${who} ${verb} ${enumeration(first)}`;
  }
  const of = `${figure(number)} of ${figure(total)}`;
  if (first.length > TOGETHER) return `${first.length} terms share the first place, each with ${of} ${noun}`;
  const often = first.length === 1 && 2 * number > total ? "Most" : "Most often,";
  return `${often} ${noun} ${verb} ${enumeration(first, "or")} (${of}${each(first)})`;
}

/**
 * @param {string[]} second
 * @param {number} number
 */
function following(second, number) {
  return second.length === 1 || second.length === 2
    ? `, then ${enumeration(second)} (${figure(number)}${each(second)})`
    : "";
}

/**
 * @param {Counted} counted
 * @param {Wording} wording
 */
function withNone({ none, alone, isPart }, wording) {
  if (!none) return [];
  const who = studies(none, { isPart });
  if (none === alone) return [`${who} ${wording.none[none === 1 ? 0 : 1]}`];
  return [`${who} ${none === 1 ? "has" : "have"} ${wording.holders} without one`];
}

/** @param {string[]} labels */
function each(labels) {
  return labels.length > 1 ? " each" : "";
}

/**
 * @param {number} number
 * @param {{isPart: boolean}} counted
 */
function studies(number, { isPart }) {
  return `${figure(number)} ${isPart ? "chosen " : ""}${number === 1 ? "study" : "studies"}`;
}

/** @param {Counted} counted */
function ofAll({ total, isPart }) {
  const chosen = isPart ? "chosen " : "";
  return total === 1 ? `the one ${chosen}study` : `any of the ${figure(total)} ${chosen}studies`;
}

function nothing() {
  return "No study is chosen.";
}
