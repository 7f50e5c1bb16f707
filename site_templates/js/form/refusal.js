// @ts-check

/**
 * Why a single value cannot be read, in words for the person who wrote it.
 */

/** Thrown by the checks of single values. */
export class Refusal {
  /**
   * @param {string} code the rule that says so, or the kind of mistake
   * @param {string} message
   * @param {string} [hint]
   */
  constructor(code, message, hint = "") {
    this.code = code;
    this.message = message;
    this.hint = hint;
  }
}
