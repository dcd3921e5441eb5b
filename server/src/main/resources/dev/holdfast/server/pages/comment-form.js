import { html } from "lit";
import { count } from "./formats.js";
import { SayingForm } from "./saying-form.js";
import { say } from "./words.js";

/** Where somebody who is signed in says something of a chip or a site. */
class CommentForm extends SayingForm {
  static properties = { subject: {} };

  get fields() {
    return ["text"];
  }

  render() {
    return html`<details>
      <summary>${say("comment.write")}</summary>
      <form novalidate @submit=${this.#submit}>
        <div>
          <label for="text">${say("comment")}</label>
          <textarea id="text" rows="3" aria-invalid=${this.isWrong("text")} aria-describedby="text-wrong what"></textarea>
          ${this.complaint("text")}
        </div>
        <p id="what" class="hint">${say("comment.hint")}</p>
        <div><button ?disabled=${this.busy}>${say("comment.send")}</button></div>
      </form>
      ${this.outcome(({ index }) => say("comment.said", count(index)))}
    </details>`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    if (await this.send("/api/v1/comments", { subject: this.subject, text: form.querySelector("textarea").value.trim() })) {
      form.reset();
    }
  }
}

customElements.define("comment-form", CommentForm);
