// @ts-check

/**
 * Lets tables of written pages that are wider than the screen be scrolled by keyboard. The theme
 * wraps them in a box of its own, after the page has loaded.
 */
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Table, scrolls sideways");
  }
});
