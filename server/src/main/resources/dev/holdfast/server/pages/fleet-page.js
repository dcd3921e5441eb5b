import { css, html } from "lit";
import { count, country, middle } from "./formats.js";
import { STATES, mark, markOf, simulatedWord, stateWord } from "./marks.js";
import { PagedRows } from "./paged-rows.js";
import { chipAddress, fleetAddress, siteAddress } from "./route.js";
import { stateStrip } from "./state-strip.js";
import { TablePage } from "./table-page.js";
import { say } from "./words.js";

const NARROWING = ["site", "host", "model", "destination"];
/** What a table is in the order of before anybody asked for another. */
const USUAL = { chips: "id", sites: "name" };

/** Every chip, or every site, as one table with filters. */
class FleetPage extends TablePage {
  static styles = [
    TablePage.styles,
    css`
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
    `,
  ];

  list(changed) {
    const { show, ...asked } = this.parameters();
    const list = show === "sites" ? "sites" : "chips";
    return new PagedRows(`/api/v1/${list}`, { sort: USUAL[list], ...asked }, changed);
  }

  address(parameters) {
    return fleetAddress(parameters);
  }

  render() {
    const { show, q = "", state = "", sort, order, ...rest } = this.parameters();
    const sites = show === "sites";
    const sorted = { by: sort ?? USUAL[sites ? "sites" : "chips"], descending: order === "desc" };
    return html`
      <h1 class="unseen">${say("fleet")}</h1>
      <header>
        <nav class="tabs" aria-label=${say("fleet.what")}>
          <a class="button" href="#/fleet" aria-current=${sites ? "false" : "page"}>${say("chips")}</a>
          <a class="button" href="#/fleet?show=sites" aria-current=${sites ? "page" : "false"}>${say("sites")}</a>
        </nav>
        ${this.search(say(sites ? "sites.search" : "chips.search"), q)}
        <div class="filters" role="group" aria-label=${say("filters")}>
          ${sites ? "" : html`<span class="hint">${say("chip.host-state")}</span>`}
          ${STATES.map((each) => this.filter("state", each, state, html`${mark(markOf(each))}${say(`state.${each}`)}`))}
          ${NARROWING.filter((name) => rest[name]).map((name) =>
            this.narrowing(name, rest[name], name === "destination" ? country(rest[name]) : undefined),
          )}
        </div>
      </header>
      ${sites
        ? this.table(say("sites"), siteColumns(), sorted, this.#empty(), siteAddress)
        : this.table(say("chips"), chipColumns(), sorted, this.#empty(), chipAddress)}
    `;
  }

  #empty() {
    const { show, sort, order, ...filters } = this.parameters();
    return Object.keys(filters).length
      ? html`<p>${say("fleet.nothing")}</p>
          <p><a href=${fleetAddress({ show })}>${say("fleet.all")}</a></p>`
      : html`<p>${say("fleet.empty")}</p>
          <p class="code">curl -H "Authorization: Bearer …" --data-binary @fleet.yaml ${location.origin}/api/v1/fleet</p>`;
  }
}

function chipColumns() {
  return [
    { label: say("chip"), width: "24%", sort: "id", cell: chipLink },
    { label: say("model"), width: "14%", sort: "model", wide: true, cell: ({ model }) => model ?? "–" },
    { label: say("site"), width: "18%", cell: ({ site }) => site ?? "–" },
    { label: say("host"), width: "12%", wide: true, cell: ({ host }) => (host ? middle(host, 24) : "–") },
    { label: say("chip.state"), width: "150px", wide: true, cell: ({ state }) => stateWord(state) },
    { label: say("chip.host-state"), width: "150px", cell: ({ hostState }) => stateWord(hostState) },
    { label: unseen("simulated"), width: "104px", cell: ({ simulated }) => simulatedWord(simulated) },
    { label: say("strip.title"), width: "174px", cell: ({ strip }) => stateStrip(strip) },
  ];
}

function siteColumns() {
  return [
    { label: say("site"), width: "24%", sort: "name", cell: siteLink },
    { label: say("destination"), width: "16%", sort: "destination", cell: destinationWords },
    { label: say("operator"), sort: "operator", wide: true, cell: ({ operator }) => operator ?? "–" },
    { label: say("state"), width: "150px", cell: ({ state }) => stateWord(state) },
    { label: say("hosts"), width: "90px", number: true, cell: ({ hosts }) => count(hosts.proved + hosts.refuted + hosts.unproven) },
    { label: say("chips"), width: "100px", number: true, cell: ({ chips }) => count(chips) },
    { label: say("power"), width: "110px", number: true, wide: true, cell: ({ powerKw }) => (powerKw ? `${count(powerKw)} kW` : "–") },
    { label: unseen("simulated"), width: "108px", cell: ({ simulated }) => simulatedWord(simulated) },
  ];
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
