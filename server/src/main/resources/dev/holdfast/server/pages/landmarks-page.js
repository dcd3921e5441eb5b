import { css, html, nothing } from "lit";
import "./globe-map.js";
import "./landmark-audit.js";
import "./landmark-pane.js";
import "./problem-note.js";
import { all, get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, three, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { healthWord, percent } from "./landmark-words.js";
import { land } from "./land.js";
import { simulatedWord } from "./marks.js";
import { landmarkAddress } from "./route.js";
import { say } from "./words.js";

const MOST = 2000;
const SHOWN = 500;

/** Every landmark with how it does; which contradict others, and where one more would help most. */
class LandmarksPage extends HoldfastElement {
  static properties = {
    landmark: {},
    landmarks: { state: true },
    audit: { state: true },
    advice: { state: true },
    ground: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(360px, 33%);
        height: 100%;
      }
      .column {
        min-height: 0;
        overflow: auto;
        padding: 16px 20px 32px;
      }
      .side {
        border-left: 1px solid var(--line);
      }
      .column:focus-visible {
        outline-offset: -2px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
        margin-bottom: 8px;
      }
      .scroll {
        overflow-x: auto;
      }
      td:not(:first-child) {
        white-space: nowrap;
      }
      .lead {
        max-width: 720px;
        margin-bottom: 12px;
      }
      tr[aria-current] td {
        background: var(--paper-2);
      }
      globe-map {
        height: 320px;
        border: 1px solid var(--line);
        border-radius: 4px;
      }
      section section,
      landmark-audit {
        display: block;
        margin-top: 20px;
      }
      @media (max-width: 1000px) {
        :host {
          display: block;
          overflow: auto;
        }
        .column {
          overflow: visible;
        }
        .side {
          border: none;
        }
      }
      @media (max-width: 700px) {
        .wide {
          display: none;
        }
        td:not(:first-child) {
          white-space: normal;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .column {
          overflow: visible;
          border: none;
        }
        globe-map {
          display: none;
        }
      }
    `,
  ];

  #faced = false;
  #advised = false;

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => ["round", "declared"].includes(kind),
      () => this.#load(),
    );
    this.landmark = "";
    this.landmarks = null;
    this.audit = null;
    this.advice = null;
    this.ground = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    try {
      const [landmarks, ground] = await Promise.all([all("/api/v1/landmarks", MOST), land()]);
      this.landmarks = landmarks.items;
      this.ground = ground;
      this.problem = null;
      if (!this.#faced) {
        this.#faced = true;
        await this.updateComplete;
        this.renderRoot.querySelector("globe-map")?.face(this.landmarks);
      }
    } catch (failure) {
      this.problem = failure;
    }
    // Each by itself: computing takes a while, and an auditor gets neither.
    get("/api/v1/landmarks/audit").then(
      (audit) => (this.audit = audit),
      (problem) => (this.audit = { problem }),
    );
    get("/api/v1/landmarks/advice").then(
      (advice) => {
        this.advice = advice;
        this.#faceAdvised();
      },
      (problem) => (this.advice = { problem }),
    );
  }

  /** The first time that a place is advised, the map turns so that it is in sight. */
  async #faceAdvised() {
    const best = this.advice.best?.[0];
    if (best && !this.#advised && !this.landmark) {
      this.#advised = true;
      await this.updateComplete;
      this.renderRoot.querySelector("globe-map")?.face([best]);
    }
  }

  render() {
    if (this.problem) {
      return html`<section class="column">
        <h1>${say("landmarks")}</h1>
        <problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>
      </section>`;
    }
    const best = this.advice?.best?.[0] ?? null;
    return html`
      <section class="column" aria-label=${say("landmarks")} tabindex="0">
        <h1>${say("landmarks")}</h1>
        ${this.landmarks ? this.#table() : skeleton(10)}
      </section>
      <section class="column side" aria-label=${say("landmarks.map")} tabindex="0">
        <globe-map .land=${this.ground} .sites=${[]} .landmarks=${this.landmarks ?? []} .advised=${best}></globe-map>
        ${this.landmark
          ? html`<section>
              <landmark-pane .landmark=${this.landmark} .audit=${this.audit}></landmark-pane>
            </section>`
          : html`<p class="hint">${say("landmarks.choose")}</p>`}
        <landmark-audit .audit=${this.audit} .advice=${this.advice}></landmark-audit>
      </section>
    `;
  }

  #table() {
    if (!this.landmarks.length) {
      return html`<p class="lead">${say("landmarks.empty")}</p>
        <p class="code">holdfast landmark --help</p>`;
    }
    return html`<div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">${say("landmark")}</th>
            <th scope="col">${say("landmark.health")}</th>
            <th scope="col" class="wide">${say("operator")}</th>
            <th scope="col" class="number">${say("landmark.rounds")}</th>
            <th scope="col" class="number wide">${say("landmark.bounding")}</th>
            <th scope="col" class="number wide">${say("landmark.spread")}</th>
            <th scope="col">${say("last-heard")}</th>
          </tr>
        </thead>
        <tbody>
          ${this.landmarks.slice(0, SHOWN).map((each) => this.#row(each))}
        </tbody>
      </table>
      ${this.landmarks.length > SHOWN ? html`<p class="hint">${say("sites.rest", count(this.landmarks.length - SHOWN))}</p>` : ""}
    </div>`;
  }

  #row(each) {
    return html`<tr aria-current=${each.id === this.landmark ? "true" : nothing}>
      <td><a href=${landmarkAddress(each.id)}>${each.name}</a> ${simulatedWord(each.simulated)}</td>
      <td>${healthWord(each.health)}</td>
      <td class="wide">${each.operator}</td>
      <td class="number">${three(each.roundsPerHour)}</td>
      <td class="number wide">${percent(each.bounding)}</td>
      <td class="number wide">${each.spreadMs === null ? "–" : `${three(each.spreadMs)} ms`}</td>
      <td>${time(each.lastHeard)}</td>
    </tr>`;
  }
}

customElements.define("landmarks-page", LandmarksPage);
