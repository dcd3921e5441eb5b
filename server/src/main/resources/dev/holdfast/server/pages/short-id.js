import { css, html } from "lit";
import { middle } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { say } from "./words.js";

/** An id, a hash or a key in short; a click copies all of it. */
class ShortId extends HoldfastElement {
  static properties = { value: {}, most: { type: Number }, copied: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: inline;
      }
      button {
        all: unset;
        cursor: copy;
        font-family: var(--code);
        font-size: var(--id-size, 13px);
        border-radius: 4px;
        overflow-wrap: anywhere;
      }
      button:hover {
        background: var(--paper-2);
      }
      button:focus-visible {
        outline: 2px solid var(--proved);
      }
      .printed {
        font-family: var(--code);
        font-size: var(--id-size, 13px);
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.value = "";
    this.most = 24;
    this.copied = false;
  }

  render() {
    return html`<button title="${this.value} (${say("copy")})" @click=${this.#copy}>${middle(this.value, this.most)}</button
      ><span class="printed">${this.value}</span><span class="hint" role="status">${this.copied ? ` ${say("copied")}` : ""}</span>`;
  }

  async #copy() {
    // Clipboards exist on secure origins only; elsewhere the title still shows the whole value.
    await navigator.clipboard?.writeText(this.value);
    this.copied = Boolean(navigator.clipboard);
    setTimeout(() => (this.copied = false), 2000);
  }
}

customElements.define("short-id", ShortId);
