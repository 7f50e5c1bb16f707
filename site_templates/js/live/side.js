// @ts-check

/**
 * A panel beside the page: on a wide screen it stands next to the grid, on a phone it is a sheet
 * over the page that keeps the focus until it is closed.
 */

const PHONE = "(max-width: 59.9375em)";

export class Side {
  /** @type {HTMLElement | null} */
  #from = null;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => void} onClose Called when the reader closes it.
   */
  constructor(dialog, onClose) {
    this.dialog = dialog;
    this.onClose = onClose;
    this.phone = matchMedia(PHONE);
    this.phone.addEventListener("change", () => this.#settle());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.onClose();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.onClose();
    });
    // A touch beside the sheet closes it.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && this.phone.matches) this.onClose();
    });
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** Whether it is a sheet over the page. */
  get isSheet() {
    return this.phone.matches;
  }

  /**
   * Opens it.
   * @param {HTMLElement | null} [from] What gets the focus back.
   */
  open(from = null) {
    this.#from = from ?? this.#from;
    if (this.dialog.open) return;
    // `open` alone leaves the focus where it is.
    if (this.phone.matches) this.dialog.showModal();
    else this.dialog.setAttribute("open", "");
  }

  /** Closes it and gives the focus back. */
  close() {
    if (!this.dialog.open) return;
    const held = this.dialog.contains(document.activeElement);
    if (this.dialog.matches(":modal")) this.dialog.close();
    else this.dialog.removeAttribute("open");
    if (held && this.#from?.isConnected) this.#from.focus();
    this.#from = null;
  }

  /** Turns an open panel into a sheet, or back, when the window changes its width. */
  #settle() {
    if (!this.dialog.open || this.dialog.matches(":modal") === this.phone.matches) return;
    if (this.dialog.matches(":modal")) this.dialog.close();
    else this.dialog.removeAttribute("open");
    if (this.phone.matches) this.dialog.showModal();
    else this.dialog.setAttribute("open", "");
  }
}
