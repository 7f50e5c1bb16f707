// @ts-check

/**
 * The charts of the overview made live. The build has written them whole; here their bars become
 * buttons that set a filter, and follow what is set. The length that a bar has with nothing set
 * stays behind it, lighter, and gives the scale, so that nothing jumps while a reader chooses.
 */

import { NONE } from "./columns.js";
import { termsInWords, yearsInWords } from "./chart_sentence.js";
import { countTerms } from "./counting.js";
import { element } from "./elements.js";
import { filterOf, withFilter, withTermSwitched } from "./selection.js";
import { counted, figure } from "./wording.js";

/** @typedef {import("./columns.js").Dimension} Dimension */
/** @typedef {import("./counting.js").Chosen} Chosen */
/** @typedef {import("./selection.js").Filter} Filter */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./tally.js").Tally} Tally */

/** The shortest bar in per cent of the longest, so that one study is never invisible. */
export const SMALLEST = 1.5;

/** The lowest column in pixels. */
const LOWEST = 3;

/** How many of the terms that lead among what is chosen are shown in any case. */
const LEADERS = 3;

/**
 * A term on a chart.
 * @typedef {object} Mark
 * @property {string} id
 * @property {number} term Its number in the dimension.
 * @property {string} label
 * @property {string} spoken Its label in a sentence.
 * @property {number} depth
 * @property {number} whole Studies when nothing is set.
 * @property {boolean} isMore Whether it is not shown at first.
 * @property {Element} line What holds it.
 * @property {Element} button What is pressed.
 * @property {Element | null} bar The bar that follows what is set.
 * @property {number} now Studies that are shown.
 * @property {boolean} isPart Whether they are shown as a part of all.
 */

/** What the charts of terms and of years share. */
class Chart {
  /** @type {Mark[]} */
  marks = [];
  /** What is to be drawn when the chart is seen. @type {Tally | null} */
  #waiting = null;
  /** What was drawn last. @type {Tally | null} */
  shown = null;

  /**
   * @param {HTMLElement} box
   * @param {Dimension} dimension
   * @param {State} state
   * @param {Uint32Array} whole Studies of each term when nothing is set.
   */
  constructor(box, dimension, state, whole) {
    this.box = box;
    this.dimension = dimension;
    this.state = state;
    this.title = box.querySelector("h3")?.textContent ?? dimension.label;
    this.sentence = /** @type {HTMLElement} */ (box.querySelector(".em-chart__sentence"));
    this.wording = {
      verbs: (box.dataset.verbs ?? "").split("|"),
      none: (box.dataset.none ?? "").split("|"),
      holders: dimension.level === "report" ? "reports" : "findings",
    };
    this.scale = 1;
    this.numbers = new Numbers(
      /** @type {HTMLDetailsElement} */ (box.querySelector(".em-numbers")),
      dimension,
      whole,
      () => this.shown,
    );
    for (const line of box.querySelectorAll(".em-bars [data-term]"))
      this.marks.push(this.#barMark(/** @type {HTMLElement} */ (line), whole));
  }

  /**
   * @param {HTMLElement} line
   * @param {Uint32Array} whole
   * @returns {Mark}
   */
  #barMark(line, whole) {
    const id = line.dataset.term ?? "";
    const old = /** @type {HTMLElement} */ (line.querySelector(".em-bars__bar"));
    const button = element(
      "button",
      {
        type: "button",
        class: "em-bars__bar",
        title: old.title,
        "aria-pressed": "false",
        click: () => this.press(id),
      },
      ...old.childNodes,
    );
    old.replaceWith(button);
    const term = this.dimension.numbers.get(id) ?? 0;
    const label = this.dimension.at(term).label;
    const spoken = line.dataset.spoken ?? `“${label}”`;
    const isMore = line.classList.contains("em-bars__line--more");
    const depth = this.dimension.groupsOf(term).length;
    return {
      id,
      term,
      label,
      spoken,
      depth,
      whole: whole[term],
      isMore,
      line,
      button,
      bar: line.querySelector(".em-stripe__now"),
      now: whole[term],
      isPart: false,
    };
  }

  /** @param {string} id */
  press(id) {
    this.state.set(withTermSwitched(this.state.selection, this.dimension.id, id));
  }

  /**
   * Shows a selection, now or when the chart is seen.
   * @param {Tally} tally
   * @param {boolean} isSeen
   */
  show(tally, isSeen) {
    this.#waiting = tally;
    if (isSeen) this.draw();
  }

  /** Draws what waits. @returns {boolean} Whether anything did. */
  draw() {
    const tally = this.#waiting;
    if (!tally) return false;
    this.#waiting = null;
    this.shown = tally;
    const numbers = tally.terms(this.dimension);
    const isPart = isSet(tally);
    this.box.classList.toggle("em-chart--set", isPart);
    const filter = filterOf(tally.selection, this.dimension.id);
    for (const mark of this.marks) this.mark(mark, numbers[mark.term], isPart, isPressed(mark, filter));
    this.settle();
    const text = this.words(tally, numbers, isPart);
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
    this.numbers.show(tally);
    return true;
  }

  /**
   * @param {Mark} mark
   * @param {number} now
   * @param {boolean} isPart
   * @param {boolean} isChosen
   */
  mark(mark, now, isPart, isChosen) {
    mark.button.setAttribute("aria-pressed", String(isChosen));
    if (mark.now === now && mark.isPart === isPart) return;
    mark.now = now;
    mark.isPart = isPart;
    this.barOf(mark, now, isPart);
  }

  /**
   * @param {Mark} mark
   * @param {number} now
   * @param {boolean} isPart
   */
  barOf(mark, now, isPart) {
    mark.bar?.setAttribute("width", `${length(now, this.scale)}%`);
    const number = /** @type {HTMLElement} */ (mark.button.querySelector(".em-bars__number"));
    const of = isPart ? element("span", { class: "em-of" }, ` of ${figure(mark.whole)}`) : null;
    const noun = (isPart ? mark.whole : now) === 1 ? " study" : " studies";
    number.replaceChildren(
      element("span", { class: "em-count" }, figure(now), of),
      element("span", { class: "em-hidden" }, noun),
    );
  }

  /** What is left to do once all marks are drawn. */
  settle() {}

  /**
   * The main thing in words.
   * @param {Tally} tally
   * @param {Uint32Array} numbers
   * @param {boolean} isPart
   */
  words(tally, numbers, isPart) {
    const none = numbers[this.dimension.terms.length - 1];
    const whole = {
      total: tally.total,
      isPart,
      none,
      alone: none ? alone(tally.present, this.dimension) : 0,
    };
    const terms = this.marks
      .filter((mark) => mark.id !== NONE && !mark.depth)
      .map((mark) => ({ label: mark.spoken, number: numbers[mark.term] }));
    return this.dimension.years
      ? yearsInWords(terms, whole, this.wording)
      : termsInWords(terms, whole, this.wording);
  }
}

/** A chart of terms: a bar a line. */
export class BarChart extends Chart {
  /**
   * @param {HTMLElement} box
   * @param {Dimension} dimension
   * @param {State} state
   * @param {Uint32Array} whole
   */
  constructor(box, dimension, state, whole) {
    super(box, dimension, state, whole);
    this.scale = Math.max(1, ...this.marks.map((mark) => mark.whole));
  }

  /** Shows lines that are folded away at first where they are set or lead among what is chosen. */
  settle() {
    const leading = new Set(
      [...this.marks]
        .sort((one, other) => other.now - one.now)
        .slice(0, LEADERS)
        .filter((mark) => mark.now && this.box.classList.contains("em-chart--set")),
    );
    for (const mark of this.marks) {
      const isWanted = leading.has(mark) || mark.button.getAttribute("aria-pressed") === "true";
      if (mark.isMore) mark.line.classList.toggle("em-bars__line--more", !isWanted);
    }
  }
}

/** A chart of years: a column a year, of which one is reached by Tab and the others by arrows. */
export class YearChart extends Chart {
  /**
   * @param {HTMLElement} box
   * @param {Dimension} dimension
   * @param {State} state
   * @param {Uint32Array} whole
   */
  constructor(box, dimension, state, whole) {
    super(box, dimension, state, whole);
    const columns = [...box.querySelectorAll(".em-column")].map((line) =>
      this.#columnMark(/** @type {SVGAElement} */ (line), whole),
    );
    // What has no year stands as a bar below the columns.
    this.scale = Math.max(1, ...columns.map((mark) => mark.whole), ...this.marks.map((mark) => mark.whole));
    this.columns = columns;
    this.marks = [...columns, ...this.marks];
    this.base =
      Number(columns[0]?.bar?.getAttribute("y") ?? 0) + Number(columns[0]?.bar?.getAttribute("height") ?? 0);
    this.most = Math.max(1, ...columns.map((mark) => mark.whole));
    this.highest = Math.max(LOWEST, ...columns.map((mark) => Number(mark.bar?.getAttribute("height"))));
    box
      .querySelector(".em-years-chart svg")
      ?.setAttribute(
        "aria-label",
        `${dimension.label}: arrow keys go from year to year, Shift and Enter set a range`,
      );
    this.#walk(0);
  }

  /**
   * @param {SVGAElement} line
   * @param {Uint32Array} whole
   * @returns {Mark}
   */
  #columnMark(line, whole) {
    const id = line.dataset.term ?? "";
    line.removeAttribute("href");
    line.setAttribute("role", "button");
    line.setAttribute("aria-pressed", "false");
    line.setAttribute("tabindex", "-1");
    line.addEventListener("click", (event) => this.press(id, event.shiftKey));
    line.addEventListener("keydown", (event) => this.#key(event, id));
    const term = this.dimension.numbers.get(id) ?? 0;
    return {
      id,
      term,
      label: id,
      spoken: id,
      depth: 0,
      whole: whole[term],
      isMore: false,
      line,
      button: line,
      bar: line.querySelector(".em-stripe__now"),
      now: whole[term],
      isPart: false,
    };
  }

  /**
   * Sets a year as a range from and to it, as the slider of the filters does; with `isMore` up to it.
   * @param {string} id
   * @param {boolean} [isMore]
   */
  press(id, isMore = false) {
    if (id === NONE) return super.press(id);
    const { selection } = this.state;
    const { mode, terms } = filterOf(selection, this.dimension.id);
    const isRange = mode === "range" && terms.length === 2;
    const isIt = isRange && terms[0] === id && terms[1] === id;
    const years = isMore && isRange ? [...terms, id].map(Number) : [Number(id)];
    const range = [Math.min(...years), Math.max(...years)].map(String);
    this.state.set(
      withFilter(selection, { dimension: this.dimension.id, mode: "range", terms: isIt ? [] : range }),
    );
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} id
   */
  #key(event, id) {
    const at = this.columns.findIndex((mark) => mark.id === id);
    const last = this.columns.length - 1;
    /** @type {Record<string, number>} */
    const ways = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last };
    if (event.key === "Enter" || event.key === " ") this.press(id, event.shiftKey);
    else if (event.key in ways) this.#walk(ways[event.key], true);
    else return;
    event.preventDefault();
  }

  /**
   * Lets Tab reach one column.
   * @param {number} at
   * @param {boolean} [focus]
   */
  #walk(at, focus = false) {
    this.columns.forEach((mark, index) => mark.line.setAttribute("tabindex", index === at ? "0" : "-1"));
    if (focus) /** @type {SVGElement} */ (this.columns[at].line).focus();
  }

  /**
   * @param {Mark} mark
   * @param {number} now
   * @param {boolean} isPart
   */
  barOf(mark, now, isPart) {
    if (mark.id === NONE) return super.barOf(mark, now, isPart);
    const height = now ? Math.max(LOWEST, (this.highest * now) / this.most) : 0;
    mark.bar?.setAttribute("height", String(height));
    mark.bar?.setAttribute("y", String(this.base - height));
    const text = `${mark.label}: ${isPart ? `${figure(now)} of ` : ""}${counted(mark.whole, "study")}`;
    mark.line.setAttribute("aria-label", text);
    /** @type {Element} */ (mark.line.querySelector("title")).textContent = text;
    const number = /** @type {Element} */ (mark.line.querySelector(".em-column__number"));
    number.textContent = now ? figure(now) : "";
    number.setAttribute("y", String(this.base - height - 5));
  }

  /** Names the highest columns. */
  settle() {
    const most = Math.max(1, ...this.columns.map((mark) => mark.now));
    for (const mark of this.columns) mark.line.classList.toggle("em-column--peak", mark.now === most);
  }
}

/** The table behind a chart; it follows what is set while it is open. */
class Numbers {
  /**
   * @param {HTMLDetailsElement} details
   * @param {Dimension} dimension
   * @param {Uint32Array} whole
   * @param {() => Tally | null} shown
   */
  constructor(details, dimension, whole, shown) {
    this.details = details;
    this.dimension = dimension;
    this.whole = whole;
    this.lines = [...details.querySelectorAll("tbody tr")].map((line) => {
      const own = /** @type {HTMLElement} */ (line);
      const all = element("td", { class: "em-number", hidden: true });
      const cells = [...own.querySelectorAll("td")];
      own.append(all);
      return { term: dimension.numbers.get(own.dataset.term ?? "") ?? 0, cells, all };
    });
    this.head = element("th", { scope: "col", class: "em-number", hidden: true }, "Studies in all");
    details.querySelector("thead tr")?.append(this.head);
    details.addEventListener("toggle", () => {
      const tally = shown();
      if (tally) this.show(tally);
    });
  }

  /** @param {Tally} tally */
  show(tally) {
    if (!this.details.open) return;
    const counts = /** @type {const} */ (["study", "report", "finding"]).map((unit) =>
      countTerms(tally.present, this.dimension, unit),
    );
    const isPart = isSet(tally);
    this.head.hidden = !isPart;
    for (const { term, cells, all } of this.lines) {
      cells.forEach((cell, index) => (cell.textContent = figure(counts[index][term])));
      all.textContent = figure(this.whole[term]);
      all.hidden = !isPart;
    }
  }
}

/** Whether anything is set. @param {Tally} tally */
export function isSet({ selection, words }) {
  return selection.filters.length > 0 || words !== null;
}

/**
 * Whether a filter names a term, or has its year in its range.
 * @param {Mark} mark
 * @param {Filter} filter
 */
function isPressed({ id }, { mode, terms }) {
  if (mode !== "range") return terms.includes(id);
  return terms.length === 2 && Number(id) >= Number(terms[0]) && Number(id) <= Number(terms[1]);
}

/**
 * The length of a bar in per cent.
 * @param {number} number
 * @param {number} scale
 */
export function length(number, scale) {
  return number ? Math.min(100, Math.max(SMALLEST, Math.round((10000 * number) / scale) / 100)) : 0;
}

/**
 * How many studies have no term of a dimension in any chosen report or finding.
 * @param {Chosen} chosen
 * @param {Dimension} dimension
 */
export function alone(chosen, dimension) {
  const { columns } = chosen;
  const none = dimension.terms.length - 1;
  const byReport = dimension.level === "report";
  let last = -1;
  let isCoded = true;
  let number = 0;
  for (const holder of byReport ? chosen.reports : chosen.findings) {
    const study = columns.studyOfReport[byReport ? holder : columns.reportOfFinding[holder]];
    if (study !== last) {
      if (!isCoded) number++;
      last = study;
      isCoded = false;
    }
    isCoded ||= dimension.codes[dimension.start[holder]] !== none;
  }
  return isCoded ? number : number + 1;
}
