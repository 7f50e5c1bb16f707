// @ts-check

/** Where a record can be sent from the browser: the pages of the host of the repository, and a mail. */

/**
 * GitHub answers 414 to addresses of more than 8191 bytes, and who is not signed in is sent to a
 * page whose address holds the whole address once more, escaped. So the escaped form must fit too.
 */
export const LONGEST_ADDRESS = 8191;

/** What the page for signing in adds to the address of the page that is asked for. */
const SIGNING_IN = "/login?return_to=".length;

/** @typedef {"github" | "gitlab" | "forgejo" | "other"} Host */

/**
 * @typedef {object} Outlet A page of the host, to be opened in a new tab.
 * @property {string} address
 * @property {boolean} isFilled Whether the page comes up with the record in it; else it is pasted.
 */

const NAMES = { github: "GitHub", gitlab: "GitLab", forgejo: "Codeberg", other: "the repository" };

/**
 * @param {string} repository
 * @returns {Host}
 */
export function hostOf(repository) {
  const name = hostname(repository);
  if (/(^|\.)github(\.|$)/.test(name)) return "github";
  if (/(^|\.)gitlab(\.|$)/.test(name)) return "gitlab";
  if (/(^|\.)(codeberg|gitea|forgejo)(\.|$)/.test(name)) return "forgejo";
  return "other";
}

/**
 * @param {string} repository
 * @returns {string} What readers call the host.
 */
export function hostName(repository) {
  const host = hostOf(repository);
  return host === "forgejo" && !hostname(repository).includes("codeberg")
    ? hostname(repository)
    : NAMES[host];
}

/** @param {string} repository */
function hostname(repository) {
  try {
    const { protocol, hostname: name } = new URL(repository);
    return protocol === "https:" || protocol === "http:" ? name : "";
  } catch {
    return "";
  }
}

/**
 * Returns the page on which a new record is written, with the record in it if the address holds it.
 *
 * @param {string} repository
 * @param {string} branch
 * @param {string} key
 * @param {string} text The file.
 * @returns {Outlet | null} Nothing where the host has no such page.
 */
export function newFile(repository, branch, key, text) {
  const host = hostOf(repository);
  const at = encoded(branch);
  const file = `${encodeURIComponent(key)}.yml`;
  // With the folder in the path and not in the name, GitHub has dropped the folder.
  if (host === "github") return filled(`${repository}/new/${at}?filename=records/${file}`, text);
  if (host === "forgejo") return filled(`${repository}/_new/${at}/records?filename=${file}`, text);
  if (host === "gitlab")
    return { address: `${repository}/-/new/${at}?file_name=records/${file}`, isFilled: false };
  return hostname(repository) ? { address: repository, isFilled: false } : null;
}

/**
 * Returns the page on which a record is edited; no host takes the new text from an address.
 *
 * @param {string} repository
 * @param {string} branch
 * @param {string} key
 * @returns {Outlet | null}
 */
export function editFile(repository, branch, key) {
  const place = `${encoded(branch)}/records/${encodeURIComponent(key)}.yml`;
  const ways = { github: "edit", gitlab: "-/edit", forgejo: "_edit", other: "" };
  const way = ways[hostOf(repository)];
  if (way) return { address: `${repository}/${way}/${place}`, isFilled: false };
  return hostname(repository) ? { address: repository, isFilled: false } : null;
}

/** @param {string} branch */
function encoded(branch) {
  return branch.split("/").map(encodeURIComponent).join("/");
}

/**
 * @param {string} address
 * @param {string} text
 * @returns {Outlet}
 */
function filled(address, text) {
  const whole = `${address}&${new URLSearchParams({ value: text })}`;
  const asked = encodeURIComponent(whole).length + SIGNING_IN;
  return asked <= LONGEST_ADDRESS ? { address: whole, isFilled: true } : { address, isFilled: false };
}

/**
 * Returns the mail address in a contact, or nothing.
 *
 * @param {string | null | undefined} contact
 */
export function mailAddress(contact) {
  return /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(contact ?? "")?.[0] ?? "";
}

/**
 * Returns what opens a mail that asks for the file to be attached; a mail cannot bring it along.
 *
 * @param {string} contact
 * @param {string} review
 * @param {string} key
 * @param {string} title Of the paper.
 * @param {boolean} isCorrection
 */
export function mail(contact, review, key, title, isCorrection) {
  const subject = `${isCorrection ? "Correction" : "New paper"}: ${key} (${review})`;
  const body = [
    isCorrection ? `Here is a correction of the record ${key}` : `Here is a record of a paper, ${key}`,
    title ? `(${title}).` : ".",
    `\n\nPlease attach the file ${key}.yml, which the form has saved among your downloads.\n`,
  ].join(" ");
  return `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
