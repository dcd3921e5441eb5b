import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./note-form.js";
import "./problem-note.js";
import "./proof-check.js";
import { address, get } from "./api.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { siteAddress } from "./route.js";
import { has, say } from "./words.js";

const PAGE = 20;
const LONG_LINES = 12;
const LONG_TEXT = 600;

/** What people wrote about a site, newest first, as what they said; and where one writes more. */
class SiteNotes extends HoldfastElement {
  static properties = {
    site: {},
    chosen: {},
    mayWrite: { type: Boolean },
    items: { state: true },
    next: { state: true },
    apart: { state: true },
    opened: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      .what {
        margin: 4px 0 8px;
      }
      .unwritten {
        padding-top: 8px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        grid-template-areas: "title check" "facts facts" "text text" "when when" "result result";
        gap: 2px 12px;
        padding: 12px 0;
        border-bottom: 1px solid var(--line);
      }
      li.chosen {
        padding-left: 10px;
        border-left: 2px solid var(--ink);
      }
      li:focus-visible {
        outline-offset: -2px;
      }
      h3 {
        grid-area: title;
        color: var(--ink);
        overflow-wrap: anywhere;
      }
      .facts,
      .when {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      .facts {
        grid-area: facts;
      }
      .when {
        grid-area: when;
        align-items: center;
        color: var(--ink-3);
      }
      .word {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 4px;
      }
      .body {
        grid-area: text;
        padding: 4px 0;
      }
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      button.small {
        min-height: 24px;
        padding: 0 8px;
      }
      .body button {
        margin: 4px 0 0 -8px;
      }
      .actions {
        padding: 12px 0;
      }
      @media screen {
        .text.cut {
          max-height: 12lh;
          overflow: hidden;
        }
      }
    `,
  ];

  #shown = "";

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => kind === "note",
      () => this.newest(),
    );
    this.site = "";
    this.chosen = "";
    this.mayWrite = false;
    this.items = null;
    this.next = null;
    this.apart = null;
    this.opened = new Set();
    this.problem = null;
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load("");
  }

  get #list() {
    return `/api/v1/sites/${encodeURIComponent(this.site)}/notes`;
  }

  #page(cursor) {
    return get(address(this.#list, { limit: String(PAGE), cursor }));
  }

  async #load(cursor) {
    this.busy = true;
    this.problem = null;
    try {
      const page = await this.#page(cursor);
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.next = page.next;
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
  }

  /** Puts what is new on top; where more is new than a page holds, the list begins anew. */
  async newest() {
    const page = await this.#page("").catch(() => null);
    if (!page || !this.items) {
      return;
    }
    const fresh = new Set(page.items.map(({ index }) => index));
    const meets = this.items.some(({ index }) => fresh.has(index));
    const rest = this.items.filter(({ index }) => !fresh.has(index)).map((each) => corrected(each, page.items));
    this.items = meets ? [...page.items, ...rest] : page.items;
    this.next = meets && rest.length ? this.next : page.next;
  }

  willUpdate(changed) {
    if (changed.has("chosen")) {
      this.#shown = "";
      this.apart = null;
    }
  }

  updated() {
    if (this.chosen && this.items && this.#shown !== this.chosen) {
      this.#show(this.chosen);
    }
  }

  /** Brings the chosen note into sight; one that is too old for the list stands before it. */
  async #show(chosen) {
    this.#shown = chosen;
    if (!this.items.some(({ index }) => String(index) === chosen)) {
      const note = await get(`${this.#list}/${encodeURIComponent(chosen)}`).catch(() => ({ missing: chosen }));
      if (chosen !== this.chosen) {
        return;
      }
      this.apart = note;
      await this.updateComplete;
    }
    const row = this.renderRoot.querySelector(".chosen");
    row?.scrollIntoView({ block: "nearest" });
    row?.focus({ preventScroll: true });
  }

  render() {
    return html`<h2>${say("notes")}</h2>
      <p class="what hint">${say("notes.what")}</p>
      ${this.mayWrite ? html`<note-form .site=${this.site} @said=${() => this.newest()}></note-form>` : ""} ${this.#rows()}`;
  }

  #rows() {
    if (!this.items) {
      return this.problem ? this.#note("") : skeleton(4);
    }
    const { apart } = this;
    const notes = apart?.index && !this.items.some(({ index }) => index === apart.index) ? [apart, ...this.items] : this.items;
    return html`
      ${apart?.missing ? html`<p class="hint unwritten" role="status">${say("notes.missing", apart.missing)}</p>` : ""}
      ${notes.length
        ? html`<ol>
            ${repeat(
              notes,
              ({ index }) => index,
              (note) => this.#row(note),
            )}
          </ol>`
        : html`<p class="hint unwritten">${say(this.mayWrite ? "notes.none.write" : "notes.none")}</p>`}
      ${this.problem ? this.#note(this.next) : this.#end()}
    `;
  }

  #row(note) {
    const chosen = String(note.index) === this.chosen;
    return html`<li class=${chosen ? "chosen" : ""} tabindex=${chosen ? "-1" : null}>
      <h3 lang=${note.language}>${note.title}</h3>
      <p class="facts">
        <span>${say(`note.kind.${note.kind}`)}</span>${note.day ? html`<span>${say("note.about", note.day)}</span>` : ""}
        <span>${say("note.by", note.actor, roleWord(note.role))}</span><span class="word">${say("note.self-declared")}</span>
      </p>
      <div class="body">${this.#text(note)}</div>
      <div class="when">
        <time datetime=${note.at}>${time(note.at)}</time><span>${say("entry", count(note.index))}</span>
        ${note.corrects === undefined || note.corrects === null ? "" : this.#link("note.corrects", note.corrects)}
        ${note.correctedBy.map((index) => this.#link("note.corrected", index))}
        ${this.mayWrite
          ? html`<button
              class="quiet small"
              aria-label=${say("note.correct.entry", count(note.index))}
              @click=${() => this.renderRoot.querySelector("note-form").correct(note)}
            >
              ${say("note.correct")}
            </button>`
          : ""}
      </div>
      <proof-check .index=${note.index}></proof-check>
    </li>`;
  }

  #text({ index, language, text }) {
    const long = text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
    const cut = long && !this.opened.has(index);
    return html`<p class="text ${cut ? "cut" : ""}" lang=${language}>${text}</p>
      ${long
        ? html`<button class="quiet small" aria-expanded=${!cut} @click=${() => this.#turn(index)}>
            ${say(cut ? "note.more" : "note.less")}
          </button>`
        : ""}`;
  }

  #turn(index) {
    const opened = new Set(this.opened);
    if (!opened.delete(index)) {
      opened.add(index);
    }
    this.opened = opened;
  }

  #link(words, index) {
    return html`<a href="${siteAddress(this.site)}?note=${index}">${say(words, count(index))}</a>`;
  }

  #note(cursor) {
    return html`<problem-note .problem=${this.problem} @retry=${() => this.#load(cursor)}></problem-note>`;
  }

  #end() {
    return this.next
      ? html`<div class="actions">
          <button ?disabled=${this.busy} @click=${() => this.#load(this.next)}>${say("timeline.older")}</button>
        </div>`
      : "";
  }
}

/** A note with the corrections that came since it was read. */
function corrected(note, newer) {
  const by = newer.filter(({ corrects }) => corrects === note.index).map(({ index }) => index);
  return by.length ? { ...note, correctedBy: [...new Set([...note.correctedBy, ...by])].sort((a, b) => a - b) } : note;
}

/** A role that these pages do not know yet is shown as the server names it. */
function roleWord(role) {
  return has(`role.${role}`) ? say(`role.${role}`) : role;
}

customElements.define("site-notes", SiteNotes);
