import { css, html, nothing } from "lit";
import { get, post } from "./api.js";
import { time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { boardAddress, caseAddress, chipAddress, fleetAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

const PATH = "/api/v1/playback";
const AGAIN_MS = 700;
const ADDRESSES = {
  site: siteAddress,
  chip: chipAddress,
  board: boardAddress,
  case: caseAddress,
  host: (host) => fleetAddress({ host }),
};

/** A story that is played to this server: its clock, what the narrator says, and how people hold it. */
class DemoBar extends HoldfastElement {
  static properties = {
    stand: { state: true },
    opened: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        position: relative;
        display: block;
        border-bottom: 1px solid var(--line);
        background: var(--paper-2);
      }
      .bar {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 4px 16px;
        align-items: center;
        padding: 8px 16px;
      }
      .hold,
      .speeds {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .hold {
        gap: 8px;
      }
      .speeds button {
        min-width: 36px;
        padding-inline: 4px;
      }
      .hold .resume {
        min-width: 72px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
        min-height: 40px;
        align-content: center;
        font-size: 15px;
        line-height: 20px;
      }
      .chapter {
        font-weight: 600;
      }
      .basis,
      .when {
        color: var(--ink-3);
        font-size: 13px;
        white-space: nowrap;
      }
      .links {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0 12px;
        font-size: 13px;
      }
      .clock {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        align-items: center;
        gap: 4px 8px;
        font-size: 13px;
        white-space: nowrap;
      }
      .clock time {
        font-weight: 600;
      }
      progress {
        display: block;
        width: 100%;
        height: 3px;
        border: 0;
        appearance: none;
        background: var(--line);
      }
      progress::-webkit-progress-bar {
        background: var(--line);
      }
      progress::-webkit-progress-value {
        background: var(--ink-2);
      }
      progress::-moz-progress-bar {
        background: var(--ink-2);
      }
      .chapters {
        position: absolute;
        top: 100%;
        right: 0;
        left: 0;
        z-index: 12;
        max-height: min(420px, 60vh);
        overflow: auto;
        padding: 8px 16px 16px;
        background: var(--paper);
        border-bottom: 1px solid var(--line);
        box-shadow: var(--menu-shadow);
        font-size: 13px;
        line-height: 20px;
      }
      .chapters h3 {
        padding-top: 12px;
      }
      .chapters li {
        display: grid;
        grid-template-columns: 14px 190px minmax(0, 1fr);
        gap: 2px 12px;
        padding: 4px 0;
        border-bottom: 1px solid var(--line);
      }
      .chapters .mark {
        margin-top: 3px;
      }
      @media (max-width: 1000px) {
        .bar {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .line {
          grid-column: 1 / -1;
          grid-row: 1;
        }
      }
      @media (max-width: 700px) {
        .bar {
          grid-template-columns: minmax(0, 1fr);
          padding: 8px;
        }
        .hold {
          flex-wrap: wrap;
          gap: 4px;
        }
        .hold button {
          padding-inline: 8px;
        }
        .clock {
          justify-content: start;
        }
        .chapters {
          padding-inline: 8px;
        }
        .chapters li {
          grid-template-columns: 14px minmax(0, 1fr);
        }
        .chapters .said {
          grid-column: 2;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  #timer = 0;

  constructor() {
    super();
    this.stand = null;
    this.opened = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  languageChanged() {
    this.#look();
  }

  /** What cannot be read now is asked for again: the pages themselves show what goes wrong. */
  async #look() {
    clearTimeout(this.#timer);
    const stand = await get(PATH).catch(() => null);
    if (!this.isConnected) {
      return;
    }
    this.stand = stand ?? this.stand;
    clearTimeout(this.#timer);
    if (this.stand?.state !== "finished" || !stand) {
      this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
    }
  }

  async #hold(action, more = {}) {
    this.stand = (await post(PATH, { action, ...more }).catch(() => null)) ?? this.stand;
  }

  render() {
    const stand = this.stand;
    if (!stand) {
      return nothing;
    }
    const over = stand.state === "finished" || stand.state === "failed";
    const newest = stand.items.at(-1);
    return html`
      <section aria-label=${say("playback")}>
        <progress max="1" value=${stand.played} aria-label=${say("playback")}></progress>
        <div class="bar">
          <div class="hold">
            ${over
              ? ""
              : html`<button class="resume" @click=${() => this.#hold(stand.state === "paused" ? "resume" : "pause")}>
                    ${say(stand.state === "paused" ? "playback.resume" : "playback.pause")}
                  </button>
                  <button class="step" title=${say("playback.step.hint")} @click=${() => this.#hold("step")}>
                    ${say("playback.step")}
                  </button>
                  <button class="next" title=${say("playback.next.hint")} @click=${() => this.#hold("next")}>
                    ${say("playback.next")}
                  </button>
                  <span class="speeds" role="group" aria-label=${say("playback.speed")}>
                    ${stand.speeds.map(
                      (speed) =>
                        html`<button aria-pressed=${speed === stand.speed} @click=${() => this.#hold("speed", { speed })}>
                          ${speed}×
                        </button>`,
                    )}
                  </span>`}
            <button
              class="quiet all"
              aria-expanded=${this.opened}
              aria-controls="chapters"
              @click=${() => (this.opened = !this.opened)}
            >
              ${say("playback.chapters")}
            </button>
          </div>
          <p class="line" aria-live="polite">${newest ? this.#line(newest) : say("playback.begins")}</p>
          <div class="clock">
            <time datetime=${stand.now}>${time(stand.now)}</time>${simulatedWord(stand.simulated)}
            ${stand.state === "playing"
              ? ""
              : html`<span class="hint ${stand.state}">${say(`playback.state.${stand.state}`)}</span>`}
          </div>
        </div>
        <div
          class="chapters"
          id="chapters"
          tabindex="0"
          role="region"
          aria-label=${say("playback.chapters")}
          ?hidden=${!this.opened}
          @keydown=${this.#keys}
        >
          ${this.#chapters(stand.items)}
        </div>
      </section>
    `;
  }

  #line(line) {
    return html`<span class="chapter">${line.title}</span>
      <span class="sentence">${line.sentence}</span>
      <span class="basis">${say(`playback.basis.${line.basis}`)}</span>
      ${this.#links(line)}`;
  }

  #links(line) {
    return html`<span class="links"
      >${line.links.map(({ kind, id }) => {
        const address = ADDRESSES[kind]?.(id);
        const words = kind === "case" ? say("playback.case", id) : id;
        return address ? html`<a href=${address} @click=${() => (this.opened = false)}>${words}</a>` : words;
      })}</span
    >`;
  }

  /** Lines that follow each other in one chapter stand under one title. */
  #chapters(items) {
    if (!items.length) {
      return html`<p class="hint">${say("playback.begins")}</p>`;
    }
    const parts = [];
    for (const item of items) {
      if (parts.at(-1)?.chapter === item.chapter) {
        parts.at(-1).items.push(item);
      } else {
        parts.push({ chapter: item.chapter, title: item.title, items: [item] });
      }
    }
    return parts.map(
      (part) => html`<h3>${part.title}</h3>
        <ol>
          ${part.items.map(
            (item) => html`<li>
              ${mark(item.mark)}<span class="when">${time(item.at)}</span>
              <span class="said"
                >${item.sentence} <span class="basis">${say(`playback.basis.${item.basis}`)}</span> ${this.#links(item)}</span
              >
            </li>`,
          )}
        </ol>`,
    );
  }

  #keys(event) {
    if (event.key === "Escape") {
      this.opened = false;
      this.renderRoot.querySelector(".all").focus();
    }
  }
}

customElements.define("demo-bar", DemoBar);
