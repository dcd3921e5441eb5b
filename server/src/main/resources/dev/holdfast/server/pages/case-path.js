import { css, html } from "lit";
import { count, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { located } from "./path-words.js";
import { regionSentence } from "./region-words.js";
import { siteAddress } from "./route.js";
import { spelled } from "./case-words.js";
import { say } from "./words.js";

/** More names of destinations than this say less than their number. */
const MOST_DESTINATIONS = 6;
const MARKS = { proved: "proved", claimed: "claim", bounded: "proved", unheard: "silent" };

/** The path of a case in words, in its order; what is claimed, proved and not known says which it is. */
class CasePath extends HoldfastElement {
  static properties = { path: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: 14px minmax(0, 1fr);
        gap: 2px 12px;
        padding-bottom: 16px;
        break-inside: avoid;
      }
      li::before {
        content: "";
        position: absolute;
        left: 6px;
        top: 22px;
        bottom: 0;
        border-left: 2px solid var(--line);
      }
      li.gap::before {
        border-left-style: dashed;
        border-left-color: var(--ink-3);
      }
      li:last-child::before {
        display: none;
      }
      .mark {
        margin-top: 4px;
      }
      .name {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }
      .more {
        grid-column: 2;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    const steps = new Map(located(this.path).map((stop) => [`${stop.basis} ${stop.site} ${stop.from}`, stop.step]));
    return html`<ol>
      ${this.path.map((stop) => this.#stop(stop, steps.get(`${stop.basis} ${stop.site} ${stop.from}`)))}
    </ol>`;
  }

  #stop(stop, step) {
    return html`<li class=${stop.basis === "unheard" ? "gap" : ""}>
      ${mark(MARKS[stop.basis])}
      <div class="name">
        ${step ? html`<strong>${step}</strong>` : ""}<span>${this.#where(stop)}</span>${simulatedWord(stop.simulated)}
      </div>
      <p class="more small">${this.#when(stop)}</p>
      <p class="more hint">${basisWords(stop)} ${this.#region(stop)}</p>
    </li>`;
  }

  #where(stop) {
    if (stop.basis === "unheard") {
      return stop.until ? say("case.path.unheard") : say("case.path.silent");
    }
    const site = stop.site ? spelled(siteAddress(stop.site), stop.name ?? stop.site) : say("case.path.no-site");
    return stop.basis === "bounded" ? html`${say("case.path.not-at")} ${site}` : site;
  }

  #when({ from, until, chips, hosts }) {
    const what = chips ? say("case.path.chips", count(chips)) : say("case.path.hosts", count(hosts.length));
    return until ? say("case.path.from-until", time(from), time(until), what) : say("case.path.from", time(from), what);
  }

  /** Of a declared place the region says how closely rounds bound it; elsewhere it is all that is known. */
  #region({ region }) {
    return region ? regionSentence(region, MOST_DESTINATIONS) : "";
  }
}

/** What is claimed, what is proved of it, and what is not known. */
function basisWords({ basis, region }) {
  return say(`case.path.basis.${basis === "claimed" && region ? "claimed-bounded" : basis}`);
}

customElements.define("case-path", CasePath);
