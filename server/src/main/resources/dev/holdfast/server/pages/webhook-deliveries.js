import { css, html } from "lit";
import "./problem-note.js";
import { address, get, request } from "./api.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

const PAGE = "20";

/** What was sent to a webhook, newest first, with every attempt; each can be sent once more. */
class WebhookDeliveries extends HoldfastElement {
  static properties = { webhook: {}, items: { state: true }, next: { state: true }, problem: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        font-size: 13px;
        line-height: 20px;
      }
      li.message {
        padding: 8px 0;
        border-bottom: 1px solid var(--line);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }
      .attempts {
        padding-left: 16px;
        color: var(--ink-2);
      }
      .code {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.items = null;
    this.next = null;
    this.problem = null;
  }

  willUpdate(changed) {
    if (changed.has("webhook")) {
      this.items = null;
      this.#load("");
    }
  }

  get #path() {
    return `/api/v1/webhooks/${this.webhook}/deliveries`;
  }

  async #load(cursor) {
    this.problem = null;
    try {
      const page = await get(address(this.#path, { limit: PAGE, cursor }));
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.next = page.next;
    } catch (failure) {
      this.problem = failure;
    }
  }

  /** What is counted above is counted anew too. */
  async #refresh() {
    await this.#load("");
    this.dispatchEvent(new CustomEvent("refreshed"));
  }

  async #resend(message) {
    try {
      await request(`${this.#path}/${message}/resend`, { method: "POST" });
      await this.#load("");
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    if (this.problem) {
      return html`<problem-note .problem=${this.problem} @retry=${() => this.#load("")}></problem-note>`;
    }
    if (!this.items) {
      return skeleton(3);
    }
    return html`<div class="row">
        <button @click=${this.#refresh}>${say("notifications.refresh")}</button>
      </div>
      ${this.items.length
        ? html`<ol>
            ${this.items.map((each) => this.#message(each))}
          </ol>`
        : html`<p class="hint">${say("notifications.log.none")}</p>`}
      ${this.next ? html`<button @click=${() => this.#load(this.next)}>${say("audit.older")}</button>` : ""}`;
  }

  #message({ message, type, entry, made, state, next, attempts }) {
    return html`<li class="message">
      <div class="row">
        ${state === "failed" ? mark("attention") : ""}<strong>${say(`notifications.event.${type}`)}</strong>
        <span>${say(`notifications.state.${state}`)}</span>
        <time class="hint" datetime=${made}>${time(made)}</time>
        ${entry === null ? "" : html`<span class="hint">${say("entry", count(entry))}</span>`}
        ${state === "waiting"
          ? html`<span class="hint">${say("notifications.next", time(next))}</span>`
          : html`<button aria-label=${`${say("notifications.resend")} ${message}`} @click=${() => this.#resend(message)}>
              ${say("notifications.resend")}
            </button>`}
      </div>
      <div class="hint code">${message}</div>
      <ol class="attempts">
        ${attempts.map(
          ({ attempt, at, status, problem, millis }) =>
            html`<li>
              ${say("notifications.attempt", attempt, time(at), status ?? say(`notifications.problem.${problem}`), count(millis))}
            </li>`,
        )}
      </ol>
    </li>`;
  }
}

customElements.define("webhook-deliveries", WebhookDeliveries);
