// @ts-check

/** References in RIS, as somebody pastes them from a database or a reference manager. */

const LINE = /^\s{0,3}([A-Z][A-Z0-9])\s{1,4}-(?:\s(.*))?$/;

/**
 * @typedef {Map<string, string[]>} RisReference The values of each tag in their order.
 */

/**
 * Returns the references of a text.
 *
 * @param {string} text
 * @returns {RisReference[]}
 */
export function risReferences(text) {
  /** @type {RisReference[]} */
  const references = [];
  /** @type {RisReference | null} */
  let open = null;
  /** @type {string[]} */
  let values = [];
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n?|\n/)) {
    const [, tag, value] = LINE.exec(line) ?? [];
    if (tag === "TY") references.push((open = new Map()));
    if (!open) continue;
    if (tag === "ER") open = null;
    else if (tag) {
      values = open.get(tag) ?? [];
      open.set(tag, values);
      values.push((value ?? "").trim());
    } else if (line.trim() && values.length) {
      values.push(`${values.pop() ?? ""} ${line.trim()}`.trim());
    }
  }
  return references.filter((reference) => reference.size > 1);
}
