import { css, html, nothing } from "lit";
import "./problem-note.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";

const ROW = 32;
const SPARE = 12;

/**
 * A table of any length of which only the rows in sight are in the page. `columns` are `{label, width, number, sort, cell}`,
 * `rows` is a PagedRows, which comes in the order `sorted`, `{by, descending}`. Arrow keys move, Enter opens: the event
 * `open` carries the row. The head of a column with a `sort` is a button: the event `sort` carries the order it asks for.
 */
class DataTable extends HoldfastElement {
  static properties = {
    columns: { attribute: false },
    rows: { attribute: false },
    sorted: { attribute: false },
    label: {},
    empty: { attribute: false },
    version: { type: Number },
    first: { state: true },
    active: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        position: relative;
        min-height: 0;
      }
      .view {
        height: 100%;
        overflow: auto;
        overflow-anchor: none;
        scroll-padding: ${ROW}px 0 0;
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        table-layout: fixed;
        font-size: 13px;
        line-height: 20px;
      }
      th {
        position: sticky;
        top: 0;
        z-index: 1;
        height: ${ROW}px;
        padding: 0 8px;
        text-align: left;
        font-weight: 400;
        color: var(--ink-2);
        background: var(--paper-2);
        border-bottom: 1px solid var(--line);
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      th button {
        all: unset;
        box-sizing: border-box;
        display: flex;
        align-items: center;
        gap: 4px;
        width: 100%;
        height: ${ROW - 1}px;
        cursor: pointer;
      }
      th button:hover,
      th[aria-sort="ascending"] button,
      th[aria-sort="descending"] button {
        color: var(--ink);
      }
      th button:focus-visible {
        outline: 2px solid var(--proved);
        outline-offset: -2px;
      }
      td {
        height: ${ROW}px;
        padding: 0 8px;
        border-bottom: 1px solid var(--line);
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      th:first-child,
      td:first-child {
        padding-left: 16px;
      }
      .space td {
        height: auto;
        padding: 0;
        border: none;
      }
      tr.row {
        cursor: pointer;
      }
      tr.row:hover td {
        background: var(--paper-2);
      }
      tr:focus-visible {
        outline-offset: -2px;
      }
      .strip {
        display: block;
      }
      td .skeleton {
        margin: 0;
        width: 60%;
      }
      .note {
        padding: 16px;
      }
    `,
  ];

  #watch = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.first = 0;
    this.active = 0;
    this.version = 0;
    this.sorted = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  willUpdate(changed) {
    if (changed.has("rows")) {
      this.first = 0;
      this.active = 0;
      this.renderRoot?.querySelector(".view")?.scrollTo(0, 0);
    }
  }

  #span() {
    const inSight = Math.ceil((this.clientHeight || 600) / ROW);
    const from = Math.max(0, this.first - SPARE);
    return { from, to: Math.min(this.rows.known, this.first + inSight + SPARE), inSight };
  }

  render() {
    const { known, finished, problem } = this.rows;
    const { from, to } = this.#span();
    const numbers = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
    return html`<div class="view" @scroll=${this.#scrolled}>
      <table role="grid" aria-label=${this.label} aria-rowcount=${finished ? known + 1 : -1} @keydown=${this.#keys}>
        <colgroup>
          ${this.columns.map(({ width }) => html`<col .style=${`width: ${width ?? "auto"}`} />`)}
        </colgroup>
        <thead>
          <tr aria-rowindex="1">
            ${this.columns.map((column) => this.#head(column))}
          </tr>
        </thead>
        <tbody>
          ${this.#space(from)}${numbers.map((number) => this.#row(number, from, to))}${this.#space(known - to)}
        </tbody>
      </table>
      ${problem
        ? html`<div class="note"><problem-note .problem=${problem} @retry=${() => this.rows.retry()}></problem-note></div>`
        : finished
          ? known === 0
            ? html`<div class="note">${this.empty}</div>`
            : nothing
          : html`<div class="note">${skeleton(known ? 2 : 10)}</div>`}
    </div>`;
  }

  #head({ label, number, sort }) {
    const kind = number ? "number" : "";
    if (!sort) {
      return html`<th scope="col" class=${kind}>${label}</th>`;
    }
    const descending = this.sorted?.by === sort ? this.sorted.descending : undefined;
    const words = { true: "descending", false: "ascending", undefined: "none" };
    const arrow = { true: "↓", false: "↑", undefined: "" };
    return html`<th scope="col" class=${kind} aria-sort=${words[descending]}>
      <button @click=${() => this.#sort(sort, descending === false)}>
        ${label}<span aria-hidden="true">${arrow[descending]}</span>
      </button>
    </th>`;
  }

  /** The first time upwards, then the other way each time. */
  #sort(by, descending) {
    this.dispatchEvent(new CustomEvent("sort", { detail: { by, descending } }));
  }

  /** Set as a property: the security policy forbids style attributes, not the style object. */
  #space(rows) {
    return rows > 0
      ? html`<tr class="space" aria-hidden="true">
          <td colspan=${this.columns.length} .style=${`height: ${rows * ROW}px`}></td>
        </tr>`
      : nothing;
  }

  #row(number, from, to) {
    const row = this.rows.row(number);
    // Something must be reachable by Tab even when the active row was scrolled away.
    const reachable = this.active >= from && this.active < to ? this.active : this.first;
    return html`<tr
      class="row"
      data-number=${number}
      aria-rowindex=${number + 2}
      tabindex=${number === reachable ? 0 : -1}
      @click=${(event) => this.#open(number, event)}
      @focus=${() => (this.active = number)}
    >
      ${this.columns.map(
        ({ cell, number: numeric }) =>
          html`<td class=${numeric ? "number" : ""}>${row ? cell(row) : html`<span class="skeleton"></span>`}</td>`,
      )}
    </tr>`;
  }

  updated() {
    const { from, to } = this.#span();
    this.rows.want(from, Math.max(to, from + 1));
  }

  #scrolled(event) {
    this.first = Math.floor(event.target.scrollTop / ROW);
  }

  #keys(event) {
    if (event.composedPath().some(({ localName }) => localName === "thead")) {
      return;
    }
    const { inSight } = this.#span();
    const page = Math.max(1, inSight - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.known, End: this.rows.known };
    if (event.key in steps) {
      event.preventDefault();
      this.#focus(Math.max(0, Math.min(this.rows.known - 1, this.active + steps[event.key])));
    } else if (event.key === "Enter") {
      this.#open(this.active, event);
    }
  }

  async #focus(number) {
    this.active = number;
    const view = this.renderRoot.querySelector(".view");
    const top = number * ROW;
    const room = view.clientHeight - 2 * ROW;
    if (top < view.scrollTop) {
      view.scrollTop = top;
    } else if (top > view.scrollTop + room) {
      view.scrollTop = top - room;
    }
    this.first = Math.floor(view.scrollTop / ROW);
    await this.updateComplete;
    this.renderRoot.querySelector(`[data-number="${number}"]`)?.focus({ preventScroll: true });
  }

  #open(number, event) {
    const row = this.rows.row(number);
    // A link in the row opens itself, also in another tab.
    if (row && event.composedPath()[0].localName !== "a") {
      this.dispatchEvent(new CustomEvent("open", { detail: row }));
    }
  }
}

customElements.define("data-table", DataTable);
