import { css, html, nothing } from "lit";
import { address, get } from "./api.js";
import { gradeWord } from "./board-words.js";
import { HoldfastElement } from "./holdfast-element.js";
import { simulatedWord, stateWord } from "./marks.js";
import { boardAddress, chipAddress, fleetAddress, go, siteAddress } from "./route.js";
import { say } from "./words.js";

const PAUSE = 150;

/** Search for a chip by any alias, a host, a site or a board; opened with / or Ctrl K (⌘K). A combobox as WAI-ARIA describes it. */
class SearchBox extends HoldfastElement {
  static properties = {
    found: { state: true },
    chosen: { state: true },
    asked: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      dialog {
        width: min(640px, calc(100vw - 32px));
        margin: 96px auto 0;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 4px;
        background: var(--paper);
        color: var(--ink);
        box-shadow: var(--menu-shadow);
      }
      dialog::backdrop {
        background: var(--veil);
      }
      input {
        width: 100%;
        min-height: 48px;
        padding: 0 16px;
        border: none;
        border-bottom: 1px solid var(--line);
        border-radius: 4px 4px 0 0;
        font-size: 18px;
      }
      input:focus-visible {
        outline-offset: -2px;
      }
      ul {
        max-height: 50vh;
        overflow: auto;
      }
      li {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 36px;
        padding: 4px 16px;
        cursor: pointer;
        font-size: 13px;
      }
      li[aria-selected="true"] {
        background: var(--paper-2);
        box-shadow: inset 2px 0 var(--ink);
      }
      .kind {
        width: 56px;
        color: var(--ink-3);
      }
      .title {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      p {
        padding: 12px 16px;
      }
    `,
  ];

  #timer = 0;
  #stop = null;

  constructor() {
    super();
    this.found = [];
    this.chosen = 0;
    this.asked = "";
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#shortcut);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#shortcut);
  }

  #shortcut = (event) => {
    const typing = event.composedPath()[0].matches?.("input, textarea, select");
    const asks = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (asks && !event.altKey) {
      event.preventDefault();
      this.open();
    }
  };

  open() {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog.open) {
      dialog.showModal();
      this.renderRoot.querySelector("input").select();
    }
  }

  render() {
    return html`<dialog aria-label=${say("search")} @click=${this.#outside}>
      <input
        type="search"
        role="combobox"
        aria-label=${say("search")}
        aria-expanded=${this.found.length > 0}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${this.found.length ? `found-${this.chosen}` : nothing}
        placeholder=${say("search.what")}
        autocomplete="off"
        spellcheck="false"
        @input=${this.#typed}
        @keydown=${this.#keys}
      />
      <ul id="found" role="listbox" aria-label=${say("search.found")} ?hidden=${!this.found.length}>
        ${this.found.map((item, number) => this.#item(item, number))}
      </ul>
      <p class="hint" role="status" ?hidden=${this.found.length > 0}>${this.#status()}</p>
    </dialog>`;
  }

  #status() {
    if (this.problem) {
      return `${this.problem.code} ${this.problem.message || say("problem.unreachable")}`;
    }
    return this.asked ? say("search.none", this.asked) : say("search.help");
  }

  #item(item, number) {
    return html`<li
      id="found-${number}"
      role="option"
      aria-selected=${number === this.chosen}
      @click=${() => this.#go(item)}
      @pointermove=${() => (this.chosen = number)}
    >
      <span class="kind">${say(`kind.${item.kind}`)}</span>
      <span class="title">${item.title}${item.also ? html` <span class="hint">${item.also}</span>` : ""}</span>
      ${simulatedWord(item.simulated)}${item.grade ? gradeWord(item.grade) : stateWord(item.state)}
    </li>`;
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const text = event.target.value.trim();
    this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  async #ask(text) {
    this.#stop?.abort();
    this.problem = null;
    if (!text) {
      this.found = [];
      this.asked = "";
      return;
    }
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    try {
      const [chips, sites, hosts, boards] = await Promise.all(
        ["chips", "sites", "hosts", "boards"].map((list) => get(address(`/api/v1/${list}`, { q: text, limit: "6" }), { signal })),
      );
      this.found = [
        ...sites.items.map(siteItem),
        ...hosts.items.map(hostItem),
        ...chips.items.map((chip) => chipItem(chip, text)),
        ...boards.items.map(boardItem),
      ];
      this.chosen = 0;
      this.asked = text;
    } catch (failure) {
      if (failure.name !== "AbortError") {
        this.found = [];
        this.problem = failure;
      }
    }
  }

  #keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.updateComplete.then(() => this.renderRoot.querySelector("[aria-selected=true]").scrollIntoView({ block: "nearest" }));
    } else if (event.key === "Enter" && this.found.length && !event.isComposing) {
      this.#go(this.found[this.chosen]);
    }
  }

  #go(item) {
    this.renderRoot.querySelector("dialog").close();
    go(item.to);
  }

  #outside(event) {
    if (event.target.localName === "dialog") {
      event.target.close();
    }
  }
}

function siteItem({ id, name, state, simulated }) {
  return { kind: "site", title: name, also: id, to: siteAddress(id), state, simulated };
}

function hostItem({ id, site, state, simulated }) {
  return { kind: "host", title: id, also: site, to: fleetAddress({ host: id }), state, simulated };
}

function chipItem(chip, text) {
  const { id, state, simulated } = chip;
  return { kind: "chip", title: id, also: matching(chip, text), to: chipAddress(id), state, simulated };
}

function boardItem({ id, host, grade, simulated }) {
  return { kind: "board", title: id, also: host, to: boardAddress(id), grade, simulated };
}

/** The alias by which a chip was found, so that people see why it is in the list. */
function matching(chip, text) {
  return chip.aliases.find((alias) => alias.toLowerCase().startsWith(text.toLowerCase())) ?? chip.host ?? "";
}

customElements.define("search-box", SearchBox);
