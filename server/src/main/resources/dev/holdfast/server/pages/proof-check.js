import { css, html } from "lit";
import { get } from "./api.js";
import { checkEntry } from "./entry-check.js";
import { HoldfastElement } from "./holdfast-element.js";
import "./short-id.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

/** The button that has this browser check an entry's proof, and what came of it. */
class ProofCheck extends HoldfastElement {
  static properties = {
    index: { type: Number },
    result: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: contents;
      }
      .row {
        display: flex;
        align-items: center;
        align-self: start;
        justify-content: flex-end;
        gap: 6px;
        grid-area: check;
      }
      button {
        min-height: 24px;
        padding: 0 8px;
      }
      .tick {
        color: var(--proved);
        font-weight: 600;
      }
      .result {
        grid-area: result;
        overflow-wrap: anywhere;
      }
      .result.bad {
        color: var(--ink);
        padding: 8px;
        border: 1px solid var(--refuted);
        border-radius: 4px;
      }
      .result:empty {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.result = null;
    this.busy = false;
  }

  willUpdate(changed) {
    if (changed.has("index") && changed.get("index") !== undefined) {
      this.result = null;
    }
  }

  render() {
    const { result } = this;
    return html`
      <div class="row">
        ${result?.good ? html`<span class="tick">✓</span>` : ""}
        <button ?disabled=${this.busy} aria-label=${say("check.entry", this.index)} @click=${this.#check}>${say("check")}</button>
      </div>
      <div class="result small ${wrong(result) ? "bad" : ""}" role="status">${this.#words()}</div>
    `;
  }

  #words() {
    const { result } = this;
    if (!result) {
      return "";
    }
    if (result.problem) {
      const { code, message } = result.problem;
      return html`${mark("attention")} <span class="code">${code}</span> ${message || say("problem.unreachable")}`;
    }
    // No mark of a verdict: a proof says that an entry is in the log, not that it is true.
    return html`${result.good ? "" : mark("attention")} ${say(`check.${result.word}`, ...result.values)}
    ${result.key
      ? html`<div class="hint">
          ${say("check.key")} <short-id value=${result.key} most="40"></short-id><br />${say("check.root")}
          <short-id value=${result.root} most="24"></short-id>
        </div>`
      : ""}`;
  }

  async #check() {
    this.busy = true;
    try {
      this.result = await checkEntry(this.index, await get(`/api/v1/entries/${this.index}`));
    } catch (problem) {
      this.result = { problem };
    }
    this.busy = false;
  }
}

/** Not a wrong proof, only one that this browser could not check to the end. */
function soft({ word }) {
  return word === "insecure" || word === "unable";
}

function wrong(result) {
  return result && !result.good && !result.problem && !soft(result);
}

customElements.define("proof-check", ProofCheck);
