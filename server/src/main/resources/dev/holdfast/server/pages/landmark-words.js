import { html } from "lit";
import { mark } from "./marks.js";
import { say } from "./words.js";

/** How a landmark does, as mark and word; shape repeats what colour says. */
export function healthWord(health) {
  const kind = { well: "proved", late: "attention", silent: "attention" }[health] ?? "unproven";
  return html`<span class="state">${mark(kind)}${say(`health.${health}`)}</span>`;
}

export function percent(share) {
  return share === null || share === undefined ? "–" : `${Math.round(share * 100)} %`;
}
