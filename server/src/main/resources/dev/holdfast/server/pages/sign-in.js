import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { signIn, wasRefused } from "./session.js";
import { say } from "./words.js";

/** Asks for the token where the address brought none, or the server refused it. */
class SignIn extends HoldfastElement {
  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        max-width: 440px;
        margin: 96px auto 0;
        padding: 0 16px;
      }
      h1 {
        margin-bottom: 8px;
      }
      label {
        display: block;
        margin: 24px 0 4px;
      }
      form div {
        display: flex;
        gap: 8px;
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 36px;
        font-family: var(--code);
      }
      .refused {
        margin-top: 12px;
      }
      .hint {
        margin-top: 12px;
      }
    `,
  ];

  render() {
    return html`
      <h1>${say("sign-in")}</h1>
      <p>${say("sign-in.why")}</p>
      <form @submit=${this.#submit}>
        <label for="token">${say("token")}</label>
        <div>
          <input id="token" name="token" type="password" required autocomplete="off" spellcheck="false" />
          <button>${say("sign-in")}</button>
        </div>
        ${wasRefused() ? html`<p class="refused" role="alert">${mark("attention")} ${say("sign-in.refused")}</p>` : ""}
        <p class="hint">${say("sign-in.hint")}</p>
      </form>
    `;
  }

  firstUpdated() {
    this.renderRoot.querySelector("input").focus();
  }

  #submit(event) {
    event.preventDefault();
    const value = this.renderRoot.querySelector("input").value.trim();
    if (value) {
      signIn(value);
    }
  }
}

customElements.define("sign-in", SignIn);
