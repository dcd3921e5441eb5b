import { css, html } from "lit";
import { OUTCOMES } from "./case-words.js";
import { count } from "./formats.js";
import { SayingForm } from "./saying-form.js";
import { say } from "./words.js";

/** What can be done with a case as work on it stands; the server decides whether it may be. */
class CaseWork extends SayingForm {
  static properties = { story: { attribute: false }, actor: {}, kind: { state: true } };

  static styles = [
    SayingForm.styles,
    css`
      .kinds {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-bottom: 12px;
      }
      form {
        max-width: 640px;
        padding: 0;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .why {
        max-width: 640px;
        margin: 8px 0;
      }
      select {
        width: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.story = null;
    this.actor = "";
    this.kind = "comment";
  }

  get fields() {
    return { assign: ["to"], comment: ["text"], propose: ["outcome", "text"], close: [], reopen: ["text"] }[this.kind];
  }

  /** What can be done where work stands so. */
  get #kinds() {
    switch (this.story.state) {
      case "closed":
        return ["comment", "reopen"];
      case "proposed":
        return ["comment", "assign", "close", "propose", "reopen"];
      default:
        return ["comment", "assign", "propose"];
    }
  }

  willUpdate() {
    if (!this.#kinds.includes(this.kind)) {
      this.kind = "comment";
    }
  }

  render() {
    return html`
      <div class="kinds" role="group" aria-label=${say("case.work")}>
        ${this.#kinds.map(
          (each) =>
            html`<button type="button" aria-pressed=${this.kind === each} @click=${() => this.#choose(each)}>${say(`case.work.${each}`)}</button>`,
        )}
      </div>
      <form novalidate @submit=${this.#submit}>${this.#form()}</form>
      ${this.outcome(({ index }) => say("comment.said", count(index)))}
    `;
  }

  #choose(kind) {
    this.kind = kind;
    this.problem = null;
    this.said = null;
  }

  #form() {
    switch (this.kind) {
      case "assign":
        return html`${this.#line("to", say("case.work.to"), this.story.assignee ?? "")}
          <div class="actions">
            <button>${say("case.work.assign")}</button>
            <button type="button" ?disabled=${this.busy} @click=${() => this.#send({ to: this.actor })}>${say("case.work.to-me")}</button>
          </div>`;
      case "propose":
        return html`<p class="hint">${say("case.work.second", this.actor)}</p>
          <div>
            <label for="outcome">${say("case.work.outcome")}</label>
            <select id="outcome" aria-invalid=${this.isWrong("outcome")} aria-describedby="outcome-wrong">
              ${OUTCOMES.map((each) => html`<option value=${each}>${say(`case.outcome.${each}`)}</option>`)}
            </select>
            ${this.complaint("outcome")}
          </div>
          ${this.#text(say("case.work.why"))}${this.#button()}`;
      case "close":
        return this.#close();
      case "reopen":
        return html`${this.#text(say("case.work.why-again"))}${this.#button()}`;
      default:
        return html`${this.#text(say("comment"))}
          <p class="hint">${say("comment.hint")}</p>
          ${this.#button()}`;
    }
  }

  #close() {
    const { proposer, outcome } = this.story;
    const said = html`<p>${say("case.work.proposed", proposer, say(`case.outcome.${outcome}`))}</p>`;
    return proposer === this.actor
      ? html`${said}
          <p class="why">${say("case.work.not-you")}</p>`
      : html`${said}
          <p class="hint">${say("case.work.you-agree", this.actor)}</p>
          ${this.#button()}`;
  }

  #button() {
    return html`<div class="actions"><button ?disabled=${this.busy}>${say(`case.work.${this.kind}`)}</button></div>`;
  }

  #line(name, words, value) {
    return html`<div>
      <label for=${name}>${words}</label>
      <input
        id=${name}
        autocomplete="off"
        spellcheck="false"
        .value=${value}
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
      />
      ${this.complaint(name)}
    </div>`;
  }

  #text(words) {
    return html`<div>
      <label for="text">${words}</label>
      <textarea id="text" rows="3" aria-invalid=${this.isWrong("text")} aria-describedby="text-wrong"></textarea>
      ${this.complaint("text")}
    </div>`;
  }

  #submit(event) {
    event.preventDefault();
    const said = {};
    for (const name of this.fields) {
      said[name] = this.renderRoot.querySelector(`#${name}`).value.trim();
    }
    this.#send(said);
  }

  async #send(said) {
    const { kind } = this;
    if (await this.send(`/api/v1/cases/${this.story.number}/acts`, { kind, ...said })) {
      this.renderRoot.querySelector("form").reset();
    }
  }
}

customElements.define("case-work", CaseWork);
