import { css, html } from "lit";
import "./data-table.js";
import { middle } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { go } from "./route.js";
import { say } from "./words.js";

const PAUSE = 250;

/**
 * A page that is one table with filters; what is shown stands in the address. Those below say with `list` which rows there
 * are and with `address` where the page with other parameters is.
 */
export class TablePage extends HoldfastElement {
  static properties = { query: {}, version: { state: true }, narrow: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        height: 100%;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        padding: 12px 16px;
      }
      input {
        width: 280px;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
      }
      .filters button {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        border-radius: 14px;
        border-color: var(--line);
      }
      .filters button[aria-pressed="true"] .mark {
        color: inherit;
      }
      data-table {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  rows = null;
  #timer = 0;
  #narrow = matchMedia("(max-width: 900px)");

  constructor() {
    super();
    this.query = "";
    this.version = 0;
    this.narrow = this.#narrow.matches;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#narrow.addEventListener("change", this.#resized);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#narrow.removeEventListener("change", this.#resized);
    this.rows?.close();
  }

  #resized = () => {
    this.narrow = this.#narrow.matches;
  };

  willUpdate(changed) {
    if (changed.has("query")) {
      this.#open();
    }
  }

  languageChanged() {
    this.#open();
  }

  #open() {
    this.rows?.close();
    this.rows = this.list(() => this.version++);
  }

  parameters() {
    return Object.fromEntries(new URLSearchParams(this.query));
  }

  /** Typing replaces the address, so that Back leaves the page and not the last letter. */
  change(difference) {
    history.replaceState(null, "", this.address({ ...this.parameters(), ...difference }));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }

  /** The box above the table; `words` say what is looked for. */
  search(words, q) {
    return html`<input
      type="search"
      aria-label=${words}
      placeholder=${words}
      autocomplete="off"
      spellcheck="false"
      .value=${q}
      @input=${this.#typed}
    />`;
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const q = event.target.value.trim();
    this.#timer = setTimeout(() => this.change({ q }), PAUSE);
  }

  /** A filter that is there to be chosen, and pressed where it is. */
  filter(name, value, chosen, words) {
    return html`<button aria-pressed=${chosen === value} @click=${() => this.change({ [name]: chosen === value ? "" : value })}>
      ${words}
    </button>`;
  }

  /** A filter that came with the address, to be taken away. */
  narrowing(name, value, words = middle(value, 28)) {
    return html`<button aria-label=${say("filters.remove", say(name), value)} @click=${() => this.change({ [name]: "" })}>
      ${say(name)}: ${words} ✕
    </button>`;
  }

  /** The table; the columns that are wide are left out where the window is narrow. */
  table(label, columns, sorted, empty, addressOf) {
    return html`<data-table
      label=${label}
      .columns=${columns.filter(({ wide }) => !wide || !this.narrow)}
      .rows=${this.rows}
      .sorted=${sorted}
      .version=${this.version}
      .empty=${empty}
      @sort=${({ detail: { by, descending } }) => this.change({ sort: by, order: descending ? "desc" : "" })}
      @open=${(event) => go(addressOf(event.detail.id))}
    ></data-table>`;
  }
}
