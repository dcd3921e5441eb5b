import { get } from "./api.js";

let asked = null;

/** Whether the server answers GET of each of these paths, by its own description; where it cannot be read, of none. */
export async function offers(paths) {
  asked ??= get("/openapi.json").catch(() => {
    asked = null;
    return {};
  });
  const described = await asked;
  return paths.map((path) => Boolean(described.paths?.[path]?.get));
}
