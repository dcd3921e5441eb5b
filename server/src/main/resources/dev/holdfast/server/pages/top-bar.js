import { css, html, nothing } from "lit";
import { count } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { simulatedWord } from "./marks.js";
import { signOut } from "./session.js";
import { LANGUAGES, has, language, say, speak } from "./words.js";

/** The pages in their order, and who sees those that are not for all. */
const WHO_WORK = ["admin", "operator", "exporter"];
const PAGES = [
  ["world"],
  ["fleet"],
  ["boards"],
  ["cases", WHO_WORK],
  ["landmarks"],
  ["ledger"],
  ["licences", WHO_WORK],
  ["decide"],
  ["audit", ["admin", "operator", "auditor"]],
  ["notifications", ["admin"]],
];

/** The bar at the top: the pages that exist, search, language, and who is signed in. */
class TopBar extends HoldfastElement {
  static properties = {
    page: {},
    summary: { attribute: false },
    signedIn: { type: Boolean },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: flex;
        align-items: stretch;
        gap: 24px;
        padding: 0 16px;
        border-bottom: 1px solid var(--line);
        background: var(--paper);
      }
      .name {
        align-self: center;
        font-weight: 600;
        text-decoration: none;
      }
      nav {
        display: flex;
        gap: 16px;
        min-width: 0;
        overflow: auto hidden;
        scrollbar-width: none;
      }
      nav a {
        display: flex;
        align-items: center;
        padding: 2px 4px 0;
        border-bottom: 2px solid transparent;
        text-decoration: none;
        white-space: nowrap;
        color: var(--ink-2);
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        border-color: var(--ink);
        color: var(--ink);
      }
      .open {
        margin-left: 4px;
        color: var(--ink);
        font-weight: 600;
      }
      .end {
        margin-left: auto;
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
      }
      .who {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .search {
        display: flex;
        gap: 24px;
        color: var(--ink-2);
      }
      kbd {
        font: inherit;
        color: var(--ink-3);
      }
      @media (max-width: 1500px) {
        :host {
          gap: 16px;
        }
        nav {
          gap: 6px;
        }
        .who,
        kbd {
          display: none;
        }
      }
      @media (max-width: 700px) {
        :host {
          gap: 12px;
        }
      }
      @media (max-width: 480px) {
        :host {
          gap: 8px;
          padding: 0 8px;
        }
        /* What is simulated says so itself, and the world is among the pages. */
        .name,
        .simulated {
          display: none;
        }
        nav {
          gap: 1px;
        }
        nav a {
          padding-inline: 2px;
          font-size: 13px;
        }
        .end {
          gap: 2px;
        }
        .end {
          flex: none;
        }
        select {
          width: 58px;
          padding-inline: 4px;
        }
        .end button {
          padding: 3px 6px;
        }
      }
    `,
  ];

  /** Where there is no room for all pages, the current one is in sight. */
  updated(changed) {
    if (changed.has("page")) {
      this.renderRoot.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    }
  }

  render() {
    return html`
      <a class="name" href="#/world">Holdfast</a>
      ${this.signedIn
        ? html`<nav aria-label=${say("pages")}>${this.#pages().map((page) => this.#link(page))}</nav>`
        : ""}
      <div class="end">
        ${simulatedWord(this.summary?.simulated)}
        ${this.summary?.actor
          ? html`<span class="who hint">${this.summary.actor} · ${this.#role(this.summary.role)}</span>`
          : ""}
        ${this.signedIn
          ? html`<button class="search" @click=${() => this.dispatchEvent(new CustomEvent("search"))}>
              ${say("search")} <kbd>${/Mac/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
            </button>`
          : ""}
        <select aria-label=${say("language")} .value=${language()} @change=${(event) => speak(event.target.value)}>
          ${LANGUAGES.map(
            (each) =>
              html`<option value=${each} lang=${each} ?selected=${each === language()}>${say(`language.${each}`)}</option>`,
          )}
        </select>
        ${this.signedIn ? html`<button class="quiet" @click=${signOut}>${say("sign-out")}</button>` : ""}
      </div>
    `;
  }

  /** A role that these pages do not know yet is shown as the server names it. */
  #role(role) {
    return has(`role.${role}`) ? say(`role.${role}`) : role;
  }

  #pages() {
    return PAGES.filter(([, roles]) => !roles || roles.includes(this.summary?.role)).map(([page]) => page);
  }

  #link(page) {
    const open = page === "cases" ? this.summary.openCases : 0;
    return html`<a href="#/${page}" aria-current=${this.page === page ? "page" : nothing}
      >${say(page)}${open ? html` <span class="open">${count(open)}<span class="unseen">${say("cases.open")}</span></span>` : ""}</a
    >`;
  }
}

customElements.define("top-bar", TopBar);
