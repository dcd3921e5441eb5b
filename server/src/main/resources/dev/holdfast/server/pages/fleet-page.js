import { css, html } from "lit";
import "./data-table.js";
import { count, country, middle } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { STATES, mark, markOf, simulatedWord, stateWord } from "./marks.js";
import { PagedRows } from "./paged-rows.js";
import { chipAddress, fleetAddress, go, siteAddress } from "./route.js";
import { stateStrip } from "./state-strip.js";
import { say } from "./words.js";

const PAUSE = 250;
const NARROWING = ["site", "host", "model", "destination"];
/** What a table is in the order of before anybody asked for another. */
const USUAL = { chips: "id", sites: "name" };

/** Every chip, or every site, as one table with filters; what is shown stands in the address. */
class FleetPage extends HoldfastElement {
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
      .tabs {
        display: flex;
      }
      .tabs .button:first-child {
        border-radius: 4px 0 0 4px;
      }
      .tabs .button:last-child {
        border-radius: 0 4px 4px 0;
        margin-left: -1px;
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

  #rows = null;
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
    this.#rows?.close();
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

  #parameters() {
    return Object.fromEntries(new URLSearchParams(this.query));
  }

  #open() {
    this.#rows?.close();
    const { show, ...asked } = this.#parameters();
    const list = show === "sites" ? "sites" : "chips";
    this.#rows = new PagedRows(`/api/v1/${list}`, { sort: USUAL[list], ...asked }, () => this.version++);
  }

  render() {
    const { show, q = "", state = "", sort, order, ...rest } = this.#parameters();
    const sites = show === "sites";
    const sorted = { by: sort ?? USUAL[sites ? "sites" : "chips"], descending: order === "desc" };
    return html`
      <h1 class="unseen">${say("fleet")}</h1>
      <header>
        <nav class="tabs" aria-label=${say("fleet.what")}>
          <a class="button" href="#/fleet" aria-current=${sites ? "false" : "page"}>${say("chips")}</a>
          <a class="button" href="#/fleet?show=sites" aria-current=${sites ? "page" : "false"}>${say("sites")}</a>
        </nav>
        <input
          type="search"
          aria-label=${say(sites ? "sites.search" : "chips.search")}
          placeholder=${say(sites ? "sites.search" : "chips.search")}
          autocomplete="off"
          spellcheck="false"
          .value=${q}
          @input=${this.#typed}
        />
        <div class="filters" role="group" aria-label=${say("filters")}>
          ${sites ? "" : html`<span class="hint">${say("chip.host-state")}</span>`}
          ${STATES.map(
            (each) => html`<button aria-pressed=${state === each} @click=${() => this.#change({ state: state === each ? "" : each })}>
              ${mark(markOf(each))}${say(`state.${each}`)}
            </button>`,
          )}
          ${NARROWING.filter((name) => rest[name]).map((name) => this.#narrowing(name, rest[name]))}
        </div>
      </header>
      <data-table
        label=${say(sites ? "sites" : "chips")}
        .columns=${sites ? this.#siteColumns() : this.#chipColumns()}
        .rows=${this.#rows}
        .sorted=${sorted}
        .version=${this.version}
        .empty=${this.#empty()}
        @sort=${({ detail: { by, descending } }) => this.#change({ sort: by, order: descending ? "desc" : "" })}
        @open=${(event) => go(sites ? siteAddress(event.detail.id) : chipAddress(event.detail.id))}
      ></data-table>
    `;
  }

  #narrowing(name, value) {
    return html`<button aria-label=${say("filters.remove", say(name), value)} @click=${() => this.#change({ [name]: "" })}>
      ${say(name)}: ${name === "destination" ? country(value) : middle(value, 28)} ✕
    </button>`;
  }

  #chipColumns() {
    const columns = [
      { label: say("chip"), width: "24%", sort: "id", cell: chipLink },
      { label: say("model"), width: "14%", sort: "model", wide: true, cell: ({ model }) => model ?? "–" },
      { label: say("site"), width: "18%", cell: ({ site }) => site ?? "–" },
      { label: say("host"), width: "12%", wide: true, cell: ({ host }) => (host ? middle(host, 24) : "–") },
      { label: say("chip.state"), width: "150px", wide: true, cell: ({ state }) => stateWord(state) },
      { label: say("chip.host-state"), width: "150px", cell: ({ hostState }) => stateWord(hostState) },
      { label: unseen("simulated"), width: "104px", cell: ({ simulated }) => simulatedWord(simulated) },
      { label: say("strip.title"), width: "174px", cell: ({ strip }) => stateStrip(strip) },
    ];
    return columns.filter(({ wide }) => !wide || !this.narrow);
  }

  #siteColumns() {
    const columns = [
      { label: say("site"), width: "24%", sort: "name", cell: siteLink },
      { label: say("destination"), width: "16%", sort: "destination", cell: destinationWords },
      { label: say("operator"), sort: "operator", wide: true, cell: ({ operator }) => operator ?? "–" },
      { label: say("state"), width: "150px", cell: ({ state }) => stateWord(state) },
      { label: say("hosts"), width: "90px", number: true, cell: ({ hosts }) => count(hosts.proved + hosts.refuted + hosts.unproven) },
      { label: say("chips"), width: "100px", number: true, cell: ({ chips }) => count(chips) },
      { label: say("power"), width: "110px", number: true, wide: true, cell: ({ powerKw }) => (powerKw ? `${count(powerKw)} kW` : "–") },
      { label: unseen("simulated"), width: "108px", cell: ({ simulated }) => simulatedWord(simulated) },
    ];
    return columns.filter(({ wide }) => !wide || !this.narrow);
  }

  #empty() {
    const { show, sort, order, ...filters } = this.#parameters();
    return Object.keys(filters).length
      ? html`<p>${say("fleet.nothing")}</p>
          <p><a href=${fleetAddress({ show })}>${say("fleet.all")}</a></p>`
      : html`<p>${say("fleet.empty")}</p>
          <p class="code">curl -H "Authorization: Bearer …" --data-binary @fleet.yaml ${location.origin}/api/v1/fleet</p>`;
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const q = event.target.value.trim();
    this.#timer = setTimeout(() => this.#change({ q }), PAUSE);
  }

  /** Typing replaces the address, so that Back leaves the page and not the last letter. */
  #change(difference) {
    history.replaceState(null, "", fleetAddress({ ...this.#parameters(), ...difference }));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}

function chipLink({ id }) {
  return html`<a class="code" tabindex="-1" href=${chipAddress(id)} title=${id}>${middle(id, 26)}</a>`;
}

function siteLink({ id, name }) {
  return html`<a tabindex="-1" href=${siteAddress(id)}>${name}</a>`;
}

/** With its code, which is what the table is in the order of. */
function destinationWords({ destination }) {
  return html`<span class="code hint">${destination}</span> ${country(destination)}`;
}

/** The word of a column that needs none for those who see it. */
function unseen(key) {
  return html`<span class="unseen">${say(key)}</span>`;
}

customElements.define("fleet-page", FleetPage);
