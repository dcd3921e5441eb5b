import { LitElement, html } from "lit";
import { sharedStyles } from "./shared-styles.js";
import { onLanguage, say } from "./words.js";

/** What every piece of the pages has: the shared look, and words that follow the chosen language. */
export class HoldfastElement extends LitElement {
  static styles = sharedStyles;

  #forget = null;

  connectedCallback() {
    super.connectedCallback();
    this.#forget = onLanguage(() => {
      this.requestUpdate();
      this.languageChanged();
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget?.();
  }

  /** Overridden where sentences of the server are shown, which come in one language and must be asked for again. */
  languageChanged() {}
}

/** Rows that stand where something will. */
export function skeleton(rows) {
  return html`<div aria-busy="true">
    <span class="unseen">${say("loading")}</span>${Array.from({ length: rows }, () => html`<span class="skeleton"></span>`)}
  </div>`;
}
