import { css, html } from "lit";
import { HoldfastElement } from "./holdfast-element.js";
import { MapPainter } from "./map-painter.js";
import { simulatedWord } from "./marks.js";
import { onPrinting } from "./printing.js";

/**
 * A map that nobody turns, painted again where its size, the theme or paper ask for it.
 *
 * What kind of map it is, it says by `view()`, `{ centre, angle, room }` in degrees with the room around it or null
 * where there is nothing to see, and by `draw(painter)`, on the ground that is painted already.
 */
export class StillMap extends HoldfastElement {
  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        position: relative;
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

  /** The canvas, under what it shows in words. */
  canvas(words, simulated) {
    return html`<canvas role="img" aria-label=${words}></canvas>${simulatedWord(simulated)}`;
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
    const painter = this.#painter;
    const view = painter && width && height ? this.view() : null;
    if (!view) {
      return;
    }
    const { centre, angle, room } = view;
    const sine = Math.sin((Math.min(angle * room, 90) * Math.PI) / 180);
    const scale = (Math.min(width, height) / 2 / Math.max(sine, 1e-4)) * (angle > 60 ? 0.92 : 1);
    painter.begin(width, height, { longitude: centre[0], latitude: centre[1], scale });
    painter.ground(this.land);
    this.draw(painter);
    painter.end();
  };
}
