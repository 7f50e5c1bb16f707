// @ts-check

/** Names of people and bodies as they are pasted, in the parts that a record has. */

/** @typedef {import("./entry.js").Entry} Entry */

/** Words in lower case that stand before a family name in lists of names. */
const PARTICLES = new Set(
  "'t al av bin da dal de degli dei del della der des di do dos du el la le los ten ter van vande vanden vander vom von zu zum zur".split(
    " ",
  ),
);

const SUFFIX = /^(?:jr|sr|junior|senior|ii|iii|iv|2nd|3rd|[4-9]th)\.?$/i;

/** Words by which a body is told from a person. */
const BODIES = new Set(
  (
    "academy administration agency alliance association authority board bureau center centre clinic " +
    "coalition collaboration collaborative college commission committee community company consortium " +
    "corporation council crew department directorate federation foundation fund government group " +
    "health hospital initiative institute institution international investigators laboratory ministry " +
    "museum national network observatory of office on organisation organization panel partners " +
    "partnership program programme project research school service services society study task team " +
    "trial trust union unit university workgroup world"
  ).split(" "),
);

const OTHERS = /(?:^|[\s,;]+)(?:and\s+)?(?:et\.?\s?al\.?|(?:and\s+)?others|…|\.\.\.)[\s.;,]*$/i;

/**
 * Returns the people of a list, one name after the other, and whether the list is whole.
 *
 * Names are parted by semicolons, line breaks or “and”; “Muster, C., Lamp, D.” is read as two.
 *
 * @param {string} text
 * @returns {{names: Entry[], complete: boolean}}
 */
export function peopleIn(text) {
  const bare = text.trim().replace(OTHERS, "");
  const names = bare
    .split(/\s*(?:;|\n|,?\s+and\s+|\s+&\s+)\s*/)
    .flatMap(pairs)
    .map(personOf);
  return { names: names.filter(present), complete: bare === text.trim() };
}

/**
 * “Muster, C., Lamp, D.” as two names; anything else as it is.
 *
 * @param {string} text
 */
function pairs(text) {
  const parts = text.split(",").map((part) => part.trim());
  const given = parts.filter((_, at) => at % 2);
  if (parts.length < 4 || parts.length % 2 || !given.every(areInitials)) return [text];
  return given.map((initials, at) => `${parts[2 * at]}, ${initials}`);
}

/**
 * Returns the parts of one name; nothing where there is none.
 *
 * @param {string} text
 * @returns {Entry | undefined}
 */
export function personOf(text) {
  const bare = text.replace(/\s+/g, " ").trim();
  if (!bare.replace(/[\s,;]/g, "")) return undefined;
  if (bare.endsWith(",")) return { literal: bare.replace(/[\s,]+$/, "") };
  const parts = bare.split(",").map((part) => part.trim());
  if (parts.length === 1) return withoutComma(bare);
  const [family = "", ...rest] = parts;
  if (family.includes(" ") && isBody(family)) return { literal: bare };
  const suffix = rest.length > 1 ? rest.find((part) => SUFFIX.test(part)) : undefined;
  const given = rest.filter((part) => part !== suffix);
  if (given.length !== 1 || !family) return { literal: bare };
  const words = (given[0] ?? "").split(" ");
  let behind = words.length;
  while (behind > 1 && PARTICLES.has(words[behind - 1] ?? "")) behind -= 1;
  return named([...words.slice(behind), family].join(" "), words.slice(0, behind).join(" "), suffix ?? "");
}

/** @param {string} text */
function withoutComma(text) {
  const words = text.split(" ");
  if (words.length === 1 || words.length > 5 || isBody(text)) return { literal: text };
  const last = words.at(-1) ?? "";
  if (areInitials(last) && !areInitials(words[0] ?? "")) {
    return named(words.slice(0, -1).join(" "), last, "");
  }
  const start = words.findIndex((word, at) => at > 0 && PARTICLES.has(word));
  const at = start > 0 ? start : words.length - 1;
  return named(words.slice(at).join(" "), words.slice(0, at).join(" "), "");
}

/**
 * @param {string} family With its particle.
 * @param {string} given
 * @param {string} suffix
 * @returns {Entry}
 */
function named(family, given, suffix) {
  const words = family.split(" ");
  let count = 0;
  while (count < words.length - 1 && PARTICLES.has(words[count] ?? "")) count += 1;
  const parts = {
    family: words.slice(count).join(" "),
    given,
    particle: words.slice(0, count).join(" "),
    suffix,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value));
}

/** @param {string} text */
function areInitials(text) {
  const letters = text.replace(/[.\s’'-]/g, "");
  return /^\p{Lu}+$/u.test(letters) && letters.length <= (text.includes(".") ? 5 : 3);
}

/** @param {string} text */
function isBody(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words[0] === "the" || words.some((word) => BODIES.has(word) || /\d/.test(word));
}

/**
 * @template T
 * @param {T | undefined} value
 * @returns {value is T}
 */
function present(value) {
  return value !== undefined;
}
