import { css, html } from "lit";
import "./globe-map.js";
import "./problem-note.js";
import "./site-list.js";
import "./site-pane.js";
import { all, get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { land } from "./land.js";
import { STATES, mark, markOf } from "./marks.js";
import { go, siteAddress } from "./route.js";
import { say } from "./words.js";

const MOST_SITES = 5000;
const MOST_LANDMARKS = 2000;
/** Where everything is: the globe, and beside it the sites or the chosen one. */
class WorldPage extends HoldfastElement {
  static properties = {
    site: {},
    note: {},
    mayDisclose: { type: Boolean },
    mayWrite: { type: Boolean },
    sites: { state: true },
    landmarks: { state: true },
    ground: { state: true },
    detail: { state: true },
    problem: { state: true },
    detailProblem: { state: true },
    listed: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 360px;
        height: 100%;
      }
      .map {
        position: relative;
        min-width: 0;
      }
      globe-map {
        position: absolute;
        inset: 0;
      }
      aside {
        min-height: 0;
        overflow: auto;
        border-left: 1px solid var(--line);
        background: var(--paper);
      }
      .waiting {
        padding: 16px;
      }
      .legend {
        position: absolute;
        left: 16px;
        top: 12px;
        display: grid;
        gap: 2px;
        font-size: 13px;
        pointer-events: none;
      }
      .legend li {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .legend .triangle {
        width: 14px;
        height: 14px;
        fill: none;
        stroke: var(--ink-2);
      }
      .legend {
        padding: 2px 6px 2px 0;
        background: color-mix(in srgb, var(--paper) 80%, transparent);
      }
      aside:focus-visible {
        outline-offset: -2px;
      }
      .toggle {
        display: none;
      }
      @media (max-width: 900px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          position: relative;
        }
        aside {
          position: absolute;
          top: 0;
          right: 0;
          bottom: 0;
          width: min(360px, 100%);
        }
        aside.closed {
          display: none;
        }
        .toggle {
          display: block;
          position: absolute;
          right: 52px;
          top: 12px;
          min-height: 32px;
        }
        .close {
          display: block;
          margin: 12px 12px 0 auto;
        }
      }
      @media (min-width: 600px) and (max-width: 900px) {
        /* The chosen site is looked at beside the pane, not under it. */
        .map.beside globe-map {
          right: 360px;
        }
      }
      @media (min-width: 900.02px) {
        .close {
          display: none;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .map {
          display: none;
        }
        aside,
        aside.closed {
          display: block;
          position: static;
          width: auto;
          overflow: visible;
          border: none;
        }
      }
    `,
  ];

  #faced = false;

  constructor() {
    super();
    // Not at every event: rounds come many times a second.
    new FeedRefresh(
      this,
      () => true,
      () => {
        this.#load();
        this.#loadDetail(false);
      },
    );
    this.site = "";
    this.note = "";
    this.mayDisclose = false;
    this.mayWrite = false;
    this.sites = null;
    this.more = false;
    this.landmarks = [];
    this.ground = null;
    this.detail = null;
    this.problem = null;
    this.detailProblem = null;
    this.listed = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#escape);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#escape);
  }

  languageChanged() {
    this.#load();
    this.#loadDetail(false);
  }

  willUpdate(changed) {
    if (changed.has("site")) {
      this.detail = null;
      this.detailProblem = null;
      if (this.site) {
        this.#loadDetail(true);
      }
    }
  }

  updated(changed) {
    // The link that led here is gone from the pane, and the focus with it; the globe keeps what it has.
    const onGlobe = this.renderRoot.activeElement?.localName === "globe-map";
    if (changed.has("site") && changed.get("site") !== undefined && !onGlobe) {
      this.renderRoot.querySelector("aside").focus({ preventScroll: true });
    }
  }

  #escape = (event) => {
    // What is open above the page closes first, and what was begun in a form is not thrown away.
    const above = event.composedPath().some(({ localName }) => ["dialog", "live-line", "form"].includes(localName));
    if (event.key === "Escape" && !above) {
      this.#close();
    }
  };

  async #load() {
    try {
      const [sites, landmarks, ground] = await Promise.all([
        all("/api/v1/sites", MOST_SITES),
        all("/api/v1/landmarks", MOST_LANDMARKS),
        land(),
      ]);
      this.more = sites.more;
      this.sites = sites.items;
      this.landmarks = landmarks.items;
      this.ground = ground;
      this.problem = null;
      if (!this.#faced && !this.site) {
        this.#faced = true;
        await this.updateComplete;
        this.renderRoot.querySelector("globe-map").face(this.sites);
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #loadDetail(fly) {
    const { site } = this;
    if (!site) {
      return;
    }
    try {
      const detail = await get(`/api/v1/sites/${encodeURIComponent(site)}`);
      if (site !== this.site) {
        return;
      }
      this.detail = detail;
      this.detailProblem = null;
      if (fly && this.#flies) {
        await this.updateComplete;
        this.renderRoot.querySelector("globe-map").flyTo(detail);
      }
      this.#flies = true;
    } catch (failure) {
      if (site === this.site) {
        this.detailProblem = failure;
      }
    }
  }

  /** A site picked on the globe is in view already; one picked elsewhere is flown to. */
  #flies = true;

  render() {
    return html`
      <div class="map ${this.site ? "beside" : ""}">
        <globe-map
          .land=${this.ground}
          .sites=${this.sites ?? []}
          .landmarks=${this.landmarks}
          .chosen=${this.detail}
          @pick=${this.#pick}
        ></globe-map>
        ${this.sites ? this.#legend() : ""}
        <button class="toggle" @click=${() => (this.listed = true)}>${say("sites")}</button>
      </div>
      ${this.site ? "" : html`<h1 class="unseen">${say("world")}</h1>`}
      <aside class=${this.listed || this.site ? "open" : "closed"} aria-label=${say(this.site ? "site" : "sites")} tabindex="-1">
        <button class="close quiet" @click=${this.#close}>${say("close")}</button>
        ${this.#side()}
      </aside>
    `;
  }

  #side() {
    const problem = this.site ? (this.detailProblem ?? (this.detail ? null : this.problem)) : this.problem;
    if (problem) {
      return html`<div class="waiting">
        <problem-note .problem=${problem} @retry=${this.#again}></problem-note>
        ${this.site ? html`<a href="#/world">← ${say("sites.all")}</a>` : ""}
      </div>`;
    }
    if (this.site) {
      return this.detail
        ? html`<site-pane .site=${this.detail} .note=${this.note} ?mayDisclose=${this.mayDisclose} ?mayWrite=${this.mayWrite}></site-pane>`
        : html`<div class="waiting">${skeleton(9)}</div>`;
    }
    if (!this.sites) {
      return html`<div class="waiting">${skeleton(9)}</div>`;
    }
    if (!this.sites.length) {
      return html`<div class="waiting">
        <p>${say("world.empty")}</p>
        <p class="code">holdfast demo</p>
      </div>`;
    }
    return html`<site-list .sites=${this.sites} ?more=${this.more}></site-list>`;
  }

  #legend() {
    const present = STATES.map((state) => [state, this.sites.filter((site) => site.state === state).length]);
    return html`<ul class="legend">
      ${present
        .filter(([, sites]) => sites > 0)
        .map(([state, sites]) => html`<li>${mark(markOf(state))} ${say(`state.${state}`)} <span class="hint">${count(sites)}</span></li>`)}
      <li>
        <svg class="triangle" viewBox="-7 -7 14 14" aria-hidden="true"><path d="M0-4L4 3L-4 3Z"></path></svg>
        ${say("landmarks")} <span class="hint">${count(this.landmarks.length)}</span>
      </li>
      ${this.site ? html`<li>${mark("claim")} ${say("claim.place")}</li>` : ""}
    </ul>`;
  }

  #pick(event) {
    this.#flies = false;
    go(siteAddress(event.detail.id));
  }

  #again() {
    this.problem = null;
    this.detailProblem = null;
    this.#load();
    this.#loadDetail(true);
  }

  #close() {
    this.listed = false;
    if (this.site) {
      go("#/world");
    }
  }
}

customElements.define("world-page", WorldPage);
