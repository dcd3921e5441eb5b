import { css, html } from "lit";
import "./decide-answer.js";
import "./decide-form.js";
import "./decide-keep.js";
import "./decide-kept.js";
import "./decide-track.js";
import "./problem-note.js";
import { address, get } from "./api.js";
import { FIELDS, canBeAsked, questionOf } from "./decide-question.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { decideAddress } from "./route.js";
import { say } from "./words.js";

/** The answer follows what is typed or moved, and is asked for no more often than this. */
const PAUSE = 150;
/** Browsers refuse an address that is replaced too often, so it follows once the hand rests. */
const REST = 400;

const EXAMPLES = [
  { item: "H200", to: "CN", date: "2025-12-10" },
  { item: "H200", to: "CN", date: "2026-02-01" },
  { item: "H200", to: "SG", parentHq: "CN", date: "2026-02-01" },
];

/** What the law says to an export: the question on the left, the answer on the right, the rules over time under both. */
class DecidePage extends HoldfastElement {
  static properties = {
    query: {},
    mayKeep: { type: Boolean },
    question: { state: true },
    law: { state: true },
    catalogue: { state: true },
    countries: { state: true },
    answer: { state: true },
    answered: { state: true },
    keeping: { state: true },
    problem: { state: true },
    unread: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) auto / 348px minmax(0, 1fr);
        height: 100%;
      }
      .column {
        min-height: 0;
        overflow: auto;
        padding: 16px 20px 24px;
      }
      .question {
        border-right: 1px solid var(--line);
      }
      .answer {
        grid-column: 2;
        grid-row: 1;
        container-type: inline-size;
      }
      decide-track {
        grid-column: 1 / -1;
        grid-row: 2;
        border-top: 1px solid var(--line);
        height: clamp(180px, 34vh, 330px);
      }
      .stale {
        opacity: 0.5;
      }
      decide-kept {
        margin-top: 24px;
      }
      .empty {
        max-width: 640px;
      }
      .empty li {
        padding-top: 8px;
      }
      .note {
        margin-bottom: 12px;
      }
      @media (prefers-reduced-motion: no-preference) {
        decide-answer {
          transition: opacity 120ms 80ms;
        }
      }
      @media (max-width: 900px) {
        :host {
          display: block;
          overflow: auto;
        }
        .column {
          overflow: visible;
          padding: 12px 16px 24px;
        }
        .question {
          border-right: none;
          padding-bottom: 16px;
        }
        decide-track {
          height: 240px;
          border-bottom: 1px solid var(--line);
        }
      }
      @media print {
        :host {
          display: flex;
          flex-direction: column;
          height: auto;
        }
        .column {
          overflow: visible;
          padding: 0 0 16px;
        }
        .question,
        decide-keep,
        decide-kept {
          display: none;
        }
        decide-track {
          order: 1;
          height: auto;
          border: none;
        }
        .stale {
          opacity: 1;
        }
      }
    `,
  ];

  #written = null;
  #asking = false;
  #again = false;
  #askTimer = 0;
  #restTimer = 0;

  constructor() {
    super();
    this.query = "";
    this.mayKeep = false;
    this.question = {};
    this.law = null;
    this.catalogue = [];
    this.countries = [];
    this.answer = null;
    this.answered = {};
    this.keeping = {};
    this.problem = null;
    this.unread = null;
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#askTimer);
    this.#askTimer = 0;
    // The address is another page's by now.
    clearTimeout(this.#restTimer);
  }

  languageChanged() {
    this.#ask();
  }

  willUpdate(changed) {
    if (changed.has("query") && this.query !== this.#written) {
      clearTimeout(this.#restTimer);
      this.#written = this.query;
      this.question = questionOf(new URLSearchParams(this.query));
      this.#showAnswer();
      this.#ask();
    }
  }

  /** A link may be far below the answer that it leads to. */
  #showAnswer() {
    const answer = this.renderRoot?.querySelector(".answer");
    answer?.scrollTo(0, 0);
    if (answer && this.scrollTop > answer.offsetTop) {
      this.scrollTop = answer.offsetTop;
    }
  }

  async #read() {
    this.unread = null;
    try {
      const [law, catalogue, countries] = await Promise.all(
        ["rules", "catalogue", "countries"].map((name) => get(`/api/v1/policy/${name}`)),
      );
      this.law = law;
      this.catalogue = catalogue.items;
      this.countries = countries.items;
    } catch (failure) {
      this.unread = failure;
    }
  }

  #changed(difference) {
    // A link that names no day would say something else tomorrow.
    const today = this.law ? { date: this.law.today } : {};
    this.question = questionOf({ ...today, ...this.question, ...difference });
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#write(), REST);
    this.#askTimer ||= setTimeout(() => {
      this.#askTimer = 0;
      this.#ask();
    }, PAUSE);
  }

  /** Typing replaces the address, so that Back leaves the page and not the last letter. */
  #write() {
    const hash = decideAddress(this.question);
    this.#written = hash.split("?")[1] ?? "";
    history.replaceState(null, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }

  /** One question is under way at a time, then the newest: answers come in order, and a drag floods no server. */
  async #ask() {
    this.#again = true;
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    while (this.#again) {
      this.#again = false;
      await this.#askOnce(this.question);
    }
    this.#asking = false;
    this.busy = false;
  }

  async #askOnce(question) {
    if (!canBeAsked(question)) {
      this.answer = null;
      this.problem = null;
      return;
    }
    this.busy = true;
    try {
      const answer = await get(address("/api/v1/policy/decision", question));
      this.problem = null;
      this.answer = answer;
      this.answered = { ...question, date: answer.asOf };
      this.keeping = { ...this.answered, knownOn: answer.knownOn };
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    const { question, law, answer, problem } = this;
    return html`
      <section class="column question" aria-label=${say("decide.question")} tabindex="0">
        <decide-form
          .question=${question}
          .law=${law}
          .catalogue=${this.catalogue}
          .countries=${this.countries}
          .problem=${problem}
          @asked=${({ detail }) => this.#changed(detail)}
        ></decide-form>
      </section>
      <decide-track
        .law=${law}
        .date=${question.date || law?.today || ""}
        .knownOn=${question.knownOn || law?.today || ""}
        .question=${question}
        .answer=${answer}
        @moved=${({ detail }) => this.#changed({ date: detail })}
      ></decide-track>
      <section class="column answer" aria-label=${say("decide.answer")} aria-busy=${this.busy} tabindex="0">
        ${this.unread ? html`<problem-note .problem=${this.unread} @retry=${() => this.#read()}></problem-note>` : ""}
        ${this.#answer()}
        ${this.mayKeep ? html`<decide-kept></decide-kept>` : ""}
      </section>
    `;
  }

  #answer() {
    const { answer, problem, busy } = this;
    const refused = problem && FIELDS.includes(problem.field);
    return html`
      ${answer ? "" : html`<h1 class="unseen">${say("decide")}</h1>`}
      ${problem
        ? refused
          ? html`<p class="note small">${mark("attention")} ${say(answer ? "decide.refused.before" : "decide.refused")}</p>`
          : html`<problem-note .problem=${problem} @retry=${() => this.#ask()}></problem-note>`
        : ""}
      ${answer
        ? html`<decide-answer class=${busy || problem ? "stale" : ""} .answer=${answer} .question=${this.answered}>
            ${this.#keep()}
          </decide-answer>`
        : busy
          ? skeleton(8)
          : problem
            ? ""
            : this.#empty()}
    `;
  }

  #keep() {
    return this.mayKeep
      ? html`<decide-keep
          .question=${this.keeping}
          ?ready=${!this.problem && !this.busy}
          @said=${() => this.renderRoot.querySelector("decide-kept").load()}
        ></decide-keep>`
      : "";
  }

  #empty() {
    return html`<div class="empty">
      <p>${say("decide.empty")}</p>
      <ul>
        ${EXAMPLES.map(
          (each) => html`<li><a href=${decideAddress(each)}>${this.#example(each)}</a></li>`,
        )}
      </ul>
    </div>`;
  }

  #example({ item, to, parentHq, date }) {
    return parentHq ? say("decide.example.parent", item, to, date, parentHq) : say("decide.example", item, to, date);
  }
}

customElements.define("decide-page", DecidePage);
