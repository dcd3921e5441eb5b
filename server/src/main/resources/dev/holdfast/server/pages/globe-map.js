import { css, html } from "lit";
import { cluster } from "./cluster.js";
import { count } from "./formats.js";
import { GlobeMotion } from "./globe-motion.js";
import { HoldfastElement } from "./holdfast-element.js";
import { MapPainter, projectionOf } from "./map-painter.js";
import { markOf, worst } from "./marks.js";
import { degreesOf, surround, surroundClaim } from "./sphere.js";
import { say } from "./words.js";

const CLUSTER_PIXELS = 22;
const NAMES_FROM_SCALE = 900;
const KEY_TURN = 60;

/** The globe: every site by its state, landmarks, and for the chosen site its bounds, region and claim. */
class GlobeMap extends HoldfastElement {
  static properties = {
    land: { attribute: false },
    sites: { attribute: false },
    landmarks: { attribute: false },
    chosen: { attribute: false },
    advised: { attribute: false },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        cursor: grab;
        touch-action: none;
        font-family: var(--words);
      }
      canvas.over {
        cursor: pointer;
      }
      canvas:active {
        cursor: grabbing;
      }
      canvas:focus-visible {
        outline-offset: -2px;
      }
      .buttons {
        position: absolute;
        right: 12px;
        top: 12px;
        display: grid;
        gap: 4px;
      }
      .buttons button {
        width: 32px;
        height: 32px;
        padding: 0;
        font-size: 18px;
        line-height: 28px;
      }
    `,
  ];

  #motion = new GlobeMotion(() => this.#draw());
  #painter = null;
  #clusters = [];
  #over = null;
  #pending = 0;
  #drag = null;
  #size = [0, 0];
  #watch = new ResizeObserver(() => this.#resize());
  #dark = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    super();
    this.sites = [];
    this.landmarks = [];
    this.land = null;
    this.chosen = null;
    this.advised = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this);
    this.#dark.addEventListener("change", this.#draw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#dark.removeEventListener("change", this.#draw);
    this.#motion.stop();
  }

  render() {
    return html`
      <canvas
        tabindex="0"
        role="application"
        aria-label=${say("globe", count(this.sites.length), count(this.landmarks.length))}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${() => (this.#drag = null)}
        @pointerleave=${() => this.#hover(null)}
        @dblclick=${this.#double}
        @wheel=${this.#wheel}
        @keydown=${this.#keys}
      ></canvas>
      <div class="buttons">
        <button aria-label=${say("globe.closer")} title=${say("globe.closer")} @click=${() => this.#zoom(2)}>+</button>
        <button aria-label=${say("globe.farther")} title=${say("globe.farther")} @click=${() => this.#zoom(0.5)}>−</button>
        <button aria-label=${say("globe.whole")} title=${say("globe.whole")} @click=${() => this.#motion.home()}>○</button>
      </div>
    `;
  }

  firstUpdated() {
    this.#painter = new MapPainter(this.renderRoot.querySelector("canvas"));
    // Without this the page would scroll or zoom under the wheel.
    this.renderRoot.querySelector("canvas").addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
    this.#resize();
  }

  updated() {
    this.#draw();
  }

  /** Flies to a site as the server tells it, with its region where there is one. */
  flyTo(site) {
    this.#motion.fly(surroundClaim(site));
  }

  /** Turns to where most sites are, once they are known. */
  face(sites) {
    if (sites.length) {
      const { centre } = surround(sites.map(({ longitude, latitude }) => ({ at: [longitude, latitude], degrees: 0 })));
      this.#motion.fly({ centre: [centre[0], centre[1] * 0.6], angle: 90 });
    }
  }

  #resize() {
    const { width, height } = this.getBoundingClientRect();
    if (width && height) {
      this.#size = [width, height];
      this.#motion.resize(width, height);
    }
  }

  #draw = () => {
    this.#pending ||= requestAnimationFrame(() => {
      this.#pending = 0;
      if (this.#painter && this.#size[0]) {
        this.#paint();
      }
    });
  };

  #paint() {
    const painter = this.#painter;
    painter.begin(...this.#size, this.#motion.view);
    painter.ground(this.land);
    const { chosen } = this;
    const discs = chosen?.discs ?? [];
    discs.filter(({ binding }) => !binding).forEach((disc) => painter.bound(disc));
    if (chosen) {
      painter.region(chosen.region, colourOf(chosen.state), chosen.simulated);
    }
    discs.filter(({ binding }) => binding).forEach((disc) => painter.bound(disc));
    this.#paintLandmarks(discs.filter(({ binding }) => binding));
    this.#paintSites();
    if (this.advised) {
      this.#paintAdvised(this.advised);
    }
    if (chosen) {
      this.#paintChosen(chosen);
    }
    painter.end();
  }

  #paintLandmarks(binding) {
    const names = new Set(binding.map(({ landmark }) => landmark));
    for (const landmark of this.landmarks) {
      const weight = names.has(landmark.id) ? 3 : Number(this.#motion.view.scale > NAMES_FROM_SCALE);
      this.#painter.landmark(landmark, weight);
    }
  }

  #paintSites() {
    const points = [];
    for (const site of this.sites) {
      const at = site.id === this.chosen?.id ? null : this.#painter.place(site.longitude, site.latitude);
      if (at) {
        points.push({ x: at[0], y: at[1], site });
      }
    }
    this.#clusters = cluster(points, CLUSTER_PIXELS);
    for (const group of this.#clusters) {
      const sites = group.members.map(({ site }) => site);
      const kind = markOf(worst(sites.map(({ state }) => state)));
      const at = [group.x, group.y];
      const size = sites.length > 1 ? 1.5 : 1.15;
      this.#painter.mark(kind, at, size, sites.some(({ simulated }) => simulated));
      this.#painter.badge(at, sum(sites, "openCases"), sum(sites, "refusedHosts"));
      if (sites.length > 1) {
        this.#painter.label(count(sites.length), [at[0] + 12, at[1] - 8], "ink", 3);
      } else if (this.#motion.view.scale > NAMES_FROM_SCALE || this.#over === sites[0].id) {
        this.#painter.label(nameOf(sites[0]), [at[0] + 12, at[1]], "ink", this.#over === sites[0].id ? 5 : 2);
      }
    }
  }

  /** Where one more landmark would help most: a landmark in dashes, since there is none. */
  #paintAdvised({ longitude, latitude }) {
    const at = this.#painter.place(longitude, latitude);
    if (at) {
      this.#painter.mark("advised", at, 1.6);
      this.#painter.label(say("landmarks.advised"), [at[0] + 14, at[1]], "ink", 6);
    }
  }

  #paintChosen(site) {
    const at = this.#painter.place(site.longitude, site.latitude);
    this.#painter.claim(site);
    if (at) {
      this.#painter.mark(markOf(site.state), [at[0] + 16, at[1] - 14], 1.15, site.simulated);
      this.#painter.badge([at[0] + 16, at[1] - 14], site.openCases, site.refusedHosts);
      this.#painter.label(nameOf(site), [at[0] + 28, at[1] - 14], "ink", 4);
    }
  }

  #at(event) {
    const box = this.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #hit([x, y]) {
    return this.#clusters.find((group) => Math.hypot(group.x - x, group.y - y) < 14) ?? null;
  }

  #down(event) {
    if (event.button !== 0) {
      return;
    }
    this.#motion.stop();
    event.target.setPointerCapture(event.pointerId);
    this.#drag = { from: this.#at(event), last: this.#at(event), time: event.timeStamp, speed: [0, 0], moved: false };
  }

  #move(event) {
    const at = this.#at(event);
    const drag = this.#drag;
    if (!drag) {
      const group = this.#hit(at);
      this.#hover(group?.members.length === 1 ? group.members[0].site.id : null, Boolean(group));
      return;
    }
    const [right, down] = [at[0] - drag.last[0], at[1] - drag.last[1]];
    drag.moved ||= Math.hypot(at[0] - drag.from[0], at[1] - drag.from[1]) > 4;
    if (drag.moved) {
      const passed = Math.max(1, event.timeStamp - drag.time);
      drag.speed = [right / passed, down / passed];
      drag.time = event.timeStamp;
      this.#motion.turn(right, down);
      drag.last = at;
    }
  }

  #up(event) {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag) {
      return;
    }
    if (!drag.moved) {
      this.#click(drag.from);
    } else if (event.timeStamp - drag.time < 60) {
      this.#motion.glide(...drag.speed);
    }
  }

  #click(at) {
    const group = this.#hit(at);
    if (!group) {
      return;
    }
    const sites = group.members.map(({ site }) => site);
    if (sites.length > 1 && !this.#motion.atMost()) {
      const places = sites.map(({ longitude, latitude }) => ({ at: [longitude, latitude], degrees: degreesOf(5) }));
      this.#motion.fly(surround(places));
    } else {
      const state = worst(sites.map((site) => site.state));
      this.#pick(sites.find((site) => site.state === state) ?? sites[0]);
    }
  }

  #pick(site) {
    this.dispatchEvent(new CustomEvent("pick", { detail: site }));
  }

  #double(event) {
    const at = this.#at(event);
    const group = this.#hit(at);
    const chosenAt = this.chosen && this.#painter.place(this.chosen.longitude, this.chosen.latitude);
    // The first click of the two has chosen the site already, so it is no longer among the clusters.
    if (chosenAt && Math.hypot(chosenAt[0] - at[0], chosenAt[1] - at[1]) < 24) {
      this.flyTo(this.chosen);
    } else if (group?.members.length === 1) {
      this.flyTo(group.members[0].site);
    } else if (!group) {
      this.#zoom(2, at);
    }
  }

  #wheel(event) {
    this.#motion.stop();
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    this.#zoom(Math.exp(-pixels / 400), this.#at(event));
  }

  #zoom(factor, at) {
    this.#motion.zoom(factor, at, (view) => projectionOf(...this.#size, view));
  }

  #hover(site, any = false) {
    this.renderRoot.querySelector("canvas").classList.toggle("over", any);
    if (this.#over !== site) {
      this.#over = site;
      this.#draw();
    }
  }

  #keys(event) {
    const turns = { ArrowLeft: [KEY_TURN, 0], ArrowRight: [-KEY_TURN, 0], ArrowUp: [0, KEY_TURN], ArrowDown: [0, -KEY_TURN] };
    const zooms = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 };
    if (turns[event.key]) {
      this.#motion.turn(...turns[event.key]);
    } else if (zooms[event.key]) {
      this.#zoom(zooms[event.key]);
    } else if (event.key === "Home") {
      this.#motion.home();
    } else {
      return;
    }
    event.preventDefault();
  }
}

function sum(sites, field) {
  return sites.reduce((total, site) => total + (site[field] ?? 0), 0);
}

function nameOf({ name, simulated }) {
  return simulated ? `${name} · ${say("simulated")}` : name;
}

/** The colour of a region; silence has no colour of its own. */
export function colourOf(state) {
  const kind = markOf(state);
  return kind === "silent" || kind === "none" ? "unproven" : kind;
}

customElements.define("globe-map", GlobeMap);
