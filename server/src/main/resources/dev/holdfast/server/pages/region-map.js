import { css } from "lit";
import { colourOf } from "./globe-map.js";
import { surroundClaim } from "./sphere.js";
import { StillMap } from "./still-map.js";
import { say } from "./words.js";

/** A still map of one claim: its region, the bounds and the claimed place. */
class RegionMap extends StillMap {
  static properties = { land: { attribute: false }, subject: { attribute: false } };

  static styles = [
    StillMap.styles,
    css`
      :host {
        height: 300px;
      }
    `,
  ];

  render() {
    const { sentence, simulated } = this.subject;
    return this.canvas(`${say("region.map")}. ${sentence ?? ""}`, simulated);
  }

  view() {
    return { ...surroundClaim(this.subject), room: 1.3 };
  }

  draw(painter) {
    const { subject } = this;
    const discs = subject.discs ?? [];
    discs.filter(({ binding }) => !binding).forEach((disc) => painter.bound(disc));
    painter.region(subject.region, colourOf(subject.hostState ?? subject.state), subject.simulated);
    discs.filter(({ binding }) => binding).forEach((disc) => painter.bound(disc));
    discs.forEach((disc) => painter.landmark(disc, Number(disc.binding)));
    painter.claim(subject);
  }
}

customElements.define("region-map", RegionMap);
