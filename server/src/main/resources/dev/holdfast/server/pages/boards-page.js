import { css, html } from "lit";
import "./data-table.js";
import { BASES, GRADES, basisWord, gradeMark, gradeWord } from "./board-words.js";
import { feed } from "./feed.js";
import { count, middle, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { simulatedWord } from "./marks.js";
import { PagedRows } from "./paged-rows.js";
import { boardAddress, boardsAddress, go } from "./route.js";
import { say } from "./words.js";

const PAUSE = 250;
const REFRESH_MS = 5000;
/** What happens to change boards. */
const CHANGING = ["evidence", "inventory", "finding"];
const NARROWING = ["site", "chip"];

/** Every board as one table with filters; what is shown stands in the address. */
class BoardsPage extends HoldfastElement {
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
      .empty {
        max-width: 720px;
        white-space: normal;
      }
    `,
  ];

  #rows = null;
  #timer = 0;
  #refresh = 0;
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
    feed.addEventListener("feed", this.#happened);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#narrow.removeEventListener("change", this.#resized);
    feed.removeEventListener("feed", this.#happened);
    clearTimeout(this.#refresh);
    this.#refresh = 0;
    this.#rows?.close();
  }

  #resized = () => {
    this.narrow = this.#narrow.matches;
  };

  #happened = ({ detail }) => {
    if (CHANGING.includes(detail.kind)) {
      this.#refresh ||= setTimeout(() => {
        this.#refresh = 0;
        this.#renew();
      }, REFRESH_MS);
    }
  };

  /** Newer rows take the place of these once they are here; never under who reads further down or walks the rows. */
  #renew() {
    const old = this.#rows;
    const next = this.#list(() => {
      const table = this.renderRoot.querySelector("data-table");
      if (this.#rows === old && table?.first === 0 && !table.renderRoot.activeElement) {
        old.close();
        this.#rows = next;
      }
      if (this.#rows === next) {
        this.version++;
      }
    });
    next.want(0, 1);
  }

  willUpdate(changed) {
    if (changed.has("query")) {
      this.#open();
    }
  }

  languageChanged() {
    this.#open();
  }

  #parameters() {
    return Object.fromEntries(new URLSearchParams(this.query));
  }

  #open() {
    this.#rows?.close();
    this.#rows = this.#list(() => this.version++);
  }

  #list(changed) {
    return new PagedRows("/api/v1/boards", { sort: "id", ...this.#parameters() }, changed);
  }

  render() {
    const { q = "", grade = "", basis = "", sort = "id", order, ...rest } = this.#parameters();
    return html`
      <h1 class="unseen">${say("boards")}</h1>
      <header>
        <input
          type="search"
          aria-label=${say("boards.search")}
          placeholder=${say("boards.search")}
          autocomplete="off"
          spellcheck="false"
          .value=${q}
          @input=${this.#typed}
        />
        <div class="filters" role="group" aria-label=${say("filters")}>
          ${GRADES.map((each) => this.#filter("grade", each, grade, html`${gradeMark(each)}${say(`grade.${each}`)}`))}
          ${BASES.map((each) => this.#filter("basis", each, basis, say(each === "signed" ? "signed" : "host-word")))}
          ${NARROWING.filter((name) => rest[name]).map(
            (name) => html`<button
              aria-label=${say("filters.remove", say(name), rest[name])}
              @click=${() => this.#change({ [name]: "" })}
            >
              ${say(name)}: ${middle(rest[name], 28)} ✕
            </button>`,
          )}
        </div>
      </header>
      <data-table
        label=${say("boards")}
        .columns=${this.#columns()}
        .rows=${this.#rows}
        .sorted=${{ by: sort, descending: order === "desc" }}
        .version=${this.version}
        .empty=${this.#empty()}
        @sort=${({ detail: { by, descending } }) => this.#change({ sort: by, order: descending ? "desc" : "" })}
        @open=${(event) => go(boardAddress(event.detail.id))}
      ></data-table>
    `;
  }

  #filter(name, value, chosen, words) {
    return html`<button aria-pressed=${chosen === value} @click=${() => this.#change({ [name]: chosen === value ? "" : value })}>
      ${words}
    </button>`;
  }

  #columns() {
    const columns = [
      { label: say("board"), width: "22%", sort: "id", cell: boardLink },
      { label: say("cohesion"), width: "118px", sort: "grade", cell: ({ grade }) => gradeWord(grade) },
      { label: say("basis"), width: "112px", cell: ({ basis }) => basisWord(basis) },
      { label: say("chips"), width: "72px", number: true, cell: ({ chips }) => count(chips) },
      { label: say("away"), width: "72px", number: true, cell: ({ away }) => count(away) },
      { label: say("host"), width: "14%", wide: true, cell: ({ host }) => (host ? middle(host, 24) : "–") },
      { label: say("site"), width: "12%", wide: true, cell: ({ site }) => site ?? "–" },
      { label: say("since"), width: "190px", sort: "since", wide: true, cell: ({ since }) => time(since) },
      { label: say("last-heard"), width: "190px", wide: true, cell: ({ heard }) => time(heard) },
      { label: html`<span class="unseen">${say("simulated")}</span>`, width: "104px", cell: ({ simulated }) => simulatedWord(simulated) },
    ];
    return columns.filter(({ wide }) => !wide || !this.narrow);
  }

  #empty() {
    const { sort, order, ...filters } = this.#parameters();
    return Object.keys(filters).length
      ? html`<p>${say("fleet.nothing")}</p>
          <p><a href=${boardsAddress()}>${say("fleet.all")}</a></p>`
      : html`<p class="empty">${say("boards.empty")}</p>
          <p class="code">holdfast agent --help</p>`;
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const q = event.target.value.trim();
    this.#timer = setTimeout(() => this.#change({ q }), PAUSE);
  }

  /** Typing replaces the address, so that Back leaves the page and not the last letter. */
  #change(difference) {
    history.replaceState(null, "", boardsAddress({ ...this.#parameters(), ...difference }));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}

function boardLink({ id }) {
  return html`<a class="code" tabindex="-1" href=${boardAddress(id)} title=${id}>${middle(id, 26)}</a>`;
}

customElements.define("boards-page", BoardsPage);
