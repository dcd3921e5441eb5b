import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { timelineRow, timelineStyles } from "./timeline-row.js";
import { say } from "./words.js";

/** What people did with a case and said of it, oldest first: words of people, not evidence. */
class CaseActs extends HoldfastElement {
  static properties = { acts: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    timelineStyles,
    css`
      :host {
        display: block;
        margin-bottom: 12px;
      }
      .sentence {
        white-space: pre-line;
      }
    `,
  ];

  render() {
    if (!this.acts.length) {
      return html`<p class="hint">${say("case.people.none")}</p>`;
    }
    return html`<ol>
      ${this.acts.map(
        (act) => html`<li class="row">
          ${timelineRow({ ...act, mark: "none" }, html`<span class="word">${say("comment.word")}</span>`)}
        </li>`,
      )}
    </ol>`;
  }
}

customElements.define("case-acts", CaseActs);
