import { css, html } from "lit";
import "./problem-note.js";
import { address, get } from "./api.js";
import { questionOf } from "./decide-question.js";
import { outcomeWord, place } from "./decide-words.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { decideAddress } from "./route.js";
import { say } from "./words.js";

const MOST = 10;

/** The newest decisions that were kept; each leads to its question. */
class DecideKept extends HoldfastElement {
  static properties = { items: { state: true }, problem: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      h2 {
        margin-bottom: 4px;
      }
      td {
        overflow-wrap: anywhere;
      }
      .exact {
        white-space: nowrap;
      }
      @media (max-width: 700px) {
        .wide {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => kind === "decision",
      () => this.load(),
    );
    this.items = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.problem = null;
    try {
      this.items = (await get(address("/api/v1/decisions", { limit: MOST }))).items;
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    return html`<h2>${say("decide.kept")}</h2>
      ${this.problem ? html`<problem-note .problem=${this.problem} @retry=${() => this.load()}></problem-note>` : this.#rows()}`;
  }

  #rows() {
    if (!this.items) {
      return skeleton(2);
    }
    if (!this.items.length) {
      return html`<p class="hint">${say("decide.kept.none")}</p>`;
    }
    return html`<table class="plain">
      <thead>
        <tr>
          <th scope="col">${say("decide.outcome")}</th>
          <th scope="col">${say("decide.field.item")}</th>
          <th scope="col">${say("destination")}</th>
          <th scope="col">${say("decide.field.date")}</th>
          <th scope="col" class="wide">${say("decide.who")}</th>
          <th scope="col" class="wide">${say("decide.at")}</th>
          <th scope="col" class="number">${say("board.entry")}</th>
        </tr>
      </thead>
      <tbody>
        ${this.items.map(
          ({ outcome, item, to, question, actor, at, index }) => html`<tr>
            <td>${outcomeWord(outcome)}</td>
            <td><a href=${decideAddress(questionOf(question))}>${item}</a></td>
            <td>${place(to)}</td>
            <td class="exact">${question.date}</td>
            <td class="wide">${actor}</td>
            <td class="wide exact">${time(at)}</td>
            <td class="number">${count(index)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define("decide-kept", DecideKept);
