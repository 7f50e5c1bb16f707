// @ts-check

/** How a map's marks divide: the top terms of a dimension, in at most six colours. */

/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./tally.js").Tally} Tally */

const MOST_COLOURS = 6;
/** The segment that gathers the rest; no term can be called so. */
const OTHER = "_other";

/**
 * @typedef {object} Segment
 * @property {string} id Of the term, or OTHER.
 * @property {string} label
 * @property {number} colour From 1; 0 stands for having none.
 */

/**
 * @typedef {object} Colours
 * @property {Dimension} dimension
 * @property {Segment[]} segments
 * @property {Uint8Array} segmentOf For each term the colour it gives, 0 for none.
 * @property {number} number How many segments there are.
 */

/**
 * Returns the segments of a dimension: its top terms that are used at all. Beyond six, the last
 * colour gathers the rest.
 * @param {Dimension} dimension
 * @param {Uint32Array} used How many findings each term has when nothing is filtered.
 * @returns {Colours}
 */
export function coloursOf(dimension, used) {
  const last = dimension.terms.length - 1;
  const top = dimension.terms.flatMap((term, number) =>
    term.parent < 0 && number !== last && used[number] ? number : [],
  );
  const shown = top.length <= MOST_COLOURS ? top : top.slice(0, MOST_COLOURS - 1);
  const segmentOf = new Uint8Array(dimension.terms.length);
  top.forEach((term, index) => (segmentOf[term] = Math.min(index, shown.length) + 1));
  const segments = shown.map((term, index) => ({
    id: dimension.at(term).id,
    label: dimension.at(term).label,
    colour: index + 1,
  }));
  if (top.length > shown.length) segments.push({ id: OTHER, label: "Other", colour: MOST_COLOURS });
  return { dimension, segments, segmentOf, number: segments.length };
}

/**
 * Returns the terms that a segment stands for.
 * @param {Colours} colours
 * @param {string} id
 */
export function termsOfSegment({ dimension, segments, segmentOf }, id) {
  const segment = segments.find((own) => own.id === id);
  const colour = segment?.colour ?? 0;
  return dimension.terms.flatMap((_, number) => (segment && segmentOf[number] === colour ? number : []));
}
