import { css, html } from "lit";
import "./copy-line.js";
import "./problem-note.js";
import { address, download, get } from "./api.js";
import { checkBundle } from "./bundle-check.js";
import { count, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark, simulatedWord, stateWord } from "./marks.js";
import { say } from "./words.js";

const MOST = 200;
const SHOWN = 20;

/** The verdicts of a site, whose entries this browser checks one after the other, and the lines that check them elsewhere. */
class AuditVerdicts extends HoldfastElement {
  static properties = {
    site: {},
    vkey: {},
    verdicts: { state: true },
    more: { state: true },
    checked: { state: true },
    busy: { state: true },
    problem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        font-size: 13px;
        line-height: 20px;
      }
      progress {
        width: 200px;
        vertical-align: middle;
        accent-color: var(--proved);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin: 8px 0;
      }
      .bad {
        padding: 8px;
        border: 1px solid var(--refuted);
        border-radius: 4px;
        overflow-wrap: anywhere;
      }
      li {
        padding: 8px 0;
        border-bottom: 1px solid var(--line);
      }
      .tick {
        color: var(--proved);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.verdicts = null;
    this.more = false;
    this.checked = new Map();
    this.busy = false;
    this.problem = null;
  }

  async #check() {
    this.busy = true;
    this.problem = null;
    this.checked = new Map();
    try {
      const { items, next } = await get(address("/api/v1/verdicts", { site: this.site, limit: String(MOST) }));
      this.verdicts = items;
      this.more = Boolean(next);
      for (const { id } of this.verdicts) {
        const result = await checkBundle(id, this.vkey).catch((failure) => {
          if (failure.status !== 404) {
            throw failure;
          }
          // A verdict that rests on no round has no bundle.
          return { good: true, entries: 0, none: true };
        });
        this.checked = new Map(this.checked).set(id, result);
      }
    } catch (failure) {
      this.problem = failure;
    }
    this.busy = false;
  }

  render() {
    return html`<div class="row">
        <button ?disabled=${this.busy} @click=${this.#check}>${say("audit.verdicts.check")}</button>
        ${this.verdicts?.length
          ? html`<progress max=${this.verdicts.length} value=${this.checked.size} aria-label=${say("audit.verdicts.check")}></progress>`
          : ""}
        <span role="status">${this.#sum()}</span>
      </div>
      ${this.problem ? html`<problem-note .problem=${this.problem} @retry=${this.#check}></problem-note>` : ""}
      ${[...this.checked].filter(([, { good }]) => !good).map((each) => this.#bad(each))}
      ${this.verdicts?.length
        ? html`<ol>
            ${this.verdicts.slice(0, SHOWN).map((verdict) => this.#row(verdict))}
          </ol>`
        : ""}
      ${this.verdicts && (this.more || this.verdicts.length > SHOWN)
        ? html`<p class="hint">${say("audit.verdicts.some", SHOWN, MOST)}</p>`
        : ""}`;
  }

  #sum() {
    if (!this.verdicts) {
      return "";
    }
    if (!this.verdicts.length) {
      return say("audit.verdicts.none");
    }
    const results = [...this.checked.values()];
    const good = results.filter((each) => each.good);
    const entries = good.reduce((sum, each) => sum + each.entries, 0);
    return say("audit.verdicts.sum", count(results.length), count(this.verdicts.length), count(good.length), count(entries));
  }

  #bad([id, { index, word, values }]) {
    return html`<p class="bad" role="alert">
      ${mark("attention")} ${say("audit.verdicts.bad", count(id), index === undefined ? "–" : count(index))} ${say(`check.${word}`, ...values)}
    </p>`;
  }

  #row({ id, subject, verdict, reason, at, simulated }) {
    const result = this.checked.get(id);
    const name = `verdict-${id}.json`;
    return html`<li>
      <div class="row">
        ${stateWord(verdict)} <span class="code">${subject.id.length > 24 ? subject.host : subject.id}</span>
        <time class="hint" datetime=${at}>${time(at)}</time> ${simulatedWord(simulated)}
        ${result?.good && !result.none ? html`<span class="tick">✓ ${say("audit.entries", count(result.entries))}</span>` : ""}
      </div>
      <p>${reason}</p>
      ${result?.none
        ? html`<p class="hint">${say("audit.verdicts.no-bundle")}</p>`
        : html`<div class="row">
              <button aria-label=${`${say("bundle")} ${name}`} @click=${() => this.#save(id, name)}>${say("bundle")} ↓</button>
            </div>
            <copy-line line=${`holdfast verify ${name} --trust trust.yaml`}></copy-line>`}
    </li>`;
  }

  async #save(id, name) {
    try {
      await download(`/api/v1/verdicts/${id}/bundle`, name);
    } catch (failure) {
      this.problem = failure;
    }
  }
}

customElements.define("audit-verdicts", AuditVerdicts);
