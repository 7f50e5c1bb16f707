// @ts-check

/**
 * Finds words without an index, in titles, citations and findings: for the file that works offline.
 * All words must be there, each at the beginning of a word; a phrase stands in quotation marks.
 */

/** @typedef {import("./source.js").ReportText} ReportText */
/** @typedef {import("./source.js").Texts} Texts */

/** How many letters of the text an excerpt shows on either side. */
const AROUND = 90;

export class PlainWords {
  /** @type {Promise<Map<string, string>> | null} */
  #written = null;

  /** @param {Texts} texts */
  constructor(texts) {
    this.texts = texts;
  }

  /** @param {string} query */
  async matching(query) {
    const written = await (this.#written ??= this.#load());
    const wanted = patterns(query);
    const keys = new Set();
    for (const [key, text] of written) {
      const plain = folded(text);
      if (wanted.length && wanted.every((pattern) => pattern.test(plain))) keys.add(key);
    }
    return {
      keys,
      blank: !wanted.length,
      excerpt: async (/** @type {string} */ key) => excerpt(written.get(key) ?? "", wanted),
    };
  }

  async #load() {
    const keys = await this.texts.keys();
    const reports = await this.texts.of(keys.map((_, index) => index));
    return new Map(reports.map((report) => [report.key, wordsOf(report)]));
  }
}

/** @param {ReportText} report */
function wordsOf({ citation, title, source, badges, findings }) {
  return [title, citation, source, ...badges, ...findings.map(([, statement]) => statement)].join("\n");
}

/**
 * @param {string} query
 * @returns {RegExp[]}
 */
function patterns(query) {
  const parts = query.match(/"[^"]+"?|\S+/g) ?? [];
  return parts.flatMap((part) => {
    const words = folded(part).match(/[\p{L}\p{N}]+/gu);
    return words ? new RegExp(`(?<![\\p{L}\\p{N}])${words.join("[^\\p{L}\\p{N}]+")}`, "u") : [];
  });
}

/**
 * @param {string} text
 * @param {RegExp[]} wanted
 */
function excerpt(text, wanted) {
  const match = wanted[0]?.exec(folded(text));
  if (!match) return [];
  const from = Math.max(0, match.index - AROUND);
  const to = match.index + match[0].length;
  return [
    { text: (from ? "… " : "") + text.slice(from, match.index), marked: false },
    { text: text.slice(match.index, to), marked: true },
    { text: `${text.slice(to, to + AROUND)} …`, marked: false },
  ];
}

/**
 * Small letters without accents; as long as the text, so that places in one are places in the other.
 * @param {string} text
 */
function folded(text) {
  return [...text]
    .map(
      (letter) =>
        letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().slice(0, letter.length) || letter,
    )
    .join("");
}
