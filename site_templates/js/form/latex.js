// @ts-check

/** LaTeX as it stands in BibTeX files, as plain text: accents, letters, dashes and braces. */

/** Combining marks by LaTeX's accents. */
const ACCENTS = /** @type {Record<string, string>} */ ({
  "`": "\u0300",
  "'": "\u0301",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  u: "\u0306",
  ".": "\u0307",
  '"': "\u0308",
  r: "\u030a",
  H: "\u030b",
  v: "\u030c",
  d: "\u0323",
  c: "\u0327",
  k: "\u0328",
  b: "\u0331",
});

const LETTERS = /** @type {Record<string, string>} */ ({
  aa: "å",
  AA: "Å",
  ae: "æ",
  AE: "Æ",
  dh: "ð",
  DH: "Ð",
  dj: "đ",
  DJ: "Đ",
  i: "ı",
  j: "ȷ",
  l: "ł",
  L: "Ł",
  o: "ø",
  O: "Ø",
  oe: "œ",
  OE: "Œ",
  ss: "ß",
  th: "þ",
  TH: "Þ",
  textendash: "–",
  textemdash: "—",
  textquoteright: "’",
  textquoteleft: "‘",
  textquotedblleft: "“",
  textquotedblright: "”",
  textregistered: "®",
  texttrademark: "™",
  textbackslash: "\\",
  textasciitilde: "~",
  textasciicircum: "^",
  ldots: "…",
  dots: "…",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  mu: "µ",
});

const ACCENT = /\\([`'^~=."])\s*(?:\{\s*(\\[ij]\b|[^{}\\])?\s*\}|(\\[ij]\b\s?|[^\s{}\\]))/gu;
const NAMED_ACCENT = /\\([uvHcdbkr])(?:\s*\{\s*(\\[ij]\b|[^{}\\])?\s*\}|\s+(\\[ij]\b\s?|[^\s{}\\]))/gu;
const COMMAND = /\\([A-Za-z]+)(?:\s*\{\}|\s+|(?![A-Za-z]))/g;
/** What only changes how its text looks. */
const STYLE =
  /\\(?:emph|textit|textbf|textsc|textrm|textsf|texttt|textup|mathrm|mkbibquote|enquote|uppercase|MakeUppercase|text|underline)\s*(?=\{)/g;

/**
 * Returns LaTeX as plain text; what is not known stays as it is written.
 *
 * @param {string} latex
 */
export function fromLatex(latex) {
  let text = latex.replace(STYLE, "");
  for (const pattern of [ACCENT, NAMED_ACCENT]) {
    text = text.replace(pattern, (_, accent, inBraces, bare) => {
      const letter = (inBraces ?? bare ?? " ").trim().replace("\\", "");
      return `${letter}${ACCENTS[accent] ?? ""}`.normalize("NFC");
    });
  }
  text = text.replace(COMMAND, (written, name) => LETTERS[name] ?? written);
  text = text
    .replace(/\\url\s*(?=\{)/g, "")
    .replace(/(?<!\\)~/g, "\u00a0")
    .replace(/(?<!\\)---/g, "—")
    .replace(/(?<!\\)--/g, "–")
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/\\-/g, "")
    .replace(/(?<!\\)[{}]/g, "")
    .replace(/\$([^$\\]*)\$/g, "$1")
    .replace(/\\([#$%&_{}~^,; ])/g, "$1");
  return text.replace(/\s+/g, " ").trim();
}
