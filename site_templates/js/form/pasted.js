// @ts-check

/**
 * References that a contributor pastes: BibTeX, RIS or a bare DOI, as the section `reference`.
 *
 * The command `import` reads far more forms and spellings; what is read here is what publishers'
 * pages and reference managers give for a single paper. What has no place is told and not kept.
 */

import { fromLatex } from "./latex.js";
import { bibtexEntries, bibtexPeople, monthAndDay, monthOf } from "./pasted_bibtex.js";
import { risReferences } from "./pasted_ris.js";
import { peopleIn } from "./people.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Value} Value */
/** @typedef {import("./pasted_bibtex.js").BibtexEntry} BibtexEntry */
/** @typedef {import("./pasted_ris.js").RisReference} RisReference */

/**
 * @typedef {object} PastedReference
 * @property {Entry} fields Those of the section `reference`.
 * @property {string[]} left What was given and has no place in a record, as “name: value”.
 */

/**
 * @typedef {object} Pasted
 * @property {"bibtex" | "ris" | "doi" | null} form
 * @property {PastedReference[]} references
 * @property {string} [message] Why there is none, and what can be done.
 */

/**
 * Types of publications by their names in the two forms, as the frame of the form has them.
 *
 * @typedef {{bibtex: Record<string, string>, ris: Record<string, string>}} PublicationTypes
 */

const DOI = /\b10\.\d{4,9}\/[^\s"<>{}|\\^`]+/;
const BARE_DOI = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i;
const LONGEST = 500_000;

/**
 * Reads what was pasted.
 *
 * @param {string} text
 * @param {PublicationTypes} types
 * @returns {Pasted}
 */
export function pastedReferences(text, types) {
  const bare = text.trim();
  if (bare.length > LONGEST) {
    return refused("This is a whole library. Paste one paper, or use the command “import”.");
  }
  const doi = BARE_DOI.exec(bare)?.[1];
  if (doi) return { form: "doi", references: [{ fields: { doi: doi.toLowerCase() }, left: [] }] };
  if (/^\s{0,3}TY\s{1,4}-/m.test(text)) {
    return whole(
      "ris",
      risReferences(text).map((reference) => ofRis(reference, types.ris)),
    );
  }
  if (/@\s*[A-Za-z]+\s*[{(]/.test(text)) {
    return whole(
      "bibtex",
      bibtexEntries(text).map((entry) => ofBibtex(entry, types.bibtex)),
    );
  }
  if (!bare) return refused("Nothing was pasted yet.");
  return refused(
    "This is neither BibTeX (it begins with @article{ or the like) nor RIS (its first line is " +
      "TY  - JOUR or the like) nor a DOI. Copy the citation in one of these forms, or fill in the " +
      "fields by hand.",
  );
}

/**
 * @param {"bibtex" | "ris"} form
 * @param {PastedReference[]} references
 * @returns {Pasted}
 */
function whole(form, references) {
  const named = references.filter(({ fields }) => Object.keys(fields).length > 1);
  if (named.length) return { form, references: named };
  return refused("No field could be read in this entry. Was it copied as a whole?");
}

/**
 * @param {string} message
 * @returns {Pasted}
 */
function refused(message) {
  return { form: null, references: [], message };
}

/** Fields of BibTeX that are text, the first that is given. */
const BIBTEX_TEXTS = Object.entries({
  container_title: ["journaltitle", "journal", "booktitle", "maintitle", "series"],
  volume: ["volume"],
  page: ["pages"],
  number: ["eid", "article-number", "articleno", "art_number"],
  edition: ["edition"],
  publisher: ["publisher", "institution", "school", "organization"],
  publisher_place: ["location", "address"],
});

/** Fields of BibTeX that no record has, and that nobody misses. */
const UNTOLD = new Set(
  "abstract file url urldate langid language keywords author editor title subtitle date year month day eprint eprinttype archiveprefix entrysubtype howpublished pmid pmcid doi issn isbn number issue shorttitle timestamp biburl bibsource owner groups".split(
    " ",
  ),
);

const SUBTYPES = /** @type {Record<string, string>} */ ({
  magazine: "article-magazine",
  newspaper: "article-newspaper",
});

const LANGUAGES = /** @type {Record<string, string>} */ ({
  american: "en-US",
  brazilian: "pt-BR",
  british: "en-GB",
  canadian: "en-CA",
  czech: "cs",
  danish: "da",
  dutch: "nl",
  english: "en",
  finnish: "fi",
  french: "fr",
  german: "de",
  italian: "it",
  ngerman: "de",
  norwegian: "no",
  portuguese: "pt",
  spanish: "es",
  swedish: "sv",
});

/**
 * @param {BibtexEntry} entry
 * @param {Record<string, string>} types
 * @returns {PastedReference}
 */
function ofBibtex({ type, fields }, types) {
  const text = (/** @type {string} */ name) => fromLatex(fields.get(name) ?? "");
  /** @type {Set<string>} */
  const taken = new Set(UNTOLD);
  const csl = SUBTYPES[text("entrysubtype")] ?? types[type] ?? "document";
  const [title, subtitle] = [text("title"), text("subtitle")];
  /** @type {Record<string, Value | undefined>} */
  const found = { title: subtitle ? `${title}: ${subtitle}` : title, type: csl };
  for (const [name, sources] of BIBTEX_TEXTS) {
    const source = sources.find((each) => fields.has(each));
    if (source) {
      found[name] = text(source);
      taken.add(source);
    }
  }
  found.page = pages(text("pages"));
  const isPart = /^(article|chapter|paper|review)/.test(csl);
  found[isPart ? "issue" : "number"] ??= text("number") || text("issue");
  Object.assign(
    found,
    peopleFields("authors", bibtexPeople(fields.get("author") ?? "")),
    peopleFields("editors", bibtexPeople(fields.get("editor") ?? "")),
  );
  const { month, day } = monthAndDay(text("month"));
  found.issued = dated(text("date")) || joined(text("year"), month, twoDigits(text("day")) || day);
  found.language = languageCode(text("langid") || text("language"));
  found.keywords = listed(text("author_keywords") || text("keywords"), /\s*[;,]\s*/);
  Object.assign(found, identifiers(text));
  found.url ||= /https?:\/\/\S+/.exec(text("howpublished"))?.[0];
  if (/pubmed|pmid/i.test(text("eprinttype") || text("archiveprefix"))) found.pmid = text("eprint");
  const left = [...fields].filter(([name]) => !taken.has(name)).map(([name]) => `${name}: ${text(name)}`);
  return { fields: given(found), left };
}

/** Tags of RIS whose first value is a field's text. */
const RIS_TEXTS = Object.entries({
  title: ["TI", "T1", "CT", "BT"],
  container_title: ["JF", "T2", "BT", "JO", "JA", "J2"],
  volume: ["VL"],
  issue: ["IS", "CP"],
  edition: ["ET"],
  number: ["AR", "C7", "M1"],
  publisher: ["PB"],
  publisher_place: ["CY", "PP"],
});

/** Tags that no record has, and that nobody misses. */
const UNTOLD_TAGS = new Set(
  "TY ID AU A1 ED A2 PY Y1 DA SP EP LA KW DE SN DO DI UR LK L1 L2 L3 L4 AB N2 AD Y2 DB DP AN C2 ST JF T2 JO JA J1 J2 T1".split(
    " ",
  ),
);

/**
 * @param {RisReference} reference
 * @param {Record<string, string>} types
 * @returns {PastedReference}
 */
function ofRis(reference, types) {
  const all = (/** @type {string[]} */ ...tags) => tags.flatMap((tag) => reference.get(tag) ?? []);
  const first = (/** @type {string[]} */ ...tags) => all(...tags).find(Boolean) ?? "";
  const csl = types[first("TY").toUpperCase()] ?? "document";
  /** @type {Record<string, Value | undefined>} */
  const found = { type: csl };
  const taken = new Set(UNTOLD_TAGS);
  for (const [name, tags] of RIS_TEXTS) {
    const tag = tags.find((each) => first(each));
    if (!tag) continue;
    found[name] = first(tag);
    taken.add(tag);
  }
  if (csl === "book" && found.container_title === found.title) delete found.container_title;
  found.page = pages([first("SP"), first("EP")].filter(Boolean).join("-"));
  Object.assign(
    found,
    peopleFields("authors", peopleIn(all("AU", "A1").join(";\n"))),
    peopleFields("editors", peopleIn(all("ED", ...(csl === "chapter" ? ["A2"] : [])).join(";\n"))),
  );
  found.issued = exactest(all("DA", "PY", "Y1").map(dated));
  found.language = languageCode(first("LA"));
  found.keywords = listed(all("KW", "DE").join("\n"), /\s*\n\s*/);
  const serial = first("SN");
  const isBook = /^(book|chapter|report|thesis)/.test(csl) && serial.replace(/[^\dX]/gi, "").length > 8;
  const values = {
    doi: first("DO", "DI"),
    url: first("UR", "LK"),
    pmcid: first("C2"),
    [isBook ? "isbn" : "issn"]: serial,
  };
  Object.assign(
    found,
    identifiers((name) => /** @type {Record<string, string>} */ (values)[name] ?? ""),
  );
  if (/pubmed|medline/i.test(first("DB", "DP")) && /^\d+$/.test(first("AN"))) found.pmid = first("AN");
  const left = [...reference]
    .filter(([tag]) => !taken.has(tag))
    .map(([tag, told]) => `${tag}: ${told.join("; ")}`);
  return { fields: given(found), left };
}

/**
 * @param {"authors" | "editors"} field
 * @param {{names: Entry[], complete: boolean}} people
 * @returns {Entry}
 */
function peopleFields(field, { names, complete }) {
  if (!names.length) return {};
  return { [field]: names, ...(complete || field === "editors" ? {} : { authors_complete: "false" }) };
}

/**
 * @param {(name: string) => string} text
 * @returns {Record<string, string>}
 */
function identifiers(text) {
  const doi = (DOI.exec(text("doi")) ?? DOI.exec(text("url")))?.[0].replace(/[.,;]+$/, "") ?? "";
  const url = text("url");
  const issn = /\b(\d{4})-?(\d{3}[\dX])\b/i.exec(text("issn"));
  return {
    doi: doi.toLowerCase(),
    pmid: /^\d+$/.exec(text("pmid"))?.[0] ?? "",
    pmcid: /PMC\d+/i.exec(text("pmcid"))?.[0].toUpperCase() ?? "",
    issn: issn ? `${issn[1]}-${issn[2]}`.toUpperCase() : "",
    isbn: /[\dX][\dX-]{8,16}[\dX]/i.exec(text("isbn"))?.[0] ?? "",
    url: /^https?:\/\/(?!(?:dx\.)?doi\.org\/)\S+$/.test(url) ? url : "",
  };
}

/**
 * Returns a date as exact as it is written: 2021, 2021-03 or 2021-03-14.
 *
 * @param {string} written
 */
function dated(written) {
  const [year, month = "", day = ""] = written.trim().split(/[-/\s]+/);
  if (!/^\d{4}$/.test(year ?? "")) return "";
  const number = monthOf(month);
  const ofMonth = number && /^\d{1,2}$/.test(day) && Number(day) ? twoDigits(day) : "";
  return joined(year ?? "", number, ofMonth);
}

/** @param {string} day */
function twoDigits(day) {
  return /^\d{1,2}$/.test(day) ? day.padStart(2, "0") : "";
}

/** @param {string[]} parts */
function joined(...parts) {
  const end = parts.findIndex((part) => !part);
  return parts.slice(0, end < 0 ? parts.length : end).join("-");
}

/**
 * Of dates, the most exact one within the year that is named first.
 *
 * @param {string[]} dates
 */
function exactest(dates) {
  return dates.reduce((best, date) => (date.length > best.length ? date : best), "");
}

/** @param {string} written */
function pages(written) {
  return written.replace(/\s*[-–—]+\s*/g, "-").replace(/^-|-$/g, "");
}

/** @param {string} written */
function languageCode(written) {
  const bare = written.trim();
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(bare)) return LANGUAGES[bare] ?? bare;
  return LANGUAGES[bare.toLowerCase()] ?? "";
}

/**
 * @param {string} text
 * @param {RegExp} between
 */
function listed(text, between) {
  const items = text.split(between).filter(Boolean);
  return items.length ? [...new Set(items)] : undefined;
}

/**
 * What is given, without empty fields.
 *
 * @param {Record<string, Value | undefined>} found
 * @returns {Entry}
 */
function given(found) {
  /** @type {Entry} */
  const kept = {};
  for (const [name, value] of Object.entries(found))
    if (value !== undefined && value !== "") kept[name] = value;
  return kept;
}
