import { html } from "lit";
import { country, count, position, three } from "./formats.js";
import { language, say } from "./words.js";

/** A region in one sentence: how large, around where, and which destinations it touches; above `most` only how many. */
export function regionSentence(region, most = Infinity) {
  if (!region) {
    return say("region.unknown");
  }
  if (region.empty) {
    return say("region.empty");
  }
  const { latitude, longitude } = region.centre ?? { latitude: 0, longitude: 0 };
  const sentence = say("region", three(region.radiusKm), position(latitude, longitude), count(region.areaKm2));
  const codes = (region.destinations ?? []).flatMap((code) => code.split("+"));
  if (codes.length > most) {
    return `${sentence} ${say("region.touches-many", count(codes.length))}`;
  }
  const places = destinations(codes);
  return `${sentence} ${places ? say("region.touches", places) : say("region.sea")}`;
}

/** Destinations by name; those that the rules count as one came joined by a plus. */
function destinations(codes) {
  return new Intl.ListFormat(language()).format(codes.map(country));
}

/** The bounds as a table, those that shape the region first. */
export function boundTable(discs) {
  const ordered = [...discs].sort((a, b) => Number(b.binding) - Number(a.binding) || a.boundKm - b.boundKm).slice(0, 12);
  return html`<table class="plain">
    <thead>
      <tr>
        <th scope="col">${say("landmark")}</th>
        <th scope="col" class="number">${say("delay")}</th>
        <th scope="col" class="number">${say("bound")}</th>
      </tr>
    </thead>
    <tbody>
      ${ordered.map(
        (disc) => html`<tr>
          <td>${disc.name}${disc.binding ? html` <span class="hint">${say("bound.binding")}</span>` : ""}</td>
          <td class="number">${disc.delayMs === null ? "–" : `${three(disc.delayMs)} ms`}</td>
          <td class="number">${three(disc.boundKm)} km</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
