import { html, svg } from "lit";
import { say } from "./words.js";

const DAY = 5;

/** Shapes of one day, because colour alone says nothing to some: full height, half height, a diamond, a dot. */
const SHAPES = {
  p: { kind: "proved", path: (x) => `M${x} 2h3.5v12h-3.5z` },
  u: { kind: "unproven", path: (x) => `M${x} 9h3.5v5h-3.5z` },
  r: { kind: "refuted", path: (x) => `M${x + 1.75} 0l2.4 8l-2.4 8l-2.4-8z` },
  "-": { kind: "none", path: (x) => `M${x + 1} 12.5h1.5v1.5h-1.5z` },
};

/** The last days of a chip, one letter a day, today last; one path a state, so that hundreds of rows stay cheap. */
export function stateStrip(strip) {
  const days = [...(strip ?? "")];
  const count = (letter) => days.filter((day) => day === letter).length;
  const label = say("strip", count("p"), count("u"), count("r"), count("-"));
  return html`<svg
    class="strip"
    role="img"
    aria-label=${label}
    width=${days.length * DAY}
    height="16"
    viewBox="0 0 ${days.length * DAY} 16"
  >
    <title>${label}</title>
    ${Object.entries(SHAPES).map(([letter, { kind, path }]) => {
      const shapes = days.map((day, number) => (day === letter ? path(number * DAY) : ""));
      return svg`<path class=${kind} fill="currentColor" d=${shapes.join("")}></path>`;
    })}
  </svg>`;
}
