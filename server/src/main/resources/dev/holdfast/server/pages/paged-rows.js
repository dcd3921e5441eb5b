import { address, get } from "./api.js";

const PAGE = 200;
const PAGES_KEPT = 12;

/**
 * The rows of a list that is read page by page, as its cursors allow. Pages far from what is looked at are let go and
 * asked for again by their cursor, so that a million rows cost no more memory than a few thousand.
 */
export class PagedRows {
  /** How many rows are known to exist; more may, while `finished` is false. */
  known = 0;
  finished = false;
  problem = null;
  #path;
  #changed;
  #pages = [];
  #cursor = "";
  #stop = new AbortController();
  #loading = false;

  constructor(path, parameters, changed) {
    this.#path = (cursor) => address(path, { ...parameters, limit: String(PAGE), cursor });
    this.#changed = changed;
  }

  row(number) {
    const page = this.#pageOf(number);
    return page?.items?.[number - page.start];
  }

  #pageOf(number) {
    // Servers may answer with less than was asked for, so pages need not be of one size; the guess is right as a rule.
    const guess = this.#pages[Math.floor(number / PAGE)];
    const holds = (page) => page && number >= page.start && number < page.start + page.size;
    return holds(guess) ? guess : this.#pages.find(holds);
  }

  /** Sees to it that these rows are here, and the page after them. */
  async want(first, last) {
    if (this.#loading || this.problem) {
      return;
    }
    const missing = this.#pages.find((page) => !page.items && page.start <= last && page.start + page.size > first);
    if (!missing && (this.finished || last + PAGE / 2 < this.known)) {
      return;
    }
    this.#loading = true;
    try {
      const cursor = missing ? missing.cursor : this.#cursor;
      const { items, next } = await get(this.#path(cursor), { signal: this.#stop.signal });
      if (missing) {
        missing.items = items.slice(0, missing.size);
      } else {
        this.#append(cursor, items, next);
      }
      this.#letGo(first, last);
    } catch (failure) {
      if (failure.name === "AbortError") {
        return;
      }
      this.problem = failure;
    }
    this.#loading = false;
    this.#changed();
  }

  #append(cursor, items, next) {
    this.#pages.push({ cursor, items, start: this.known, size: items.length });
    this.known += items.length;
    this.#cursor = next;
    this.finished = !next;
  }

  #letGo(first, last) {
    const middle = (first + last) / 2;
    const held = this.#pages.filter(({ items }) => items);
    held.sort((a, b) => Math.abs(a.start - middle) - Math.abs(b.start - middle));
    held.slice(PAGES_KEPT).forEach((page) => (page.items = null));
  }

  retry() {
    this.problem = null;
    this.#changed();
  }

  close() {
    this.#stop.abort();
  }
}
