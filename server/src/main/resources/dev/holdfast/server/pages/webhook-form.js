import { css, html } from "lit";
import { SayingForm } from "./saying-form.js";
import { LANGUAGES, language, say } from "./words.js";

export const EVENTS = [
  "case.opened",
  "case.severity",
  "case.proposed",
  "case.closed",
  "case.reopened",
  "finding.high",
  "lease.refused",
];

/** Where an administrator says whom to tell of what. */
class WebhookForm extends SayingForm {
  static styles = [
    SayingForm.styles,
    css`
      fieldset {
        margin: 0;
        padding: 8px 12px;
        border: 1px solid var(--line);
        border-radius: 4px;
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: 8px;
        margin: 0;
        min-height: 28px;
      }
      fieldset input {
        width: auto;
        min-height: 0;
      }
    `,
  ];

  get fields() {
    return ["url", "events", "language", "pages"];
  }

  render() {
    return html`<details>
      <summary>${say("notifications.add")}</summary>
      <form novalidate @submit=${this.#submit}>
        <div>
          <label for="url">${say("notifications.url")}</label>
          <input
            id="url"
            type="url"
            autocomplete="off"
            spellcheck="false"
            placeholder="https://hooks.example/holdfast"
            aria-invalid=${this.isWrong("url")}
            aria-describedby="url-wrong url-hint"
          />
          <p id="url-hint" class="hint">${say("notifications.url.hint")}</p>
          ${this.complaint("url")}
        </div>
        <fieldset aria-describedby="events-wrong">
          <legend>${say("notifications.events")}</legend>
          ${EVENTS.map(
            (each) => html`<label><input type="checkbox" name="event" value=${each} checked />${say(`notifications.event.${each}`)}</label>`,
          )}
          ${this.complaint("events")}
        </fieldset>
        <div>
          <label for="language">${say("notifications.language")}</label>
          <select id="language" aria-describedby="language-wrong">
            ${LANGUAGES.map(
              (each) => html`<option value=${each} lang=${each} ?selected=${each === language()}>${say(`language.${each}`)}</option>`,
            )}
          </select>
          ${this.complaint("language")}
        </div>
        <div><button ?disabled=${this.busy}>${say("notifications.send")}</button></div>
      </form>
      ${this.outcome(() => say("notifications.made"))}
    </details>`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const taken = await this.send("/api/v1/webhooks", {
      url: form.querySelector("#url").value.trim(),
      events: [...form.querySelectorAll("[name=event]:checked")].map(({ value }) => value),
      language: form.querySelector("#language").value,
      // Where this page was opened is where those who are told can open it.
      pages: `${location.origin}/`,
    });
    if (taken) {
      form.reset();
    }
  }
}

customElements.define("webhook-form", WebhookForm);
