import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

/** What went wrong: the code, a sentence, and what to do about it. */
class ProblemNote extends HoldfastElement {
  static properties = { problem: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        padding: 16px 0;
      }
      p {
        margin-bottom: 8px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    const { code, status, message } = this.problem;
    const sentence = status === 0 ? say("problem.unreachable") : message || say("problem.unknown", status);
    return html`<div role="alert">
      <p>${mark("attention")} ${code ? html`<span class="code">${code}</span> ` : ""}${sentence}</p>
      <p class="small">${say(`problem.advice.${advice(status)}`)}</p>
      <button @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>${say("problem.retry")}</button>
    </div>`;
  }
}

function advice(status) {
  if (status === 0) {
    return "unreachable";
  }
  if (status === 403) {
    return "forbidden";
  }
  if (status === 404) {
    return "missing";
  }
  if (status === 429 || status === 503) {
    return "busy";
  }
  return status >= 500 ? "server" : "request";
}

customElements.define("problem-note", ProblemNote);
