import { html } from "lit";
import { mark } from "./marks.js";
import { boardAddress, chipAddress, fleetAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

/** Where work on a case stands, as the server orders it. */
export const CASE_STATES = ["open", "assigned", "proposed", "closed"];

/** How much a case weighs, the heaviest first. */
export const SEVERITIES = ["high", "medium"];

export const OUTCOMES = ["explained", "mistaken", "diverted", "unresolved"];

const ADDRESSES = {
  site: siteAddress,
  host: (host) => fleetAddress({ host }),
  board: boardAddress,
  chip: chipAddress,
};

/** How much something weighs, as mark and word; low is only worth knowing. */
export function severityWord(severity) {
  return html`<span class="state">${mark(severity === "low" ? "none" : "attention")}${say(`severity.${severity}`)}</span>`;
}

/** A link to `site:…`, `host:…`, `board:…` or `chip:…`; paper has the whole address behind it. */
export function aboutLink(name) {
  const colon = name.indexOf(":");
  const [kind, id] = [name.slice(0, colon), name.slice(colon + 1)];
  return spelled(ADDRESSES[kind]?.(id) ?? "#/fleet", id);
}

/** A link that paper spells out. */
export function spelled(href, words) {
  return html`<a href=${href}>${words}</a><span class="printed small"> (${location.origin}/${href})</span>`;
}
