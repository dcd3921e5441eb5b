import { css, html } from "lit";
import "./problem-note.js";
import { get } from "./api.js";
import { count, position, three, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { healthWord, percent } from "./landmark-words.js";
import { mark, simulatedWord } from "./marks.js";
import { siteAddress } from "./route.js";
import { say } from "./words.js";

/** One landmark: who runs it, how it does hour by hour, and which sites its bounds exclude. */
class LandmarkPane extends HoldfastElement {
  static properties = {
    landmark: {},
    audit: { attribute: false },
    detail: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      h2 {
        margin-bottom: 4px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        margin-bottom: 8px;
      }
      h3 {
        margin-top: 16px;
      }
    `,
  ];

  constructor() {
    super();
    this.landmark = "";
    this.audit = null;
    this.detail = null;
    this.problem = null;
  }

  willUpdate(changed) {
    if (changed.has("landmark")) {
      this.detail = null;
      this.#load();
    }
  }

  async #load() {
    const { landmark } = this;
    this.problem = null;
    try {
      const detail = await get(`/api/v1/landmarks/${encodeURIComponent(landmark)}`);
      if (landmark === this.landmark) {
        this.detail = detail;
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    const { detail } = this;
    if (this.problem) {
      return html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`;
    }
    if (!detail) {
      return skeleton(6);
    }
    return html`
      <h2>${detail.name}</h2>
      <div class="head">${healthWord(detail.health)} ${simulatedWord(detail.simulated)}</div>
      <dl class="facts">
        <dt>${say("operator")}</dt>
        <dd>${detail.operator}</dd>
        <dt>${say("landmark.place")}</dt>
        <dd>${say("claim.within", three(detail.uncertaintyKm), position(detail.latitude, detail.longitude))}</dd>
        <dt>${say("last-heard")}</dt>
        <dd>${time(detail.lastHeard)}</dd>
        <dt>${say("landmark.rounds")}</dt>
        <dd>${three(detail.roundsPerHour)}</dd>
        <dt>${say("landmark.bounding")}</dt>
        <dd>${percent(detail.bounding)}</dd>
        <dt>${say("landmark.answered")}</dt>
        <dd>${percent(detail.answered)}</dd>
        <dt>${say("landmark.spread")}</dt>
        <dd>${detail.spreadMs === null ? "–" : `${three(detail.spreadMs)} ms`}</dd>
      </dl>
      ${this.#hours(detail.hours)} ${this.#exclusions()}
    `;
  }

  #hours(hours) {
    return hours.length
      ? html`<h3>${say("landmark.hours")}</h3>
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">${say("since")}</th>
                <th scope="col" class="number">${say("landmark.rounds-stated")}</th>
                <th scope="col" class="number">${say("landmark.rounds-bounding")}</th>
                <th scope="col" class="number">${say("landmark.spread")}</th>
              </tr>
            </thead>
            <tbody>
              ${hours.toReversed().map(
                ({ at, rounds, bounding, spreadMs }) => html`<tr>
                  <td>${time(at)}</td>
                  <td class="number">${count(rounds)}</td>
                  <td class="number">${count(bounding)}</td>
                  <td class="number">${spreadMs === null ? "–" : `${three(spreadMs)} ms`}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
      : "";
  }

  #exclusions() {
    const excluded = (this.audit?.exclusions ?? []).filter(({ landmark }) => landmark === this.landmark);
    return excluded.length
      ? html`<h3>${say("landmark.excludes")}</h3>
          <ul class="small">
            ${excluded.map(
              (each) => html`<li>
                ${mark("attention")} <a href=${siteAddress(each.site)}>${each.site}</a>:
                ${say(each.alone ? "landmark.excludes.alone" : "landmark.excludes.too", three(each.boundKm), three(each.distanceKm), count(each.hosts))}
              </li>`,
            )}
          </ul>`
      : "";
  }
}

customElements.define("landmark-pane", LandmarkPane);
