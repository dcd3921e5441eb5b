import { css, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { hasPlace } from "./chip-identity.js";
import "./chip-identities.js";
import "./chip-timeline.js";
import "./comment-form.js";
import "./delay-plot.js";
import "./problem-note.js";
import "./region-map.js";
import { get } from "./api.js";
import { subjectOf } from "./feed.js";
import { FeedRefresh } from "./feed-refresh.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { land } from "./land.js";
import { boundTable } from "./region-words.js";
import { say } from "./words.js";

/** One chip: who it is, what happened, and where it can be. */
class ChipPage extends HoldfastElement {
  static properties = {
    chip: {},
    detail: { state: true },
    delays: { state: true },
    ground: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: 320px minmax(0, 1fr) minmax(360px, 30%);
        height: 100%;
      }
      .column {
        min-height: 0;
        overflow: auto;
        padding: 16px 20px 32px;
        border-right: 1px solid var(--line);
      }
      .column:last-child {
        border: none;
      }
      comment-form {
        margin-top: 8px;
      }
      .where section {
        margin-bottom: 24px;
      }
      .where h2 {
        margin-bottom: 8px;
      }
      @media (max-width: 1150px) {
        :host {
          grid-template-columns: 300px minmax(0, 1fr);
          grid-template-rows: max-content max-content;
          overflow: auto;
        }
        .column {
          min-height: max-content;
          overflow: visible;
        }
        .where {
          grid-column: 1;
          grid-row: 2;
          border-right: 1px solid var(--line);
        }
        .events {
          grid-column: 2;
          grid-row: 1 / span 2;
        }
      }
      @media (max-width: 700px) {
        :host {
          display: block;
        }
        .column {
          border: none;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .column,
        .where {
          overflow: visible;
          padding: 0 0 16px;
          border: none;
        }
        .where section {
          break-inside: avoid;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      (event) => this.#isAbout(subjectOf(event).id),
      () => this.#load(),
    );
    this.chip = "";
    this.detail = null;
    this.version = 0;
    this.delays = null;
    this.ground = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    // A map without land still shows bounds and claim.
    land().then(
      (ground) => (this.ground = ground),
      () => {},
    );
  }

  #isAbout(id) {
    return id === this.chip || (id && id === this.detail?.host);
  }

  languageChanged() {
    this.#load();
  }

  willUpdate(changed) {
    if (changed.has("chip")) {
      this.detail = null;
      this.delays = null;
      this.#load();
    }
  }

  async #load() {
    const { chip } = this;
    const path = `/api/v1/chips/${encodeURIComponent(chip)}`;
    this.problem = null;
    try {
      const [detail, delays] = await Promise.all([get(path), get(`${path}/delays`)]);
      if (chip === this.chip) {
        this.detail = detail;
        this.version++;
        this.delays = delays.landmarks;
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    if (this.problem) {
      return html`<div class="column">
        <h1>${this.chip}</h1>
        <problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>
        <a href="#/fleet">${say("fleet")}</a>
      </div>`;
    }
    return html`
      <section class="column" aria-label=${say("identity")} tabindex="0">
        ${this.detail ? html`<chip-identity .chip=${this.detail}></chip-identity>
              <chip-identities .identities=${this.detail.identities ?? []} .version=${this.version}></chip-identities>` : skeleton(12)}
      </section>
      <section class="column events" aria-labelledby="timeline" tabindex="0">
        <h2 id="timeline">${say("timeline")}</h2>
        ${keyed(
          this.chip,
          html`<comment-form .subject=${this.chip} @said=${() => this.renderRoot.querySelector("chip-timeline").newest()}></comment-form>`,
        )}
        <chip-timeline
          .list=${`/api/v1/chips/${encodeURIComponent(this.chip)}/timeline`}
          .about=${[this.chip, this.detail?.host]}
          empty="timeline.empty"
        ></chip-timeline>
      </section>
      <section class="column where" aria-label=${say("where")} tabindex="0">${this.detail ? this.#where() : skeleton(8)}</section>
    `;
  }

  #where() {
    const { detail } = this;
    return html`
      <section>
        <h2>${say("region.map")}</h2>
        ${hasPlace(detail)
          ? html`<region-map .land=${this.ground} .subject=${detail}></region-map>`
          : html`<p class="hint">${say("claim.none")}</p>`}
      </section>
      <section>
        <h2>${say("delays")}</h2>
        <delay-plot .landmarks=${this.delays ?? []}></delay-plot>
      </section>
      ${detail.discs?.length
        ? html`<section>
            <h2>${say("bounds")}</h2>
            ${boundTable(detail.discs)}
          </section>`
        : ""}
    `;
  }
}

customElements.define("chip-page", ChipPage);
