import { css, html } from "lit";
import "./copy-line.js";
import "./problem-note.js";
import "./webhook-deliveries.js";
import "./webhook-form.js";
import { get, post, request } from "./api.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

/** Who is told of what happens by webhook, for administrators. */
class NotificationsPage extends HoldfastElement {
  static properties = {
    hooks: { state: true },
    problem: { state: true },
    secret: { state: true },
    shown: { state: true },
    sure: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
        padding: 16px 16px 48px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
      }
      .inner {
        max-width: 960px;
        margin: 0 auto;
      }
      section {
        margin-top: 24px;
      }
      article {
        padding: 12px 0;
        border-top: 1px solid var(--line);
      }
      h2 {
        overflow-wrap: anywhere;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 8px 0;
      }
      .secret {
        margin: 8px 0;
        padding: 8px 12px;
        border: 1px solid var(--attention);
        border-radius: 4px;
      }
    `,
  ];

  constructor() {
    super();
    this.hooks = null;
    this.problem = null;
    this.secret = null;
    this.shown = "";
    this.sure = "";
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    this.problem = null;
    try {
      this.hooks = (await get("/api/v1/webhooks")).items;
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #act(action) {
    this.busy = true;
    this.sure = "";
    try {
      await action();
      await this.#load();
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
  }

  render() {
    return html`<div class="inner">
      <h1>${say("notifications")}</h1>
      <p class="hint">${say("notifications.what")}</p>
      ${this.problem ? html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>` : ""}
      <section>
        <webhook-form @said=${(event) => this.#made(event.target.said)}></webhook-form>
        ${this.secret
          ? html`<div class="secret" role="status">
              <p>${mark("attention")} ${say("notifications.secret", this.secret.url)}</p>
              <copy-line line=${this.secret.secret}></copy-line>
              <button @click=${() => (this.secret = null)}>${say("notifications.secret.kept")}</button>
            </div>`
          : ""}
      </section>
      <section>${this.hooks ? this.#list() : this.problem ? "" : skeleton(4)}</section>
    </div>`;
  }

  #made(said) {
    this.secret = { url: said.url, secret: said.secret };
    this.#load();
  }

  #list() {
    return this.hooks.length
      ? this.hooks.map((hook) => this.#hook(hook))
      : html`<p class="hint">${say("notifications.none")}</p>`;
  }

  #hook(hook) {
    const { id, url, events, language, since, actor, disabled, waiting, delivered, failed } = hook;
    const open = this.shown === id;
    return html`<article>
      <h2>${url}</h2>
      <dl class="facts">
        <dt>${say("state")}</dt>
        <dd>${disabled ? html`${mark("attention")} ${say("notifications.gone")}` : say("notifications.on")}</dd>
        <dt>${say("notifications.events")}</dt>
        <dd>${events.map((each) => say(`notifications.event.${each}`)).join(", ")}</dd>
        <dt>${say("language")}</dt>
        <dd>${say(`language.${language}`)}</dd>
        <dt>${say("notifications.since")}</dt>
        <dd>${time(since)} · ${actor}</dd>
        <dt>${say("notifications.sent")}</dt>
        <dd>${say("notifications.counts", count(delivered), count(waiting), count(failed))}</dd>
      </dl>
      <div class="row">
        <button aria-expanded=${open} @click=${() => (this.shown = open ? "" : id)}>${say("notifications.log")}</button>
        <button ?disabled=${this.busy} @click=${() => this.#act(() => post(`/api/v1/webhooks/${id}/test`, {}))}>
          ${say("notifications.test")}
        </button>
        ${disabled
          ? html`<button ?disabled=${this.busy} @click=${() => this.#act(() => bare("POST", `/api/v1/webhooks/${id}/resume`))}>
              ${say("notifications.resume")}
            </button>`
          : ""}
        ${this.#twice(`secret ${id}`, "notifications.rotate", () => this.#rotate(hook))}
        ${this.#twice(`delete ${id}`, "notifications.delete", () => bare("DELETE", `/api/v1/webhooks/${id}`))}
      </div>
      ${open ? html`<webhook-deliveries .webhook=${id} @refreshed=${() => this.#load()}></webhook-deliveries>` : ""}
    </article>`;
  }

  /** The first press asks, the second does it. */
  #twice(name, words, action) {
    const asked = this.sure === name;
    return html`<button ?disabled=${this.busy} @click=${() => (asked ? this.#act(action) : (this.sure = name))}>
      ${say(asked ? `${words}.sure` : words)}
    </button>`;
  }

  async #rotate({ id, url }) {
    const { secret } = await post(`/api/v1/webhooks/${id}/secret`, {});
    this.secret = { url, secret };
  }
}

/** Asks what answers nothing. */
function bare(method, path) {
  return request(path, { method });
}

customElements.define("notifications-page", NotificationsPage);
