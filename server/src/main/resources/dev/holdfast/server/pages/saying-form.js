import { css, html } from "lit";
import { post } from "./api.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

/**
 * A form that says something to the server. What the server refuses stands beside the field that it names, or below the
 * form where it names none of them. The event `said` tells that it was taken; then `said` holds what was, with its entry.
 */
export class SayingForm extends HoldfastElement {
  static properties = { problem: { state: true }, said: { state: true }, busy: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      details {
        border: 1px solid var(--line);
        border-radius: 4px;
        padding: 4px 12px;
        font-size: 13px;
        line-height: 20px;
      }
      summary {
        cursor: pointer;
        border-radius: 4px;
        padding: 2px 0;
      }
      form {
        /* What is between this and the details passes nothing on. */
        box-sizing: border-box;
        display: grid;
        gap: 12px;
        padding: 8px 0;
      }
      label {
        display: block;
        margin-bottom: 4px;
      }
      input,
      textarea {
        width: 100%;
      }
      textarea {
        display: block;
        resize: vertical;
      }
      [aria-invalid="true"] {
        border-color: var(--refuted);
        border-width: 2px;
      }
      .wrong:empty,
      .said:empty {
        display: none;
      }
      .wrong,
      .said {
        margin-top: 4px;
        overflow-wrap: anywhere;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.problem = null;
    this.said = null;
    this.busy = false;
  }

  /** The names of the fields; overridden by each form. */
  get fields() {
    return [];
  }

  /** Sends it, and answers whether it was taken. */
  async send(path, body) {
    if (this.busy) {
      return false;
    }
    this.busy = true;
    this.problem = null;
    this.said = null;
    try {
      this.said = { ...body, ...(await post(path, body)) };
      this.dispatchEvent(new CustomEvent("said"));
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
    await this.updateComplete;
    this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
    return !this.problem;
  }

  /** The field that was refused, or nothing. */
  get #refused() {
    // The server names fields by their path in what was sent (RFC 6901).
    const name = this.problem?.field?.replace(/^\//, "");
    return this.fields.includes(name) ? name : "";
  }

  isWrong(name) {
    return this.#refused === name ? "true" : "false";
  }

  /** Stands beside a field, empty or not, so that screen readers hear what comes into it. */
  complaint(name) {
    return html`<p id="${name}-wrong" class="wrong" role="alert">${this.#refused === name ? this.#words() : ""}</p>`;
  }

  /** What stands below the form. */
  outcome(words) {
    return html`<p class="wrong" role="alert">${this.problem && !this.#refused ? this.#words() : ""}</p>
      <p class="said" role="status">${this.said ? words(this.said) : ""}</p>`;
  }

  #words() {
    const { code, status, message } = this.problem;
    const sentence = status === 0 ? say("problem.unreachable") : message || say("problem.unknown", status);
    return html`${mark("attention")} ${code ? html`<span class="code">${code}</span> ` : ""}${sentence}`;
  }
}
