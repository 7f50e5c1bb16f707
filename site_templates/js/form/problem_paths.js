// @ts-check

/** Hands each problem to the field that it names. */

/** @typedef {import("./field.js").Problem} Problem */

/**
 * Shows each of *parts* its problems and returns those that belong to none of them.
 *
 * @template {{show: (problems: Problem[]) => void}} Part
 * @param {Problem[]} problems
 * @param {Part[]} parts
 * @param {(part: Part, index: number) => string | number} name
 * @param {number} depth How many steps lead to where the parts stand.
 */
export function under(problems, parts, name, depth) {
  const byStep = grouped(problems, depth);
  parts.forEach((part, index) => {
    const step = name(part, index);
    part.show(byStep.get(step) ?? []);
    byStep.delete(step);
  });
  return [...byStep.values()].flat();
}

/**
 * @param {Problem[]} problems
 * @param {number} depth
 */
function grouped(problems, depth) {
  const groups = /** @type {Map<string | number | undefined, Problem[]>} */ (new Map());
  for (const problem of problems) {
    const step = problem.path[depth];
    groups.set(step, [...(groups.get(step) ?? []), problem]);
  }
  return groups;
}
