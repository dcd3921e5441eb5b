import { css, html } from "lit";
import "./problem-note.js";
import "./short-id.js";
import { download, get } from "./api.js";
import { fromBase64 } from "./bytes.js";
import { checkEntry } from "./entry-check.js";
import { count } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { entryAddress } from "./route.js";
import { say } from "./words.js";

/** More of a payload than this is in the file that can be downloaded. */
const MOST_SHOWN = 60_000;

/** One entry: what its envelope says, and its proof, which this browser has checked. */
class EntryView extends HoldfastElement {
  static properties = {
    entry: {},
    size: { type: Number },
    vkey: {},
    answer: { state: true },
    result: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        margin-top: 16px;
      }
      h2 {
        margin-bottom: 4px;
      }
      section {
        margin-top: 16px;
      }
      .moves {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 12px;
      }
      .result {
        overflow-wrap: anywhere;
        margin-top: 8px;
      }
      .result.bad {
        padding: 8px;
        border: 1px solid var(--refuted);
        border-radius: 4px;
      }
      .tick {
        color: var(--proved);
        font-weight: 600;
      }
      pre {
        margin: 4px 0 0;
        padding: 8px;
        max-height: 480px;
        overflow: auto;
        background: var(--paper-2);
        border-radius: 4px;
        font: 13px/20px var(--code);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        unicode-bidi: plaintext;
      }
    `,
  ];

  constructor() {
    super();
    this.entry = "";
    this.size = null;
    this.vkey = "";
    this.answer = null;
    this.result = null;
    this.problem = null;
  }

  willUpdate(changed) {
    if (changed.has("entry")) {
      this.answer = null;
      this.#load();
    }
  }

  async #load() {
    const { entry } = this;
    this.problem = null;
    this.result = null;
    try {
      const answer = await get(`/api/v1/entries/${encodeURIComponent(entry)}`);
      const result = await checkEntry(Number(entry), answer);
      if (entry === this.entry) {
        this.answer = answer;
        this.result = result;
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    const index = Number(this.entry);
    const last = (this.answer?.size ?? this.size ?? 0) - 1;
    return html`
      <div class="moves">
        ${index > 0 ? html`<a class="button" href=${entryAddress(index - 1)}>← ${say("ledger.previous")}</a>` : ""}
        ${index < last ? html`<a class="button" href=${entryAddress(index + 1)}>${say("ledger.next")} →</a>` : ""}
      </div>
      <h2>${say("entry", count(index))}</h2>
      ${this.problem
        ? html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`
        : this.answer
          ? this.#shown(decode(this.answer.envelope))
          : skeleton(8)}
    `;
  }

  #shown({ statement, signatures, text, reason }) {
    return html`
      ${this.#proof()}
      ${statement
        ? html`<section>
            <dl class="facts">
              <dt>${say("ledger.type")}</dt>
              <dd>${plain(statement.type)}</dd>
              <dt>${say("ledger.source")}</dt>
              <dd>${plain(statement.source)}</dd>
              <dt>${say("ledger.sequence")}</dt>
              <dd>${plain(statement.sequence)}</dd>
              <dt>${say("ledger.time")}</dt>
              <dd>${plain(statement.time)}</dd>
              ${signatures.map(
                (id) => html`<dt>${say("ledger.signed-by")}</dt>
                  <dd><short-id value=${id} most="32"></short-id></dd>`,
              )}
            </dl>
          </section>`
        : html`<p>${mark("attention")} ${say("ledger.unreadable", reason)}</p>`}
      <section>
        <h3>${say("ledger.payload")}</h3>
        <pre tabindex="0" dir="ltr" aria-label=${say("ledger.payload")}>${visible(text.slice(0, MOST_SHOWN))}</pre>
        ${text.length > MOST_SHOWN ? html`<p class="hint">${say("ledger.cut", count(text.length - MOST_SHOWN))}</p>` : ""}
      </section>
    `;
  }

  #proof() {
    const { result } = this;
    const name = `entry-${this.entry}`;
    return html`<section>
      <h3>${say("ledger.proof")}</h3>
      <p class="result small ${result.good || soft(result) ? "" : "bad"}" role="status">
        ${result.good ? html`<span class="tick">✓</span>` : mark("attention")} ${say(`check.${result.word}`, ...result.values)}
      </p>
      <div class="moves result">
        <button @click=${() => download(`/api/v1/entries/${encodeURIComponent(this.entry)}/proof`, `${name}.tlog-proof`)}>
          ${say("ledger.download-proof")}
        </button>
        <button @click=${() => save(fromBase64(this.answer.envelope), `${name}.json`)}>${say("ledger.download-entry")}</button>
      </div>
      <p class="small">${say("ledger.verify")}</p>
      <pre tabindex="0" aria-label=${say("ledger.verify")}>
holdfast verify ${name}.tlog-proof --entry ${name}.json --vkey '${this.answer.vkey}'</pre
      >
    </section>`;
  }
}

/** What an envelope (DSSE) holds; all of it was written by others and is text here, never markup. */
function decode(base64) {
  const whole = new TextDecoder().decode(fromBase64(base64));
  try {
    const envelope = JSON.parse(whole);
    const payload = new TextDecoder("utf-8", { fatal: true }).decode(fromBase64(envelope.payload));
    const statement = JSON.parse(payload);
    return {
      statement,
      signatures: (envelope.signatures ?? []).map(({ keyid }) => plain(keyid)),
      text: JSON.stringify(statement, null, 2),
    };
  } catch (failure) {
    return { statement: null, signatures: [], text: whole, reason: failure.message };
  }
}

function plain(value) {
  return value === undefined ? "–" : visible(typeof value === "string" ? value : JSON.stringify(value));
}

/** With what cannot be seen, or turns the direction of text, spelled out. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === "\n" ? character : `\\u${character.codePointAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Not a wrong proof, only one that this browser could not check to the end. */
function soft({ word }) {
  return word === "insecure" || word === "unable";
}

function save(octets, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([octets], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

customElements.define("entry-view", EntryView);
