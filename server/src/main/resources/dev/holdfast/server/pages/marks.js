import { css, html, svg } from "lit";
import { say } from "./words.js";

/**
 * The marks: shape repeats what colour says. Each is a path around (0, 0) within a radius of 5, so that the canvases and
 * the pages draw the same ones.
 */
export const MARKS = {
  proved: { path: "M5 0A5 5 0 1 1-5 0A5 5 0 1 1 5 0Z", filled: true },
  unproven: { path: "M4.2 0A4.2 4.2 0 1 1-4.2 0A4.2 4.2 0 1 1 4.2 0Z", filled: false },
  silent: { path: "M4.2 0A4.2 4.2 0 1 1-4.2 0A4.2 4.2 0 1 1 4.2 0Z", filled: false, dashes: [2.2, 2.2] },
  refuted: { path: "M0-5.8L5.8 0L0 5.8L-5.8 0Z", filled: true },
  attention: { path: "M0-5.4L5.6 4.4L-5.6 4.4Z", filled: true },
  claim: { path: "M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5", filled: false },
  refused: { path: "M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5M-6.4 0A6.4 6.4 0 1 1 6.4 0A6.4 6.4 0 1 1-6.4 0Z", filled: false },
  advised: { path: "M0-6L6.6 5L-6.6 5ZM0-1.6V3M-2.3.7H2.3", filled: false },
  none: { path: "M-2.5 0L2.5 0", filled: false },
  exception: {
    path: "M5.2 0A5.2 5.2 0 1 1-5.2 0A5.2 5.2 0 1 1 5.2 0ZM3.6 0A3.6 3.6 0 1 0-3.6 0A3.6 3.6 0 1 0 3.6 0ZM2 0A2 2 0 1 1-2 0A2 2 0 1 1 2 0Z",
    filled: true,
  },
  undetermined: {
    path: "M5.6 0A5.6 5.6 0 1 1-5.6 0A5.6 5.6 0 1 1 5.6 0ZM-1.7-1.3A1.7 1.7 0 1 1 .7 .2Q0 .5 0 1.2M0 3.1V3.2",
    filled: false,
  },
};

const OF_STATE = {
  PROVED: "proved",
  UNPROVEN: "unproven",
  SILENT: "silent",
  CONFLICT: "attention",
  REFUTED: "refuted",
};

/** From best to worst; a cluster shows its worst. */
export const STATES = ["PROVED", "UNPROVEN", "SILENT", "CONFLICT", "REFUTED"];

export function markOf(state) {
  return OF_STATE[state] ?? "none";
}

export function worst(states) {
  return STATES[Math.max(...states.map((state) => STATES.indexOf(state)))] ?? "UNPROVEN";
}

export function mark(kind) {
  const { path, filled, dashes } = MARKS[kind] ?? MARKS.none;
  return html`<svg class="mark ${kind} ${filled ? "filled" : "open"}" viewBox="-7 -7 14 14" aria-hidden="true">
    ${svg`<path d=${path} stroke-dasharray=${dashes ? dashes.join(" ") : "none"}></path>`}
  </svg>`;
}

/** A state as mark and word. */
export function stateWord(state) {
  return html`<span class="state">${mark(markOf(state))}${say(`state.${state ?? "NONE"}`)}</span>`;
}

/** The small grey word that everything from the simulator carries. */
export function simulatedWord(simulated) {
  return simulated ? html`<span class="simulated">${say("simulated")}</span>` : "";
}

export const markStyles = css`
  .mark {
    width: 14px;
    height: 14px;
    flex: none;
    vertical-align: -2px;
    stroke-width: 1.6;
    overflow: visible;
  }
  .mark.filled {
    fill: currentColor;
    stroke: none;
  }
  .mark.open {
    fill: none;
    stroke: currentColor;
  }
  .mark.undetermined {
    stroke-width: 1.3;
    stroke-linecap: round;
  }
  .proved,
  .exception {
    color: var(--proved);
  }
  .unproven,
  .undetermined,
  .silent {
    color: var(--unproven);
  }
  .refuted,
  .refused {
    color: var(--refuted);
  }
  .attention {
    color: var(--attention);
  }
  .claim {
    color: var(--claim);
  }
  .none {
    color: var(--ink-3);
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    vertical-align: top;
    white-space: nowrap;
  }
  .simulated {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: linear-gradient(var(--paper), var(--paper)) content-box, var(--simulated);
    color: var(--ink-2);
    font-size: 13px;
    line-height: 18px;
    font-weight: 400;
    white-space: nowrap;
  }
`;
