import { css, html, nothing } from "lit";
import { FIELDS, KINDS, OWN } from "./decide-question.js";
import { fieldName, place, word } from "./decide-words.js";
import { SayingForm } from "./saying-form.js";
import { language, say } from "./words.js";

const MARKETS = ["datacenter", "consumer", "workstation"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The question, field by field; says `asked` with what changed. The page that holds it asks, and hands in what was refused. */
class DecideForm extends SayingForm {
  static properties = {
    question: { attribute: false },
    law: { attribute: false },
    catalogue: { attribute: false },
    countries: { attribute: false },
  };

  static styles = [
    SayingForm.styles,
    css`
      form {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 8px 12px;
        padding: 0;
        font-size: 13px;
        line-height: 20px;
      }
      .whole,
      details {
        grid-column: 1 / -1;
      }
      details {
        padding: 2px 10px;
      }
      .own {
        /* What is between this and the details passes nothing on. */
        box-sizing: border-box;
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        align-items: end;
        gap: 8px 12px;
        padding: 8px 0;
      }
      label {
        color: var(--ink-2);
        margin-bottom: 0;
      }
      select {
        width: 100%;
        padding-inline: 6px;
      }
      .check {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 8px;
        align-items: start;
      }
      .check label {
        margin: 0;
        color: var(--ink);
      }
      .check .hint,
      .check .wrong {
        grid-column: 2;
      }
      input[type="checkbox"] {
        width: 16px;
        min-height: 0;
        height: 16px;
        margin: 2px 0;
        accent-color: var(--proved);
      }
    `,
  ];

  constructor() {
    super();
    this.question = {};
    this.law = null;
    this.catalogue = [];
    this.countries = [];
  }

  get fields() {
    return FIELDS;
  }

  render() {
    return html`<form novalidate aria-label=${say("decide.question")} @submit=${(event) => event.preventDefault()}>
      <div class="whole">${this.#text("item", { list: "items", placeholder: "H200" })}</div>
      <datalist id="items">
        ${this.catalogue.map(({ item, vendor }) => html`<option value=${item}>${vendor}</option>`)}
      </datalist>
      ${this.#own()}
      <div>${this.#text("quantity", { mode: "numeric", placeholder: "1" })}</div>
      <div>${this.#select("kind", KINDS.map((kind) => [kind, word("decide.kind", kind)]), null, "export")}</div>
      <div>${this.#country("from", say(`decide.from.${this.question.kind || "export"}`))}</div>
      <div>${this.#country("to", say("decide.to.none"))}</div>
      <div class="whole">${this.#country("parentHq", say("decide.not-known"))}</div>
      <div>${this.#text("endUser")}</div>
      <div>${this.#select("endUse", this.#endUses(), say("decide.not-known"))}</div>
      <div class="whole">${this.#check("listed")}${this.#check("ownedByListed")}</div>
      <div class="whole">${this.#day("date", this.law?.today ?? "")}</div>
      <div class="whole">${this.#known()}</div>
    </form>`;
  }

  #endUses() {
    return (this.law?.endUses ?? []).map((use) => [use, word("decide.end-use", use)]);
  }

  #own() {
    return html`<details ?open=${OWN.some((name) => this.question[name])}>
      <summary>${say("decide.own")}</summary>
      <div class="own">
        <div>${this.#text("tpp", { mode: "decimal" })}</div>
        <div>${this.#text("dieArea", { mode: "decimal" })}</div>
        <div>${this.#text("memoryBandwidth", { mode: "decimal" })}</div>
        <div>${this.#text("interconnect", { mode: "decimal" })}</div>
        <div>${this.#select("market", MARKETS.map((each) => [each, word("decide.market", each)]), say("decide.not-known"))}</div>
        <div>${this.#text("vendor")}</div>
      </div>
    </details>`;
  }

  #known() {
    const { knownOn = "" } = this.question;
    return html`<div class="check">
      <input
        type="checkbox"
        id="as-known"
        aria-describedby="known-hint"
        .checked=${Boolean(knownOn)}
        @change=${({ target }) => this.#say("knownOn", target.checked ? (this.law?.today ?? "") : "")}
      />
      <label for="as-known">${say("decide.known")}</label>
      <p class="hint" id="known-hint">${say("decide.known.hint")}</p>
      </div>
      ${knownOn ? this.#day("knownOn", "") : this.complaint("knownOn")}`;
  }

  #label(name) {
    return html`<label for=${name}>${fieldName(name)}</label>`;
  }

  #text(name, { list, mode, placeholder = "" } = {}) {
    return html`${this.#label(name)}
      <input
        id=${name}
        list=${list ?? nothing}
        inputmode=${mode ?? "text"}
        placeholder=${placeholder}
        autocomplete="off"
        spellcheck="false"
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
        .value=${this.question[name] ?? ""}
        @input=${({ target }) => this.#say(name, target.value)}
      />
      ${this.complaint(name)}`;
  }

  /** A day is written as everywhere here, so it is a text; half of one is not asked about. */
  #day(name, usual) {
    return html`${this.#label(name)}
      <input
        id=${name}
        inputmode="numeric"
        placeholder="2026-01-31"
        autocomplete="off"
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
        .value=${this.question[name] || usual}
        @input=${({ target }) => DAY.test(target.value.trim()) && this.#say(name, target.value.trim())}
        @change=${({ target }) => this.#say(name, target.value.trim())}
      />
      ${this.complaint(name)}`;
  }

  #country(name, none) {
    const { compare } = new Intl.Collator(language());
    const options = this.countries
      .map(({ code }) => [code, place(code)])
      .sort((a, b) => compare(a[1], b[1]));
    return this.#select(name, options, none);
  }

  /** A value that is none of the options came with the address; it is shown, and refused. */
  #select(name, options, none, usual = "") {
    const value = this.question[name] || usual;
    const known = !value || options.some(([each]) => each === value);
    const all = [...(none === null ? [] : [["", none]]), ...options, ...(known ? [] : [[value, value]])];
    return html`${this.#label(name)}
      <select
        id=${name}
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
        @change=${({ target }) => this.#say(name, target.value)}
      >
        ${all.map(([each, words]) => html`<option value=${each} .selected=${each === value}>${words}</option>`)}
      </select>
      ${this.complaint(name)}`;
  }

  #check(name) {
    return html`<div class="check">
      <input
        type="checkbox"
        id=${name}
        aria-invalid=${this.isWrong(name)}
        aria-describedby="${name}-wrong"
        .checked=${["yes", "true"].includes(this.question[name])}
        @change=${({ target }) => this.#say(name, target.checked ? "yes" : "")}
      />
      <label for=${name}>${say(`decide.check.${name}`)}</label>
      ${this.complaint(name)}
    </div>`;
  }

  #say(name, value) {
    // From where it goes follows the kind: what is a transfer leaves where it goes to.
    const detail = name === "kind" ? { kind: value, from: "" } : { [name]: value };
    this.dispatchEvent(new CustomEvent("asked", { detail }));
  }
}

customElements.define("decide-form", DecideForm);
