/**
 * What the site uses of Pagefind, the full-text search. Its module is made with the index when a
 * site is built, so it does not stand beside the modules that load it:
 *
 *     const pagefind = await import("../pagefind/pagefind.js");
 *
 * Where the address is worked out at run time, say what comes back:
 *
 *     @type {typeof import("../pagefind/pagefind.js")}
 */
declare module "*/pagefind/pagefind.js" {
  /** How many pages each value of each filter has. */
  type FilterCounts = Record<string, Record<string, number>>;

  /** Settings of the index, to be given before the first search. */
  interface Options {
    /** The folder that holds the index. */
    basePath?: string;
    /** What stands before the address of each page found. */
    baseUrl?: string;
    /** The most words in an excerpt. */
    excerptLength?: number;
    highlightParam?: string;
    ranking?: Record<string, unknown>;
  }

  interface SearchOptions {
    /** Values that pages must have; one value, several, or a combination of both. */
    filters?: Record<string, unknown>;
    sort?: Record<string, "asc" | "desc">;
  }

  interface SearchResults {
    results: SearchResult[];
    /** How many pages the words alone would find. */
    unfilteredResultCount: number;
    /** Counts among the pages found. */
    filters: FilterCounts;
    /** Counts among the pages that the words alone would find. */
    totalFilters: FilterCounts;
  }

  /** A page found, before what it says has been loaded. */
  interface SearchResult {
    id: string;
    score: number;
    words: number[];
    data(): Promise<FoundPage>;
  }

  interface FoundPage {
    url: string;
    raw_url?: string;
    /** The words around what was found, as HTML with `mark` elements. */
    excerpt: string;
    content: string;
    /** The content with angle brackets escaped, in which words are counted. */
    raw_content?: string;
    /** The elements with an id, each before the word of that number. */
    anchors: {element: string; id: string; text: string; location: number}[];
    word_count: number;
    filters: Record<string, string[]>;
    meta: Record<string, string>;
    sub_results: FoundSection[];
  }

  /** A part of a page found, from one heading to the next. */
  interface FoundSection {
    title: string;
    url: string;
    excerpt: string;
  }

  export function options(options: Options): Promise<void>;
  export function init(): Promise<void>;
  /** Searches another index with the first, from the folder at an address. */
  export function mergeIndex(address: string, options?: Options & {language?: string}): Promise<void>;
  export function filters(): Promise<FilterCounts>;
  /** Loads the part of the index that a search will need. */
  export function preload(words: string, options?: SearchOptions): Promise<void>;
  /** Finds pages; without words (`null`), all pages that the filters let through. */
  export function search(words: string | null, options?: SearchOptions): Promise<SearchResults>;
  /** The same after a pause; `null` if another search has followed in the meantime. */
  export function debouncedSearch(
    words: string,
    options?: SearchOptions,
    milliseconds?: number,
  ): Promise<SearchResults | null>;
  export function destroy(): Promise<void>;
}
