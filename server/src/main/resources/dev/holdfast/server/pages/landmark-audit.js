import { css, html } from "lit";
import "./problem-note.js";
import { count, country, position, three } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { landmarkAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

const SHOWN = 20;

/** What the audit says of landmarks, and where one more would help most; both say what they rest on. */
class LandmarkAudit extends HoldfastElement {
  static properties = { audit: { attribute: false }, advice: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    css`
      section + section {
        margin-top: 20px;
      }
      section > * + * {
        margin-top: 6px;
      }
      .word {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 4px;
        color: var(--ink-2);
        font-size: 13px;
        font-weight: 400;
        white-space: nowrap;
      }
      .scroll {
        overflow-x: auto;
      }
    `,
  ];

  render() {
    return html`
      <section>
        <h2>${say("advice.title")} <span class="word">${say("advice.word")}</span></h2>
        ${this.#either(this.advice, (advice) => this.#advice(advice))}
      </section>
      <section>
        <h2>${say("audit.title")} <span class="word">${say("advice.word")}</span></h2>
        ${this.#either(this.audit, (audit) => this.#audit(audit))}
      </section>
    `;
  }

  #either(body, show) {
    if (!body) {
      return skeleton(3);
    }
    return body.problem ? html`<p class="hint">${body.problem.code} ${body.problem.message}</p>` : show(body);
  }

  #advice({ best, sites, hosts, areaKm2, assumption, places, simulated }) {
    const { fixedKm, stretch, pairs } = assumption;
    const rests = pairs ? say("advice.learned", three(stretch), three(fixedKm), count(pairs)) : say("advice.assumed", three(stretch), three(fixedKm));
    if (!best.length) {
      return html`<p>${say(sites ? "advice.nothing-helps" : "advice.nothing-open")}</p>`;
    }
    const [first, ...others] = best;
    return html`
      <p>
        ${mark("advised")}
        ${say(
          "advice.best",
          position(first.latitude, first.longitude),
          names(first),
          count(first.provedHosts),
          count(hosts),
          three(first.areaGoneKm2),
          three(areaKm2),
        )}
        ${simulatedWord(simulated)}
      </p>
      ${first.provedSites.length
        ? html`<p class="small">
            ${say("advice.proved")} ${first.provedSites.slice(0, SHOWN).map((id, at) => html`${at ? ", " : ""}<a href=${siteAddress(id)}>${id}</a>`)}
          </p>`
        : ""}
      ${others.length ? this.#others(others) : ""}
      <p class="hint">${say("advice.rests", count(sites), count(places))} ${rests}</p>
    `;
  }

  #others(others) {
    return html`<div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">${say("advice.next")}</th>
            <th scope="col">${say("destination")}</th>
            <th scope="col" class="number">${say("advice.proved-hosts")}</th>
            <th scope="col" class="number">${say("advice.gone")}</th>
          </tr>
        </thead>
        <tbody>
          ${others.map(
            (each) => html`<tr>
              <td>${position(each.latitude, each.longitude)}</td>
              <td>${names(each)}</td>
              <td class="number">${count(each.provedHosts)}</td>
              <td class="number">${three(each.areaGoneKm2)} km²</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #audit({ basis, shared, mesh, contradictions, meshContradictions, exclusions }) {
    const suspects = [...new Set([...mesh.suspects, ...shared.suspects].map(({ landmark }) => landmark))];
    const ties = [...mesh.ties, ...shared.ties];
    const clear = !contradictions.length && !meshContradictions.length;
    return html`
      <p>${clear ? say("audit.clear") : say("audit.found", count(contradictions.length + meshContradictions.length))}</p>
      ${suspects.length
        ? html`<ul>
            ${suspects.map((id) => html`<li>${mark("attention")} <a href=${landmarkAddress(id)}>${id}</a>: ${say("audit.suspect")}</li>`)}
          </ul>`
        : ""}
      ${ties.map((tie) => html`<p>${mark("attention")} ${say("audit.tie", tie.join(", "))}</p>`)}
      ${clear ? "" : this.#pairs(contradictions, meshContradictions)}
      ${exclusions.length ? html`<p class="small">${say("audit.exclusions", count(exclusions.length))}</p>` : ""}
      <p class="hint">${say("audit.rests", count(basis.meshPairs), count(basis.hosts), count(basis.sharedPairs))}</p>
    `;
  }

  #pairs(shared, mesh) {
    return html`<div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">${say("audit.pair")}</th>
            <th scope="col" class="number">${say("audit.apart")}</th>
            <th scope="col" class="number">${say("audit.allowed")}</th>
            <th scope="col">${say("audit.shown-by")}</th>
          </tr>
        </thead>
        <tbody>
          ${[...mesh, ...shared].slice(0, SHOWN).map(
            (each) => html`<tr>
              <td>${each.first} – ${each.second}</td>
              <td class="number">${three(each.distanceKm)} km</td>
              <td class="number">${three(each.limitKm)} km</td>
              <td>${each.host ? say("audit.hosts", count(each.hosts), each.host) : say("audit.mesh")}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function names({ destinations }) {
  return destinations.map((code) => country(code)).join(", ") || "–";
}

customElements.define("landmark-audit", LandmarkAudit);
