import { css, html } from "lit";
import "./proof-check.js";
import { count } from "./formats.js";
import { SayingForm } from "./saying-form.js";
import { say } from "./words.js";

/** The button that keeps a decision in the ledger, and the entry that it became. */
class DecideKeep extends SayingForm {
  static properties = { question: { attribute: false }, ready: { type: Boolean } };

  static styles = [
    SayingForm.styles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 4px 16px;
        font-size: 13px;
        line-height: 28px;
      }
      .said {
        display: grid;
        grid-template: "words check" auto "result result" auto / auto 1fr;
        gap: 4px 12px;
        align-items: center;
        margin: 0;
        padding-top: 2px;
        line-height: 24px;
      }
      .wrong {
        margin: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.question = {};
    this.ready = false;
  }

  willUpdate(changed) {
    // What was kept was another question.
    if (changed.has("question")) {
      this.said = null;
      this.problem = null;
    }
  }

  render() {
    return html`<button ?disabled=${this.busy || !this.ready} @click=${() => this.send("/api/v1/decisions", this.question)}>
        ${say("decide.keep")}
      </button>
      ${this.outcome(({ index }) => html`<span>${say("decide.kept-as", count(index))}</span><proof-check .index=${index}></proof-check>`)}`;
  }
}

customElements.define("decide-keep", DecideKeep);
