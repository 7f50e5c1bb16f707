// @ts-check

/** Says that a page is still at work: to screen readers, and to programs that wait for it. */

/** What may keep a page at work. @typedef {"words" | "rest"} Work */

export class Busy {
  /** @type {Set<Work>} */
  #works = new Set();

  /** @param {HTMLElement} box What is not finished yet. */
  constructor(box) {
    this.box = box;
  }

  /** @param {Work} work */
  begin(work) {
    this.#works.add(work);
    this.box.ariaBusy = "true";
  }

  /** @param {Work} work */
  end(work) {
    this.#works.delete(work);
    if (!this.#works.size) this.box.ariaBusy = null;
  }
}
