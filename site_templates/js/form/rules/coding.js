// @ts-check

/**
 * Codes that the codebook does not hold, or holds elsewhere.
 */

import { nearest } from "../nearness.js";
import { plainWords, quoted } from "../wording.js";
import { entriesOf, termsIn } from "./matter.js";

/** @typedef {import("./matter.js").Dimension} Dimension */
/** @typedef {import("./matter.js").Matter} Matter */
/** @typedef {import("./matter.js").Path} Path */
/** @typedef {import("./matter.js").Term} Term */
/**
 * The terms that stand in one place, and the dimension they ought to belong to.
 *
 * @typedef {object} Coding
 * @property {"records" | "findings"} appliesTo
 * @property {string} name
 * @property {Dimension} [dimension]
 * @property {string[]} terms
 * @property {Path} at
 */

/** @type {Record<string, import("./matter.js").Rule>} */
export const CODING = {
  *"unknown-dimension"(matter) {
    for (const { dimension, name, appliesTo, at } of codings(matter)) {
      if (dimension) continue;
      if (matter.lists.coded[appliesTo].includes(name)) {
        const message = `no dimension of the codebook belongs to “${name}”`;
        yield { at, message, hint: `Give a dimension of the codebook “field: ${name}”.` };
      } else {
        const message = `the codebook has no dimension ${quoted(name)}`;
        yield { at, message, hint: dimensionHint(matter.dimensions, name) };
      }
    }
  },

  *"misplaced-dimension"(matter) {
    for (const { dimension, appliesTo, at } of codings(matter)) {
      if (!dimension) continue;
      if (dimension.applies_to !== appliesTo) {
        const target = dimension.applies_to === "findings" ? "each finding" : "the paper's record";
        yield { at, message: `“${dimension.id}” is coded at ${target}` };
      } else if (at.includes("codes") && dimension.field !== "codes") {
        yield { at, message: `“${dimension.id}” stands in “${dimension.field}”, not in “codes”` };
      }
    }
  },

  *"unknown-term"(matter) {
    for (const { dimension, terms, at } of codings(matter)) {
      if (!dimension) continue;
      for (const [index, term] of terms.entries()) {
        if (termOf(dimension, term)) continue;
        const message = `${quoted(dimension.id)} has no term ${quoted(term)}`;
        yield { at: [...at, index], message, hint: termHint(matter.dimensions, dimension, term) };
      }
    }
  },

  *"group-coded"(matter) {
    for (const { dimension, terms, at } of codings(matter)) {
      if (!dimension || dimension.groups_can_be_coded) continue;
      for (const [index, term] of terms.entries()) {
        if (!termOf(dimension, term)?.is_group) continue;
        const narrower = dimension.terms.filter(({ groups }) => groups.at(-1) === term);
        const hint = `Choose one of: ${narrower.map(({ id }) => id).join(", ")}.`;
        yield { at: [...at, index], message: `“${term}” is a group of “${dimension.id}”`, hint };
      }
    }
  },

  *"too-many-terms"(matter) {
    for (const { dimension, terms, at } of codings(matter)) {
      if (dimension && !dimension.several && terms.length > 1) {
        yield { at, message: `“${dimension.id}” takes one term, here are ${terms.length}` };
      }
    }
  },
};

/** @type {WeakMap<Matter, Coding[]>} */
const CODINGS = new WeakMap();

/**
 * @param {Matter} matter
 * @returns {Coding[]} every place with terms in a record, found once for all rules
 */
function codings(matter) {
  const known = CODINGS.get(matter) ?? [...everyCoding(matter)];
  CODINGS.set(matter, known);
  return known;
}

/**
 * @param {Matter} matter
 * @returns {Generator<Coding>}
 */
function* everyCoding(matter) {
  yield* codingsOf(matter, matter.record, "records", []);
  for (const [index, finding] of entriesOf(matter.record.findings).entries()) {
    yield* codingsOf(matter, finding, "findings", ["findings", index]);
  }
}

/**
 * @param {Matter} matter
 * @param {any} holder
 * @param {"records" | "findings"} appliesTo
 * @param {Path} where
 * @returns {Generator<Coding>}
 */
function* codingsOf({ dimensions, lists }, holder, appliesTo, where) {
  for (const name of lists.coded[appliesTo]) {
    const path = name.split(".");
    const terms = termsIn(path.reduce((section, part) => section?.[part], holder));
    if (terms.length === 0) continue;
    const dimension = dimensions.find((each) => each.applies_to === appliesTo && each.field === name);
    yield { appliesTo, name, dimension, terms, at: [...where, ...path] };
  }
  for (const [name, value] of holder.codes) {
    const dimension = dimensions.find(({ id }) => id === name);
    yield { appliesTo, name, dimension, terms: termsIn(value), at: [...where, "codes", name] };
  }
}

/**
 * @param {Dimension} dimension
 * @param {string} id
 * @returns {Term | undefined}
 */
function termOf(dimension, id) {
  return dimension.terms.find((term) => term.id === id);
}

/**
 * @param {Dimension[]} dimensions
 * @param {string} name
 */
function dimensionHint(dimensions, name) {
  const plain = plainWords(name);
  const meant = dimensions.find(({ id, label }) => plainWords(label) === plain || plainWords(id) === plain);
  if (meant) return `Write the id of the dimension: ${meant.id}.`;
  return nearest(
    name,
    dimensions.map(({ id }) => id),
  );
}

/**
 * @param {Dimension[]} dimensions
 * @param {Dimension} dimension
 * @param {string} term
 * @returns {string} which term was probably meant: by its label, in another dimension, or misspelt
 */
function termHint(dimensions, dimension, term) {
  const meant = byLabel(dimension, term);
  if (meant) return `Write the id of the term: ${meant}.`;
  for (const other of dimensions) {
    if (other.id === dimension.id) continue;
    const there = termOf(other, term)?.id ?? byLabel(other, term);
    if (there) return `${quoted(there)} is a term of ${quoted(other.id)}.`;
  }
  const ids = dimension.terms.map(({ id }) => id);
  return nearest(term, ids) || `Its terms are: ${ids.slice(0, 12).join(", ")}.`;
}

/**
 * @param {Dimension} dimension
 * @param {string} written
 * @returns {string | undefined} the id of the term whose label or id is written in other case or spacing
 */
function byLabel(dimension, written) {
  const plain = plainWords(written);
  return plainTerms(dimension).find(({ names }) => names.includes(plain))?.id;
}

/** @type {WeakMap<Dimension, {id: string, names: string[]}[]>} */
const PLAIN_TERMS = new WeakMap();

/** @param {Dimension} dimension */
function plainTerms(dimension) {
  const known =
    PLAIN_TERMS.get(dimension) ??
    dimension.terms.map(({ id, label }) => ({ id, names: [plainWords(id), plainWords(label)] }));
  PLAIN_TERMS.set(dimension, known);
  return known;
}
