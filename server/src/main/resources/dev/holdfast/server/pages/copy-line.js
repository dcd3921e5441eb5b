import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { say } from "./words.js";

/** A line for a terminal, or a secret, with a button that copies it. */
class CopyLine extends HoldfastElement {
  static properties = { line: {}, copied: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: flex;
        align-items: flex-start;
        gap: 8px;
        margin: 4px 0;
      }
      code {
        flex: 1;
        min-width: 0;
        padding: 4px 8px;
        border: 1px solid var(--line);
        border-radius: 4px;
        background: var(--paper-2);
        font-family: var(--code);
        font-size: 13px;
        line-height: 20px;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.line = "";
    this.copied = false;
  }

  render() {
    return html`<code>${this.line}</code>
      <button aria-label=${`${say("audit.copy")}: ${this.line}`} @click=${this.#copy}>${say("audit.copy")}</button
      ><span class="unseen" role="status">${this.copied ? say("copied") : ""}</span>`;
  }

  async #copy() {
    // Clipboards exist on secure origins only; elsewhere the line can be marked by hand.
    await navigator.clipboard?.writeText(this.line);
    this.copied = Boolean(navigator.clipboard);
    setTimeout(() => (this.copied = false), 2000);
  }
}

customElements.define("copy-line", CopyLine);
