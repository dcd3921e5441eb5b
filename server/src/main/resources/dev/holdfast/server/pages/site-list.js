import { css, html } from "lit";
import { count, country } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { STATES, mark, markOf, simulatedWord } from "./marks.js";
import { siteAddress } from "./route.js";
import { say } from "./words.js";

const SHOWN = 200;

/** All sites as a list, the worst first: the same as the globe shows, for keyboards and screen readers. */
class SiteList extends HoldfastElement {
  static properties = { sites: { attribute: false }, more: { type: Boolean }, filter: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        padding: 16px;
      }
      input {
        width: 100%;
        margin: 8px 0 4px;
      }
      a {
        display: grid;
        grid-template-columns: 14px minmax(0, 1fr) auto;
        gap: 0 10px;
        align-items: baseline;
        padding: 8px 4px;
        border-bottom: 1px solid var(--line);
        text-decoration: none;
      }
      a:hover {
        background: var(--paper-2);
      }
      .more {
        grid-column: 2 / -1;
        color: var(--ink-3);
        font-size: 13px;
        line-height: 20px;
      }
      .badges {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        color: var(--ink-2);
      }
      .name {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.sites = [];
    this.more = false;
    this.filter = "";
  }

  render() {
    const text = this.filter.toLowerCase();
    const fitting = this.sites
      .filter(({ name, id, destination }) => [name, id, destination].some((word) => word?.toLowerCase().includes(text)))
      .sort((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state) || a.name.localeCompare(b.name));
    const rest = fitting.length - SHOWN;
    return html`
      <h2>${say("sites")} <span class="hint">${count(this.sites.length)}${this.more ? "+" : ""}</span></h2>
      <input
        type="search"
        aria-label=${say("sites.filter")}
        placeholder=${say("sites.filter")}
        @input=${(event) => (this.filter = event.target.value.trim())}
      />
      <ul>
        ${fitting.slice(0, SHOWN).map((site) => this.#row(site))}
      </ul>
      ${fitting.length ? "" : html`<p class="hint">${say("sites.none")}</p>`}
      ${rest > 0 ? html`<p class="hint">${say("sites.rest", count(rest))}</p>` : ""}
    `;
  }

  #row(site) {
    const { proved, refuted, unproven } = site.hosts;
    return html`<li>
      <a href=${siteAddress(site.id)}>
        ${mark(markOf(site.state))}<span class="name">${site.name}</span>${simulatedWord(site.simulated)}
        <span class="more"
          >${say(`state.${site.state}`)} · ${country(site.destination)} ·
          ${say("sites.hosts", count(proved + refuted + unproven))}</span
        >
        ${badges(site)}
      </a>
    </li>`;
  }
}

/** In words, since the row is a link already; the pane of the site leads on. */
function badges({ openCases, refusedHosts }) {
  return openCases || refusedHosts
    ? html`<span class="more badges"
        >${openCases ? html`<span class="state">${mark("attention")}${say("sites.open-cases", count(openCases))}</span>` : ""}
        ${refusedHosts ? html`<span class="state">${mark("refused")}${say("sites.refused-hosts", count(refusedHosts))}</span>` : ""}</span
      >`
    : "";
}

customElements.define("site-list", SiteList);
