// @ts-check

/**
 * Web addresses: http and https only, with a host, and without a password in them.
 */

import { Refusal } from "./refusal.js";
import { beginning } from "./wording.js";

const WHOLE = /^https?:\/\/(?:[^\s<>"{}|\\^`]|\ufeff)+$/;

/**
 * @param {string} value
 * @returns {string} the address
 * @throws {Refusal} if it is none
 */
export function webAddress(value) {
  if (WHOLE.test(value) && hasSoundHost(value)) return value;
  throw new Refusal("bad-url", `“${beginning(value, 60)}” is not a web address`);
}

/** @param {string} value */
function hasSoundHost(value) {
  const [host] = value.slice(value.indexOf("//") + 2).split(/[/?#]/, 1);
  if (host.includes("@") || turnsIntoAnother(host)) return false;
  if (host.includes("[") || host.includes("]")) return isBracketed(host);
  const [name, ...rest] = host.split(":");
  return name !== "" && isPort(rest.join(":"));
}

/**
 * @param {string} host
 * @returns {boolean} whether a sign in it is a slash or the like to programs that simplify letters
 */
function turnsIntoAnother(host) {
  const bare = host.replace(/[@:#?]/g, "");
  const simple = bare.normalize("NFKC");
  return simple !== bare && /[/?#@:]/.test(simple);
}

/** @param {string} port */
function isPort(port) {
  return port === "" || (/^[0-9]+$/.test(port) && Number(port) <= 65535);
}

/**
 * @param {string} host
 * @returns {boolean} whether the host is a number in brackets (IPv6)
 */
function isBracketed(host) {
  const match = /^[^[\]]*\[([^\]]*)\](.*)$/.exec(host);
  if (match === null) return false;
  const [, inner, after] = match;
  const port = after.includes(":") ? after.slice(after.indexOf(":") + 1) : "";
  return isPort(port) && (/^v[a-fA-F0-9]+\..+$/.test(inner) || isLongNumber(inner));
}

/**
 * @param {string} text
 * @returns {boolean} whether it is an IPv6 address
 */
function isLongNumber(text) {
  try {
    const host = `[${text.replace(/%.+$/, "")}]`;
    return new URL(`${"http:"}//${host}/`).hostname.startsWith("[");
  } catch {
    return false;
  }
}
