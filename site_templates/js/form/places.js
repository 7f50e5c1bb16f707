// @ts-check

/**
 * Countries and regions by their ISO codes, and which of them a name means.
 */

import { Refusal } from "./refusal.js";
import { beginning, lengthOf, trimmed } from "./wording.js";

/**
 * @typedef {object} PlaceNames
 * @property {Record<string, string>} countries names by code
 * @property {Record<string, string[]>} spellings how else a country is named
 * @property {Record<string, string>} subdivisions names by code
 */
/** @typedef {[name: string, code: string]} Named */

/** The places of the world, ready to be asked. */
export class Places {
  /**
   * @param {PlaceNames} names
   * @param {Record<string, string>} abbreviations what looks like a code and is none
   */
  constructor(names, abbreviations) {
    this.countries = new Map(Object.entries(names.countries));
    this.subdivisions = new Map(Object.entries(names.subdivisions));
    this.spellings = Object.entries(names.spellings);
    this.abbreviations = new Map(Object.entries(abbreviations));
    /** @type {{countries: Named[], subdivisions: Named[]} | undefined} */
    this.plain = undefined;
  }

  /**
   * @param {string} value
   * @returns {string} the code of a country in capitals
   */
  country(value) {
    const code = value.toUpperCase();
    if (/^[A-Z]{2}$/.test(code) && this.countries.has(code)) return code;
    const written = beginning(value, 40);
    throw new Refusal("bad-country", `“${written}” is not a country code`, this.countryHint(written));
  }

  /**
   * @param {string} value
   * @returns {string} the code of a region in capitals
   */
  subdivision(value) {
    const code = value.toUpperCase();
    if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) && this.subdivisions.has(code)) return code;
    const written = beginning(value, 40);
    const message = `“${written}” is not the code of a region`;
    throw new Refusal("bad-subdivision", message, this.subdivisionHint(written));
  }

  /** @param {string} written */
  countryHint(written) {
    const code = this.named(written);
    return code === undefined
      ? "Write the two-letter ISO code, such as CA, GB or US."
      : `Did you mean ${code} (${this.countries.get(code)})?`;
  }

  /** @param {string} written */
  subdivisionHint(written) {
    const word = plain(written);
    const found = this.plainNames().subdivisions.find(([name]) => name === word);
    return found === undefined
      ? "Write the ISO 3166-2 code: country, hyphen, region, such as CA-BC or GB-SCT."
      : `Did you mean ${found[1]} (${this.subdivisions.get(found[1])})?`;
  }

  /**
   * @param {string} written the name of a country, a part of the name, or the name of a region
   * @returns {string | undefined} the code of the country
   */
  named(written) {
    const abbreviated = this.abbreviations.get(written.toUpperCase());
    if (abbreviated !== undefined) return abbreviated;
    const word = plain(written);
    const { countries, subdivisions } = this.plainNames();
    for (const names of [countries, subdivisions]) {
      const whole = names.find(([name]) => name === word);
      if (whole !== undefined) return whole[1].slice(0, 2);
      if (lengthOf(word) <= 3) return undefined;
    }
    for (const names of [countries, subdivisions]) {
      const found = names.filter(([name]) => name.includes(word));
      const within = new Set(found.map(([, code]) => code.slice(0, 2)));
      // “United” could be several countries, and none of them is a better guess.
      if (within.size > 0) return within.size === 1 ? [...within][0] : undefined;
    }
    return undefined;
  }

  /** @returns {{countries: Named[], subdivisions: Named[]}} plain names, in the order of the codes */
  plainNames() {
    if (this.plain === undefined) {
      /** @type {Named[]} */
      const countries = this.spellings.flatMap(([code, names]) =>
        names.map((name) => /** @type {Named} */ ([plain(name), code])),
      );
      /** @type {Named[]} */
      const subdivisions = [...this.subdivisions].map(([code, name]) => [plain(name), code]);
      this.plain = { countries, subdivisions };
    }
    return this.plain;
  }
}

/**
 * @param {string} name
 * @returns {string} the name in small letters without accents
 */
function plain(name) {
  return trimmed(name)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "");
}
