// @ts-check

/**
 * Gives every element with `data-copy-target` a button that copies the text of the element it names.
 * Without JavaScript there is no button, and the text can be selected.
 */

/** How long the button says that it has copied, in milliseconds. */
const CONFIRMATION = 2000;

/**
 * Copies text, also where the clipboard is not offered (a file opened without a server).
 * @param {string} text
 * @param {Element} shown The element that holds the text, selected where copying is not possible.
 * @returns {Promise<boolean>} Whether the text was copied.
 */
async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(shown);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return false;
  }
}

for (const holder of document.querySelectorAll("[data-copy-target]")) {
  const name = holder.getAttribute("data-copy-target") ?? "";
  const label = holder.getAttribute("data-copy-label") ?? "Copy";
  const shown = document.getElementById(name);
  if (!shown) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "em-button";
  button.textContent = label;
  button.addEventListener("click", async () => {
    const copied = await copy(shown.textContent?.trim() ?? "", shown);
    button.textContent = copied ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => (button.textContent = label), CONFIRMATION);
  });
  button.setAttribute("aria-live", "polite");
  holder.append(button);
}
