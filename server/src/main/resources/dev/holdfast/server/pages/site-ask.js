import { css, html, svg } from "lit";
import "./problem-note.js";
import { address, get } from "./api.js";
import { count } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { say } from "./words.js";

const LONGEST = 500;

/** A question to what can be read of a site, and the passages that got most attention. It finds; it does not answer. */
class SiteAsk extends HoldfastElement {
  static properties = {
    site: {},
    asked: { state: true },
    answer: { state: true },
    problem: { state: true },
    busy: { state: true },
    blank: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px;
        margin-top: 8px;
      }
      .hint,
      .wrong {
        margin: 4px 0;
      }
      li {
        padding: 8px 0;
        border-bottom: 1px solid var(--line);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 12px;
        font-size: 13px;
        line-height: 20px;
        overflow-wrap: anywhere;
      }
      .share {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        font-variant-numeric: tabular-nums;
      }
      .bar {
        width: 48px;
        height: 6px;
        background: var(--line);
      }
      .bar rect {
        fill: var(--ink-2);
      }
      .word {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 4px;
        color: var(--ink-2);
      }
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  #stop = null;

  constructor() {
    super();
    this.site = "";
    this.asked = "";
    this.answer = null;
    this.problem = null;
    this.busy = false;
    this.blank = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  languageChanged() {
    if (this.answer) {
      this.#ask(this.asked);
    }
  }

  render() {
    return html`<h2><label for="question">${say("ask")}</label></h2>
      <form role="search" novalidate @submit=${this.#submit}>
        <input
          id="question"
          type="search"
          maxlength=${LONGEST}
          autocomplete="off"
          placeholder=${say("ask.hint")}
          aria-invalid=${this.blank}
          aria-describedby="blank"
        />
        <button ?disabled=${this.busy}>${say("ask.send")}</button>
      </form>
      <p id="blank" class="wrong" role="alert">${this.blank ? say("ask.blank") : ""}</p>
      <div aria-live="polite">${this.#outcome()}</div>`;
  }

  #submit(event) {
    event.preventDefault();
    const question = this.renderRoot.querySelector("#question").value.trim();
    this.blank = !question;
    if (question && !this.busy) {
      this.#ask(question);
    }
  }

  async #ask(question) {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.asked = question;
    this.busy = true;
    this.problem = null;
    this.answer = null;
    try {
      const path = `/api/v1/sites/${encodeURIComponent(this.site)}/search`;
      const answer = await get(address(path, { question }), { signal: stop.signal });
      if (this.#stop === stop) {
        this.answer = answer;
      }
    } catch (failure) {
      if (this.#stop === stop && failure.name !== "AbortError") {
        this.problem = failure;
      }
    }
    if (this.#stop === stop) {
      this.busy = false;
    }
  }

  #outcome() {
    if (this.busy) {
      return skeleton(4);
    }
    if (this.problem) {
      return html`<problem-note .problem=${this.problem} @retry=${() => this.#ask(this.asked)}></problem-note>`;
    }
    return this.answer ? this.#found(this.answer) : "";
  }

  #found({ items, texts, textsLeftOut, passages, trainedForLanguage, limits }) {
    if (!items.length) {
      return html`<p class="hint">${say("ask.none")}</p>`;
    }
    return html`<p class="hint">
        ${say("ask.read", count(texts), count(passages), count(items.length))}
        ${textsLeftOut ? say("ask.left", count(textsLeftOut)) : ""} ${limits}
        ${trainedForLanguage ? "" : html`<span class="word untrained">${say("ask.untrained")}</span>`}
      </p>
      <ol>
        ${items.map((item) => this.#item(item))}
      </ol>`;
  }

  #item({ name, link, text, weight, selfDeclared }) {
    return html`<li>
      <p class="facts">
        <span class="share">${bar(weight)} ${(100 * weight).toFixed(1)} %</span>
        <a href=${link}>${name}</a>${selfDeclared ? html`<span class="word">${say("note.self-declared")}</span>` : ""}
      </p>
      <p class="text">${text}</p>
    </li>`;
  }
}

/** The number beside it says the same. */
function bar(weight) {
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect width=${(100 * weight).toFixed(1)} height="6"></rect>`}
  </svg>`;
}

customElements.define("site-ask", SiteAsk);
