import d3 from "./d3.js";

/** The mean radius of the Earth; pictures need no better figure, verdicts are never computed here. */
export const EARTH_KM = 6371;

const HALF_THE_EARTH_KM2 = 255e6;
const DEGREES = 180 / Math.PI;

export function degreesOf(kilometres) {
  return (kilometres / EARTH_KM) * DEGREES;
}

/** Distance of two places `[longitude, latitude]` in degrees of arc. */
function arc(from, to) {
  return d3.geoDistance(from, to) * DEGREES;
}

/**
 * Polygons wound as d3 reads them. GeoJSON (RFC 7946) winds the outer ring one way, d3 the other, and a ring read the
 * wrong way is the whole rest of the Earth; a coast is always the smaller side.
 */
export function wound(coordinates) {
  return coordinates.map((polygon) => polygon.map((ring, number) => (small(ring) === (number === 0) ? ring : ring.toReversed())));
}

function small(ring) {
  return d3.geoArea({ type: "Polygon", coordinates: [ring] }) <= 2 * Math.PI;
}

/**
 * The outline of a region wound as d3 reads it, to be filled by the even-odd rule, since a hole may come as a polygon of
 * its own. A region of more than half the Earth says so by its area: its rings are then what is left out.
 */
export function woundRegion({ outline, areaKm2 }) {
  if (!outline) {
    return null;
  }
  const coordinates = wound(outline.coordinates);
  const larger = areaKm2 > HALF_THE_EARTH_KM2;
  return {
    type: "MultiPolygon",
    coordinates: larger ? [coordinates.flat().map((ring) => ring.toReversed())] : coordinates,
  };
}

/** Fewer points of the same coasts, for a whole globe that turns at every frame. */
export function coarse(coordinates, degrees) {
  return coordinates
    .map((polygon) => polygon.map((ring) => thin(ring, degrees)).filter((ring) => ring.length > 4))
    .filter((polygon) => polygon.length > 0);
}

function thin(ring, degrees) {
  let last = ring[0];
  return ring.filter((point, number) => {
    const kept =
      number === 0 || number === ring.length - 1 || Math.hypot(point[0] - last[0], point[1] - last[1]) >= degrees;
    if (kept) {
      last = point;
    }
    return kept;
  });
}

/** The view that shows all these circles: `{centre, angle}`, where each circle is `{at, degrees}`. */
export function surround(circles) {
  const centre = d3.geoCentroid({ type: "MultiPoint", coordinates: circles.map(({ at }) => at) });
  const angle = Math.max(...circles.map(({ at, degrees }) => arc(centre, at) + degrees));
  return { centre, angle: Math.min(angle, 90) };
}

/** What a picture of this claim must show: the claimed place, the region, and whatever shapes it close by. */
export function surroundClaim({ longitude, latitude, radiusKm, region }) {
  const circles = [{ at: [longitude, latitude], degrees: degreesOf(Math.max(radiusKm ?? 0, 5)) }];
  if (region && !region.empty && region.centre && region.radiusKm < 9000) {
    circles.push({ at: [region.centre.longitude, region.centre.latitude], degrees: degreesOf(region.radiusKm) });
  }
  return surround(circles);
}
