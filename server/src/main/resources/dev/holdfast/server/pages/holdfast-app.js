import { css, html, nothing } from "lit";
import "./audit-page.js";
import "./board-page.js";
import "./boards-page.js";
import "./cases-page.js";
import "./chip-page.js";
import "./decide-page.js";
import "./demo-bar.js";
import "./fleet-page.js";
import "./landmarks-page.js";
import "./ledger-page.js";
import "./licences-page.js";
import "./live-line.js";
import "./notifications-page.js";
import "./search-box.js";
import "./sign-in.js";
import "./top-bar.js";
import "./world-page.js";
import { get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { HoldfastElement } from "./holdfast-element.js";
import { route } from "./route.js";
import { session, token } from "./session.js";
import { has, say } from "./words.js";

/** Pages whose name is the title where nothing of theirs is chosen. */
const TITLED = ["fleet", "boards", "cases", "landmarks", "ledger", "licences", "decide", "audit", "notifications"];
const WHO_DISCLOSE = ["admin", "operator"];
const WHO_WRITE = ["admin", "operator", "exporter", "auditor"];
const WHO_DECIDE = ["admin", "operator", "exporter"];
const WHO_WORK = ["admin", "operator", "exporter"];
/** What happens to change how many cases are open. */
const CHANGING = ["finding", "case"];

/** The frame: top bar, the page, the live line. */
class HoldfastApp extends HoldfastElement {
  static properties = {
    where: { state: true },
    signedIn: { state: true },
    summary: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: 48px auto minmax(0, 1fr) auto;
        height: 100vh;
        height: 100dvh;
      }
      top-bar {
        height: 100%;
      }
      main {
        position: relative;
        min-height: 0;
        overflow: hidden;
      }
      /* It is focused for keyboards and screen readers only; what has the focus inside shows it. */
      main:focus-visible {
        outline: none;
      }
      .skip {
        position: absolute;
        left: 8px;
        top: -48px;
        z-index: 20;
      }
      .skip:focus {
        top: 8px;
      }
      .lost {
        padding: 32px;
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        header,
        footer {
          display: none;
        }
        main {
          overflow: visible;
        }
        .address {
          padding-bottom: 12px;
          overflow-wrap: anywhere;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => CHANGING.includes(kind),
      () => this.#renew(),
    );
    this.where = route();
    this.signedIn = Boolean(token());
    this.summary = null;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", this.#moved);
    session.addEventListener("change", this.#sessionChanged);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#moved);
    session.removeEventListener("change", this.#sessionChanged);
  }

  #moved = () => {
    const from = this.where.page;
    this.where = route();
    // What had the focus went with its page; keyboards and screen readers go on in the new one.
    if (pageOf(from) !== pageOf(this.where.page)) {
      this.updateComplete.then(() => this.renderRoot.querySelector("main")?.focus());
    }
  };

  #sessionChanged = () => {
    this.signedIn = Boolean(token());
    this.#load();
  };

  async #load() {
    this.summary = null;
    if (this.signedIn) {
      // The summary only adorns the frame; the page itself shows what goes wrong.
      this.summary = await get("/api/v1/summary").catch(() => null);
    }
  }

  /** The old summary stands until the new one is here. */
  async #renew() {
    if (this.signedIn) {
      this.summary = await get("/api/v1/summary").catch(() => this.summary);
    }
  }

  render() {
    // Before the words are here there is nothing to say.
    if (!has("world")) {
      return nothing;
    }
    const page = pageOf(this.where.page);
    const title = page === "cases" && this.where.id ? say("case.number", this.where.id) : this.where.id;
    document.title = `${title || say(TITLED.includes(page) ? page : "world")} · Holdfast`;
    return html`
      <header>
        <a class="button skip" href="#main" @click=${this.#skip}>${say("skip")}</a>
        <top-bar .page=${page} .summary=${this.summary} .signedIn=${this.signedIn} @search=${this.#search}></top-bar>
      </header>
      <p class="printed address small">${say("printed", location.href)}</p>
      <div class="played">${this.signedIn && this.summary?.playback ? html`<demo-bar></demo-bar>` : ""}</div>
      <main id="main" tabindex="-1">${this.signedIn ? this.#page() : html`<sign-in></sign-in>`}</main>
      <footer>${this.signedIn ? html`<live-line></live-line><search-box></search-box>` : ""}</footer>
    `;
  }

  #page() {
    const { page, id, query } = this.where;
    switch (page) {
      // One template for both, or choosing a site would make a new globe.
      case "world":
      case "sites":
        return html`<world-page
          .site=${page === "sites" ? id : ""}
          .note=${query.get("note") ?? ""}
          ?mayDisclose=${WHO_DISCLOSE.includes(this.summary?.role)}
          ?mayWrite=${WHO_WRITE.includes(this.summary?.role)}
        ></world-page>`;
      case "fleet":
        return html`<fleet-page .query=${query.toString()}></fleet-page>`;
      case "boards":
        return id ? html`<board-page .board=${id}></board-page>` : html`<boards-page .query=${query.toString()}></boards-page>`;
      case "cases":
        return html`<cases-page
          .number=${id}
          .query=${query.toString()}
          .actor=${this.summary?.actor ?? ""}
          ?mayWork=${WHO_WORK.includes(this.summary?.role)}
          @worked=${() => this.#renew()}
        ></cases-page>`;
      case "decide":
        return html`<decide-page
          .query=${query.toString()}
          ?mayKeep=${WHO_DECIDE.includes(this.summary?.role)}
        ></decide-page>`;
      case "landmarks":
        return html`<landmarks-page .landmark=${id}></landmarks-page>`;
      case "ledger":
        return html`<ledger-page .entry=${id}></ledger-page>`;
      case "licences":
        return html`<licences-page .query=${query.toString()}></licences-page>`;
      case "audit":
        return html`<audit-page .summary=${this.summary} ?mayDisclose=${WHO_DISCLOSE.includes(this.summary?.role)}></audit-page>`;
      case "notifications":
        return html`<notifications-page></notifications-page>`;
      case "chips":
        return html`<chip-page .chip=${id}></chip-page>`;
      default:
        return html`<p class="lost">${say("lost")} <a href="#/world">${say("world")}</a></p>`;
    }
  }

  #search() {
    this.renderRoot.querySelector("search-box").open();
  }

  /** The address is where we are, so the link for keyboards must not change it. */
  #skip(event) {
    event.preventDefault();
    this.renderRoot.querySelector("main").focus();
  }
}

/** A site is shown on the world. */
function pageOf(name) {
  return name === "sites" ? "world" : name;
}

customElements.define("holdfast-app", HoldfastApp);
