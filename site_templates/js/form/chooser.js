// @ts-check

/** A text field that offers what fits the words in it, to be chosen by keyboard, mouse or touch. */

import { element } from "../live/elements.js";

/** @typedef {{value: string, label: string, note?: string, words?: string}} Offer What is shown, and by which further words it is found. */

const MOST = 12;

let made = 0;

/**
 * Makes a field that searches (the pattern “combobox with a list box” of the ARIA practices guide).
 *
 * @param {object} options
 * @param {string} [options.id]
 * @param {string} options.label
 * @param {string} [options.describedBy]
 * @param {string} [options.placeholder]
 * @param {(words: string) => Offer[]} options.offers What fits; the best first.
 * @param {(offer: Offer) => void} options.choose
 * @param {(text: string) => void} [options.typed] Takes a text that was not offered, on Enter.
 */
export function chooser({ id, label, describedBy, placeholder, offers, choose, typed }) {
  made += 1;
  const listId = `_chooser${made}`;
  const list = element("ul", {
    id: listId,
    role: "listbox",
    "aria-label": `Offers for “${label}”`,
    class: "em-chooser__list",
    hidden: true,
  });
  const input = element("input", {
    ...(id && { id }),
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": id ? null : label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-describedby": describedBy,
    placeholder,
  });
  const told = element("p", { class: "em-hidden", role: "status" });
  const holder = element("div", { class: "em-chooser" }, input, list, told);
  let offered = /** @type {Offer[]} */ ([]);
  let at = -1;

  const show = () => {
    const words = input.value.trim();
    offered = words ? offers(words).slice(0, MOST) : [];
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...offered.map((offer, index) => option(offer, index)));
    const isOpen = offered.length > 0;
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    told.textContent = words
      ? isOpen
        ? `${offered.length} found; choose with the arrow keys.`
        : "Nothing fits."
      : "";
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {Offer} */ offer) => {
    input.value = "";
    close();
    choose(offer);
  };
  const option = (/** @type {Offer} */ offer, /** @type {number} */ index) =>
    element(
      "li",
      {
        role: "option",
        id: `${listId}-${index}`,
        "aria-selected": "false",
        mousedown: (event) => event.preventDefault(),
        click: () => take(offer),
      },
      element("span", {}, offer.label),
      offer.note && element("span", { class: "em-chooser__note" }, ` ${offer.note}`),
    );
  const go = (/** @type {number} */ to) => {
    at = (to + offered.length) % offered.length;
    [...list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${listId}-${at}`);
  };
  const enter = () => {
    const text = input.value.trim();
    const offer = offered[at] ?? (offered.length === 1 ? offered[0] : undefined);
    if (offer) take(offer);
    else if (typed && text && !offered.length) {
      input.value = "";
      close();
      typed(text);
    }
  };
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Escape" && isOpen) close();
    else if (event.key === "Enter") enter();
    else if (event.key === "ArrowDown" && !isOpen) show();
    else if (event.key === "ArrowDown" && isOpen) go(at + 1);
    else if (event.key === "ArrowUp" && isOpen) go(at < 0 ? -1 : at - 1);
    else return;
    event.preventDefault();
  });
  return { element: holder, input };
}

/**
 * Returns what has all the words, what begins with them first.
 *
 * @template {Offer} Kind
 * @param {Kind[]} all
 * @param {string} words
 * @param {(offer: Kind) => string} [text] What is searched.
 */
export function fitting(
  all,
  words,
  text = (offer) => `${offer.label} ${offer.value} ${offer.note ?? ""} ${offer.words ?? ""}`,
) {
  const wanted = bare(words).split(/\s+/).filter(Boolean);
  const whole = bare(words);
  const found = all.filter((offer) => {
    const searched = bare(text(offer));
    return wanted.every((word) => searched.includes(word));
  });
  const rank = (/** @type {Kind} */ offer) =>
    bare(offer.value) === whole ? 0 : bare(offer.label).startsWith(whole) ? 1 : 2;
  return found.sort((a, b) => rank(a) - rank(b));
}

/** @param {string} text */
function bare(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
