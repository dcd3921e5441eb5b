import { css, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "./disclosure-form.js";
import "./problem-note.js";
import { address, all, get, post } from "./api.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { simulatedWord } from "./marks.js";
import { siteAddress } from "./route.js";
import { say } from "./words.js";

const PAGE = "50";
const MOST_SITES = 500;

/** What was disclosed to whom, by whom and until when; whoever may disclose gives and ends disclosures here. */
class AuditDisclosures extends HoldfastElement {
  static properties = {
    mayDisclose: { type: Boolean },
    items: { state: true },
    next: { state: true },
    problem: { state: true },
    ending: { state: true },
    sites: { state: true },
    site: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      .wide {
        overflow-x: auto;
      }
      table {
        min-width: 640px;
      }
      .give {
        display: grid;
        gap: 8px;
        max-width: 480px;
        margin-top: 16px;
      }
      select {
        width: 100%;
      }
      .actions {
        padding: 12px 0;
      }
    `,
  ];

  constructor() {
    super();
    this.items = null;
    this.next = null;
    this.problem = null;
    this.ending = null;
    this.sites = [];
    this.site = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load("");
  }

  willUpdate(changed) {
    if (changed.has("mayDisclose") && this.mayDisclose) {
      all("/api/v1/sites", MOST_SITES)
        .then(({ items }) => (this.sites = items))
        .catch((failure) => (this.problem = failure));
    }
  }

  async #load(cursor) {
    this.problem = null;
    try {
      const page = await get(address("/api/v1/disclosures", { limit: PAGE, cursor }));
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.next = page.next;
    } catch (failure) {
      this.problem = failure;
    }
  }

  /** The first press asks, the second ends. */
  async #end(index) {
    if (this.ending !== index) {
      this.ending = index;
      return;
    }
    this.ending = null;
    try {
      await post(`/api/v1/disclosures/${index}/end`, {});
      await this.#load("");
      this.dispatchEvent(new CustomEvent("changed"));
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    return html`${this.problem ? html`<problem-note .problem=${this.problem} @retry=${() => this.#load("")}></problem-note>` : ""}
    ${this.items ? this.#table() : this.problem ? "" : skeleton(3)}
    ${this.next ? html`<div class="actions"><button @click=${() => this.#load(this.next)}>${say("audit.older")}</button></div>` : ""}
    ${this.mayDisclose ? this.#give() : ""}`;
  }

  #table() {
    if (!this.items.length) {
      return html`<p class="hint">${say(this.mayDisclose ? "audit.disclosures.none-given" : "audit.disclosures.none")}</p>`;
    }
    return html`<div class="wide" tabindex="0" role="region" aria-label=${say("audit.disclosures")}>
      <table class="plain">
        <thead>
          <tr>
            ${this.mayDisclose ? html`<th scope="col">${say("role.auditor")}</th>` : ""}
            <th scope="col">${say("site")}</th>
            <th scope="col">${say("disclose.from")}</th>
            <th scope="col">${say("disclose.until")}</th>
            <th scope="col">${say("audit.by")}</th>
            <th scope="col" class="number">${say("audit.entry")}</th>
            <th scope="col">${say("state")}</th>
            ${this.mayDisclose ? html`<th scope="col">${say("audit.end")}</th>` : ""}
          </tr>
        </thead>
        <tbody>
          ${this.items.map((each) => this.#row(each))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ index, actor, auditor, site, siteName, from, until, state, ended, endedBy, endedIndex, simulated }) {
    const open = state === "open" || state === "ahead";
    return html`<tr>
      ${this.mayDisclose ? html`<td>${auditor}</td>` : ""}
      <td><a href=${siteAddress(site)}>${siteName ?? site}</a> ${simulatedWord(simulated)}</td>
      <td>${time(from)}</td>
      <td>${time(until)}</td>
      <td>${actor ?? "–"}</td>
      <td class="number">${count(index)}</td>
      <td>
        ${say(`audit.state.${state}`)}
        ${ended ? html`<div class="hint">${say("audit.ended", time(ended), endedBy, count(endedIndex))}</div>` : ""}
      </td>
      ${this.mayDisclose
        ? html`<td>
            ${open
              ? html`<button aria-label=${say("audit.end.of", auditor, siteName ?? site)} @click=${() => this.#end(index)}>
                  ${say(this.ending === index ? "audit.end.sure" : "audit.end")}
                </button>`
              : ""}
          </td>`
        : ""}
    </tr>`;
  }

  #give() {
    return html`<div class="give">
      <label for="of">${say("audit.give")}</label>
      <select id="of" @change=${(event) => (this.site = event.target.value)}>
        <option value="">${say("audit.give.choose")}</option>
        ${this.sites.map(({ id, name }) => html`<option value=${id}>${name} (${id})</option>`)}
      </select>
      ${this.site
        ? keyed(
            this.site,
            html`<disclosure-form .site=${this.site} @said=${() => this.#load("").then(() => this.dispatchEvent(new CustomEvent("changed")))}></disclosure-form>`,
          )
        : ""}
    </div>`;
  }
}

customElements.define("audit-disclosures", AuditDisclosures);
