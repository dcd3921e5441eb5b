import { css, html } from "lit";
import "./entry-view.js";
import "./problem-note.js";
import "./short-id.js";
import { get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { entryAddress, go } from "./route.js";
import { checkSignature, readCheckpoint, readVerifierKey } from "./signed-note.js";
import { say } from "./words.js";

const UNCHECKED = ["insecure", "unable"];

/** The log: its newest checkpoint with who signed it, how it grew, and its entries one by one. */
class LedgerPage extends HoldfastElement {
  static properties = {
    entry: {},
    ledger: { state: true },
    checked: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(320px, 38%) minmax(0, 1fr);
        height: 100%;
      }
      .column {
        min-height: 0;
        overflow: auto;
        padding: 16px 20px 32px;
      }
      .column:first-child {
        border-right: 1px solid var(--line);
      }
      .column:focus-visible {
        outline-offset: -2px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
        margin-bottom: 8px;
      }
      section section {
        margin-top: 20px;
      }
      pre {
        margin: 8px 0 0;
        padding: 8px;
        overflow: auto;
        background: var(--paper-2);
        border-radius: 4px;
        font: 13px/20px var(--code);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: end;
      }
      label {
        display: grid;
        gap: 2px;
      }
      @media (max-width: 1000px) {
        :host {
          display: flex;
          flex-direction: column;
          overflow: auto;
        }
        /* Who opened an entry looks at it before the log. */
        .chosen {
          order: -1;
        }
        .column {
          flex: none;
          overflow: visible;
        }
        .column:first-child {
          border: none;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .column {
          overflow: visible;
          border: none !important;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      () => true,
      () => this.#load(),
    );
    this.entry = "";
    this.ledger = null;
    this.checked = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    try {
      const ledger = await get("/api/v1/ledger");
      this.checked = await checkLog(ledger);
      this.ledger = ledger;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    return html`
      <section class="column" aria-label=${say("ledger")} tabindex="0">
        <h1>${say("ledger")}</h1>
        ${this.problem
          ? html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`
          : this.ledger
            ? this.#log(this.ledger)
            : skeleton(10)}
      </section>
      <section class="column ${this.entry === "" ? "" : "chosen"}" aria-label=${say("ledger.entry")} tabindex="0">
        ${this.#search()}
        ${this.entry === ""
          ? html`<p class="hint">${say("ledger.choose")}</p>`
          : html`<entry-view .entry=${this.entry} .size=${this.ledger?.size ?? null} .vkey=${this.ledger?.vkey ?? ""}></entry-view>`}
      </section>
    `;
  }

  #log(ledger) {
    return html`
      <dl class="facts">
        <dt>${say("ledger.origin")}</dt>
        <dd>${ledger.origin}</dd>
        <dt>${say("ledger.size")}</dt>
        <dd>${count(ledger.size)}</dd>
        <dt>${say("ledger.until")}</dt>
        <dd>${time(ledger.until)}</dd>
        <dt>${say("ledger.root")}</dt>
        <dd><short-id value=${ledger.root} most="28"></short-id></dd>
        <dt>${say("ledger.key")}</dt>
        <dd><short-id value=${ledger.vkey} most="36"></short-id></dd>
      </dl>
      <section>
        <h2>${say("ledger.signatures")}</h2>
        <p>${this.checked === "signed" ? html`✓ ${say("ledger.log-signed")}` : html`${mark("attention")} ${say(UNCHECKED.includes(this.checked) ? "ledger.log-unchecked" : "ledger.log-wrong")}`}</p>
        ${this.#quorum(ledger)}
      </section>
      <section>
        <h2>${say("ledger.note")}</h2>
        <pre tabindex="0" aria-label=${say("ledger.note")}>${ledger.checkpoint}</pre>
      </section>
      ${this.#growth(ledger.growth)}
    `;
  }

  #quorum({ quorum, statement, witnesses }) {
    return html`
      <p>
        ${quorum === "missing" || quorum === "wrong" ? mark("attention") : ""} ${say(`quorum.${quorum}`)}
        ${statement ? html`<span class="hint">${statement}</span>` : ""}
      </p>
      ${witnesses.length
        ? html`<table class="plain">
            <thead>
              <tr>
                <th scope="col">${say("ledger.witness")}</th>
                <th scope="col">${say("ledger.cosigned")}</th>
              </tr>
            </thead>
            <tbody>
              ${witnesses.map(
                ({ name, cosigned, at }) => html`<tr>
                  <td>${name}</td>
                  <td>${cosigned ? html`✓ ${time(at)}` : html`${mark("attention")} ${say("ledger.not-cosigned")}`}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
        : ""}
    `;
  }

  /** Older checkpoints are not kept; the ticks in the log say how large it was when. */
  #growth(growth) {
    return html`<section>
      <h2>${say("ledger.growth")}</h2>
      <p class="hint">${say("ledger.growth.hint")}</p>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">${say("since")}</th>
            <th scope="col" class="number">${say("ledger.size")}</th>
          </tr>
        </thead>
        <tbody>
          ${growth.map(
            ({ at, size }) => html`<tr>
              <td>${time(at)}</td>
              <td class="number"><a href=${entryAddress(size - 1)}>${count(size)}</a></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  #search() {
    return html`<form @submit=${this.#open}>
      <label class="small">
        ${say("ledger.index")}
        <input name="index" inputmode="numeric" pattern="[0-9]{1,15}" required .value=${this.entry} autocomplete="off" />
      </label>
      <button>${say("ledger.open")}</button>
    </form>`;
  }

  #open(event) {
    event.preventDefault();
    go(entryAddress(new FormData(event.target).get("index")));
  }
}

/** What this browser finds of the log's own signature. */
async function checkLog({ checkpoint: text, vkey }) {
  const checkpoint = readCheckpoint(text);
  const key = readVerifierKey(vkey);
  if (!globalThis.crypto?.subtle) {
    return "insecure";
  }
  return checkpoint && key && key.name === checkpoint.origin ? checkSignature(checkpoint, key) : "no-checkpoint";
}

customElements.define("ledger-page", LedgerPage);
