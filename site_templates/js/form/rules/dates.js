// @ts-check

/**
 * Dates that contradict each other. Nothing is compared with today: a check has no clock.
 */

import { Absence } from "../absence.js";

/** @typedef {import("./matter.js").Found} Found */

/** @type {Record<string, import("./matter.js").Rule>} */
export const DATES = {
  *"dates-out-of-order"({ record }) {
    yield* collection(record);
    const { extraction, reference } = record;
    const { issued } = reference;
    if (extraction && !isMissing(issued) && isCertainlyBefore(extraction.date, issued)) {
      const message = `extracted on ${extraction.date}, before publication (${issued})`;
      yield { at: ["extraction", "date"], message };
    }
  },
};

/**
 * @param {any} record
 * @returns {Generator<Found>}
 */
function* collection({ setting, reference, screening }) {
  const period = setting?.data_collected;
  if (isMissing(period)) return;
  const { start, end } = period;
  const { issued } = reference;
  const at = ["setting", "data_collected", "end"];
  if (isCertainlyBefore(end, start)) {
    yield { at, message: `data collection ends (${end}) before it begins (${start})` };
  }
  const isPlanned = screening.decision === "ongoing";
  if (!isPlanned && !isMissing(issued) && isCertainlyBefore(issued, end)) {
    yield { at, message: `data collection ends (${end}) after publication (${issued})` };
  }
}

/** @param {any} value */
function isMissing(value) {
  return value === undefined || value instanceof Absence;
}

/**
 * @param {string} first
 * @param {string} second
 * @returns {boolean} whether the one lies before the other as far as the less exact of them can tell
 */
function isCertainlyBefore(first, second) {
  const exact = Math.min(first.length, second.length);
  return first.slice(0, exact) < second.slice(0, exact);
}
