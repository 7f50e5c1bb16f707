// @ts-check

/**
 * References to other records, studies and searches that lead nowhere, to themselves or in a circle,
 * and identifiers that two records or two findings share.
 */

import { nearest } from "../nearness.js";
import { entriesOf } from "./matter.js";

/** @typedef {import("./matter.js").Matter} Matter */
/** @typedef {import("./matter.js").Path} Path */

/** @type {("doi" | "pmid" | "pmcid")[]} */
export const IDENTIFIERS = ["doi", "pmid", "pmcid"];

/** @type {Record<string, import("./matter.js").Rule>} */
export const RELATIONS = {
  *"shared-identifier"(matter) {
    for (const name of IDENTIFIERS) {
      const value = matter.record.reference[name];
      if (value === undefined) continue;
      for (const other of matter.others.values()) {
        if (other[name] !== value || areRelated(matter, other.key)) continue;
        const message = `${name.toUpperCase()} ${value} is also that of records/${other.key}.yml`;
        yield { at: ["reference", name], message };
        break;
      }
    }
  },

  *"repeated-finding"({ record: { findings } }) {
    const seen = new Set();
    for (const [index, { id }] of entriesOf(findings).entries()) {
      if (seen.has(id)) {
        const message = `the finding id “${id}” is already used in this file`;
        yield { at: ["findings", index, "id"], message };
      }
      seen.add(id);
    }
  },

  *"unknown-record"(matter) {
    for (const [other, at] of recordsNamed(matter)) {
      if (!matter.keys.includes(other)) {
        yield { at, message: `there is no record “${other}”`, hint: nearest(other, matter.keys) };
      }
    }
  },

  *"record-names-itself"(matter) {
    const { key } = matter;
    for (const [other, at] of recordsNamed(matter)) {
      if (other === key) yield { at, message: "the record names itself" };
    }
    const seen = new Set([key]);
    let current = keptInstead(matter, key);
    while (current !== undefined && !seen.has(current)) {
      seen.add(current);
      current = keptInstead(matter, current);
    }
    if (current === key && seen.size > 1) {
      const circle = [...[...seen].sort(), key].join(" → ");
      yield { at: ["study", "duplicate_of"], message: `duplicates in a circle: ${circle}` };
    }
  },

  *"unknown-study"({ record: { study }, studies }) {
    const name = study?.report_of;
    if (name && !studies.has(name)) {
      const hint = nearest(name, [...studies]);
      yield { at: ["study", "report_of"], message: `there is no study “${name}”`, hint };
    }
  },

  *"study-like-record"({ key, studies }) {
    if (studies.has(key)) yield { at: [], message: `“${key}” is also the key of a record` };
  },

  *"unknown-search"({ record: { screening }, searches }) {
    for (const [index, name] of entriesOf(screening.found_by).entries()) {
      if (!searches.has(name)) {
        const at = ["screening", "found_by", index];
        yield { at, message: `there is no search “${name}”`, hint: nearest(name, [...searches]) };
      }
    }
  },

  *"adjudication-without-difference"({ record: { extraction }, isExtractedTwice, isFaulty }) {
    // Whether two extractions differ is told by the check of the whole review.
    if (isFaulty || isExtractedTwice) return;
    for (const index of entriesOf(extraction?.adjudication).keys()) {
      const at = ["extraction", "adjudication", index, "field"];
      yield { at, message: "the record has no second extraction" };
    }
  },
};

/**
 * @param {Matter} matter
 * @returns {Generator<[string, Path]>} each key that the record refers to, with its place
 */
function* recordsNamed({ record: { study } }) {
  for (const name of ["duplicate_of", "version_of"]) {
    if (study?.[name]) yield [study[name], ["study", name]];
  }
  for (const [index, other] of entriesOf(study?.may_share_sample_with).entries()) {
    yield [other, ["study", "may_share_sample_with", index]];
  }
}

/**
 * @param {Matter} matter
 * @param {string} other
 * @returns {boolean} whether one of two records says that it is a duplicate or a version of the other
 */
export function areRelated({ key, record: { study }, others }, other) {
  const there = others.get(other);
  return (
    [study?.duplicate_of, study?.version_of].includes(other) ||
    [there?.duplicate_of, there?.version_of].includes(key)
  );
}

/**
 * @param {Matter} matter
 * @param {string} key
 * @returns {string | undefined} the record that is kept instead of that with the key
 */
function keptInstead(matter, key) {
  if (key === matter.key) return matter.record.study?.duplicate_of;
  return matter.others.get(key)?.duplicate_of;
}
