// @ts-check

/**
 * What readers take away: the references and rows of the reports they see, cut out of the files that
 * the site publishes. Nothing is made anew, so each entry is byte for byte the published one.
 */

/** @typedef {"bib" | "ris" | "json" | "csv"} Format */

/**
 * A published file in pieces: `before`, the entries with `between` each two, `after`.
 * @typedef {object} Published
 * @property {string} before
 * @property {[key: string, text: string][]} entries In the order of the file.
 * @property {string} between
 * @property {string} after
 */

/** @typedef {{name: string, type: string, text: string}} Taken A file for the reader. */

/** @typedef {(path: string) => Promise<string>} FetchText */

/** How long a download may take to begin before its address is given up, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Cuts a text behind each `end`. What follows the last one is no whole piece and is left out.
 * @param {string} text
 * @param {string} end
 */
function cutBehind(text, end) {
  const pieces = [];
  let from = 0;
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, from)) {
    pieces.push(text.slice(from, at + end.length));
    from = at + end.length;
  }
  return pieces;
}

/**
 * Parts a text before the first entry: what stands there belongs to the file and goes along whole.
 * @param {string} text
 * @param {RegExp} begin Where an entry begins: at the beginning of a line.
 * @returns {[head: string, entries: string]}
 */
function parted(text, begin) {
  const at = text.search(begin);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

/**
 * Gives each piece the key that stands where the pattern says; a piece without one is no entry.
 * @param {string[]} pieces
 * @param {RegExp} pattern
 * @returns {[key: string, text: string][]}
 */
function named(pieces, pattern) {
  return pieces.flatMap((text) => {
    const key = pattern.exec(text)?.[1];
    return key === undefined ? [] : [/** @type {[string, string]} */ ([key, text])];
  });
}

/**
 * Relies on the layout of `exports/bibtex.py`: each field stands on one line, so that a line with
 * nothing but `}` ends an entry, whatever braces its values hold. The head is comments and a blank
 * line, and no line of it begins with an at sign.
 * @param {string} text
 * @returns {Published}
 */
function bibtex(text) {
  const [before, rest] = parted(text, /^@/m);
  const pieces = cutBehind(rest, "\n}\n").map((piece) => (piece[0] === "\n" ? piece.slice(1) : piece));
  return { before, entries: named(pieces, /^@\w+\{([^,\n]+),\n/), between: "\n", after: "" };
}

/**
 * Relies on the layout of `exports/ris.py`: a value never leaves its line, ER and a blank line end an
 * entry, and the key is its second line. No line of the head begins as an entry does.
 * @param {string} text
 * @returns {Published}
 */
function ris(text) {
  const [before, rest] = parted(text, /^TY {2}- /m);
  const pieces = cutBehind(rest, "\r\nER  - \r\n\r\n");
  const entries = named(pieces, /^TY {2}- \w+\r\nID {2}- ([^\r\n]+)\r\n/);
  return { before, entries, between: "", after: "" };
}

/**
 * Relies on the layout of `exports/csl_json.py`: an item stands on one line, between two brackets
 * with lines of their own.
 * @param {string} text
 * @returns {Published}
 */
function csl(text) {
  const entries = [];
  for (const line of text.split("\n")) {
    if (line[0] !== "{") continue;
    const item = line.endsWith(",") ? line.slice(0, -1) : line;
    entries.push(/** @type {[string, string]} */ ([JSON.parse(item).id, item]));
  }
  return { before: "[\n", entries, between: ",\n", after: "\n]\n" };
}

/**
 * Cuts a table into its lines as RFC 4180 has them: a line break within quotes is part of a cell. A
 * doubled quote closes and opens at once, so that it needs no rule of its own.
 * @param {string} text
 */
function lines(text) {
  const found = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === "\n" && !quoted) {
      found.push(text.slice(from, at + 1));
      from = at + 1;
    }
  }
  if (from < text.length) found.push(text.slice(from));
  return found;
}

/**
 * The key is the first cell of a line; the first line holds the headings.
 * @param {string} text
 * @returns {Published}
 */
function csv(text) {
  const [before = "", ...rows] = lines(text);
  const entries = named(rows, /^"?([^",\r\n]+)"?(?:,|\r?\n|$)/);
  return { before, entries, between: "", after: "" };
}

/**
 * @param {Published} published
 * @param {Set<string>} keys
 */
function picked({ before, entries, between, after }, keys) {
  const wanted = entries.filter(([key]) => keys.has(key)).map(([, text]) => text);
  return before + wanted.join(between) + after;
}

/**
 * Returns the entries of the reports with these keys, in the order of the file.
 * @param {string} text What `data/references.bib` holds.
 * @param {Set<string>} keys
 */
export function bibtexOf(text, keys) {
  return picked(bibtex(text), keys);
}

/**
 * Returns the entries of the reports with these keys, in the order of the file.
 * @param {string} text What `data/references.ris` holds.
 * @param {Set<string>} keys
 */
export function risOf(text, keys) {
  return picked(ris(text), keys);
}

/**
 * Returns an array of the items of the reports with these keys, in the order of the file.
 * @param {string} text What `data/references.json` holds.
 * @param {Set<string>} keys
 */
export function cslOf(text, keys) {
  return picked(csl(text), keys);
}

/**
 * Returns the line of headings and the rows of the reports with these keys, in the order of the file.
 * @param {string} text What `data/reports.csv` holds.
 * @param {Set<string>} keys
 */
export function csvOf(text, keys) {
  return picked(csv(text), keys);
}

/**
 * What each format is read from, and what the reader's file is called.
 * @type {Record<Format, {file: string, name: string, type: string, read: (text: string) => Published}>}
 */
const FORMATS = {
  bib: {
    file: "data/references.bib",
    name: "references-shown.bib",
    type: "application/x-bibtex",
    read: bibtex,
  },
  ris: {
    file: "data/references.ris",
    name: "references-shown.ris",
    type: "application/x-research-info-systems",
    read: ris,
  },
  json: {
    file: "data/references.json",
    name: "references-shown.json",
    type: "application/vnd.citationstyles.csl+json",
    read: csl,
  },
  csv: { file: "data/reports.csv", name: "reports-shown.csv", type: "text/csv", read: csv },
};

/** @type {FetchText} */
async function fetched(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.text();
}

/**
 * Returns lines as comments of BibTeX. BibTeX begins an entry at an @ even behind a %, so it is
 * written as in addresses: %40.
 * @param {string[]} head
 */
function comments(head) {
  const plain = head.map((line) => line.replace(/\s+/g, " ").replaceAll("@", "%40").trim());
  return plain.map((line) => `% ${line}\n`).join("") + (plain.length ? "\n" : "");
}

/**
 * Returns a file with the reports of these keys, in the order of the published file.
 *
 * The published head stays. What says which selection this is stands only in BibTeX, below it: RIS,
 * CSL-JSON and CSV have no comments.
 *
 * @param {Format} format
 * @param {Iterable<string>} keys The reports; each must be one that is published, so none excluded.
 * @param {object} options
 * @param {string} options.root The way from the page to the root of the site, such as "../".
 * @param {string[]} [options.head] Which selection this is, of which version and date, and where.
 * @param {FetchText} [options.fetchText] Returns what stands at a path; other than fetch for tests.
 * @returns {Promise<Taken>}
 * @throws {Error} with a message for readers, if the file cannot be fetched or lacks a report.
 */
export async function takeAway(format, keys, { root, head = [], fetchText = fetched }) {
  const { file, name, type, read } = FORMATS[format];
  const wanted = new Set(keys);
  const text = await published(root + file, fetchText);
  const found = readable(file, () => read(text));
  const present = new Set(found.entries.map(([key]) => key));
  const missing = [...wanted].filter((key) => !present.has(key));
  if (missing.length) {
    throw new Error(
      `${missing.length} of ${wanted.size} reports are not in ${file}, such as ${missing[0]}. ` +
        "The site may have been published anew since you opened this page: load the page again.",
    );
  }
  const before = found.before + (format === "bib" ? comments(head) : "");
  return { name, type, text: picked({ ...found, before }, wanted) };
}

/**
 * @param {string} path
 * @param {FetchText} fetchText
 */
async function published(path, fetchText) {
  try {
    return await fetchText(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The file ${path} could not be fetched (${reason}). ` +
        "Check your connection and try again, or take the whole file from the page Data.",
      { cause },
    );
  }
}

/**
 * @param {string} file
 * @param {() => Published} read
 */
function readable(file, read) {
  try {
    return read();
  } catch (cause) {
    throw new Error(`The file ${file} came in a form that this page cannot read. Load the page again.`, {
      cause,
    });
  }
}

/**
 * Starts a download.
 * @param {Taken} file
 */
export function save({ name, type, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
}
