import d3 from "./d3.js";
import { EARTH_KM } from "./sphere.js";

const FLIGHT_MS = 190;
const INERTIA_MS = 140;
const NARROWEST_KM = 20;
/** The radius of the whole globe, as a part of the shorter side. */
const FILLED = 0.46;

function stillWanted() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Where the globe is looked at from, and how that changes: by hand, by wheel, by flight. Calls `changed` at each step. */
export class GlobeMotion {
  view = { longitude: 20, latitude: 25, scale: 300 };
  #changed;
  #frame = 0;
  #size = [600, 600];

  constructor(changed) {
    this.#changed = changed;
  }

  resize(width, height) {
    const whole = this.view.scale <= this.#least() * 1.01;
    this.#size = [width, height];
    this.#set(whole ? { scale: this.#least() } : {});
  }

  #least() {
    return FILLED * Math.min(...this.#size);
  }

  #most() {
    return (this.#size[0] / NARROWEST_KM) * EARTH_KM;
  }

  atMost() {
    return this.view.scale >= this.#most() * 0.99;
  }

  #set(change) {
    const next = { ...this.view, ...change };
    this.view = {
      longitude: ((((next.longitude + 180) % 360) + 360) % 360) - 180,
      latitude: Math.max(-90, Math.min(90, next.latitude)),
      scale: Math.max(this.#least(), Math.min(this.#most(), next.scale)),
    };
    this.#changed();
  }

  /** Turns by pixels, as if the hand held the ground. */
  turn(right, down) {
    const degrees = 180 / Math.PI / this.view.scale;
    const stretch = Math.max(0.2, Math.cos((this.view.latitude * Math.PI) / 180));
    this.#set({
      longitude: this.view.longitude - (right * degrees) / stretch,
      latitude: this.view.latitude + down * degrees,
    });
  }

  /** Zooms; the ground under `at` stays where it is. */
  zoom(factor, at, projectionOf) {
    const before = at && projectionOf(this.view).invert(at);
    this.#set({ scale: this.view.scale * factor });
    // Twice, because turning a sphere moves places along arcs, not lines.
    for (let round = 0; round < 2 && before && before.every(Number.isFinite); round++) {
      const now = projectionOf(this.view)(before);
      this.turn(at[0] - now[0], at[1] - now[1]);
    }
  }

  /** Lets go at this speed, in pixels a millisecond. */
  glide(right, down) {
    if (stillWanted() || Math.hypot(right, down) < 0.05) {
      return;
    }
    let last = performance.now();
    const step = (now) => {
      const passed = now - last;
      last = now;
      const left = Math.exp(-passed / INERTIA_MS);
      this.turn(right * passed, down * passed);
      right *= left;
      down *= left;
      if (Math.hypot(right, down) > 0.02) {
        this.#frame = requestAnimationFrame(step);
      }
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
  }

  /** Flies to where `angle` degrees around `centre` fill the view. */
  fly({ centre, angle }) {
    this.stop();
    const from = this.view;
    const sine = Math.sin((Math.min(angle * 1.35, 90) * Math.PI) / 180);
    const scale = Math.max(this.#least(), Math.min(this.#most(), (FILLED * Math.min(...this.#size)) / Math.max(sine, 1e-6)));
    const way = d3.geoInterpolate([from.longitude, from.latitude], centre);
    const reach = (part) => {
      const [longitude, latitude] = way(part);
      this.#set({ longitude, latitude, scale: from.scale * (scale / from.scale) ** part });
    };
    if (stillWanted()) {
      reach(1);
      return;
    }
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(1, (now - start) / FLIGHT_MS);
      reach(d3.easeCubicInOut(part));
      if (part < 1) {
        this.#frame = requestAnimationFrame(step);
      }
    };
    this.#frame = requestAnimationFrame(step);
  }

  home() {
    this.fly({ centre: [this.view.longitude, Math.max(-40, Math.min(40, this.view.latitude))], angle: 90 });
  }
}
