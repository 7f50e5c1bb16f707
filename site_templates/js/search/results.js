// @ts-check

/** The results of the site's search, grouped by kind, as elements. */

/** @typedef {import("./hit.js").Hit} Hit */
/** @typedef {import("./hit.js").Shown} Shown */
/** @typedef {import("./passages.js").Segment} Segment */

/** How many results of a kind are shown first, and how many more at a time. */
const FIRST = 5;
const MORE = 10;

/** How many reports are loaded at a time to look for findings in them, and how many without being asked. */
const BATCH = 6;
const UNASKED = 24;

/**
 * A source of results of one kind.
 * @typedef {object} Source
 * @property {string} heading
 * @property {string} noun
 * @property {string} nouns
 * @property {boolean} whole Whether `total` counts everything there is.
 * @property {number} total How many there are, or how many were found so far.
 * @property {(from: number, to: number) => Promise<Shown[]>} take
 */

/** @param {number} number */
const spoken = (number) => number.toLocaleString("en");

/** @param {Source} source */
export function counted({ total, whole, noun, nouns }) {
  return `${whole ? "" : "at least "}${spoken(total)} ${total === 1 ? noun : nouns}`;
}

/**
 * Returns a source for each kind of result that there is.
 * @param {Hit[]} hits
 * @returns {Promise<Source[]>}
 */
export async function sources(hits) {
  const of = (/** @type {string} */ kind) => hits.filter((hit) => hit.kind === kind);
  const reports = of("Report");
  const findings = new Findings(reports);
  await findings.take(0, FIRST);
  return [
    new Pages("Review findings", "review finding", "review findings", of("Review finding")),
    new Pages("Reports", "report", "reports", reports),
    findings,
    new Pages("Terms of the codebook", "term", "terms", of("Term")),
    new Pages("Studies", "study", "studies", of("Study")),
    new Pages("Pages", "page", "pages", of("Page")),
  ].filter((source) => source.total > 0);
}

class Pages {
  /**
   * @param {string} heading
   * @param {string} noun
   * @param {string} nouns
   * @param {Hit[]} hits
   */
  constructor(heading, noun, nouns, hits) {
    this.heading = heading;
    this.noun = noun;
    this.nouns = nouns;
    this.hits = hits;
    this.total = hits.length;
    this.whole = true;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  take(from, to) {
    return Promise.all(this.hits.slice(from, to).map((hit) => hit.shown()));
  }
}

/** Findings are no pages of their own; they are looked for in the reports that were found. */
class Findings {
  heading = "Findings";
  noun = "finding";
  nouns = "findings";

  /** @param {Hit[]} reports */
  constructor(reports) {
    this.reports = reports;
    this.seen = 0;
    /** @type {Shown[]} */
    this.found = [];
  }

  get whole() {
    return this.seen >= this.reports.length;
  }

  get total() {
    return this.found.length;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  async take(from, to) {
    const limit = this.seen + UNASKED;
    while (!this.whole && this.found.length <= to && this.seen < limit) {
      const next = this.reports.slice(this.seen, this.seen + BATCH);
      this.seen += next.length;
      for (const found of await Promise.all(next.map((hit) => hit.findings()))) this.found.push(...found);
    }
    return this.found.slice(from, to);
  }
}

/**
 * The section of one kind: heading, results, and a button that shows more.
 * @param {Source} source
 * @param {string} name For the id of the heading.
 * @returns {Promise<HTMLElement>}
 */
export async function section(source, name) {
  const count = element("span", "em-count", "");
  const heading = element("h2", "em-search__heading", `${source.heading} `, count);
  heading.id = `em-search-${name}`;
  const list = element("ul", "em-search__list");
  // Without its marks a list is none for some screen readers.
  list.setAttribute("role", "list");
  const more = element("button", "em-search__more", "");
  more.type = "button";
  const whole = element("section", "em-search__group", heading, list, more);
  whole.setAttribute("aria-labelledby", heading.id);

  const show = async (/** @type {number} */ number) => {
    const from = list.childElementCount;
    list.append(...(await source.take(from, from + number)).map(item));
    count.textContent = `${source.whole ? "" : "at least "}${spoken(source.total)}`;
    more.hidden = source.whole && list.childElementCount >= source.total;
    more.textContent = `Show more ${source.nouns}`;
    return list.children[from];
  };
  more.addEventListener("click", async () => {
    more.disabled = true;
    const first = await show(MORE).finally(() => (more.disabled = false));
    /** @type {HTMLElement | null} */ (
      first?.querySelector("a") ?? list.querySelector("li:last-child a")
    )?.focus();
  });
  await show(FIRST);
  return whole;
}

/** @param {Shown} shown */
function item(shown) {
  const link = element("a", "em-search__link", ...pieces(shown.title));
  link.href = shown.address;
  link.dir = "auto";
  const entry = element("li", "em-search__item", link);
  if (shown.about) entry.append(paragraph("em-search__about", shown.about));
  if (shown.excerpt.length) entry.append(paragraph("em-search__excerpt", ...pieces(shown.excerpt)));
  return entry;
}

/**
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function paragraph(className, ...children) {
  const made = element("p", className, ...children);
  made.dir = "auto";
  return made;
}

/**
 * Text with the searched words in `mark` elements.
 * @param {Segment[]} segments
 */
function pieces(segments) {
  return segments.map(({ text, marked }) => (marked ? element("mark", "", text) : text));
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
