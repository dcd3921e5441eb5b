import { css, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "./case-list.js";
import "./case-story.js";
import { HoldfastElement } from "./holdfast-element.js";
import { say } from "./words.js";

/** The inbox: cases on the left, the story of the chosen one on the right; one after the other where it is narrow. */
class CasesPage extends HoldfastElement {
  static properties = { number: {}, query: {}, actor: {}, mayWork: { type: Boolean } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: 360px minmax(0, 1fr);
        height: 100%;
      }
      .pane {
        min-height: 0;
        overflow: auto;
      }
      .pane:focus-visible {
        outline-offset: -2px;
      }
      .list {
        border-right: 1px solid var(--line);
      }
      .story {
        padding: 20px 24px 48px;
      }
      .nothing {
        max-width: 480px;
      }
      @media (max-width: 900px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        .list {
          border: none;
        }
        .story {
          padding: 16px;
        }
        :host(.chosen) .list,
        :host(:not(.chosen)) .story {
          display: none;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .list {
          display: none;
        }
        .story {
          overflow: visible;
          padding: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.number = "";
    this.query = "";
    this.actor = "";
    this.mayWork = false;
  }

  updated(changed) {
    this.classList.toggle("chosen", Boolean(this.number));
    // The link that led here may be out of sight now, and the focus with it.
    if (changed.has("number") && changed.get("number") !== undefined && this.number) {
      this.renderRoot.querySelector(".story").focus({ preventScroll: true });
      this.renderRoot.querySelector(".story").scrollTop = 0;
    }
  }

  render() {
    return html`
      <section class="pane list" aria-label=${say("cases")} tabindex="0">
        <case-list .query=${this.query} .chosen=${this.number}></case-list>
      </section>
      <section class="pane story" aria-label=${say("case")} tabindex="0">
        ${this.number
          ? keyed(
              this.number,
              html`<case-story
                .number=${this.number}
                .query=${this.query}
                .actor=${this.actor}
                ?mayWork=${this.mayWork}
                @worked=${() => this.renderRoot.querySelector("case-list").newest()}
              ></case-story>`,
            )
          : html`<p class="hint nothing">${say("case.choose")}</p>`}
      </section>
    `;
  }
}

customElements.define("cases-page", CasesPage);
