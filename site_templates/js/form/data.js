// @ts-check

/** What the form loads from its own site. */

/** @typedef {import("./schema_fields.js").Frame} Frame */
/** @typedef {import("./recorded.js").Recorded} Recorded */

/** The root of the site. */
export const ROOT = new URL("../../", import.meta.url).href;

/**
 * @typedef {object} Data
 * @property {Frame} frame
 * @property {Recorded[]} recorded
 * @property {import("./places.js").PlaceNames} places
 */

/** @returns {Promise<Data>} */
export async function loadData() {
  const [frame, recorded, places] = await Promise.all(
    ["form", "recorded", "places"].map((name) => json(`contribute/${name}.json`)),
  );
  return { frame, recorded, places };
}

/**
 * Returns the file of a record as it stands on the site.
 *
 * @param {string} key
 */
export async function recordText(key) {
  return (await fetched(`records/${encodeURIComponent(key)}/${encodeURIComponent(key)}.yml`)).text();
}

/** @param {string} place */
async function json(place) {
  return (await fetched(place)).json();
}

/** @param {string} place */
async function fetched(place) {
  const response = await fetch(ROOT + place);
  if (!response.ok) throw new Error(`${place} could not be loaded (${response.status}).`);
  return response;
}
