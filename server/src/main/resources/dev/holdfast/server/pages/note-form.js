import { css, html } from "lit";
import { count } from "./formats.js";
import { SayingForm } from "./saying-form.js";
import { LANGUAGES, language, say } from "./words.js";

export const KINDS = ["inspection", "custody", "maintenance", "other"];

/** Where somebody writes what was seen at a site; or corrects a note, by another one that names it. */
class NoteForm extends SayingForm {
  static properties = { site: {}, corrects: { state: true }, open: { state: true } };

  static styles = [
    SayingForm.styles,
    css`
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(128px, 1fr));
        gap: 12px;
      }
      select {
        width: 100%;
      }
      .correcting {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 4px 12px;
        padding-left: 8px;
        border-left: 2px solid var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.corrects = null;
    this.open = false;
  }

  get fields() {
    return ["title", "kind", "text", "language", "day", "corrects"];
  }

  /** Begins a note that corrects another, with what that one says for a start. */
  async correct(note) {
    this.corrects = note.index;
    this.open = true;
    this.problem = null;
    this.said = null;
    await this.updateComplete;
    for (const name of ["kind", "language", "title", "text", "day"]) {
      this.#field(name).value = note[name] ?? "";
    }
    this.#field("title").focus();
    this.renderRoot.querySelector("details").scrollIntoView({ block: "nearest" });
  }

  render() {
    return html`<details .open=${this.open} @toggle=${(event) => (this.open = event.target.open)}>
      <summary>${say("note.write")}</summary>
      <form novalidate @submit=${this.#submit}>
        ${this.corrects === null
          ? ""
          : html`<div class="correcting">
              <span>${say("note.correcting", count(this.corrects))}</span>
              <button type="button" @click=${() => (this.corrects = null)}>${say("note.correcting.not")}</button>
            </div>`}
        ${this.complaint("corrects")}
        <div class="pair">
          ${this.#select(
            "kind",
            KINDS.map((kind) => [kind, say(`note.kind.${kind}`)]),
            KINDS[0],
          )}
          ${this.#select(
            "language",
            LANGUAGES.map((each) => [each, say(`language.${each}`)]),
            language(),
          )}
        </div>
        <div>
          <label for="day">${say("note.day")}</label>
          <input id="day" autocomplete="off" placeholder="2026-01-31" aria-invalid=${this.isWrong("day")} aria-describedby="day-wrong" />
          ${this.complaint("day")}
        </div>
        <div>
          <label for="title">${say("note.title")}</label>
          <input id="title" autocomplete="off" aria-invalid=${this.isWrong("title")} aria-describedby="title-wrong" />
          ${this.complaint("title")}
        </div>
        <div>
          <label for="text">${say("note.text")}</label>
          <textarea id="text" rows="6" aria-invalid=${this.isWrong("text")} aria-describedby="text-wrong what"></textarea>
          ${this.complaint("text")}
        </div>
        <p id="what" class="hint">${say("note.hint")}</p>
        <div><button ?disabled=${this.busy}>${say("note.send")}</button></div>
      </form>
      ${this.outcome(({ index, repeated }) => say(repeated ? "note.repeated" : "note.said", count(index)))}
    </details>`;
  }

  #select(name, options, usual) {
    return html`<div>
      <label for=${name}>${say(`note.${name}`)}</label>
      <select id=${name} aria-invalid=${this.isWrong(name)} aria-describedby="${name}-wrong">
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === usual}>${words}</option>`)}
      </select>
      ${this.complaint(name)}
    </div>`;
  }

  #field(name) {
    return this.renderRoot.querySelector(`#${name}`);
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const day = this.#field("day").value.trim();
    const note = {
      title: this.#field("title").value.trim(),
      kind: this.#field("kind").value,
      text: this.#field("text").value.trim(),
      language: this.#field("language").value,
      ...(day ? { day } : {}),
      ...(this.corrects === null ? {} : { corrects: this.corrects }),
    };
    if (await this.send(`/api/v1/sites/${encodeURIComponent(this.site)}/notes`, note)) {
      form.reset();
      this.corrects = null;
    }
  }
}

customElements.define("note-form", NoteForm);
