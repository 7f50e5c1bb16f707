// @ts-check

/**
 * Drafts that this browser keeps. Nothing of them leaves it.
 *
 * Each has a stamp of the tab that wrote it last. A tab that finds another's stamp than the one it
 * knows does not write over it.
 */

/** @typedef {import("./draft.js").SavedDraft} SavedDraft */

/** Why a draft was not kept: another tab wrote it meanwhile, there is no room, or no permission. */
export class NotKept extends Error {
  /** @param {"newer" | "full" | "refused"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** The drafts of one site, since several sites can share an address. */
export class KeptDrafts {
  /** @param {string} site The path of the site. */
  constructor(site) {
    this.prefix = `evidence-map-draft:${site}:`;
    this.tab = Math.random().toString(36).slice(2);
    this.writings = 0;
    /** @type {Map<string, string>} */
    this.known = new Map();
  }

  /** @returns {SavedDraft[]} The newest first. */
  all() {
    const found = /** @type {SavedDraft[]} */ ([]);
    try {
      for (let index = 0; index < localStorage.length; index += 1) {
        const name = localStorage.key(index);
        const draft = name?.startsWith(this.prefix) ? parsed(localStorage.getItem(name)) : null;
        if (draft) found.push(draft);
      }
    } catch {
      return [];
    }
    return found.sort((a, b) => b.saved - a.saved);
  }

  /**
   * @param {string} id
   * @returns {SavedDraft | null}
   */
  read(id) {
    try {
      const draft = parsed(localStorage.getItem(this.prefix + id));
      if (draft) this.known.set(id, draft.stamp);
      return draft;
    } catch {
      return null;
    }
  }

  /**
   * Keeps a draft. One that is kept as it is already is not written again: another tab that reads it
   * meanwhile would be told that it is newer.
   *
   * @param {Omit<SavedDraft, "saved" | "stamp">} draft
   * @param {boolean} [anyway] Whether what another tab wrote is to be replaced.
   * @throws {NotKept} If it cannot be kept.
   */
  write(draft, anyway = false) {
    let earlier;
    try {
      earlier = parsed(localStorage.getItem(this.prefix + draft.id));
    } catch {
      throw new NotKept("refused");
    }
    if (earlier && isSame(earlier, draft)) {
      this.known.set(draft.id, earlier.stamp);
      return;
    }
    if (!anyway && earlier && earlier.stamp !== this.known.get(draft.id)) throw new NotKept("newer");
    this.writings += 1;
    const stamp = `${this.tab}.${this.writings}`;
    try {
      localStorage.setItem(this.prefix + draft.id, JSON.stringify({ ...draft, saved: Date.now(), stamp }));
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      throw new NotKept(isFull ? "full" : "refused");
    }
    this.known.set(draft.id, stamp);
  }

  /** @param {string} id */
  remove(id) {
    this.known.delete(id);
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // What could not be kept needs no removing.
    }
  }

  /**
   * Calls back when another tab has written or removed a draft.
   *
   * @param {(id: string, removed: boolean) => void} told
   */
  watch(told) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix))
        told(event.key.slice(this.prefix.length), event.newValue === null);
    });
  }
}

/**
 * Whether two drafts say the same, whenever and by whichever tab they were written.
 *
 * @param {SavedDraft} kept
 * @param {Omit<SavedDraft, "saved" | "stamp">} draft
 */
function isSame(kept, draft) {
  const told = (/** @type {Omit<SavedDraft, "saved" | "stamp">} */ each) =>
    JSON.stringify([each.id, each.key, each.keyIsChosen, each.entry, each.original, each.visited]);
  return told(kept) === told(draft);
}

/**
 * @param {string | null} text
 * @returns {SavedDraft | null}
 */
function parsed(text) {
  if (text === null) return null;
  try {
    const draft = JSON.parse(text);
    const whole = draft && typeof draft.id === "string" && typeof draft.entry === "object" && draft.entry;
    return whole
      ? { key: "", keyIsChosen: false, original: null, visited: [], saved: 0, stamp: "", ...draft }
      : null;
  } catch {
    return null;
  }
}
