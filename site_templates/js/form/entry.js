// @ts-check

/**
 * A record as it is being written: what its file says, every single value as text.
 *
 * @typedef {{[name: string]: Value}} Entry A section, or the whole record.
 * @typedef {string | (string | Entry)[] | Entry} Value
 * @typedef {(string | number)[]} Path The way to a value, from the top of the record.
 */

export {};
