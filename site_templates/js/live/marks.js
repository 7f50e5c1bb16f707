// @ts-check

/**
 * The drawing in a cell, as SVG of 48 × 48 units: for the page and for the pictures that readers
 * take away. The bubbles are those of evidence_map/site/bubble.py.
 */

/** @typedef {import("./selection.js").View} View */

export const SIZE = 48;
const LARGEST = 21;
const SMALLEST = 3;
const RING = 4;
const DIGIT = 7;
const HEAT_STEPS = 7;

/** Room for the tiles of a mosaic, above the number. */
const FLOOR = { width: 46, height: 30 };
const TILE = { smallest: 4, largest: 10 };

/**
 * What all cells of a map share, from the largest count when nothing is filtered: so a mark keeps
 * its size while filters change.
 * @typedef {object} Scale
 * @property {number} largest
 * @property {number} step Radius of a bubble for a count of one.
 * @property {number} tile Side of a tile of the mosaic.
 * @property {number} worth How many units one tile stands for.
 */

/**
 * @param {number} largest
 * @returns {Scale}
 */
export function scaleOf(largest) {
  const most = Math.max(1, largest);
  const capacity = Math.floor(FLOOR.width / TILE.smallest) * Math.floor(FLOOR.height / TILE.smallest);
  const worth = Math.ceil(most / capacity);
  let tile = TILE.largest;
  while (tile > TILE.smallest && fitting(tile) < most / worth) tile--;
  return { largest: most, step: Math.min(10, LARGEST / Math.sqrt(most)), tile, worth };
}

/** How many tiles of a size fit. @param {number} tile */
function fitting(tile) {
  return Math.floor(FLOOR.width / tile) * Math.floor(FLOOR.height / tile);
}

/**
 * Returns the step of the heat ramp for a count, from 1 to 7; by the square root, so that small
 * counts can be told apart. On a map of small counts only the light steps are used: one study is
 * never shown as strongly as many.
 * @param {number} count
 * @param {Scale} scale
 */
export function heatStep(count, { largest }) {
  return Math.max(
    1,
    Math.min(HEAT_STEPS, Math.ceil(HEAT_STEPS * Math.sqrt(count / Math.max(largest, HEAT_STEPS ** 2)))),
  );
}

/**
 * The shapes of a drawing, in the order in which they are painted.
 * @typedef {object} Shapes
 * @property {number} disc Radius of the disc; 0 for none.
 * @property {number} ring Radius of the ring.
 * @property {{colour: number, length: number, offset: number}[]} arcs Parts of the ring, whose whole
 *   length is 100.
 * @property {{colour: number, path: string}[]} tiles
 * @property {{x: number, y: number, anchor: "middle" | "start", text: string}} number
 */

/**
 * Returns the drawing of a cell that is not empty.
 * @param {View} view
 * @param {number} count
 * @param {[number, number][]} parts Colour and count of each segment that is there.
 * @param {Scale} scale
 * @returns {Shapes}
 */
export function shapes(view, count, parts, scale) {
  if (view === "bubbles") return bubble(count, parts, scale);
  const text = String(count);
  if (view === "mosaic") {
    return {
      disc: 0,
      ring: 0,
      arcs: [],
      tiles: tilesOf(count, parts, scale),
      number: { x: 24, y: 40, anchor: "middle", text },
    };
  }
  return { disc: 0, ring: 0, arcs: [], tiles: [], number: { x: 24, y: 24, anchor: "middle", text } };
}

/**
 * @param {number} count
 * @param {[number, number][]} parts
 * @param {Scale} scale
 * @returns {Shapes}
 */
function bubble(count, parts, { step }) {
  const text = String(count);
  const radius = tenth(Math.max(SMALLEST, step * Math.sqrt(count)));
  const inside = 2 * (radius - RING) >= DIGIT * text.length + 2;
  const whole = parts.reduce((sum, [, own]) => sum + own, 0);
  let turned = 0;
  const arcs = parts.map(([colour, own]) => {
    const length = hundredth((100 * own) / whole);
    const arc = { colour, length, offset: -hundredth(turned) };
    turned += length;
    return arc;
  });
  return {
    disc: radius,
    ring: tenth(Math.max(radius - RING / 2, radius / 2)),
    arcs,
    tiles: [],
    number: { x: inside ? 24 : tenth(24 + radius + 3), y: 24, anchor: inside ? "middle" : "start", text },
  };
}

/**
 * @param {number} count
 * @param {[number, number][]} parts
 * @param {Scale} scale
 */
function tilesOf(count, parts, { tile, worth }) {
  const tiles = Math.ceil(count / worth);
  const across = Math.floor(FLOOR.width / tile);
  const columns = Math.min(
    tiles,
    Math.max(across > 4 ? 4 : across, Math.ceil(Math.sqrt((tiles * 4) / 3))),
    across,
  );
  const lines = Math.ceil(tiles / columns);
  const left = (SIZE - columns * tile) / 2 + 0.5;
  const top = 1.5 + (FLOOR.height - lines * tile) / 2;
  /** @type {Map<number, string>} */
  const paths = new Map();
  shared(tiles, parts).forEach((colour, index) => {
    const x = left + (index % columns) * tile;
    const y = top + Math.floor(index / columns) * tile;
    paths.set(colour, `${paths.get(colour) ?? ""}M${x} ${y}h${tile - 1}v${tile - 1}h${1 - tile}z`);
  });
  return [...paths].map(([colour, path]) => ({ colour, path }));
}

/**
 * Returns the shapes as elements of SVG, for pictures.
 * @param {Shapes} drawn
 * @returns {string}
 */
export function markup({ disc, ring, arcs, tiles, number }) {
  const parts = [
    ...(disc ? [`<circle class="em-disc" cx="24" cy="24" r="${disc}"/>`] : []),
    ...arcs.map(
      ({ colour, length, offset }) =>
        `<circle class="em-ring em-colour-${colour}" cx="24" cy="24" r="${ring}" pathLength="100" ` +
        `stroke-dasharray="${length} ${hundredth(100 - length)}" stroke-dashoffset="${offset}" transform="rotate(-90 24 24)"/>`,
    ),
    ...tiles.map(({ colour, path }) => `<path class="em-tile em-fill-${colour}" d="${path}"/>`),
    `<text x="${number.x}" y="${number.y}" dy=".36em" text-anchor="${number.anchor}">${number.text}</text>`,
  ];
  return parts.join("");
}

/**
 * Shares tiles among segments as their counts are to each other (largest remainders).
 * @param {number} tiles
 * @param {[number, number][]} parts
 * @returns {number[]} The colour of each tile.
 */
export function shared(tiles, parts) {
  if (!parts.length) return new Array(tiles).fill(1);
  const whole = parts.reduce((sum, [, own]) => sum + own, 0);
  const exact = parts.map(([colour, own]) => ({ colour, tiles: (tiles * own) / whole, whole: 0 }));
  for (const part of exact) part.whole = Math.floor(part.tiles);
  let rest = tiles - exact.reduce((sum, part) => sum + part.whole, 0);
  const byRemainder = [...exact].sort((one, other) => other.tiles - other.whole - (one.tiles - one.whole));
  for (const part of byRemainder) if (rest-- > 0) part.whole++;
  return exact.flatMap((part) => new Array(part.whole).fill(part.colour));
}

/** @param {number} value */
function tenth(value) {
  return Math.round(value * 10) / 10;
}

/** @param {number} value */
function hundredth(value) {
  return Math.round(value * 100) / 100;
}
