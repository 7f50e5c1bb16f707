// @ts-check

/**
 * The drawing in one cell of the page. Its elements are kept and only what differs is changed, since
 * making them anew for hundreds of cells would take longer than one frame of the screen.
 */

const NAMESPACE = "http://www.w3.org/2000/svg";

/** @typedef {import("./marks.js").Shapes} Shapes */

export class DrawnMark {
  constructor() {
    this.svg = made("svg", { viewBox: "0 0 48 48", width: 48, height: 48, "aria-hidden": "true" });
    this.disc = made("circle", { class: "em-disc", cx: 24, cy: 24 });
    this.text = made("text", { dy: ".36em" });
    /** @type {SVGElement[]} */
    this.arcs = [];
    /** @type {SVGElement[]} */
    this.tiles = [];
    this.svg.append(this.disc, this.text);
    /** @type {Map<SVGElement, Record<string, string | number>>} */
    this.known = new Map();
  }

  /** @param {Shapes} shapes */
  show({ disc, ring, arcs, tiles, number }) {
    this.#set(this.disc, { r: disc });
    this.#match(this.arcs, arcs.length, "circle", {
      cx: 24,
      cy: 24,
      pathLength: 100,
      transform: "rotate(-90 24 24)",
    });
    arcs.forEach(({ colour, length, offset }, index) => {
      const dash = `${length} ${Math.round((100 - length) * 100) / 100}`;
      this.#set(this.arcs[index], {
        class: `em-ring em-colour-${colour}`,
        r: ring,
        "stroke-dasharray": dash,
        "stroke-dashoffset": offset,
      });
    });
    this.#match(this.tiles, tiles.length, "path", {});
    tiles.forEach(({ colour, path }, index) =>
      this.#set(this.tiles[index], { class: `em-tile em-fill-${colour}`, d: path }),
    );
    this.#set(this.text, { x: number.x, y: number.y, "text-anchor": number.anchor });
    if (this.text.textContent !== number.text) this.text.textContent = number.text;
  }

  /**
   * @param {SVGElement} element
   * @param {Record<string, string | number>} values
   */
  #set(element, values) {
    const known = this.known.get(element) ?? {};
    for (const name in values)
      if (known[name] !== values[name]) element.setAttribute(name, String(values[name]));
    this.known.set(element, values);
  }

  /**
   * Adds or removes elements until there are as many as are needed.
   * @param {SVGElement[]} elements
   * @param {number} number
   * @param {string} name
   * @param {Record<string, string | number>} values
   */
  #match(elements, number, name, values) {
    while (elements.length > number) elements.pop()?.remove();
    while (elements.length < number) {
      const element = made(name, values);
      elements.push(element);
      this.svg.insertBefore(element, this.text);
    }
  }
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} values
 */
function made(name, values) {
  const element = /** @type {SVGElement} */ (document.createElementNS(NAMESPACE, name));
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
  return element;
}
