import { css, html } from "lit";
import { ref, createRef } from "lit/directives/ref.js";
import "./problem-note.js";
import { address, request } from "./api.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { say } from "./words.js";

const STYLE = /<style>([^]*?)<\/style>/;
const NARROWEST = 240;
const WIDEST = 1100;
/** Widths are asked for in steps, so that a window that is drawn wider asks now and then. */
const STEP = 8;
const PAUSE = 150;

/**
 * The graph of a board as the server draws it, as wide as there is room. It stands in the page itself, so that names can be
 * picked up and paper gets its own colours; its styles come in by the one way that the security policy allows, by script.
 */
class BoardGraph extends HoldfastElement {
  static properties = {
    board: {},
    version: {},
    wide: { state: true },
    drawn: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .drawing {
        border: 1px solid var(--line);
        border-radius: 4px;
        overflow: auto;
      }
      .drawing svg {
        display: block;
        max-width: 100%;
        height: auto;
        margin: 0 auto;
      }
      @media print {
        .drawing {
          border: none;
          overflow: visible;
        }
        .drawing svg {
          margin: 0;
        }
      }
    `,
  ];

  #place = createRef();
  #asked = "";
  #timer = 0;
  #watch = new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width));

  constructor() {
    super();
    this.board = "";
    this.version = 0;
    this.wide = 0;
    this.drawn = false;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    clearTimeout(this.#timer);
  }

  #resized(width) {
    // Paper takes the drawing as it is.
    if (width > 0 && !matchMedia("print").matches) {
      clearTimeout(this.#timer);
      const wide = Math.min(WIDEST, Math.max(NARROWEST, Math.floor((width - 2) / STEP) * STEP));
      this.#timer = setTimeout(() => (this.wide = wide), this.wide ? PAUSE : 0);
    }
  }

  languageChanged() {
    this.#load();
  }

  updated(changed) {
    if (this.wide && (changed.has("board") || changed.has("version") || changed.has("wide"))) {
      this.#load();
    }
  }

  async #load() {
    const asked = address(`/api/v1/boards/${encodeURIComponent(this.board)}/graph.svg`, { width: String(this.wide) });
    this.#asked = asked;
    try {
      const response = await request(asked, { headers: { Accept: "image/svg+xml" } });
      const text = await response.text();
      if (asked === this.#asked) {
        this.problem = null;
        this.drawn = true;
        await this.updateComplete;
        this.#show(text);
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  #show(text) {
    const [, rules = ""] = STYLE.exec(text) ?? [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    const tokens = new CSSStyleSheet();
    // Alone it has its own tokens; here it takes those of the page, on paper too.
    const own = new Set(rules.match(/--[a-z0-9-]+(?=:)/g) ?? []);
    tokens.replaceSync(`svg.holdfast-map{${[...own].map((name) => `${name}:inherit;`).join("")}}`);
    this.renderRoot.adoptedStyleSheets = [...this.constructor.elementStyles.map(({ styleSheet }) => styleSheet), sheet, tokens];
    const parsed = new DOMParser().parseFromString(text.replace(STYLE, ""), "image/svg+xml");
    this.#place.value?.replaceChildren(document.importNode(parsed.documentElement, true));
  }

  render() {
    if (this.problem) {
      return html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`;
    }
    return this.drawn ? html`<div class="drawing" ${ref(this.#place)}></div>` : skeleton(6);
  }
}

customElements.define("board-graph", BoardGraph);
