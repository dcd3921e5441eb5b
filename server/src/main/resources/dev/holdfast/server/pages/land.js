import { get } from "./api.js";
import { coarse, wound } from "./sphere.js";

let asked = null;

/** The land in two levels of detail, fetched once: `{fine, rough}`, two MultiPolygons. */
export function land() {
  asked ??= load().catch((failure) => {
    asked = null;
    throw failure;
  });
  return asked;
}

async function load() {
  const world = await get("/world.json", { cache: "default" });
  const geometry = world.geometry ?? world.features?.[0]?.geometry ?? world;
  const coordinates = wound(geometry.coordinates);
  return {
    fine: { type: "MultiPolygon", coordinates },
    rough: { type: "MultiPolygon", coordinates: coarse(coordinates, 0.4) },
  };
}
