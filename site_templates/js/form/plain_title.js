// @ts-check

/** Words in plain small letters, as titles and names are compared. */

/** Letters that are no plain letter with a mark on it. */
const LETTERS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    đ: "d",
    ð: "d",
    þ: "th",
    ł: "l",
    ħ: "h",
    ı: "i",
    ŋ: "ng",
    ŧ: "t",
    ĸ: "q",
    μ: "u",
  }),
);

/**
 * Returns the words of a text in plain small letters, one space between them. Letters of other
 * scripts stay what they are.
 *
 * @param {string | undefined} text
 */
export function folded(text) {
  const plain = (text ?? "").normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  const spelt = plain.replace(/[^\x00-\x7f]/g, (letter) => LETTERS.get(letter) ?? letter);
  return (spelt.match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}
