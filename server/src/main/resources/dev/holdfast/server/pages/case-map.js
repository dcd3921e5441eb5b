import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { MapPainter } from "./map-painter.js";
import { simulatedWord } from "./marks.js";
import { located, placeOf, span } from "./path-words.js";
import { onPrinting } from "./printing.js";
import { degreesOf, surround } from "./sphere.js";
import { say } from "./words.js";

/** The least that a map shows around a place, in kilometres. */
const LEAST_KM = 60;

/** A still map of where what a case is about was heard, with the days; the way between two places is dashed. */
class CaseMap extends HoldfastElement {
  static properties = {
    land: { attribute: false },
    path: { attribute: false },
    sentence: {},
    simulated: { type: Boolean },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        position: relative;
        height: 340px;
        border: 1px solid var(--line);
        border-radius: 4px;
        overflow: hidden;
        break-inside: avoid;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        font-family: var(--words);
        object-fit: contain;
      }
      .simulated {
        position: absolute;
        right: 8px;
        top: 8px;
      }
      @media (max-width: 600px) {
        :host {
          height: 260px;
        }
      }
    `,
  ];

  #painter = null;
  #watch = new ResizeObserver(() => this.#paint());
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #forgetPrinting = null;

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
    this.#dark.addEventListener("change", this.#paint);
    this.#forgetPrinting = onPrinting(this.#paint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#dark.removeEventListener("change", this.#paint);
    this.#forgetPrinting?.();
  }

  render() {
    return html`<canvas role="img" aria-label=${`${say("case.map")}. ${this.sentence ?? ""}`}></canvas>${simulatedWord(this.simulated)}`;
  }

  firstUpdated() {
    this.#painter = new MapPainter(this.renderRoot.querySelector("canvas"));
  }

  updated() {
    this.#paint();
  }

  #paint = () => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.renderRoot.querySelector("canvas") ?? {};
    const stops = located(this.path);
    if (!this.#painter || !width || !height || !stops.length) {
      return;
    }
    const painter = this.#painter;
    const { centre, angle } = surround(stops.flatMap(circles));
    const sine = Math.sin((Math.min(angle * 1.35, 90) * Math.PI) / 180);
    painter.begin(width, height, {
      longitude: centre[0],
      latitude: centre[1],
      scale: (Math.min(width, height) / 2 / Math.max(sine, 1e-4)) * (angle > 60 ? 0.92 : 1),
    });
    painter.ground(this.land);
    stops.forEach((stop) => painter.region(stop.region, stop.basis === "claimed" ? "unproven" : "proved", stop.simulated));
    stops.slice(1).forEach((stop, number) => painter.way(placeOf(stops[number]), placeOf(stop), true));
    stops.filter(({ basis, latitude }) => basis !== "bounded" && latitude !== null).forEach((stop) => painter.claim(stop));
    stops.forEach((stop) => this.#stop(stop));
    painter.end();
  };

  #stop(stop) {
    const at = this.#painter.place(...placeOf(stop));
    if (!at) {
      return;
    }
    if (stop.basis !== "claimed") {
      // The claim stays to be seen through it.
      this.#painter.mark("proved", at, stop.basis === "proved" ? 0.7 : 1.2);
    }
    const name = stop.basis === "bounded" ? say("case.path.elsewhere") : (stop.name ?? stop.site);
    // Neighbours above and below, so that two close by can both be read.
    const below = stop.step % 2 ? -10 : 12;
    this.#painter.label(`${stop.step}  ${name}, ${span(stop)}`, [at[0] + 12, at[1] + below], "ink", 100 - stop.step);
  }
}

/** What a picture of a stop must show. */
function circles(stop) {
  const own = [{ at: placeOf(stop), degrees: degreesOf(Math.max(stop.radiusKm ?? 0, LEAST_KM)) }];
  if (stop.basis === "bounded" && stop.region.radiusKm < 9000) {
    own.push({ at: placeOf(stop), degrees: degreesOf(stop.region.radiusKm) });
  }
  return own;
}

customElements.define("case-map", CaseMap);
