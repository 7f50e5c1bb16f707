// @ts-check

/**
 * What a reader has set on a live page, and its form in the address.
 *
 * It stands behind the # of the address: so every view can be cited, no server learns what
 * a reader looks for, and it works in a file that is opened without a server.
 */

/**
 * @typedef {object} Filter
 * @property {string} dimension
 * @property {"any" | "all" | "none" | "range"} mode Whether any, all or none of the terms must be
 *   there, or a year from the first to the second.
 * @property {string[]} terms Ids, in the order in which they were chosen.
 */

/** @typedef {"bubbles" | "heat" | "mosaic" | "numbers"} View */

/**
 * What a list shows: a cell (row and column), a whole row or column, or a segment of the legend.
 * @typedef {object} Place
 * @property {string} [row]
 * @property {string} [column]
 * @property {string} [segment]
 */

/**
 * @typedef {object} Selection
 * @property {Filter[]} filters In the order in which they were set, one a dimension.
 * @property {string} words
 * @property {View | ""} view Empty for the reader's usual one.
 * @property {string} colours Dimension of the segments; empty for the map's own, "none" for no segments.
 * @property {string} rows Dimension of the rows, where the reader has chosen another one.
 * @property {string} columns
 * @property {string[]} toggled Groups that are not as they are at first: `row:ID` or `column:ID`.
 * @property {Place | null} place What the list shows, if it is open.
 * @property {string} sort How a list of reports is sorted; empty for its usual order.
 * @property {string} map Which map, in the one file that holds all of them; empty for the first.
 */

export const VIEWS = /** @type {const} */ (["bubbles", "heat", "mosaic", "numbers"]);

/** @type {Selection} */
export const NOTHING = {
  filters: [],
  words: "",
  view: "",
  colours: "",
  rows: "",
  columns: "",
  toggled: [],
  place: null,
  sort: "",
  map: "",
};

const MODES = new Set(["any", "all", "none", "range"]);
const FILTER = "f.";

/**
 * Returns the filter of a dimension, with no terms if none is set.
 * @param {Selection} selection
 * @param {string} dimension
 * @returns {Filter}
 */
export function filterOf(selection, dimension) {
  return (
    selection.filters.find((filter) => filter.dimension === dimension) ?? {
      dimension,
      mode: "any",
      terms: [],
    }
  );
}

/**
 * Returns the selection with a filter set, or taken away where it has no terms.
 * @param {Selection} selection
 * @param {Filter} filter
 * @returns {Selection}
 */
export function withFilter(selection, filter) {
  const kept = selection.filters.filter((other) => other.dimension !== filter.dimension);
  const at = selection.filters.findIndex((other) => other.dimension === filter.dimension);
  if (filter.terms.length) kept.splice(at < 0 ? kept.length : at, 0, filter);
  return { ...selection, filters: kept };
}

/**
 * Returns the selection with a term chosen, or no longer chosen.
 * @param {Selection} selection
 * @param {string} dimension
 * @param {string} term
 * @returns {Selection}
 */
export function withTermSwitched(selection, dimension, term) {
  const { mode, terms } = filterOf(selection, dimension);
  const switched = terms.includes(term) ? terms.filter((other) => other !== term) : [...terms, term];
  return withFilter(selection, { dimension, mode, terms: switched });
}

/**
 * Returns what stands behind the # of an address.
 * @param {Selection} selection
 * @returns {string} Without the #; empty where nothing is set.
 */
export function toAddress(selection) {
  /** @type {[string, string][]} */
  const parts = [];
  for (const { dimension, mode, terms } of selection.filters) {
    parts.push([FILTER + dimension, (mode === "any" ? "" : `${mode}:`) + terms.join(",")]);
  }
  if (selection.words) parts.push(["words", selection.words]);
  if (selection.view) parts.push(["view", selection.view]);
  if (selection.colours) parts.push(["colours", selection.colours]);
  if (selection.rows) parts.push(["rows", selection.rows]);
  if (selection.columns) parts.push(["columns", selection.columns]);
  if (selection.toggled.length) parts.push(["groups", selection.toggled.join(",")]);
  if (selection.sort) parts.push(["sort", selection.sort]);
  if (selection.map) parts.push(["map", selection.map]);
  for (const name of /** @type {const} */ (["row", "column", "segment"])) {
    const id = selection.place?.[name];
    if (id) parts.push([name, id]);
  }
  return parts.map(([name, value]) => `${name}=${encode(value)}`).join("&");
}

/** @param {string} value */
function encode(value) {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%20", "+");
}

/**
 * Reads what stands behind the # of an address. What is not understood is left out: addresses are
 * typed by hand, cut off by mail programs, and outlive the terms they name.
 * @param {string} address With or without the #.
 * @returns {Selection}
 */
export function fromAddress(address) {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  /** @type {Selection} */
  let selection = { ...NOTHING };
  for (const [name, value] of parts) {
    if (!name.startsWith(FILTER)) continue;
    const colon = value.indexOf(":");
    const written = value.slice(0, Math.max(colon, 0));
    const mode = /** @type {Filter["mode"]} */ (MODES.has(written) ? written : "any");
    const terms = (MODES.has(written) ? value.slice(colon + 1) : value).split(",").filter(Boolean);
    if (mode === "range" && terms.length !== 2) continue;
    // A range may begin and end with the same year.
    const kept = mode === "range" ? terms : [...new Set(terms)];
    selection = withFilter(selection, { dimension: name.slice(FILTER.length), mode, terms: kept });
  }
  const view = /** @type {View} */ (parts.get("view") ?? "");
  const place = Object.fromEntries(
    ["row", "column", "segment"].flatMap((name) => (parts.get(name) ? [[name, parts.get(name)]] : [])),
  );
  return {
    ...selection,
    words: parts.get("words") ?? "",
    view: VIEWS.includes(view) ? view : "",
    colours: parts.get("colours") ?? "",
    rows: parts.get("rows") ?? "",
    columns: parts.get("columns") ?? "",
    toggled: (parts.get("groups") ?? "").split(",").filter(Boolean),
    sort: parts.get("sort") ?? "",
    map: parts.get("map") ?? "",
    place: Object.keys(place).length ? place : null,
  };
}

/**
 * Returns the selection without what this review does not know, such as a term that was removed.
 * @param {Selection} selection
 * @param {import("./columns.js").Dimension[]} dimensions Those that the page can filter by.
 * @returns {{selection: Selection, unknown: string[]}} `unknown` names what was left out.
 */
export function known(selection, dimensions) {
  /** @type {string[]} */
  const unknown = [];
  const filters = selection.filters.flatMap((filter) => {
    const dimension = dimensions.find((own) => own.id === filter.dimension);
    if (!dimension) {
      unknown.push(filter.dimension);
      return [];
    }
    if (filter.mode === "range" && dimension.years && filter.terms.every((term) => /^\d+$/.test(term)))
      return [filter];
    const terms = filter.terms.filter((term) => dimension.numbers.has(term));
    unknown.push(...filter.terms.filter((term) => !dimension.numbers.has(term)));
    return terms.length && filter.mode !== "range" ? [{ ...filter, terms }] : [];
  });
  const colours = dimensions.some((own) => own.id === selection.colours) || selection.colours === "none";
  if (selection.colours && !colours) unknown.push(selection.colours);
  unknown.push(
    ...[selection.rows, selection.columns].filter((id) => id && !dimensions.some((own) => own.id === id)),
  );
  return { selection: { ...selection, filters, colours: colours ? selection.colours : "" }, unknown };
}
