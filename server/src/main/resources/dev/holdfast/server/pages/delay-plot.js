import { css, html, svg } from "lit";
import d3 from "./d3.js";
import { three, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { say } from "./words.js";

const HEIGHT = 260;
const MARGIN = { left: 52, right: 12, top: 12, bottom: 28 };
const BY_MINUTE = d3.utcFormat("%H:%M");
const BY_HOUR = d3.utcFormat("%m-%d %H:%M");
const BY_DAY = d3.utcFormat("%m-%d");

/** The least delays over time, one thin line a landmark; below the dashed line a delay proves the claim by itself. */
class DelayPlot extends HoldfastElement {
  static properties = {
    landmarks: { attribute: false },
    chosen: { state: true },
    near: { state: true },
    width: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
        overflow: visible;
      }
      .grid {
        stroke: var(--line);
      }
      .axis {
        fill: var(--ink-3);
        font-size: 12px;
      }
      .line {
        fill: none;
        stroke: var(--ink-3);
        stroke-width: 1;
        opacity: 0.6;
      }
      .line.chosen {
        stroke: var(--proved);
        stroke-width: 1.5;
        opacity: 1;
      }
      .dot {
        fill: var(--proved);
      }
      .proves {
        stroke: var(--ink-2);
        stroke-dasharray: 5 4;
      }
      .proves.other {
        opacity: 0.25;
      }
      .proves-word {
        fill: var(--ink);
        stroke: var(--paper);
        stroke-width: 4px;
        paint-order: stroke;
        font-size: 12px;
      }
      .near {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.5;
      }
      .readout {
        min-height: 20px;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-top: 8px;
      }
      ul button {
        min-height: 24px;
        padding: 0 8px;
        border-color: var(--line);
      }
      @media print {
        ul {
          gap: 0 16px;
        }
        ul button {
          display: inline !important;
          padding: 0;
          border: none;
        }
        ul button[aria-pressed] {
          color: var(--ink);
          background: none;
        }
        .readout {
          display: none;
        }
      }
    `,
  ];

  #watch = new ResizeObserver(([entry]) => (this.width = Math.round(entry.contentRect.width)));

  constructor() {
    super();
    this.landmarks = [];
    this.chosen = "";
    this.near = null;
    this.width = 400;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  willUpdate(changed) {
    if (changed.has("landmarks")) {
      this.near = null;
      if (!this.landmarks.some(({ id }) => id === this.chosen)) {
        this.chosen = d3.least(this.landmarks, telling)?.id ?? "";
      }
    }
  }

  render() {
    const points = this.landmarks.flatMap((landmark) => landmark.points);
    if (!points.length) {
      return html`<p class="hint">${say("delays.empty")}</p>`;
    }
    const scales = this.#scales(points);
    return html`
      <svg
        role="img"
        viewBox="0 0 ${this.width} ${HEIGHT}"
        preserveAspectRatio="xMinYMid meet"
        aria-label=${say("delays.about", this.landmarks.length)}
        @pointermove=${(event) => this.#moved(event, scales)}
        @pointerleave=${() => (this.near = null)}
      >
        ${this.#axes(scales)}${this.#lines(scales)}${this.#nearest(scales)}
      </svg>
      <p class="readout small">${this.#readout()}</p>
      <ul aria-label=${say("landmarks")}>
        ${this.landmarks.map(
          (landmark) => html`<li>
            <button aria-pressed=${landmark.id === this.chosen} @click=${() => (this.chosen = landmark.id)}>
              ${landmark.name} ${three(least(landmark))} ms
            </button>
          </li>`,
        )}
      </ul>
    `;
  }

  #scales(points) {
    const limits = this.landmarks.map(({ provesMs }) => provesMs).filter((limit) => limit > 0);
    const [low, high] = d3.extent([...points.map(({ ms }) => ms), ...limits]);
    const times = d3.extent(points, ({ at }) => new Date(at));
    if (times[0].getTime() === times[1].getTime()) {
      times[0] = new Date(times[0].getTime() - 60_000);
    }
    return {
      x: d3.scaleUtc(times, [MARGIN.left, this.width - MARGIN.right]),
      y: d3.scaleLog([Math.max(low, 0.001) / 1.2, high * 1.2], [HEIGHT - MARGIN.bottom, MARGIN.top]),
    };
  }

  #axes({ x, y }) {
    const days = (x.domain()[1] - x.domain()[0]) / 86_400_000;
    const words = days > 6 ? BY_DAY : days > 1 ? BY_HOUR : BY_MINUTE;
    const steps = y.ticks(4).filter((tick) => [1, 2, 5].includes(Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9))));
    return svg`
      ${steps.map(
        (tick) => svg`<line class="grid" x1=${MARGIN.left} x2=${this.width - MARGIN.right} y1=${y(tick)} y2=${y(tick)}></line>
        <text class="axis" text-anchor="end" x=${MARGIN.left - 6} y=${y(tick) + 4}>${three(tick)} ms</text>`,
      )}
      ${x.ticks(Math.max(2, Math.floor(this.width / 130))).map(
        (tick) => svg`<text class="axis" text-anchor="middle" x=${x(tick)} y=${HEIGHT - 8}>${words(tick)}</text>`,
      )}`;
  }

  #lines({ x, y }) {
    const line = d3.line(
      ({ at }) => x(new Date(at)),
      ({ ms }) => y(ms),
    );
    const last = [...this.landmarks].sort((a, b) => Number(a.id === this.chosen) - Number(b.id === this.chosen));
    return last.map((landmark) => {
      const chosen = landmark.id === this.chosen;
      const proves = landmark.provesMs;
      const [only] = landmark.points.length === 1 ? landmark.points : [];
      return svg`
        <path class="line ${chosen ? "chosen" : ""}" d=${line(landmark.points)}></path>
        ${only ? svg`<circle class="dot" r="2" cx=${x(new Date(only.at))} cy=${y(only.ms)}></circle>` : ""}
        ${proves > 0 ? this.#limit(proves, y(proves), chosen) : ""}`;
    });
  }

  #limit(proves, height, chosen) {
    const right = this.width - MARGIN.right;
    const name = chosen ? "proves" : "proves other";
    return svg`
      <line class=${name} x1=${MARGIN.left} x2=${right} y1=${height} y2=${height}></line>
      ${chosen ? svg`<text class="proves-word" text-anchor="end" x=${right} y=${height - 5}>${say("delays.proves", three(proves))}</text>` : ""}`;
  }

  #nearest({ x, y }) {
    return this.near ? svg`<circle class="near" r="4" cx=${x(new Date(this.near.point.at))} cy=${y(this.near.point.ms)}></circle>` : "";
  }

  #readout() {
    if (!this.near) {
      return html`<span class="hint">${say("delays.hint")}</span>`;
    }
    const { landmark, point } = this.near;
    return say("delays.point", landmark.name, three(point.ms), time(point.at), point.index);
  }

  #moved(event, { x, y }) {
    const [right, down] = d3.pointer(event, event.currentTarget);
    const all = this.landmarks.flatMap((landmark) => landmark.points.map((point) => ({ landmark, point })));
    this.near = d3.least(all, ({ point }) => Math.hypot(x(new Date(point.at)) - right, y(point.ms) - down)) ?? null;
  }
}

function least({ points }) {
  return d3.min(points, ({ ms }) => ms);
}

/** Which landmark says most about the claim: whose delay comes closest to proving it, or goes furthest below. */
function telling(landmark) {
  return least(landmark) / (landmark.provesMs || 0.001);
}

customElements.define("delay-plot", DelayPlot);
