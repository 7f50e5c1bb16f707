// @ts-check

/**
 * What the rules look at: a record as it was read, and what it can refer to.
 */

import { Absence } from "../absence.js";

/** @typedef {import("../nodes.js").Path} Path */
/**
 * One thing that a rule finds: where the record says it, what is wrong, and how to mend it if the rule
 * knows a better remedy than its own.
 *
 * @typedef {{at: Path, message: string, hint?: string}} Found
 */
/** @typedef {(matter: Matter) => Iterable<Found>} Rule */

/**
 * @typedef {object} Term
 * @property {string} id
 * @property {string} label
 * @property {string[]} groups
 * @property {boolean} is_group
 */
/**
 * @typedef {object} Dimension
 * @property {string} id
 * @property {string} label
 * @property {"records" | "findings"} applies_to
 * @property {string} field
 * @property {boolean} several
 * @property {boolean} groups_can_be_coded
 * @property {Term[]} terms
 */
/**
 * @typedef {object} Tool
 * @property {string} id
 * @property {string} name
 * @property {string[]} answers
 * @property {{id: string}[]} [groups]
 * @property {{id: string, group?: string}[]} items
 */
/** @typedef {import("../recorded.js").Recorded} Recorded */
/**
 * @typedef {object} RuleLists
 * @property {{records: string[], findings: string[]}} coded the fields that hold terms
 * @property {Record<string, string>} required_of_included sections, and what each says
 * @property {string} told_in_title how a title tells of a retraction
 * @property {string} invented_example the key of the record that a new review begins with
 */
/**
 * @typedef {object} Matter
 * @property {string} key of the record
 * @property {any} record
 * @property {Set<string>} cut sections of which a part could not be read
 * @property {boolean} isFaulty whether some value of the record could not be read
 * @property {Dimension[]} dimensions
 * @property {Tool[]} tools
 * @property {Set<string>} studies
 * @property {Set<string>} searches
 * @property {Map<string, Recorded>} others the other records by key
 * @property {boolean} isExtractedTwice
 * @property {string[]} keys of all records, this one among them
 * @property {Map<string, string>} countries names by code
 * @property {RuleLists} lists
 */

/**
 * @param {any} value
 * @returns {string[]} the terms in a coded field: none, one or several
 */
export function termsIn(value) {
  if (value === undefined || value instanceof Absence) return [];
  return typeof value === "string" ? [value] : value;
}

/**
 * @param {any} value
 * @returns {any[]} the entries of a list; none where it is left out or a reason stands instead
 */
export function entriesOf(value) {
  return Array.isArray(value) ? value : [];
}
