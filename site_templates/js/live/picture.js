// @ts-check

/** The map as a picture for a manuscript or a slide: title, selection, grid, legend and source. */

import { escaped } from "./elements.js";
import { headLines } from "./frame.js";
import { heatStep, markup, shapes, SIZE } from "./marks.js";
import { counted, figure, selectionWords, spokenDate } from "./wording.js";

/** @typedef {import("./counting.js").CellCounts} CellCounts */
/** @typedef {import("./frame.js").Heading} Heading */
/** @typedef {import("./model.js").MapModel} MapModel */
/** @typedef {import("./selection.js").View} View */
/** @typedef {import("./tally.js").Tally} Tally */

/** @typedef {{model: MapModel, tally: Tally, counts: CellCounts, view: View, address: string}} Pictured */

const COLUMN = 88;
const ROW_HEADING = 260;
const MARGIN = 24;
const LINE = 15;

/** A letter's width as a part of the size of the type, for breaking lines: on the safe side. */
const LETTER = 0.56;

/** The names of the colours that a picture uses; their values come from the light theme. */
const COLOURS = ["surface", "raised", "border", "ink", "quiet", "accent-soft", "hatch", "control"];

/**
 * Returns the picture.
 * @param {Pictured} pictured
 * @returns {{svg: string, rules: string, width: number, height: number}} `rules` are the styles within.
 */
export function drawn({ model, tally, counts, view, address }) {
  const { rows, across, frame, columns } = model;
  const down = rows.headings(tally.selection.toggled);
  const along = across.headings(tally.selection.toggled);
  const width = Math.max(640, 2 * MARGIN + ROW_HEADING + along.length * COLUMN);
  const inner = width - 2 * MARGIN;
  /** @type {string[]} */
  const parts = [];
  let y = MARGIN;
  /** @param {string} text @param {string} kind @param {number} size */
  const paragraph = (text, kind, size) => {
    for (const line of broken(text, inner, size)) {
      y += size * 1.35;
      parts.push(`<text class="${kind}" x="${MARGIN}" y="${y}" font-size="${size}">${escaped(line)}</text>`);
    }
  };
  paragraph(frame.title, "strong", 20);
  paragraph(frame.question, "quiet", 13);
  const set = selectionWords(columns, tally.selection);
  paragraph([counted(tally.total, model.unit), ...set].join("; "), "plain", 13);
  y += 14;
  const numbers = { row: tally.terms(rows.dimension), column: tally.terms(across.dimension) };
  const head = headOf(along, numbers.column, y);
  parts.push(head.svg);
  y = head.bottom;
  for (const row of down) {
    const height = rowHeight(row);
    parts.push(rowOf(row, y, height, numbers.row[row.term], inner));
    along.forEach((column, index) => {
      parts.push(cellOf(model, counts, view, row, column, MARGIN + ROW_HEADING + index * COLUMN, y, height));
    });
    y += height;
  }
  parts.push(`<path class="rule" d="M${MARGIN} ${y}H${width - MARGIN}"/>`);
  y += 10;
  const legend = legendOf(model, tally, view, y, inner);
  parts.push(legend.svg);
  y = legend.bottom + 6;
  const { header } = columns;
  paragraph(
    `${header.authors.join(", ")}. ${header.title.replace(/\.$/, "")}. Version ${header.version}${header.date ? `, data of ${spokenDate(header.date)}` : ""}.`,
    "quiet",
    11,
  );
  paragraph(address, "quiet", 11);
  const height = Math.ceil(y + MARGIN);
  const rules = styles();
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Arial, Helvetica, sans-serif">` +
    `<title>${escaped(frame.title)}</title><style>${rules}</style>` +
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="7" class="hatch"/></pattern></defs>' +
    `<rect class="surface" width="${width}" height="${height}"/>${parts.join("")}</svg>`;
  return { svg, rules, width, height };
}

/**
 * @param {Heading[]} along
 * @param {Uint32Array} numbers
 * @param {number} top
 */
function headOf(along, numbers, top) {
  const lines = headLines(along);
  let y = top;
  let svg = "";
  const heights = lines.map((line) =>
    Math.max(
      ...line
        .filter((cell) => cell.lines === 1 || lines.length === 1)
        .map((cell) => (broken(cell.label, COLUMN * cell.columns - 8, 11.5).length + 1) * LINE + 8),
      24,
    ),
  );
  const whole = Math.max(
    heights.reduce((sum, height) => sum + height, 0),
    ...lines.flatMap((line, index) =>
      line
        .filter((cell) => cell.lines > 1)
        .map(
          (cell) => (broken(cell.label, COLUMN - 8, 11.5).length + 1) * LINE + 8 + (index ? heights[0] : 0),
        ),
    ),
  );
  heights[heights.length - 1] += whole - heights.reduce((sum, height) => sum + height, 0);
  lines.forEach((line, index) => {
    for (const cell of line) {
      const x = MARGIN + ROW_HEADING + cell.column * COLUMN;
      const height = heights.slice(index, index + cell.lines).reduce((sum, own) => sum + own, 0);
      svg += `<rect class="raised" x="${x}" y="${y}" width="${COLUMN * cell.columns}" height="${height}"/>`;
      const text = [
        ...broken(cell.label, COLUMN * cell.columns - 8, 11.5),
        figure(numbers[cell.heading.term]),
      ];
      text.forEach((words, number) => {
        const last = number === text.length - 1;
        svg += `<text class="${last ? "quiet" : "strong"}" text-anchor="middle" font-size="11.5" x="${x + (COLUMN * cell.columns) / 2}" y="${y + height - 7 - (text.length - 1 - number) * LINE}">${escaped(words)}</text>`;
      });
    }
    y += heights[index];
  });
  return { svg, bottom: y };
}

/** @param {Heading} row */
function rowHeight(row) {
  const room = ROW_HEADING - 46 - row.depth * 14;
  return Math.max(SIZE + 4, broken(row.label, room, 12.5).length * LINE + 12);
}

/**
 * @param {Heading} row
 * @param {number} y
 * @param {number} height
 * @param {number} number
 * @param {number} width
 */
function rowOf(row, y, height, number, width) {
  const room = ROW_HEADING - 46 - row.depth * 14;
  const lines = broken(row.label, room, 12.5);
  const first = y + height / 2 - ((lines.length - 1) * LINE) / 2 + 4;
  const kind = row.depth === 0 && row.isGroup ? "strong" : "plain";
  const text = lines.map(
    (line, index) =>
      `<text class="${kind}" font-size="12.5" x="${MARGIN + 6 + row.depth * 14}" y="${first + index * LINE}">${escaped(line)}</text>`,
  );
  const ground = row.isGroup
    ? `<rect class="raised" x="${MARGIN}" y="${y}" width="${width}" height="${height}"/>`
    : "";
  return `${ground}<path class="rule" d="M${MARGIN} ${y}h${width}"/>${text.join("")}<text class="quiet" text-anchor="end" font-size="12" x="${MARGIN + ROW_HEADING - 10}" y="${y + height / 2 + 4}">${figure(number)}</text>`;
}

/**
 * @param {MapModel} model
 * @param {CellCounts} counts
 * @param {View} view
 * @param {Heading} row
 * @param {Heading} column
 * @param {number} x
 * @param {number} y
 * @param {number} height
 */
function cellOf(model, counts, view, row, column, x, y, height) {
  const at = row.term * counts.width + column.term;
  const count = counts.counts[at];
  const edge = `<path class="rule" d="M${x} ${y}v${height}"/>`;
  if (!count) {
    const kind = model.empty(row.term, column.term);
    const middle = `${x + COLUMN / 2} ${y + height / 2}`;
    if (kind === "outside")
      return `${edge}<rect x="${x}" y="${y}" width="${COLUMN}" height="${height}" fill="url(#hatch)"/>`;
    if (kind === "apart") return `${edge}<path class="dash" d="M${middle}m-6 0h12"/>`;
    if (kind === "filtered")
      return `${edge}<circle class="ring" cx="${x + COLUMN / 2}" cy="${y + height / 2}" r="2.5"/>`;
    return `${edge}<circle class="dot" cx="${x + COLUMN / 2}" cy="${y + height / 2}" r="2"/>`;
  }
  const ground =
    view === "heat"
      ? `<rect class="heat-${heatStep(count, model.scale)}" x="${x + 1}" y="${y + 1}" width="${COLUMN - 2}" height="${height - 2}"/>`
      : "";
  const ink = view === "heat" ? ` class="on-heat-${heatStep(count, model.scale)}"` : "";
  const inside = markup(shapes(view, count, model.parts(counts, at), model.scale));
  return `${edge}${ground}<g${ink} font-size="12" font-weight="600" transform="translate(${x + (COLUMN - SIZE) / 2} ${y + (height - SIZE) / 2})">${inside}</g>`;
}

/**
 * @param {MapModel} model
 * @param {Tally} tally
 * @param {View} view
 * @param {number} top
 * @param {number} width
 */
function legendOf(model, tally, view, top, width) {
  const colours = view === "bubbles" || view === "mosaic" ? model.colours(tally.selection) : null;
  const entries = [
    ...(colours
      ? colours.segments.map((segment) => ({
          sign: `<rect class="em-fill-${segment.colour}" x="0" y="-9" width="10" height="10"/>`,
          label: segment.label,
        }))
      : []),
    { sign: '<circle class="dot" cx="5" cy="-4" r="2"/>', label: "nothing found" },
    { sign: '<path class="dash" d="M0 -4h10"/>', label: "only reports shown apart" },
    { sign: '<rect fill="url(#hatch)" x="0" y="-10" width="10" height="12"/>', label: "outside the frame" },
    ...(tally.isSet
      ? [{ sign: '<circle class="ring" cx="5" cy="-4" r="2.5"/>', label: "nothing with what is set" }]
      : []),
    ...(view === "mosaic" && model.scale.worth > 1
      ? [{ sign: "", label: `one tile is up to ${counted(model.scale.worth, model.unit)}` }]
      : []),
  ];
  let x = MARGIN;
  let y = top + 14;
  let svg = "";
  for (const { sign, label } of entries) {
    const room = 18 + label.length * 12 * LETTER + 14;
    if (x + room > width + MARGIN) {
      x = MARGIN;
      y += 18;
    }
    svg += `<g transform="translate(${x} ${y})">${sign}<text class="plain" x="${sign ? 16 : 0}" font-size="12">${escaped(label)}</text></g>`;
    x += room;
  }
  return { svg, bottom: y };
}

/** The rules of the picture, with the values that the light theme has. */
function styles() {
  const sample = document.createElement("div");
  sample.setAttribute("data-md-color-scheme", "default");
  document.body.append(sample);
  const values = getComputedStyle(sample);
  const value = (/** @type {string} */ name) => values.getPropertyValue(`--em-${name}`).trim();
  const named = Object.fromEntries(COLOURS.map((name) => [name, value(name)]));
  const rules = [
    `text{fill:${named.ink}}.quiet{fill:${named.quiet}}.strong{font-weight:700}`,
    `.surface{fill:${named.surface}}.raised{fill:${named.raised}}.rule{stroke:${named.border};fill:none}`,
    `.em-disc{fill:${named["accent-soft"]}}.em-ring{fill:none;stroke-width:4}.dot{fill:${named.control}}.ring{fill:none;stroke:${named.control}}`,
    `.dash{stroke:${named.quiet};stroke-width:2}.hatch{fill:${named.hatch}}`,
  ];
  for (let colour = 0; colour <= 6; colour++)
    rules.push(
      `.em-colour-${colour}{stroke:${value(`colour-${colour}`)}}.em-fill-${colour}{fill:${value(`colour-${colour}`)}}`,
    );
  for (let step = 1; step <= 7; step++)
    rules.push(
      `.heat-${step}{fill:${value(`heat-${step}`)}}.on-heat-${step} text{fill:${value(`on-heat-${step}`)}}`,
    );
  sample.remove();
  return rules.join("");
}

/**
 * Breaks a text into lines that fit.
 * @param {string} text
 * @param {number} width
 * @param {number} size Of the type.
 */
export function broken(text, width, size) {
  const most = Math.max(4, Math.floor(width / (size * LETTER)));
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((own) => pieces(own, most))) {
    if (line && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/**
 * @param {string} word
 * @param {number} most
 */
function pieces(word, most) {
  if (word.length <= most) return [word];
  const found = [];
  for (let from = 0; from < word.length; from += most - 1) found.push(word.slice(from, from + most - 1));
  return found.map((piece, index) => (index < found.length - 1 ? `${piece}-` : piece));
}

/**
 * Prints the picture alone, so that the whole map stands on one page.
 * @param {Pictured} pictured
 */
export function printPicture(pictured) {
  const { svg, rules, width, height } = drawn(pictured);
  const sheet = document.createElement("div");
  sheet.className = "em-print";
  // The policy of the page refuses an element with styles in it, from wherever it comes.
  sheet.innerHTML = svg.replace(`<style>${rules}</style>`, "");
  const styling = rulesWithin(".em-print", rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styling];
  const picture = /** @type {SVGSVGElement} */ (sheet.firstElementChild);
  picture.removeAttribute("width");
  picture.removeAttribute("height");
  sheet.classList.toggle("em-print--tall", height > width);
  document.documentElement.classList.add("em-printing");
  document.body.append(sheet);
  const done = () => {
    sheet.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== styling);
    document.documentElement.classList.remove("em-printing");
  };
  addEventListener("afterprint", done, { once: true });
  print();
}

/**
 * @param {string} place Selects what the rules hold for.
 * @param {string} rules
 */
function rulesWithin(place, rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  for (const rule of sheet.cssRules) {
    if (rule instanceof CSSStyleRule)
      rule.selectorText = rule.selectorText
        .split(",")
        .map((one) => `${place} ${one.trim()}`)
        .join(",");
  }
  return sheet;
}

/** @param {Pictured} pictured */
export function saveDrawing(pictured) {
  const { svg } = drawn(pictured);
  saveBlob(new Blob([svg], { type: "image/svg+xml" }), `${pictured.model.frame.id}.svg`);
}

/** @param {Pictured} pictured */
export async function savePicture(pictured) {
  await savePng(drawn(pictured), pictured.model.frame.id);
}

/**
 * Saves a picture as PNG, twice as large as it is shown so that it prints well.
 * @param {{svg: string, width: number, height: number}} picture
 * @param {string} name Of the file, without its ending.
 */
export async function savePng({ svg, width, height }, name) {
  const image = new Image(width, height);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    // Browsers refuse canvases beyond some 16,000 pixels.
    const scale = Math.min(2, 16000 / Math.max(width, height));
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob)
      throw new Error("The picture is too large for this browser. Close some groups, or take the SVG.");
    saveBlob(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
