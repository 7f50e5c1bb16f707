// @ts-check

/**
 * Moves the focus over a grid by arrow keys: one stop for Tab, as the pattern for grids has it
 * (WAI-ARIA Authoring Practices). Headings that span several cells are left in one step.
 */

/** @typedef {{line: number, column: number}} Spot */

/**
 * @param {HTMLTableElement} table Its cells hold one link each, with `tabindex="-1"`.
 * @param {{toggle: (side: "row" | "column", id: string) => void}} acts
 */
export function walkable(table, { toggle }) {
  /** The links by line and column; a spanning heading stands in each place. @type {HTMLElement[][]} */
  let places = [];

  /** @param {Element | null} link @returns {Spot | null} */
  function spotOf(link) {
    for (let line = 0; line < places.length; line++) {
      const column = places[line].indexOf(/** @type {HTMLElement} */ (link));
      if (column >= 0) return { line, column };
    }
    return null;
  }

  /** @param {HTMLElement | undefined} link */
  function move(link) {
    if (!link) return;
    for (const other of table.querySelectorAll('a[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
  }

  /**
   * @param {Spot} from
   * @param {number} down
   * @param {number} right
   */
  function next({ line, column }, down, right) {
    const start = places[line][column];
    let [y, x] = [line, column];
    do {
      y += down;
      x += right;
    } while (places[y]?.[x] === start || (places[y] && x >= 0 && x < places[y].length && !places[y][x]));
    return places[y]?.[x];
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const link = /** @type {HTMLElement} */ (event.target);
    const spot = spotOf(link);
    if (!spot || event.altKey || event.metaKey) return;
    const last = places[spot.line].length - 1;
    const group = link.dataset.group;
    /** @type {Record<string, () => HTMLElement | undefined>} */
    const steps = {
      ArrowUp: () => next(spot, -1, 0),
      ArrowDown: () => next(spot, 1, 0),
      ArrowLeft: () => next(spot, 0, -1),
      ArrowRight: () => next(spot, 0, 1),
      Home: () => places[event.ctrlKey ? 0 : spot.line].find(Boolean),
      End: () => (event.ctrlKey ? places[places.length - 1][last] : places[spot.line][last]),
      PageUp: () => places.slice(Math.max(0, spot.line - 8)).find((line) => line[spot.column])?.[spot.column],
      PageDown: () => places[Math.min(places.length - 1, spot.line + 8)][spot.column],
    };
    if (event.key === " " && group) {
      const [side, id] = group.split(":");
      toggle(side === "row" ? "row" : "column", id);
    } else if (event.key in steps) {
      const target = steps[event.key]();
      move(target);
      target?.focus();
    } else return;
    event.preventDefault();
  }

  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (link) move(link);
  });

  return {
    move,
    /** Which place has the focus, by what it shows. */
    current() {
      const focused = table.contains(document.activeElement) ? document.activeElement : null;
      const group = /** @type {HTMLElement | null} */ (focused)?.dataset.group;
      return group ? `a[data-group="${CSS.escape(group)}"]` : "";
    },
    /**
     * Learns the places anew after the table was built.
     * @param {string} focused What `current` gave before.
     */
    refresh(focused) {
      places = layout(table);
      const again = focused ? /** @type {HTMLElement | null} */ (table.querySelector(focused)) : null;
      move(again ?? places[places.length > 1 ? 1 : 0]?.find(Boolean));
      again?.focus();
    },
  };
}

/**
 * Returns the link at each line and column, with spans filled.
 * @param {HTMLTableElement} table
 */
function layout(table) {
  /** @type {HTMLElement[][]} */
  const places = Array.from(table.rows, () => []);
  Array.from(table.rows).forEach((row, line) => {
    let column = 0;
    for (const cell of row.cells) {
      while (column in places[line]) column++;
      const link = cell.querySelector("a");
      for (let down = 0; down < cell.rowSpan; down++) {
        for (let right = 0; right < cell.colSpan; right++) {
          if (places[line + down]) places[line + down][column + right] = /** @type {HTMLElement} */ (link);
        }
      }
      column += cell.colSpan;
    }
  });
  return places;
}
