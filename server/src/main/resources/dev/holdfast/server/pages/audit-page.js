import { css, html } from "lit";
import "./audit-disclosures.js";
import "./audit-verdicts.js";
import "./copy-line.js";
import "./problem-note.js";
import "./short-id.js";
import { get } from "./api.js";
import { count } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { checkLog, lastSeen } from "./log-check.js";
import { mark, simulatedWord } from "./marks.js";
import { boardsAddress, fleetAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

/** What was disclosed and what was not, and how to check both: in this browser and by command. */
class AuditPage extends HoldfastElement {
  static properties = {
    summary: { attribute: false },
    mayDisclose: { type: Boolean },
    readable: { state: true },
    problem: { state: true },
    result: { state: true },
    busy: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
        padding: 16px 16px 48px;
      }
      h1 {
        font-size: 18px;
        line-height: 26px;
      }
      .inner {
        max-width: 960px;
        margin: 0 auto;
      }
      section {
        margin-top: 24px;
      }
      h2 {
        margin-bottom: 8px;
      }
      article {
        padding: 12px 0;
        border-top: 1px solid var(--line);
      }
      .counts {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 4px 0;
        font-size: 13px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        margin: 8px 0;
      }
      .bar {
        display: flex;
        height: 8px;
        margin: 8px 0;
        border: 1px solid var(--ink-3);
        border-radius: 4px;
        overflow: hidden;
        background: var(--paper-2);
      }
      .bar span {
        background: var(--proved);
      }
      .tick {
        color: var(--proved);
        font-weight: 600;
      }
      .result {
        overflow-wrap: anywhere;
      }
      .result.bad {
        padding: 8px;
        border: 1px solid var(--refuted);
        border-radius: 4px;
      }
      .result:empty {
        display: none;
      }
      @media print {
        :host {
          height: auto;
          overflow: visible;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.summary = null;
    this.readable = null;
    this.problem = null;
    this.result = null;
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    this.problem = null;
    try {
      this.readable = await get("/api/v1/disclosed");
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #check() {
    this.busy = true;
    const { origin, vkey } = this.summary.ledger;
    try {
      this.result = await checkLog(origin, vkey);
    } catch (problem) {
      this.result = { problem };
    }
    this.busy = false;
  }

  render() {
    if (this.problem) {
      return html`<problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`;
    }
    if (!this.readable || !this.summary) {
      return skeleton(12);
    }
    return html`<div class="inner">
      <h1>${say("audit")}</h1>
      ${this.#log()}
      <section>
        <h2>${say("audit.disclosures")}</h2>
        <p class="hint">${say(this.mayDisclose ? "audit.disclosures.given" : "audit.disclosures.what")}</p>
        <audit-disclosures ?mayDisclose=${this.mayDisclose} @changed=${() => this.#load()}></audit-disclosures>
      </section>
      ${this.readable.all ? "" : this.#sites()} ${this.#commands()}
    </div>`;
  }

  #log() {
    const { size, entries, more, all } = this.readable;
    const share = size ? Math.min(100, (entries / size) * 100) : 0;
    return html`<section>
      <h2>${say("audit.log")}</h2>
      <p>
        ${all
          ? say("audit.log.all", count(size))
          : say(more ? "audit.log.more" : "audit.log.some", count(size), count(entries), count(Math.max(0, size - entries)))}
      </p>
      ${all ? "" : html`<div class="bar" aria-hidden="true"><span .style=${`width: ${share}%`}></span></div>`}
      <div class="row">
        <button ?disabled=${this.busy} @click=${this.#check}>${say("audit.log.check")}</button>
        ${this.result?.good ? html`<span class="tick">✓</span>` : ""}
      </div>
      <div class="result small ${this.result && !this.result.good && !this.result.problem ? "bad" : ""}" role="status">${this.#words()}</div>
      <p class="hint">
        ${say("check.key")} <short-id value=${this.summary.ledger.vkey} most="40"></short-id>
      </p>
    </section>`;
  }

  #words() {
    const { result } = this;
    if (!result) {
      return "";
    }
    if (result.problem) {
      const { code, message } = result.problem;
      return html`${mark("attention")} <span class="code">${code}</span> ${message || say("problem.unreachable")}`;
    }
    return html`${result.good ? "" : mark("attention")} ${say(`audit.check.${result.word}`, ...result.values)}`;
  }

  #sites() {
    const { sites } = this.readable;
    return html`<section>
      <h2>${say("audit.sites")}</h2>
      ${sites.length ? sites.map((each) => this.#site(each)) : html`<p class="hint">${say("audit.sites.none")}</p>`}
    </section>`;
  }

  #site({ site, name, now, hosts, chips, boards, verdicts, notes, simulated }) {
    return html`<article>
      <h3><a href=${siteAddress(site)}>${name}</a> ${simulatedWord(simulated)}</h3>
      <p class="hint">${say(now ? "audit.sites.now" : "audit.sites.past")}</p>
      <div class="counts">
        <span>${say("audit.count.hosts", count(hosts))}</span>
        <a href=${fleetAddress({ site })}>${say("audit.count.chips", count(chips))}</a>
        ${now ? html`<a href=${boardsAddress({ site })}>${say("audit.count.boards", count(boards))}</a>` : ""}
        <span>${say("audit.count.verdicts", count(verdicts))}</span>
        <a href=${siteAddress(site)}>${say("audit.count.notes", count(notes))}</a>
      </div>
      <audit-verdicts .site=${site} .vkey=${this.summary.ledger.vkey}></audit-verdicts>
    </article>`;
  }

  #commands() {
    const { origin, vkey } = this.summary.ledger;
    const log = `${location.origin}/log/`;
    const seen = lastSeen(origin);
    return html`<section>
      <h2>${say("audit.command")}</h2>
      <p>${say("audit.command.log")}</p>
      ${seen
        ? html`<div class="row">
            <button @click=${() => save("checkpoint.old", seen.text)}>${say("audit.command.seen", count(seen.size))} ↓</button>
          </div>`
        : html`<p class="hint">${say("audit.command.first")}</p>`}
      <copy-line line=${`curl -fsS ${log}checkpoint -o checkpoint.new`}></copy-line>
      <copy-line line=${`holdfast verify checkpoint.old checkpoint.new --vkey '${vkey}' --log ${log}`}></copy-line>
      <p>${say("audit.command.bundle")}</p>
      <copy-line line="holdfast verify verdict-N.json --trust trust.yaml"></copy-line>
      <p>${say("audit.command.trust")}</p>
      <div class="row">
        <button @click=${() => save("trust.yaml", trustFile(vkey))}>trust.yaml ↓</button>
      </div>
      <p class="hint">${say("audit.command.limits")}</p>
    </section>`;
  }
}

/** What a trust file begins with; whom to trust is for its reader to fill in. */
function trustFile(vkey) {
  return `# ${say("audit.trust.authorities")}
authorities:
# ${say("audit.trust.log")}
logs:
  - ${vkey}
`;
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

customElements.define("audit-page", AuditPage);
