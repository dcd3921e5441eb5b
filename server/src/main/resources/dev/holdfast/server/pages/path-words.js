import { say } from "./words.js";

/** The stretches of a path that have a place, numbered in their order. */
export function located(path) {
  return path.filter((stop) => placeOf(stop)).map((stop, number) => ({ ...stop, step: number + 1 }));
}

/** Where a stretch is on the map, `[longitude, latitude]`: what was proved before what was claimed; null where nowhere. */
export function placeOf({ basis, latitude, longitude, region }) {
  if (basis === "bounded") {
    return region?.centre ? [region.centre.longitude, region.centre.latitude] : null;
  }
  return basis !== "unheard" && latitude !== null && latitude !== undefined ? [longitude, latitude] : null;
}

/** From which day to which; one where it is the same. */
export function span({ from, until }) {
  const first = day(from);
  if (!until) {
    return say("case.path.since", first);
  }
  const last = day(until);
  return first === last ? first : say("case.path.days", first, last);
}

function day(iso) {
  return new Date(iso).toISOString().slice(0, 10);
}
