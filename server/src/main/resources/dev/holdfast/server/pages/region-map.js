import { css, html } from "lit";
import { colourOf } from "./globe-map.js";
import { HoldfastElement } from "./holdfast-element.js";
import { MapPainter } from "./map-painter.js";
import { simulatedWord } from "./marks.js";
import { onPrinting } from "./printing.js";
import { surroundClaim } from "./sphere.js";
import { say } from "./words.js";

/** A still map of one claim: its region, the bounds and the claimed place. */
class RegionMap extends HoldfastElement {
  static properties = { land: { attribute: false }, subject: { attribute: false } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        position: relative;
        height: 300px;
        border: 1px solid var(--line);
        border-radius: 4px;
        overflow: hidden;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        font-family: var(--words);
        /* Paper may be narrower than the screen for which it was painted. */
        object-fit: contain;
      }
      .simulated {
        position: absolute;
        right: 8px;
        top: 8px;
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
    const { sentence, simulated } = this.subject;
    return html`<canvas role="img" aria-label=${`${say("region.map")}. ${sentence ?? ""}`}></canvas>${simulatedWord(simulated)}`;
  }

  firstUpdated() {
    this.#painter = new MapPainter(this.renderRoot.querySelector("canvas"));
  }

  updated() {
    this.#paint();
  }

  #paint = () => {
    // The canvas, not this element, whose border would blur every line by being counted in.
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.renderRoot.querySelector("canvas") ?? {};
    if (!this.#painter || !width || !height) {
      return;
    }
    const { subject } = this;
    const { centre, angle } = surroundClaim(subject);
    const sine = Math.sin((Math.min(angle * 1.3, 90) * Math.PI) / 180);
    const scale = (Math.min(width, height) / 2 / Math.max(sine, 1e-4)) * (angle > 60 ? 0.92 : 1);
    this.#painter.begin(width, height, { longitude: centre[0], latitude: centre[1], scale });
    this.#painter.ground(this.land);
    const discs = subject.discs ?? [];
    discs.filter(({ binding }) => !binding).forEach((disc) => this.#painter.bound(disc));
    this.#painter.region(subject.region, colourOf(subject.hostState ?? subject.state), subject.simulated);
    discs.filter(({ binding }) => binding).forEach((disc) => this.#painter.bound(disc));
    discs.forEach((disc) => this.#painter.landmark(disc, Number(disc.binding)));
    this.#painter.claim(subject);
    this.#painter.end();
  };
}

customElements.define("region-map", RegionMap);
