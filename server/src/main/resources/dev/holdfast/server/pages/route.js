/** Where we are: `#/PAGE/ID?parameters`. The address holds what is searched and filtered, so a link shows the same. */
export function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [page = "", id = ""] = path.split("/").map(decodeURIComponent);
  return { page: page || "world", id, query: new URLSearchParams(query) };
}

export function go(hash) {
  location.hash = hash;
}

export function chipAddress(id) {
  return `#/chips/${encodeURIComponent(id)}`;
}

export function siteAddress(id) {
  return `#/sites/${encodeURIComponent(id)}`;
}

export function fleetAddress(parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return query.size ? `#/fleet?${query}` : "#/fleet";
}

export function boardAddress(id) {
  return `#/boards/${encodeURIComponent(id)}`;
}

export function boardsAddress(parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return query.size ? `#/boards?${query}` : "#/boards";
}
