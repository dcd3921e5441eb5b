import { css, html } from "lit";
import "./problem-note.js";
import { address, get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, country, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { chipAddress, entryAddress, fleetAddress, licencesAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

const SHOWN = 100;
const OUTCOMES = ["granted", "refused"];
const DEMANDS = ["rounds", "signatures", "inspection"];

/** Licences and how they stand, what else was told of custody, and what hosts were answered that asked for leases. */
class LicencesPage extends HoldfastElement {
  static properties = { query: {}, licences: { state: true }, leases: { state: true }, told: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
        padding: 16px 20px 32px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
      }
      h2 {
        margin: 20px 0 4px;
      }
      article {
        padding: 12px 0;
        border-bottom: 1px solid var(--line);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin-bottom: 4px;
      }
      .head h2 {
        margin: 0;
      }
      .word {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 4px;
        color: var(--ink-2);
        font-size: 13px;
      }
      .facts {
        max-width: 900px;
      }
      .reasons {
        margin-top: 4px;
        font-size: 13px;
        line-height: 20px;
      }
      .reasons li {
        overflow-wrap: anywhere;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-bottom: 8px;
      }
      .scroll {
        overflow-x: auto;
      }
      table.plain td:first-child {
        overflow-wrap: anywhere;
        min-width: 160px;
      }
      @media print {
        :host {
          height: auto;
          overflow: visible;
          padding: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => ["custody", "lease", "evidence", "round"].includes(kind),
      () => this.#load(),
    );
    this.query = "";
    this.licences = null;
    this.leases = null;
    this.told = null;
  }

  willUpdate(changed) {
    if (changed.has("query")) {
      this.#load();
    }
  }

  languageChanged() {
    this.#load();
  }

  #parameters() {
    const { outcome = "", site = "", host = "" } = Object.fromEntries(new URLSearchParams(this.query));
    return { outcome, site, host };
  }

  async #load() {
    const lists = [
      ["licences", "/api/v1/licences"],
      ["leases", address("/api/v1/leases", { ...this.#parameters(), limit: String(SHOWN) })],
      ["told", address("/api/v1/custody", { limit: String(SHOWN) })],
    ];
    await Promise.all(
      lists.map(async ([name, path]) => {
        this[name] = await get(path).catch((problem) => ({ problem }));
      }),
    );
  }

  render() {
    return html`
      <h1>${say("licences")}</h1>
      ${this.#list(this.licences, (items) => items.map(licence), "licences.empty")}
      <h2>${say("leases.title")}</h2>
      <p class="hint">${say("leases.hint")}</p>
      ${this.#filters()} ${this.#list(this.leases, leaseTable, "leases.empty")}
      <h2>${say("custody.title")} <span class="word">${say("note.self-declared")}</span></h2>
      ${this.#list(this.told, (items) => toldTable(items.filter(({ kind }) => kind !== "licence")), "custody.empty")}
    `;
  }

  #list(answer, show, empty) {
    if (!answer) {
      return skeleton(4);
    }
    if (answer.problem) {
      return html`<problem-note .problem=${answer.problem} @retry=${() => this.#load()}></problem-note>`;
    }
    return answer.items.length ? html`${show(answer.items)}${answer.next ? html`<p class="hint">${say("leases.more", SHOWN)}</p>` : ""}` : html`<p>${say(empty)}</p>`;
  }

  #filters() {
    const { outcome, site, host } = this.#parameters();
    const narrowed = Object.entries({ site, host }).filter(([, value]) => value);
    return html`<div class="filters" role="group" aria-label=${say("filters")}>
      ${OUTCOMES.map(
        (each) =>
          html`<a
            class="button"
            aria-current=${outcome === each ? "page" : "false"}
            href=${licencesAddress({ site, host, outcome: outcome === each ? "" : each })}
            >${say(`lease.${each}`)}</a
          >`,
      )}
      ${narrowed.map(
        ([name, value]) =>
          html`<a class="button" aria-label=${say("filters.remove", say(name), value)} href=${licencesAddress({ outcome, site, host, [name]: "" })}
            >${say(name)}: ${value} ✕</a
          >`,
      )}
    </div>`;
  }
}

function licence(each) {
  const short = each.satisfied < each.chips;
  return html`<article>
    <div class="head">
      <h2>${say("licence")} ${each.id}</h2>
      <span>${say(`force.${each.force}`)}</span>
      <span class="word">${say("note.self-declared")}</span>
      ${simulatedWord(each.simulated)}
    </div>
    <p>
      ${short ? mark("attention") : mark("proved")}
      ${say("licence.stands", count(each.satisfied), count(each.chips))}
      ${each.unheard ? say("licence.unheard", count(each.unheard)) : ""} ${each.excused ? say("licence.excused", count(each.excused)) : ""}
      ${each.all ? "" : say("licence.not-all")}
    </p>
    <dl class="facts">
      <dt>${say("licence.end-user")}</dt>
      <dd>${each.endUser}</dd>
      <dt>${say("destination")}</dt>
      <dd>${each.destinations.map((code) => country(code)).join(", ")}</dd>
      ${each.sites.length
        ? html`<dt>${say("sites")}</dt>
            <dd>${joined(each.sites, (id) => html`<a href=${siteAddress(id)}>${id}</a>`)}</dd>`
        : ""}
      <dt>${say("licence.dates")}</dt>
      <dd>${time(each.from)} – ${time(each.until)}</dd>
      <dt>${say("chips")}</dt>
      <dd>
        ${each.models.length
          ? say("licence.models", each.models.join(", "))
          : joined(each.namedChips.slice(0, 8), (id) => html`<a class="code" href=${chipAddress(id)}>${id}</a>`)}
        ${each.namedChips.length > 8 ? say("licence.more-chips", count(each.namedChips.length - 8)) : ""}
      </dd>
      ${DEMANDS.filter((demand) => each.demandHours[demand]).map(
        (demand) => html`<dt>${say(`demand.${demand}`)}</dt>
          <dd>
            ${say("licence.within", count(each.demandHours[demand]))}
            ${each.missing[demand] ? html`${mark("attention")} ${say("licence.lacking", count(each.missing[demand]))}` : html`✓`}
          </dd>`,
      )}
      ${each.missing.place
        ? html`<dt>${say("site")}</dt>
            <dd>${mark("attention")} ${say("licence.misplaced", count(each.missing.place))}</dd>`
        : ""}
      <dt>${say("ledger.entry")}</dt>
      <dd><a href=${entryAddress(each.index)}>${count(each.index)}</a></dd>
    </dl>
    ${each.reasons.length
      ? html`<details class="reasons">
          <summary>${say("licence.why")}</summary>
          <ul>
            ${each.reasons.map(({ sentence }) => html`<li>${sentence}</li>`)}
          </ul>
        </details>`
      : ""}
  </article>`;
}

function joined(items, show) {
  return items.map((item, at) => html`${at ? ", " : ""}${show(item)}`);
}

function leaseTable(items) {
  return html`<div class="scroll">
    <table class="plain leases">
      <thead>
        <tr>
          <th scope="col">${say("lease.answer")}</th>
          <th scope="col">${say("host")}</th>
          <th scope="col">${say("site")}</th>
          <th scope="col">${say("since")}</th>
          <th scope="col" class="number">${say("ledger.entry")}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (each) => html`<tr>
            <td>
              <span class="state">${mark(each.outcome === "granted" ? "proved" : "refused")}${say(`lease.${each.outcome}`)}</span>
              ${simulatedWord(each.simulated)}
              <div class="hint">${each.outcome === "granted" ? say("lease.until", time(each.expires), each.audience) : each.audience}</div>
              ${each.reasons.length
                ? html`<ul class="reasons">
                    ${each.reasons.map(({ sentence }) => html`<li>${sentence}</li>`)}
                  </ul>`
                : ""}
            </td>
            <td><a href=${fleetAddress({ host: each.host })}>${each.host}</a></td>
            <td>${each.site ? html`<a href=${siteAddress(each.site)}>${each.site}</a>` : "–"}</td>
            <td>${time(each.at)}</td>
            <td class="number"><a href=${entryAddress(each.index)}>${count(each.index)}</a></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function toldTable(items) {
  if (!items.length) {
    return html`<p>${say("custody.empty")}</p>`;
  }
  return html`<div class="scroll">
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">${say("custody.what")}</th>
          <th scope="col">${say("custody.said")}</th>
          <th scope="col">${say("since")}</th>
          <th scope="col" class="number">${say("ledger.entry")}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (each) => html`<tr>
            <td>${say(`custody.${each.kind}`)}</td>
            <td>${told(each)} ${simulatedWord(each.said.simulated)} <div class="hint">${say("custody.by", each.actor)}</div></td>
            <td>${time(each.at)}</td>
            <td class="number"><a href=${entryAddress(each.index)}>${count(each.index)}</a></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function told({ kind, id, said }) {
  switch (kind) {
    case "inspection":
      return say("custody.inspection.said", id, said.site, count(said.counted), said.inspector);
    case "transfer":
      return say("custody.transfer.said", id, count(said.chips?.length ?? 0), said.fromParty, said.toParty);
    case "outage":
      return say("custody.outage.said", said.site, time(said.from), time(said.until));
    default:
      return id;
  }
}

customElements.define("licences-page", LicencesPage);
