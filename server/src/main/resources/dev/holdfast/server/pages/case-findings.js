import { css, html } from "lit";
import { aboutLink } from "./case-words.js";
import { count } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { onPrinting, openDetails } from "./printing.js";
import { timelineRow, timelineStyles } from "./timeline-row.js";
import { say } from "./words.js";

const HOUR_MS = 3_600_000;
const MOST_ABOUT = 24;
const MOST_CAUSES = 50;

/** What was found, as a vertical line, oldest first, with the entries that it rests on; each proof can be checked here. */
class CaseFindings extends HoldfastElement {
  static properties = { items: { attribute: false }, total: { type: Number } };

  static styles = [
    HoldfastElement.styles,
    timelineStyles,
    css`
      :host {
        display: block;
      }
      ol.line > li {
        position: relative;
      }
      ol.line > li:not(:last-child)::before {
        content: "";
        position: absolute;
        left: 6px;
        top: 30px;
        bottom: -10px;
        border-left: 2px solid var(--line);
      }
      .row {
        border: none;
        padding: 8px 0;
      }
      details {
        margin-left: 26px;
        font-size: 13px;
        line-height: 20px;
      }
      summary {
        cursor: pointer;
        border-radius: 4px;
        color: var(--ink-2);
      }
      .causes {
        max-width: 640px;
        padding: 4px 0 8px;
      }
      .causes li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        grid-template-areas: "name check" "result result";
        gap: 2px 12px;
        align-items: center;
        padding: 2px 0;
        border-bottom: 1px solid var(--line);
      }
      .alike > li {
        border-bottom: 1px solid var(--line);
      }
      .about {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        padding: 2px 0;
      }
      .end {
        padding-top: 8px;
      }
      /* The addresses stand once, below the story; here the names are enough. */
      @media print {
        .about .printed {
          display: none;
        }
        .causes li {
          display: inline-block;
          margin-right: 12px;
          border: none;
        }
      }
    `,
  ];

  #forgetPrinting = null;
  #shut = null;

  connectedCallback() {
    super.connectedCallback();
    this.#forgetPrinting = onPrinting((printing) => {
      this.#shut?.();
      this.#shut = printing ? openDetails(this.renderRoot) : null;
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetPrinting?.();
  }

  render() {
    return html`<ol class="line">
        ${grouped(this.items).map((alike) => html`<li>${this.#group(alike)}</li>`)}
      </ol>
      ${this.total > this.items.length
        ? html`<p class="hint end">${say("case.findings.first", count(this.items.length), count(this.total))}</p>`
        : ""}`;
  }

  #group([first, ...alike]) {
    return html`${this.#finding(first)}
    ${alike.length
      ? html`<details>
          <summary>${say("case.findings.alike", count(alike.length))}</summary>
          <ol class="alike">
            ${alike.map((each) => html`<li>${this.#finding(each)}</li>`)}
          </ol>
        </details>`
      : ""}`;
  }

  #finding(item) {
    const row = { ...item, mark: item.severity === "low" ? "none" : "attention" };
    return html`<div class="row">${timelineRow(row, html`<span>${say(`severity.${item.severity}`)}</span>`)}</div>
      <details>
        <summary>${say("case.evidence", count(item.causes.length))}</summary>
        <div class="about">${item.about.slice(0, MOST_ABOUT).map((name) => html`<span>${aboutLink(name)}</span>`)}${item.about.length > MOST_ABOUT
          ? html`<span class="hint">${say("case.more", count(item.about.length - MOST_ABOUT))}</span>`
          : ""}</div>
        ${item.causes.length
          ? html`<ul class="causes">
              ${item.causes.slice(0, MOST_CAUSES).map(
                (index) => html`<li><span>${say("entry", count(index))}</span><proof-check .index=${index}></proof-check></li>`,
              )}
            </ul>`
          : html`<p class="hint">${say("case.evidence.time")}</p>`}
        ${item.causes.length > MOST_CAUSES ? html`<p class="hint">${say("case.more", count(item.causes.length - MOST_CAUSES))}</p>` : ""}
      </details>`;
  }
}

/** What tells the same of several things within an hour is one thing to read. */
function grouped(items) {
  const groups = [];
  const newest = new Map();
  for (const item of items) {
    const kind = `${item.kind} ${item.severity}`;
    const group = newest.get(kind);
    if (group && Math.abs(Date.parse(item.at) - Date.parse(group[0].at)) < HOUR_MS) {
      group.push(item);
    } else {
      newest.set(kind, [item]);
      groups.push(newest.get(kind));
    }
  }
  return groups;
}

customElements.define("case-findings", CaseFindings);
