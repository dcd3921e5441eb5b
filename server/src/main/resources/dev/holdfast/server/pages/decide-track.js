import { css, html, svg } from "lit";
import d3 from "./d3.js";
import { dayOf, instantOf, isoOf, knownLaw } from "./decide-law.js";
import { changed } from "./decide-question.js";
import { outcomeName, outcomeWord, word } from "./decide-words.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { decideAddress } from "./route.js";
import { say } from "./words.js";

const ROW = 16;
const HEAD = 20;
const BAR = 8;
const AXIS = 26;
const RIGHT = 12;
/** Half the handle of the slider, which stands over its day. */
const HANDLE = 8;
const STATUSES = ["in force", "announcement", "stayed", "not enforced", "superseded", "unknown"];
const MONTH = d3.utcFormat("%Y-%m");

/** The rules as bars over time, and the day in question as a line through them; says `moved` with another day. */
class DecideTrack extends HoldfastElement {
  static properties = {
    law: { attribute: false },
    date: {},
    knownOn: {},
    question: { attribute: false },
    answer: { attribute: false },
    width: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        background: var(--paper);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px 20px;
        padding: 6px 20px;
        font-size: 13px;
        line-height: 20px;
      }
      h2 {
        font-size: 18px;
        white-space: nowrap;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        margin-left: auto;
        color: var(--ink-2);
      }
      .legend svg {
        width: 22px;
        height: 10px;
        margin-right: 5px;
        vertical-align: -1px;
      }
      .scroll {
        overflow: hidden auto;
        min-height: 0;
        padding: 0 8px 8px 20px;
      }
      .over {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--paper);
        border-bottom: 1px solid var(--line);
      }
      svg {
        display: block;
        overflow: visible;
      }
      .legend svg {
        display: inline;
      }
      .moves {
        touch-action: pan-y;
        cursor: ew-resize;
      }
      input[type="range"] {
        display: block;
        appearance: none;
        position: relative;
        min-height: 0;
        height: 20px;
        margin: 0;
        padding: 0;
        border: none;
        background: none;
        cursor: ew-resize;
      }
      input::-webkit-slider-runnable-track {
        height: 2px;
        background: var(--ink-3);
      }
      input::-moz-range-track {
        height: 2px;
        background: var(--ink-3);
      }
      input::-webkit-slider-thumb {
        appearance: none;
        width: ${HANDLE * 2}px;
        height: 16px;
        margin-top: -7px;
        border: 2px solid var(--paper);
        border-radius: 8px;
        background: var(--claim);
      }
      input::-moz-range-thumb {
        box-sizing: border-box;
        width: ${HANDLE * 2}px;
        height: 16px;
        border: 2px solid var(--paper);
        border-radius: 8px;
        background: var(--claim);
      }
      text {
        font-size: 12px;
        fill: var(--ink-3);
        stroke: var(--paper);
        stroke-width: 4px;
        paint-order: stroke;
      }
      .rule {
        font-family: var(--code);
        font-size: 11.5px;
      }
      .rule.applies {
        fill: var(--ink);
        font-weight: 700;
      }
      .stage {
        fill: var(--ink-2);
        font-weight: 600;
      }
      .grid {
        stroke: var(--line);
      }
      .now {
        stroke: var(--claim);
        stroke-width: 1.5;
      }
      .today {
        stroke: var(--ink-3);
        stroke-dasharray: 2 3;
      }
      .unread {
        fill: var(--paper-2);
      }
      .turn {
        fill: var(--ink);
      }
      .bar {
        stroke: var(--unproven);
      }
      .bar.in-force,
      .start {
        fill: var(--unproven);
      }
      .bar.in-force {
        stroke: none;
      }
      .bar.applies,
      .applies .start {
        fill: var(--ink);
      }
      .bar.announcement {
        stroke-dasharray: 4 3;
      }
      .bar.unknown {
        stroke-dasharray: 1 3;
        stroke-linecap: round;
        stroke-width: 1.5;
      }
      .bar.superseded {
        stroke-opacity: 0.6;
      }
      .hatch {
        stroke: var(--unproven);
        stroke-width: 1.6;
      }
      @media (max-width: 900px) {
        header {
          padding: 6px 16px;
        }
        .scroll {
          padding: 0 4px 8px 16px;
        }
        .rule {
          font-family: inherit;
        }
        .legend {
          margin-left: 0;
          font-size: 12px;
          line-height: 18px;
          gap: 0 10px;
        }
      }
      @media print {
        .scroll {
          overflow: visible;
          padding: 0;
        }
        header {
          padding: 0;
        }
      }
    `,
  ];

  #watch = new ResizeObserver(([entry]) => (this.width = Math.round(entry.contentRect.width)));

  constructor() {
    super();
    this.law = null;
    this.date = "";
    this.knownOn = "";
    this.question = {};
    this.answer = null;
    this.width = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  updated() {
    const plot = this.renderRoot.querySelector(".plot");
    if (plot) {
      this.#watch.observe(plot);
    }
  }

  render() {
    if (!this.law) {
      return html`<div class="scroll">${skeleton(5)}</div>`;
    }
    const first = dayOf(this.law.begins);
    const last = dayOf(this.law.answersUntil);
    const gutter = this.width < 560 ? 116 : 168;
    const x = d3.scaleUtc([instantOf(first), instantOf(last)], [gutter, Math.max(gutter + 40, this.width - RIGHT)]);
    return html`
      <header>${this.#head()}</header>
      <div class="scroll">
        <div class="plot">
          <div class="over">
            ${this.#slider(first, last, x)}
            ${this.#axis(x)}
          </div>
          ${this.#rules(x)}
        </div>
      </div>
    `;
  }

  /** The day, what the nearest days on either side would change, and what the bars mean. */
  #head() {
    const turns = (this.answer?.changes ?? []).filter(({ field }) => field === "date");
    const before = turns.find(({ value }) => value < this.date);
    const after = turns.find(({ value }) => value > this.date);
    return html`<h2>${this.date}</h2>
      ${before ? html`<span>← ${this.#turn(before)}</span>` : ""} ${after ? html`<span>${this.#turn(after)} →</span>` : ""}
      <ul class="legend" aria-label=${say("decide.legend")}>
        ${STATUSES.map((status) => html`<li>${sample(status)}${word("decide.status", status)}</li>`)}
      </ul>`;
  }

  #turn(change) {
    return html`<a href=${decideAddress(changed(this.question, change))}>${change.value}</a> ${outcomeWord(change.outcome)}`;
  }

  #slider(first, last, x) {
    const [left, right] = x.range();
    // Set as properties: the security policy forbids style attributes, not the style object.
    return html`<input
      type="range"
      min=${first}
      max=${last}
      step="1"
      aria-label=${say("decide.field.date")}
      aria-valuetext=${this.date}
      .style=${`margin-left: ${left - HANDLE}px; width: ${right - left + 2 * HANDLE}px`}
      .value=${String(dayOf(this.date))}
      @input=${({ target }) => this.#move(Number(target.value))}
    />`;
  }

  #axis(x) {
    const [left, right] = x.range();
    const ticks = x.ticks(Math.max(2, Math.floor((right - left) / 84)));
    const turns = (this.answer?.changes ?? []).filter(({ field }) => field === "date");
    return html`<svg class="moves axis" width=${this.width} height=${AXIS} aria-hidden="true" @pointerdown=${(event) => this.#grab(event, x)}>
      ${this.#now(x, AXIS)}
      ${ticks.map(
        (tick) => svg`<text text-anchor="middle" x=${Math.min(Math.max(x(tick), left + 20), right - 12)} y=${AXIS - 6}>${MONTH(tick)}</text>`,
      )}
      ${turns.map(({ value, outcome }) => {
        const at = x(new Date(value));
        return svg`<path class="turn" d="M${at - 4} 0h8l-4 7z"><title>${value}: ${outcomeName(outcome)}</title></path>`;
      })}
    </svg>`;
  }

  #rules(x) {
    const applying = new Set((this.answer?.trace ?? []).filter(({ result }) => result === "applies").map(({ rule }) => rule));
    const day = dayOf(this.date);
    const drawn = [];
    let y = 2;
    for (const { stage, rules } of knownLaw(this.law, this.knownOn)) {
      drawn.push(svg`<text class="stage" x="0" y=${y + 14}>${word("decide.stage", stage)}</text>`);
      y += HEAD;
      for (const { rule, spans } of rules) {
        const applies = applying.has(rule);
        drawn.push(svg`<text class="rule ${applies ? "applies" : ""}" x="8" y=${y + 11}>${rule}<title>${spans[0].titles.join("\n")}</title></text>
          ${spans.map((span) => bar(span, applies && span.from <= day && day < span.until, x, y))}`);
        y += ROW;
      }
    }
    const [left, right] = x.range();
    const compiled = x(new Date(this.law.compiled));
    const ticks = x.ticks(Math.max(2, Math.floor((right - left) / 84)));
    return html`<svg
      class="moves rules"
      role="img"
      aria-label=${say("decide.track.about", this.date)}
      width=${this.width}
      height=${y + 4}
      @pointerdown=${(event) => this.#grab(event, x)}
    >
      <defs>${hatch("stayed", 4)}${hatch("superseded", 7)}</defs>
      <rect class="unread" x=${compiled} width=${Math.max(0, right - compiled)} height=${y + 4}>
        <title>${say("decide.unread", this.law.compiled)}</title>
      </rect>
      ${ticks.map((tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1="0" y2=${y + 4}></line>`)}
      <line class="today" x1=${x(new Date(this.law.today))} x2=${x(new Date(this.law.today))} y1="0" y2=${y + 4}></line>
      ${drawn}${this.#now(x, y + 4)}
    </svg>`;
  }

  #now(x, height) {
    const at = x(new Date(this.date));
    const [left, right] = x.range();
    return left <= at && at <= right ? svg`<line class="now" x1=${at} x2=${at} y1="0" y2=${height}></line>` : "";
  }

  /** The line goes where the pointer is, for as long as it is held. */
  #grab(event, x) {
    const ground = event.currentTarget;
    if (event.button !== 0 || d3.pointer(event, ground)[0] < x.range()[0] - HANDLE) {
      return;
    }
    const [first, last] = x.domain();
    const follow = (moved) => {
      const at = x.invert(d3.pointer(moved, ground)[0]);
      this.#move(Math.round(Math.min(Math.max(at, first), last) / 86_400_000));
    };
    const end = () => {
      ground.removeEventListener("pointermove", follow);
      ground.removeEventListener("pointerup", end);
      ground.removeEventListener("pointercancel", end);
    };
    event.preventDefault();
    ground.setPointerCapture(event.pointerId);
    ground.addEventListener("pointermove", follow);
    ground.addEventListener("pointerup", end);
    ground.addEventListener("pointercancel", end);
    follow(event);
  }

  #move(day) {
    const date = isoOf(day);
    if (date !== this.date) {
      this.dispatchEvent(new CustomEvent("moved", { detail: date }));
    }
  }
}

/** What a rule is worth shows in the shape of its bar, not in a colour alone. */
function bar(span, applies, x, y) {
  const left = x(instantOf(span.from));
  const width = Math.max(2, x(instantOf(span.until)) - left);
  const words = [
    `${span.rule}: ${span.titles.join("; ")}`,
    [span.paragraph, span.citation].filter((each) => each && each !== "none").join("; "),
    `${span.validFrom} – ${span.validTo ?? ""}`,
    word("decide.status", span.status),
  ];
  return shape(span.status, applies, left, y + (ROW - BAR) / 2, width, words.filter(Boolean).join("\n"));
}

function shape(status, applies, left, top, width, words) {
  const name = status.replaceAll(" ", "-");
  const filled = name === "stayed" || name === "superseded";
  return svg`<g class=${applies ? "applies" : ""}>
    <rect
      class="bar ${name} ${applies && name === "in-force" ? "applies" : ""}"
      x=${left + 0.5}
      y=${top}
      width=${Math.max(1, width - 1)}
      height=${BAR}
      fill=${filled ? `url(#${name})` : "none"}
    >
      ${words ? svg`<title>${words}</title>` : ""}
    </rect>
    ${name === "announcement" ? svg`<path class="start" d="M${left} ${top}l6 ${BAR / 2}l-6 ${BAR / 2}z"></path>` : ""}
  </g>`;
}

function hatch(name, gap) {
  return svg`<pattern id=${name} width=${gap} height=${gap} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <line class="hatch" x1="0" x2="0" y1="0" y2=${gap}></line>
  </pattern>`;
}

function sample(status) {
  return html`<svg viewBox="0 0 22 10" aria-hidden="true">${shape(status, false, 0, 1, 22, "")}</svg>`;
}

customElements.define("decide-track", DecideTrack);
