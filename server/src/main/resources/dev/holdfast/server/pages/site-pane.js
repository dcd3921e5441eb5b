import { css, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "./chip-timeline.js";
import "./comment-form.js";
import "./disclosure-form.js";
import "./problem-note.js";
import "./site-ask.js";
import "./site-notes.js";
import { address, get } from "./api.js";
import { count, country, position, three, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark, simulatedWord, stateWord } from "./marks.js";
import { boundTable, regionSentence } from "./region-words.js";
import { casesAddress, fleetAddress, licencesAddress } from "./route.js";
import { say } from "./words.js";

const HOSTS_SHOWN = 12;

/** One site: its state, the sentence that says why, the bounds, its hosts, and what people wrote and said of it. */
class SitePane extends HoldfastElement {
  static properties = { site: { attribute: false }, mayDisclose: { type: Boolean }, mayWrite: { type: Boolean }, note: {}, hosts: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        padding: 12px 16px 24px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin: 4px 0 12px;
      }
      .back {
        display: inline-block;
        margin-bottom: 8px;
        font-size: 13px;
      }
      .why {
        padding-left: 12px;
        border-left: 2px solid var(--line);
        margin-bottom: 12px;
      }
      .why.PROVED {
        border-color: var(--proved);
      }
      .why.REFUTED {
        border-color: var(--refuted);
      }
      .why.CONFLICT {
        border-color: var(--attention);
      }
      .badges {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin-bottom: 12px;
      }
      .counts {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
      }
      section {
        margin-top: 20px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 16px;
      }
      @media print {
        :host {
          padding: 0;
        }
        .back,
        .actions {
          display: none;
        }
      }
    `,
  ];

  #of = "";

  constructor() {
    super();
    this.site = null;
    this.mayDisclose = false;
    this.mayWrite = false;
    this.note = "";
    this.hosts = null;
  }

  willUpdate() {
    if (this.site && this.#of !== this.site.id) {
      this.#of = this.site.id;
      this.hosts = null;
    }
  }

  updated(changed) {
    if (changed.has("site") && this.site) {
      this.#load(this.site.id);
    }
  }

  async #load(id) {
    const answer = await get(address("/api/v1/hosts", { site: id, limit: String(HOSTS_SHOWN) })).catch((problem) => ({ problem }));
    if (id === this.#of) {
      this.hosts = answer;
    }
  }

  render() {
    const { site } = this;
    return html`
      <a class="back" href="#/world">← ${say("sites.all")}</a>
      <h1>${site.name}</h1>
      <div class="head">${stateWord(site.state)} ${simulatedWord(site.simulated)} <span class="hint">${time(site.at)}</span></div>
      <p class="why ${site.state}">${site.sentence ?? say("verdicts.none")}</p>
      ${badges(site)}
      <dl class="facts">
        <dt>${say("region.title")}</dt>
        <dd>${regionSentence(site.region)}</dd>
        <dt>${say("claim")}</dt>
        <dd>${mark("claim")} ${say("claim.within", three(site.radiusKm), position(site.latitude, site.longitude))}</dd>
        <dt>${say("destination")}</dt>
        <dd>${country(site.destination)}</dd>
        <dt>${say("operator")}</dt>
        <dd>${site.operator ?? "–"}</dd>
        <dt>${say("power")}</dt>
        <dd>${site.powerKw ? `${count(site.powerKw)} kW` : "–"}</dd>
        <dt>${say("chips")}</dt>
        <dd>${count(site.chips)}</dd>
        <dt>${say("hosts")}</dt>
        <dd class="counts">${this.#counts(site.hosts)}</dd>
      </dl>
      <div class="actions">
        <a class="button" href=${fleetAddress({ site: site.id })}>${say("site.chips")}</a>
      </div>
      ${site.discs?.length
        ? html`<section>
            <h2>${say("bounds")}</h2>
            ${boundTable(site.discs)}
          </section>`
        : ""}
      <section>
        <h2>${say("hosts")}</h2>
        ${this.#hosts()}
      </section>
      ${keyed(site.id, this.#people(site))}
    `;
  }

  /** Made anew for each site, so that nothing that was typed for one is said of the next. */
  #people({ id }) {
    return html`<section><site-ask .site=${id}></site-ask></section>
      <section><site-notes .site=${id} .chosen=${this.note} ?mayWrite=${this.mayWrite}></site-notes></section>
      <section>
        <h2>${say("comments")}</h2>
        <comment-form .subject=${id} @said=${() => this.renderRoot.querySelector("chip-timeline").newest()}></comment-form>
        <chip-timeline .list=${`/api/v1/sites/${encodeURIComponent(id)}/comments`} .about=${[id]} empty="comments.none"></chip-timeline>
      </section>
      ${this.mayDisclose ? html`<section><disclosure-form .site=${id}></disclosure-form></section>` : ""}`;
  }

  #counts({ proved, refuted, unproven }) {
    return [
      ["PROVED", proved],
      ["UNPROVEN", unproven],
      ["REFUTED", refuted],
    ]
      .filter(([, hosts]) => hosts > 0)
      .map(([state, hosts]) => html`<span class="state">${stateWord(state)} ${count(hosts)}</span>`);
  }

  #hosts() {
    if (!this.hosts) {
      return skeleton(4);
    }
    if (this.hosts.problem) {
      return html`<problem-note .problem=${this.hosts.problem} @retry=${() => this.#load(this.site.id)}></problem-note>`;
    }
    if (!this.hosts.items.length) {
      return html`<p class="hint">${say("hosts.none")}</p>`;
    }
    return html`<table class="plain">
        <thead>
          <tr>
            <th scope="col">${say("host")}</th>
            <th scope="col">${say("state")}</th>
            <th scope="col" class="number">${say("chips")}</th>
          </tr>
        </thead>
        <tbody>
          ${this.hosts.items.map(
            (host) => html`<tr>
              <td><a href=${fleetAddress({ host: host.id })}>${host.id}</a></td>
              <td>${stateWord(host.state)}</td>
              <td class="number">${count(host.chips)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${this.hosts.next ? html`<p class="hint">${say("hosts.more")}</p>` : ""}`;
  }
}

/** What asks for attention here, each with the way to it. */
function badges({ id, openCases, refusedHosts }) {
  return openCases || refusedHosts
    ? html`<p class="badges">
        ${openCases
          ? html`<a href=${casesAddress({ site: id })}>${mark("attention")} ${say("sites.open-cases", count(openCases))}</a>`
          : ""}
        ${refusedHosts
          ? html`<a href=${licencesAddress({ site: id })}>${mark("refused")} ${say("sites.refused-hosts", count(refusedHosts))}</a>`
          : ""}
      </p>`
    : "";
}

customElements.define("site-pane", SitePane);
