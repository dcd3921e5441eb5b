import { css } from "lit";
import { located, placeOf, span } from "./path-words.js";
import { degreesOf, surround } from "./sphere.js";
import { StillMap } from "./still-map.js";
import { say } from "./words.js";

/** The least that a map shows around a place, in kilometres. */
const LEAST_KM = 60;

/** A still map of where what a case is about was heard, with the days; the way between two places is dashed. */
class CaseMap extends StillMap {
  static properties = {
    land: { attribute: false },
    path: { attribute: false },
    sentence: {},
    simulated: { type: Boolean },
  };

  static styles = [
    StillMap.styles,
    css`
      :host {
        height: 340px;
      }
      @media (max-width: 600px) {
        :host {
          height: 260px;
        }
      }
    `,
  ];

  render() {
    return this.canvas(`${say("case.map")}. ${this.sentence ?? ""}`, this.simulated);
  }

  view() {
    const stops = located(this.path);
    return stops.length ? { ...surround(stops.flatMap(circles)), room: 1.35 } : null;
  }

  draw(painter) {
    const stops = located(this.path);
    stops.forEach((stop) => painter.region(stop.region, stop.basis === "claimed" ? "unproven" : "proved", stop.simulated));
    stops.slice(1).forEach((stop, number) => painter.way(placeOf(stops[number]), placeOf(stop), true));
    stops.filter(({ basis, latitude }) => basis !== "bounded" && latitude !== null).forEach((stop) => painter.claim(stop));
    stops.forEach((stop) => this.#stop(painter, stop));
  }

  #stop(painter, stop) {
    const at = painter.place(...placeOf(stop));
    if (!at) {
      return;
    }
    if (stop.basis !== "claimed") {
      // The claim stays to be seen through it.
      painter.mark("proved", at, stop.basis === "proved" ? 0.7 : 1.2);
    }
    const name = stop.basis === "bounded" ? say("case.path.elsewhere") : (stop.name ?? stop.site);
    // Neighbours above and below, so that two close by can both be read.
    const below = stop.step % 2 ? -10 : 12;
    painter.label(`${stop.step}  ${name}, ${span(stop)}`, [at[0] + 12, at[1] + below], "ink", 100 - stop.step);
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
