// @ts-check

/**
 * Gives every element with `data-copy-target` a button that copies the text of the element it names.
 * Without JavaScript there is no button, and the text can be selected.
 */

/** How long the button says that it has copied, in milliseconds. */
const CONFIRMATION = 2000;

/**
 * Puts the text of an element on the clipboard; with its italics, for word processors, if it has any.
 * @param {Element} shown
 */
async function write(shown) {
  const text = shown.textContent?.trim() ?? "";
  if (!shown.childElementCount || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const forms = { "text/plain": text, "text/html": shown.innerHTML.trim() };
  const entries = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(entries))]);
}

/**
 * Copies an element, also where the clipboard is not offered (a file opened without a server).
 * @param {Element} shown The element, selected where copying is not possible.
 * @returns {Promise<boolean>} Whether it was copied.
 */
async function copy(shown) {
  try {
    await write(shown);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(shown);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return false;
  }
}

/**
 * Gives an element a button that copies what another one shows.
 * @param {Element} holder Where the button goes.
 * @param {Element} shown
 * @param {string} label What the button says.
 */
export function offerCopy(holder, shown, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "em-button";
  button.textContent = label;
  button.addEventListener("click", async () => {
    const copied = await copy(shown);
    button.textContent = copied ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => (button.textContent = label), CONFIRMATION);
  });
  button.setAttribute("aria-live", "polite");
  holder.append(button);
}

for (const holder of document.querySelectorAll("[data-copy-target]")) {
  const shown = document.getElementById(holder.getAttribute("data-copy-target") ?? "");
  if (shown) offerCopy(holder, shown, holder.getAttribute("data-copy-label") ?? "Copy");
}
