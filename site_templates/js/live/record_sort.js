// @ts-check

/** By what a list of reports is sorted, its form in the address, and its words. */

/**
 * @typedef {object} Sort
 * @property {string} column Name of a column, or `title`, which stands beneath the citation.
 * @property {boolean} down From the last to the first, the largest to the smallest.
 */

/** How the list is sorted where nothing is set: the newest first. @type {Sort} */
export const USUAL = { column: "year", down: true };

/** Columns of which readers want the largest first. */
const LARGEST_FIRST = new Set(["year", "sample", "findings"]);

/** For some columns, what the two directions are called. @type {Record<string, [string, string]>} */
const WORDS = {
  year: ["Oldest first", "Newest first"],
  sample: ["Smallest sample first", "Largest sample first"],
  read: ["Full text first", "Full text last"],
  findings: ["Fewest findings first", "Most findings first"],
};

/**
 * Reads what stands in the address: `title`, or `-title` for the other direction.
 * @param {string} text
 * @param {string[]} columns Those that can be sorted by.
 * @returns {Sort | null} Nothing where it names no such column.
 */
export function readSort(text, columns) {
  if (!text) return USUAL;
  const down = text.startsWith("-");
  const column = down ? text.slice(1) : text;
  return columns.includes(column) ? { column, down } : null;
}

/** @param {Sort} sort */
export function writeSort({ column, down }) {
  if (column === USUAL.column && down === USUAL.down) return "";
  return (down ? "-" : "") + column;
}

/**
 * What pressing a heading leads to: the direction that is wanted first, the other one, the usual order.
 * @param {Sort} sort
 * @param {string} column
 * @returns {Sort}
 */
export function nextSort(sort, column) {
  const down = LARGEST_FIRST.has(column);
  if (sort.column !== column) return { column, down };
  return sort.down === down ? { column, down: !down } : USUAL;
}

/**
 * @param {Sort} sort
 * @param {string} label What the column is called.
 */
export function sortWords({ column, down }, label) {
  const words = WORDS[column];
  return words ? words[down ? 1 : 0] : `${label}, ${down ? "Z to A" : "A to Z"}`;
}

/**
 * All orders that are offered, the direction that is wanted first before the other.
 * @param {string[]} columns
 * @returns {Sort[]}
 */
export function everySort(columns) {
  return columns.flatMap((column) => {
    const down = LARGEST_FIRST.has(column);
    return [
      { column, down },
      { column, down: !down },
    ];
  });
}
