// @ts-check

/** A chart of the overview as a picture: title, sentence, what is set, bars and source. */

import { isSet, length } from "./charts.js";
import { NONE } from "./columns.js";
import { escaped } from "./elements.js";
import { broken, saveBlob, savePng } from "./picture.js";
import { counted, figure, selectionWords, spokenDate } from "./wording.js";

/** @typedef {import("./charts.js").BarChart} BarChart */
/** @typedef {import("./charts.js").Mark} Mark */
/** @typedef {import("./charts.js").YearChart} YearChart */
/** @typedef {import("./columns.js").Columns} Columns */

const WIDTH = 760;
const MARGIN = 24;
const LABEL = 270;
const NUMBER = 90;
const LINE = 16;
const HEIGHT = 160;
const INDENT = 16;

/**
 * @param {BarChart | YearChart} chart
 * @param {"svg" | "png"} kind
 * @param {Columns} columns
 * @param {string} address
 */
export async function saveChart(chart, kind, columns, address) {
  const picture = drawn(chart, columns, address);
  if (kind === "png") await savePng(picture, chart.dimension.id);
  else saveBlob(new Blob([picture.svg], { type: "image/svg+xml" }), `${chart.dimension.id}.svg`);
}

/**
 * Returns the picture of what a chart shows now.
 * @param {BarChart | YearChart} chart
 * @param {Columns} columns
 * @param {string} address
 */
export function drawn(chart, columns, address) {
  chart.draw();
  const tally = chart.shown;
  if (!tally) throw new Error("the chart is not drawn yet");
  const page = new Sheet();
  page.paragraph(chart.title, "strong", 20);
  page.paragraph(chart.sentence.textContent ?? "", "plain", 13);
  const set = selectionWords(columns, tally.selection);
  if (set.length)
    page.paragraph(
      `${counted(tally.total, "study")} chosen. ${set.join("; ")}. The lighter bars show all studies.`,
      "quiet",
      12,
    );
  page.y += 14;
  const isPart = isSet(tally);
  const marks = chart.marks.filter((mark) => isShown(chart, mark));
  const years = "columns" in chart ? chart.columns : [];
  if (years.length) columnsOf(page, years, isPart);
  for (const mark of marks.filter((own) => !years.includes(own))) lineOf(page, mark, chart.scale, isPart);
  page.y += 8;
  const left = chart.marks.length - marks.length;
  if (left)
    page.paragraph(`${figure(left)} further ${left === 1 ? "term is" : "terms are"} not shown.`, "quiet", 11);
  const { header } = columns;
  page.paragraph(
    `${header.authors.join(", ")}. ${header.title.replace(/\.$/, "")}. Version ${header.version}${header.date ? `, data of ${spokenDate(header.date)}` : ""}.`,
    "quiet",
    11,
  );
  page.paragraph(address, "quiet", 11);
  return page.picture(chart.title);
}

/** What is drawn so far, and how far down. */
class Sheet {
  y = MARGIN;
  /** @type {string[]} */
  parts = [];

  /**
   * @param {string} text
   * @param {string} kind
   * @param {number} size
   */
  paragraph(text, kind, size) {
    for (const line of broken(text, WIDTH - 2 * MARGIN, size)) {
      this.y += size * 1.35;
      this.text(line, kind, MARGIN, this.y, size);
    }
  }

  /**
   * @param {string} text
   * @param {string} kind
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {"start" | "middle" | "end"} [anchor]
   */
  text(text, kind, x, y, size, anchor = "start") {
    this.parts.push(
      `<text class="${kind}" x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}">${escaped(text)}</text>`,
    );
  }

  /**
   * @param {string} kind
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  rectangle(kind, x, y, width, height) {
    this.parts.push(`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`);
  }

  /** @param {string} title */
  picture(title) {
    const height = Math.ceil(this.y + MARGIN);
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Arial, Helvetica, sans-serif">` +
      `<title>${escaped(title)}</title><style>${styles()}</style><rect class="surface" width="${WIDTH}" height="${height}"/>${this.parts.join("")}</svg>`;
    return { svg, width: WIDTH, height };
  }
}

/**
 * Whether a reader sees the line now.
 * @param {BarChart | YearChart} chart
 * @param {Mark} mark
 */
function isShown(chart, mark) {
  const all = /** @type {HTMLInputElement | null} */ (chart.box.querySelector(".em-chart__switch"));
  return !all || all.checked || !mark.line.classList.contains("em-bars__line--more");
}

/**
 * @param {Sheet} page
 * @param {Mark} mark
 * @param {number} scale
 * @param {boolean} isPart
 */
function lineOf(page, mark, scale, isPart) {
  const indent = mark.depth * INDENT;
  const lines = broken(mark.label, LABEL - indent - 12, 13);
  const height = lines.length * LINE + 8;
  const middle = page.y + height / 2;
  const kind = mark.id === NONE ? "quiet" : "plain";
  lines.forEach((line, index) =>
    page.text(line, kind, MARGIN + indent, middle + 4.5 + (index - (lines.length - 1) / 2) * LINE, 13),
  );
  const room = WIDTH - 2 * MARGIN - LABEL - NUMBER;
  if (isPart)
    page.rectangle("whole", MARGIN + LABEL, middle - 7, (room * length(mark.whole, scale)) / 100, 14);
  page.rectangle(
    mark.id === NONE ? "none" : "now",
    MARGIN + LABEL,
    middle - 7,
    (room * length(mark.now, scale)) / 100,
    14,
  );
  page.text(
    isPart ? `${figure(mark.now)} of ${figure(mark.whole)}` : figure(mark.now),
    "plain",
    WIDTH - MARGIN,
    middle + 4.5,
    13,
    "end",
  );
  page.y += height;
}

/**
 * @param {Sheet} page
 * @param {Mark[]} years In the order of time.
 * @param {boolean} isPart
 */
function columnsOf(page, years, isPart) {
  const first = Number(years[0].id);
  const number = Number(years[years.length - 1].id) - first + 1;
  const room = Math.min(64, (WIDTH - 2 * MARGIN) / number);
  const most = Math.max(1, ...years.map((mark) => mark.whole));
  const base = page.y + 20 + HEIGHT;
  const digits = figure(most).length * 7 + 4;
  const step = [1, 2, 5, 10, 20, 50, 100, 1000].find((own) => own * room >= 40) ?? 1000;
  for (const mark of years) {
    const x = MARGIN + (Number(mark.id) - first) * room;
    const height = (/** @type {number} */ own) => (own ? Math.max(3, (HEIGHT * own) / most) : 0);
    if (isPart)
      page.rectangle("whole", x + room * 0.08, base - height(mark.whole), room * 0.84, height(mark.whole));
    page.rectangle("now", x + room * 0.08, base - height(mark.now), room * 0.84, height(mark.now));
    const isNamed = room >= digits || mark.line.classList.contains("em-column--peak");
    if (mark.now && isNamed)
      page.text(figure(mark.now), "plain", x + room / 2, base - height(mark.now) - 5, 12, "middle");
  }
  page.rectangle("axis", MARGIN, base, room * number, 1);
  for (let year = first; year < first + number; year++) {
    if (year % step === 0)
      page.text(String(year), "quiet", MARGIN + (year - first + 0.5) * room, base + 18, 12, "middle");
  }
  page.y = base + 34;
}

/** The rules of the picture, with the values that the light theme has. */
function styles() {
  const sample = document.createElement("div");
  sample.setAttribute("data-md-color-scheme", "default");
  document.body.append(sample);
  const values = getComputedStyle(sample);
  const value = (/** @type {string} */ name) => values.getPropertyValue(`--em-${name}`).trim();
  const rules = [
    `text{fill:${value("ink")}}.quiet{fill:${value("quiet")}}.strong{font-weight:700}.surface{fill:${value("surface")}}`,
    `.now{fill:${value("colour-1")}}.whole{fill:${value("heat-2")}}.none{fill:${value("colour-0")}}.axis{fill:${value("control")}}`,
  ];
  sample.remove();
  return rules.join("");
}
