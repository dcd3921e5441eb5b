import { css, html, nothing } from "lit";
import { feed, subjectOf } from "./feed.js";
import { clock, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { chipAddress, fleetAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

/** The line at the bottom that says what just happened; a click opens the feed above it. */
class LiveLine extends HoldfastElement {
  static properties = { opened: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        position: relative;
        display: block;
        border-top: 1px solid var(--line);
        background: var(--paper-2);
      }
      .line {
        all: unset;
        box-sizing: border-box;
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        height: 32px;
        padding: 0 16px;
        font-size: 13px;
        cursor: pointer;
      }
      .line:focus-visible {
        outline: 2px solid var(--proved);
        outline-offset: -2px;
      }
      .sentence {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .when {
        color: var(--ink-3);
        white-space: nowrap;
      }
      .feed {
        position: absolute;
        bottom: 100%;
        left: 0;
        right: 0;
        z-index: 10;
        max-height: min(360px, 60vh);
        overflow: auto;
        padding: 8px 16px;
        background: var(--paper);
        border-top: 1px solid var(--line);
        font-size: 13px;
        line-height: 20px;
      }
      .feed li {
        display: grid;
        grid-template-columns: 14px 190px minmax(0, 1fr) auto;
        gap: 12px;
        padding: 6px 0;
        border-bottom: 1px solid var(--line);
      }
      .feed li .mark {
        margin-top: 3px;
      }
      @media (max-width: 700px) {
        .feed li {
          grid-template-columns: 14px minmax(0, 1fr) auto;
        }
        .feed .when {
          grid-column: 2 / -1;
          grid-row: 2;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.opened = false;
  }

  connectedCallback() {
    super.connectedCallback();
    feed.addEventListener("feed", this.#changed);
    feed.addEventListener("state", this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    feed.removeEventListener("feed", this.#changed);
    feed.removeEventListener("state", this.#changed);
  }

  #changed = () => this.requestUpdate();

  render() {
    if (feed.closed) {
      return nothing;
    }
    const [newest] = feed.latest;
    return html`
      <section class="feed" id="feed" tabindex="0" aria-label=${say("feed")} ?hidden=${!this.opened} @keydown=${this.#keys}>
        ${feed.latest.length
          ? html`<ol>
              ${feed.latest.map((event) => this.#row(event))}
            </ol>`
          : html`<p class="hint">${say("feed.empty")}</p>`}
      </section>
      <button class="line" aria-expanded=${this.opened} aria-controls="feed" @click=${() => (this.opened = !this.opened)}>
        ${newest
          ? html`<span class="when">${clock(newest.at)}</span>${mark(newest.mark)}<span class="sentence">${newest.sentence}</span
              >${simulatedWord(newest.simulated)}`
          : html`<span class="sentence hint">${say("feed.empty")}</span>`}
        <span class="when">${say(feed.live ? "feed.live" : "feed.waiting")}</span>
      </button>
    `;
  }

  #row(event) {
    return html`<li>
      ${mark(event.mark)}<span class="when">${time(event.at)}</span>
      <span>${event.sentence} ${simulatedWord(event.simulated)}</span>${this.#subject(event)}
    </li>`;
  }

  #subject(event) {
    const { kind, id } = subjectOf(event);
    const address = { chip: chipAddress, site: siteAddress, host: (host) => fleetAddress({ host }) }[kind]?.(id);
    return address ? html`<a href=${address}>${id}</a>` : html`<span class="hint">${id}</span>`;
  }

  #keys(event) {
    if (event.key === "Escape") {
      this.opened = false;
      this.renderRoot.querySelector(".line").focus();
    }
  }
}

customElements.define("live-line", LiveLine);
