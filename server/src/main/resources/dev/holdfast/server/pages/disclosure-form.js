import { html } from "lit";
import { count, time } from "./formats.js";
import { SayingForm } from "./saying-form.js";
import { say } from "./words.js";

const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

/** Where an operator lets an auditor read a site for a span of time. */
class DisclosureForm extends SayingForm {
  static properties = { site: {} };

  /** When the form was made; the span that it begins with. */
  #begun = Date.now();

  get fields() {
    return ["auditor", "from", "until"];
  }

  render() {
    return html`<details>
      <summary>${say("disclose")}</summary>
      <form novalidate @submit=${this.#submit}>
        <p id="what">${say("disclose.what")}</p>
        <div>
          <label for="auditor">${say("disclose.auditor")}</label>
          <input
            id="auditor"
            autocomplete="off"
            spellcheck="false"
            aria-invalid=${this.isWrong("auditor")}
            aria-describedby="auditor-wrong what"
          />
          ${this.complaint("auditor")}
        </div>
        ${this.#time("from", this.#begun)}${this.#time("until", this.#begun + USUAL_DAYS * DAY_MS)}
        <p class="hint">${say("disclose.hint")}</p>
        <div><button ?disabled=${this.busy}>${say("disclose.send")}</button></div>
      </form>
      ${this.outcome(({ auditor, from, until, index }) => say("disclose.said", auditor, time(from), time(until), count(index)))}
    </details>`;
  }

  #time(name, usual) {
    return html`<div>
      <label for=${name}>${say(`disclose.${name}`)}</label>
      <input
        id=${name}
        type="datetime-local"
        value=${new Date(usual).toISOString().slice(0, 16)}
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
      />
      ${this.complaint(name)}
    </div>`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const valueOf = (name) => form.querySelector(`#${name}`).value.trim();
    const taken = await this.send("/api/v1/disclosures", {
      auditor: valueOf("auditor"),
      site: this.site,
      from: instant(valueOf("from")),
      until: instant(valueOf("until")),
    });
    if (taken) {
      form.reset();
    }
  }
}

/** A time of the form, which is UTC, as the server spells times; what is none goes there as it is and is refused there. */
function instant(local) {
  const at = new Date(`${local}Z`);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}

customElements.define("disclosure-form", DisclosureForm);
