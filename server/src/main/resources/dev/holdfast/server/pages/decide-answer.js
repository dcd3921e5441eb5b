import { css, html } from "lit";
import { classificationTable } from "./decide-classification.js";
import { redFlags } from "./decide-flags.js";
import { FIELDS, changed } from "./decide-question.js";
import { fieldName, outcomeMark, outcomeName, outcomeWord, place, valueWords, word } from "./decide-words.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { onPrinting, openDetails } from "./printing.js";
import { decideAddress } from "./route.js";
import { say } from "./words.js";

const PLACES = ["from", "to", "parentHq"];

/** What was decided, what decided it, and what would have to be otherwise. */
class DecideAnswer extends HoldfastElement {
  static properties = { answer: { attribute: false }, question: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      .head {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: 0 10px;
      }
      .head .mark {
        width: 22px;
        height: 22px;
      }
      .sentence {
        margin-top: 4px;
        max-width: 92ch;
        overflow-wrap: anywhere;
      }
      .advice {
        margin: 4px 0 0;
      }
      .body {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 0 32px;
      }
      section {
        margin-top: 20px;
      }
      h2 {
        margin-bottom: 4px;
      }
      .list li {
        padding: 3px 0 3px 20px;
        position: relative;
        font-size: 13px;
        line-height: 20px;
        overflow-wrap: anywhere;
      }
      .list li::before {
        content: "";
        position: absolute;
        left: 4px;
        top: 9px;
        width: 8px;
        height: 8px;
        border: 1px solid var(--ink-3);
        border-radius: 2px;
      }
      .note,
      .raised li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0 8px;
        align-items: baseline;
        padding: 3px 0;
        font-size: 13px;
        line-height: 20px;
      }
      td {
        overflow-wrap: anywhere;
      }
      td.words {
        overflow-wrap: normal;
      }
      td.exact {
        white-space: nowrap;
      }
      details {
        border-top: 1px solid var(--line);
        font-size: 13px;
        line-height: 20px;
      }
      summary {
        cursor: pointer;
        padding: 5px 0;
        border-radius: 4px;
      }
      .flags li {
        padding: 3px 0 3px 16px;
      }
      .asked {
        margin-top: 12px;
      }
      ::slotted(*) {
        margin-top: 12px;
      }
      @container (max-width: 700px) {
        .body {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 700px) {
        h1 {
          font-size: 18px;
          line-height: 26px;
        }
      }
      @media print {
        .asked {
          display: grid;
        }
      }
    `,
  ];

  #forgetPrinting = () => {};
  #shut = () => {};

  constructor() {
    super();
    this.answer = null;
    this.question = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.#forgetPrinting = onPrinting((begins) => {
      this.#shut();
      this.#shut = begins ? openDetails(this.renderRoot) : () => {};
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetPrinting();
  }

  render() {
    const { answer } = this;
    return html`
      <div class="head">
        ${outcomeMark(answer.outcome)}
        <h1>${outcomeName(answer.outcome)}</h1>
      </div>
      <p class="sentence">${answer.sentence}</p>
      <p class="advice hint">${answer.advice}</p>
      <slot></slot>
      ${this.#asked()}
      <div class="body">
        <div>
          ${this.#conditions()} ${this.#possible()} ${this.#decidedBy()} ${this.#changes()}
        </div>
        <div>
          <section>
            <h2>${say("decide.classification")}</h2>
            ${classificationTable(answer.classification)}
          </section>
          ${this.#besides()}
          <section>
            <h2>${say("decide.flags")}</h2>
            ${redFlags(answer.redFlags)}
          </section>
        </div>
      </div>
      <section>${this.#trace()}</section>
    `;
  }

  /** On paper there is no form. */
  #asked() {
    return html`<dl class="facts printed asked">
      ${FIELDS.filter((name) => this.question[name]).map(
        (name) => html`<dt>${fieldName(name)}</dt>
          <dd>${PLACES.includes(name) ? place(this.question[name]) : this.question[name]}</dd>`,
      )}
    </dl>`;
  }

  #conditions() {
    const { conditions } = this.answer;
    return conditions.length
      ? html`<section>
          <h2>${say("decide.conditions")}</h2>
          <ul class="list conditions" lang="en">
            ${conditions.map((each) => html`<li>${each}</li>`)}
          </ul>
        </section>`
      : "";
  }

  #possible() {
    const { possible } = this.answer;
    return possible.length
      ? html`<section>
          <h2>${say("decide.possible")}</h2>
          <table class="plain possible">
            ${heads("decide.outcome", "decide.if")}
            <tbody>
              ${possible.map(
                ({ outcome, when }) => html`<tr>
                  <td class="exact">${outcomeWord(outcome)}</td>
                  <td>
                    ${Object.entries(when).map(
                      ([field, value]) => html`<div>${fieldName(field)} ${valueWords(field, value)}</div>`,
                    )}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </section>`
      : "";
  }

  #decidedBy() {
    return html`<section>
      <h2>${say("decide.by")}</h2>
      <table class="plain by">
        ${heads("decide.rule", "decide.where", "decide.certainty")}
        <tbody>
          ${this.answer.decidedBy.map(
            (rule) => html`<tr>
              <td>
                <span class="code">${rule.rule}</span>
                <div lang="en">${rule.title}</div>
              </td>
              <td lang="en">
                ${rule.paragraph === "none" ? say("decide.paragraph.none") : rule.paragraph}
                ${rule.citation === "none" ? "" : html`<div class="hint">${rule.citation}</div>`}
              </td>
              <td lang="en" class="hint words">${rule.certainty}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  #changes() {
    const { changes, possible } = this.answer;
    // Of an answer that is open, what it may be says what would change it.
    if (possible.length) {
      return "";
    }
    return html`<section>
      <h2>${say("decide.changes")}</h2>
      ${changes.length
        ? html`<table class="plain changes">
            ${heads("decide.would-be", "decide.if")}
            <tbody>
              ${changes.map(
                (change) => html`<tr>
                  <td class="exact">${outcomeWord(change.outcome)}</td>
                  <td>${this.#change(change)}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
        : html`<p class="hint">${say("decide.changes.none")}</p>`}
    </section>`;
  }

  /** A change to one certain value can be tried at once; one to a span or a group of countries is only said. */
  #change(change) {
    const words = html`${fieldName(change.field)} ${valueWords(change.field, change.value)}`;
    const next = changed(this.question, change);
    return next ? html`<a href=${decideAddress(next)}>${words}</a>` : words;
  }

  #besides() {
    const { cautions, notices } = this.answer;
    return cautions.length || notices.length
      ? html`<section>
          <h2>${say("decide.besides")}</h2>
          ${cautions.map(({ sentence }) => html`<p class="note caution">${mark("attention")} <span>${sentence}</span></p>`)}
          ${notices.map(
            ({ rule, title, note }) => html`<p class="note notice">
              ${mark("none")} <span lang="en">${title}${note ? html`<span class="hint"> – ${note}</span>` : ""}</span>
              <span class="hint code">${rule}</span>
            </p>`,
          )}
        </section>`
      : "";
  }

  #trace() {
    const { trace } = this.answer;
    return html`<details class="trace">
      <summary>${say("decide.trace", trace.length)}</summary>
      <table class="plain">
        ${heads("decide.rule", "decide.status", "decide.result", "decide.detail")}
        <tbody>
          ${trace.map(
            ({ rule, title, status, result, detail }) => html`<tr>
              <td>
                <span class="code">${rule}</span>
                <div class="hint" lang="en">${title}</div>
              </td>
              <td class="words">${word("decide.status", status)}</td>
              <td class="words">${result === "applies" ? html`<strong>${word("decide.result", result)}</strong>` : word("decide.result", result)}</td>
              <td lang="en">${detail}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
  }
}

function heads(...keys) {
  return html`<thead>
    <tr>
      ${keys.map((key) => html`<th scope="col">${say(key)}</th>`)}
    </tr>
  </thead>`;
}

customElements.define("decide-answer", DecideAnswer);
