import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./problem-note.js";
import { address, get } from "./api.js";
import { CASE_STATES, SEVERITIES, severityWord } from "./case-words.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { simulatedWord } from "./marks.js";
import { caseAddress, casesAddress } from "./route.js";
import { say } from "./words.js";

const PAGE = 50;
const CHANGING = ["finding", "case"];
/** How the cases that are here are ordered; the server gives the newest first. */
const SORTS = ["newest", "heaviest", "latest"];
const WEIGHTS = ["low", "medium", "high"];

/** The cases that there are, with filters; what is filtered stands in the address, and goes along to the story. */
class CaseList extends HoldfastElement {
  static properties = {
    query: {},
    chosen: {},
    items: { state: true },
    next: { state: true },
    sites: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      .filters {
        display: grid;
        gap: 8px;
        padding: 16px 16px 12px;
        border-bottom: 1px solid var(--line);
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
      }
      .choice button {
        padding-inline: 8px;
        border-radius: 14px;
        border-color: var(--line);
      }
      .choice button[aria-pressed="true"] {
        border-color: var(--ink);
      }
      label {
        display: grid;
        grid-template-columns: 64px minmax(0, 1fr);
        align-items: center;
        gap: 8px;
      }
      select {
        width: 100%;
      }
      .case {
        display: grid;
        gap: 2px;
        padding: 10px 16px 12px;
        border-bottom: 1px solid var(--line);
        border-left: 3px solid transparent;
        text-decoration: none;
      }
      .case:hover,
      .case[aria-current] {
        background: var(--paper-2);
      }
      .case[aria-current] {
        border-left-color: var(--ink);
      }
      .case:focus-visible {
        outline-offset: -2px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 12px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink-2);
      }
      .line .stand {
        margin-left: auto;
      }
      .sentence {
        overflow-wrap: anywhere;
      }
      .note,
      .actions {
        padding: 16px;
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => CHANGING.includes(kind),
      () => this.newest(),
    );
    this.query = "";
    this.chosen = "";
    this.items = null;
    this.next = null;
    this.sites = [];
    this.problem = null;
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    // The choice of a site is made of what the server lists first; without it the rest still works.
    get(address("/api/v1/sites", { limit: "500", sort: "name" })).then(
      ({ items }) => (this.sites = items),
      () => {},
    );
  }

  languageChanged() {
    this.newest();
  }

  willUpdate(changed) {
    if (changed.has("query")) {
      this.items = null;
      this.#load("");
    }
  }

  #asked() {
    return Object.fromEntries(new URLSearchParams(this.query));
  }

  async #load(cursor) {
    const { query } = this;
    const { state, severity, site } = this.#asked();
    this.busy = true;
    this.problem = null;
    try {
      const page = await get(address("/api/v1/cases", { state, severity, site, limit: String(PAGE), cursor }));
      if (query === this.query) {
        this.items = cursor ? [...this.items, ...page.items] : page.items;
        this.next = page.next;
      }
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
  }

  /** Asks again for what is on top; whoever has read on below keeps what is there. */
  async newest() {
    if (!this.items || this.items.length <= PAGE) {
      await this.#load("");
    }
  }

  #change(difference) {
    const parameters = { ...this.#asked(), ...difference };
    history.replaceState(null, "", this.chosen ? caseAddress(this.chosen, parameters) : casesAddress(parameters));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }

  render() {
    const { state = "", severity = "", site = "", sort = "newest" } = this.#asked();
    return html`
      <h1 class="unseen">${say("cases")}</h1>
      <div class="filters">
        <div class="choice" role="group" aria-label=${say("state")}>
          ${CASE_STATES.map((each) => this.#filter("state", each, state, say(`case.state.${each}`)))}
        </div>
        <div class="choice" role="group" aria-label=${say("severity")}>
          ${SEVERITIES.map((each) => this.#filter("severity", each, severity, say(`severity.${each}`)))}
        </div>
        <label class="small"
          ><span>${say("site")}</span>
          <select @change=${(event) => this.#change({ site: event.target.value })}>
            <option value="" ?selected=${!site}>${say("sites.all")}</option>
            ${this.#sites(site).map((each) => html`<option value=${each.id} ?selected=${each.id === site}>${each.name}</option>`)}
          </select></label
        >
        <label class="small"
          ><span>${say("case.sort")}</span>
          <select @change=${(event) => this.#change({ sort: event.target.value === "newest" ? "" : event.target.value })}>
            ${SORTS.map((each) => html`<option value=${each} ?selected=${each === sort}>${say(`case.sort.${each}`)}</option>`)}
          </select></label
        >
      </div>
      ${this.#rows(sort)}
    `;
  }

  /** A site of the address that the server did not list is there all the same. */
  #sites(chosen) {
    return chosen && !this.sites.some(({ id }) => id === chosen) ? [{ id: chosen, name: chosen }, ...this.sites] : this.sites;
  }

  #filter(name, value, chosen, words) {
    return html`<button aria-pressed=${chosen === value} @click=${() => this.#change({ [name]: chosen === value ? "" : value })}>
      ${words}
    </button>`;
  }

  #rows(sort) {
    if (!this.items) {
      return html`<div class="note">${this.problem ? this.#note() : skeleton(8)}</div>`;
    }
    if (!this.items.length) {
      const { state, severity, site } = this.#asked();
      return state || severity || site
        ? html`<p class="hint note">${say("cases.nothing")} <a href=${casesAddress()}>${say("cases.all")}</a></p>`
        : html`<p class="hint note">${say("cases.empty")}</p>`;
    }
    return html`<ul>
        ${repeat(
          sorted(this.items, sort),
          ({ number }) => number,
          (each) => this.#row(each),
        )}
      </ul>
      ${this.problem ? html`<div class="note">${this.#note()}</div>` : ""}
      ${this.next
        ? html`<div class="actions">
            <button ?disabled=${this.busy} @click=${() => this.#load(this.next)}>${say("timeline.older")}</button>
          </div>`
        : ""}`;
  }

  #row(each) {
    const current = String(each.number) === this.chosen;
    return html`<li>
      <a class="case" href=${caseAddress(each.number, this.#asked())} aria-current=${current ? "true" : null}>
        <span class="line"
          >${severityWord(each.severity)}<span>${say("case.number", each.number)}</span>${simulatedWord(each.simulated)}
          <span class="stand">${standWords(each)}</span></span
        >
        <span class="sentence">${each.sentence}</span>
        <span class="line hint"
          ><span>${say("case.last", time(each.last))}</span><span>${say("case.findings.count", count(each.findings))}</span></span
        >
      </a>
    </li>`;
  }

  #note() {
    return html`<problem-note .problem=${this.problem} @retry=${() => this.#load("")}></problem-note>`;
  }
}

/** Where work stands, and with whom. */
function standWords({ state, assignee }) {
  const words = say(`case.state.${state}`);
  return assignee && state !== "open" ? `${words} · ${assignee}` : words;
}

function sorted(items, sort) {
  const orders = {
    heaviest: (one, other) => WEIGHTS.indexOf(other.severity) - WEIGHTS.indexOf(one.severity) || other.number - one.number,
    latest: (one, other) => Date.parse(other.last) - Date.parse(one.last) || other.number - one.number,
  };
  return orders[sort] ? [...items].sort(orders[sort]) : items;
}

customElements.define("case-list", CaseList);
