import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./problem-note.js";
import { address, get } from "./api.js";
import { feed, subjectOf } from "./feed.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { timelineRow, timelineStyles } from "./timeline-row.js";
import { say } from "./words.js";

const PAGE = 50;
const MOST = 400;

/**
 * What is known of a chip, or was said of a site, newest first; each entry's proof can be checked where it stands. It
 * reads the `list` of the server, looks for more when something happens to one of the ids in `about`, and says the words
 * of `empty` where there is nothing.
 */
class ChipTimeline extends HoldfastElement {
  static properties = {
    list: {},
    about: { attribute: false },
    empty: {},
    items: { state: true },
    next: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    timelineStyles,
    css`
      :host {
        display: block;
      }
      .sentence.comment {
        white-space: pre-line;
      }
      .nothing {
        padding-top: 8px;
      }
      .actions {
        padding: 12px 0;
      }
    `,
  ];

  constructor() {
    super();
    this.about = [];
    this.#clear();
  }

  #clear() {
    this.items = null;
    this.next = null;
    this.problem = null;
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    feed.addEventListener("feed", this.#happened);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    feed.removeEventListener("feed", this.#happened);
  }

  #happened = ({ detail }) => {
    const { id } = subjectOf(detail);
    if (id && this.about.includes(id)) {
      this.newest();
    }
  };

  languageChanged() {
    this.#load("");
  }

  willUpdate(changed) {
    if (changed.has("list")) {
      this.#clear();
      this.#load("");
    }
  }

  #path(cursor) {
    return address(this.list, { limit: String(PAGE), cursor });
  }

  async #load(cursor) {
    const { list } = this;
    this.busy = true;
    this.problem = null;
    try {
      const page = await get(this.#path(cursor));
      if (list === this.list) {
        this.items = cursor ? [...this.items, ...page.items] : page.items;
        this.next = page.next;
      }
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
  }

  /** Puts what is new on top and leaves the rest, with what was checked there, as it stands. */
  async newest() {
    const { list } = this;
    const page = await get(this.#path("")).catch(() => null);
    if (page && this.items && list === this.list) {
      const seen = new Set(this.items.map(({ index }) => index));
      this.items = [...page.items.filter(({ index }) => !seen.has(index)), ...this.items];
    }
  }

  render() {
    if (!this.items) {
      return this.problem ? this.#note("") : skeleton(10);
    }
    if (!this.items.length) {
      return html`<p class="hint nothing">${say(this.empty)}</p>`;
    }
    return html`
      <ol>
        ${repeat(
          numbered(this.items),
          ({ key }) => key,
          ({ item }) => this.#row(item),
        )}
      </ol>
      ${this.problem ? this.#note(this.next) : this.#end()}
    `;
  }

  #row(item) {
    const comment = item.kind === "comment";
    const words = html`<span>${item.source}</span>${comment ? html`<span class="word">${say("comment.word")}</span>` : ""}${item.late
        ? html`<span>${say("late")}</span>`
        : ""}`;
    return html`<li class="row">${timelineRow(item, words, comment ? "comment" : "")}</li>`;
  }

  #note(cursor) {
    return html`<problem-note .problem=${this.problem} @retry=${() => this.#load(cursor)}></problem-note>`;
  }

  #end() {
    if (!this.next) {
      return html`<p class="actions hint">${say("timeline.beginning")}</p>`;
    }
    if (this.items.length >= MOST) {
      return html`<p class="actions hint">${say("timeline.most", MOST)}</p>`;
    }
    return html`<div class="actions">
      <button ?disabled=${this.busy} @click=${() => this.#load(this.next)}>${say("timeline.older")}</button>
    </div>`;
  }
}

/** Each with a key that stays when newer ones come; one entry may say several things. */
function numbered(items) {
  const seen = new Map();
  return items.map((item) => {
    const number = seen.get(item.index) ?? 0;
    seen.set(item.index, number + 1);
    return { item, key: `${item.index} ${number}` };
  });
}

customElements.define("chip-timeline", ChipTimeline);
