// @ts-check

/** A page that was found, and what it says around the words that were searched for. */

import { meant } from "./query.js";
import { marked, passage, wordsOf } from "./passages.js";

/** @typedef {import("./passages.js").Segment} Segment */
/** @typedef {import("./query.js").Part} Part */
/** @typedef {import("../pagefind/pagefind.js").SearchResult} SearchResult */
/** @typedef {import("../pagefind/pagefind.js").FoundPage} FoundPage */

/**
 * What kind of page it is.
 * @typedef {"Report" | "Review finding" | "Study" | "Term" | "Page"} Kind
 */

/**
 * What a result shows.
 * @typedef {object} Shown
 * @property {string} address
 * @property {Segment[]} title
 * @property {string} about What stands beneath the title: a short citation, a dimension; or "".
 * @property {Segment[]} excerpt Where the words stand; empty if all of them stand in the title.
 */

/** Where the words of one part of the query stand on a page. */
class Places {
  /**
   * @param {Part} part
   * @param {number[]} at Numbers of the words.
   */
  constructor(part, at) {
    this.part = part;
    this.at = at;
  }

  /**
   * Whether everything the part asks for stands between two words of the page.
   * @param {string[]} words
   * @param {number} from
   * @param {number} to
   */
  met(words, from, to) {
    const inside = this.at.filter((at) => at >= from && at < to);
    if (this.part.exact) return inside.length >= this.part.words.length;
    const found = new Set(inside.flatMap((at) => meant(words[at], this.part.words)));
    return found.size === this.part.words.length;
  }
}

export class Hit {
  /**
   * @param {Kind} kind
   * @param {string} address From the root of the site.
   * @param {URL} root
   * @param {SearchResult} result
   * @param {Part} part
   */
  constructor(kind, address, root, result, part) {
    this.kind = kind;
    this.address = new URL(address, root).href;
    /** Of a report: the citation key. Otherwise "". */
    this.key = kind === "Report" ? (address.split("/")[1] ?? "") : "";
    this.score = result.score;
    /** @type {Places[]} */
    this.places = [new Places(part, result.words)];
    this.result = result;
  }

  /**
   * Takes in what another part of the query found on the same page.
   * @param {Hit} other
   */
  add(other) {
    this.score += other.score;
    this.places.push(...other.places);
  }

  /** All places as one set. */
  get marks() {
    return new Set(this.places.flatMap((each) => each.at));
  }

  /**
   * Loads the page's text. Pagefind keeps what it has loaded.
   * @returns {Promise<{page: FoundPage, words: string[]}>}
   */
  async load() {
    const page = await this.result.data();
    return { page, words: wordsOf(page.raw_content ?? page.content) };
  }

  /**
   * The words of the page that were found, and its metadata, which is searched too.
   * @returns {Promise<string[]>}
   */
  async found() {
    const { page, words } = await this.load();
    return [...[...this.marks].map((at) => words[at] ?? ""), ...Object.values(page.meta)];
  }

  /**
   * What the page says where the words stand, or its title where they stand only there.
   * @returns {Promise<Segment[]>}
   */
  async excerpt() {
    const { title, excerpt } = await this.shown();
    return excerpt.length ? excerpt : title;
  }

  /** @returns {Promise<Shown>} */
  async shown() {
    const { page, words } = await this.load();
    const title = page.meta.title ?? "";
    // The title stands first in the text; if the page has it otherwise, it is shown unmarked.
    const own = title.split(/\s+/u);
    const first = own.every((word, at) => words[at]?.startsWith(word)) ? own.length : 0;
    return {
      address: this.kind === "Page" ? this.#section(page) : this.address,
      title: first ? marked(own, 0, first, this.marks) : [{ text: title || this.address, marked: false }],
      about: page.meta.citation ?? "",
      excerpt: this.#excerpt(page, words, first),
    };
  }

  /**
   * The passage behind the title, without the lists of codes unless the words stand only there.
   * @param {FoundPage} page
   * @param {string[]} words
   * @param {number} first
   */
  #excerpt(page, words, first) {
    const marks = this.marks;
    const anchors = [...page.anchors].sort((a, b) => a.location - b.location);
    const codes = new Set();
    anchors.forEach(({ id, location }, at) => {
      const end = anchors[at + 1]?.location ?? words.length;
      if (id.startsWith("_codes-")) for (let word = location; word < end; word++) codes.add(word);
    });
    const kept = words.map((_, at) => at).filter((at) => at >= first && !codes.has(at));
    const prose = kept.map((at) => words[at]);
    const places = new Set(kept.flatMap((at, now) => (marks.has(at) ? now : [])));
    return places.size ? passage(prose, 0, prose.length, places) : passage(words, first, words.length, marks);
  }

  /**
   * The address of the section in which the words stand first.
   * @param {FoundPage} page
   */
  #section(page) {
    const place = Math.min(...this.marks);
    const headings = page.anchors.filter((each) => /^h[2-6]$/u.test(each.element));
    const last = headings.filter((each) => each.location <= place).at(-1);
    return last ? `${this.address}#${encodeURIComponent(last.id)}` : this.address;
  }

  /**
   * The findings of a report that hold everything that was searched for.
   *
   * A finding is a list item with a name; names that begin with `_` are those of other parts.
   * @returns {Promise<Shown[]>}
   */
  async findings() {
    const { page, words } = await this.load();
    const anchors = [...page.anchors].sort((a, b) => a.location - b.location);
    const isFinding = anchors.map((each) => each.element === "li" && !each.id.startsWith("_"));
    const places = this.marks;
    const found = /** @type {Shown[]} */ ([]);
    anchors.forEach((anchor, at) => {
      if (!isFinding[at]) return;
      // What belongs to a finding carries its name; the first of it ends the statement.
      const end = anchors.findIndex((each, i) => i > at && !each.id.endsWith(`-${anchor.id}`));
      const stop = anchors[end]?.location ?? words.length;
      const after = Math.min(anchors[at + 1]?.location ?? stop, stop);
      if (!this.places.every((each) => each.met(words, anchor.location, stop))) return;
      found.push({
        address: `${this.address}#${encodeURIComponent(anchor.id)}`,
        title: marked(words, anchor.location, after, places),
        about: page.meta.citation ?? "",
        excerpt: passage(words, after, stop, places),
      });
    });
    return found;
  }
}
