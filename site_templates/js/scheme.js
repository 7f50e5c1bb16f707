// @ts-check

/** Light or dark, as the reader's system has it, on pages without the theme. Runs before the page shows. */

document.body.dataset.mdColorScheme = matchMedia("(prefers-color-scheme: dark)").matches
  ? "slate"
  : "default";
