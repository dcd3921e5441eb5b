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
  return listAddress("#/fleet", parameters);
}

export function boardAddress(id) {
  return `#/boards/${encodeURIComponent(id)}`;
}

export function boardsAddress(parameters = {}) {
  return listAddress("#/boards", parameters);
}

export function caseAddress(number, parameters = {}) {
  return listAddress(`#/cases/${encodeURIComponent(number)}`, parameters);
}

export function landmarkAddress(id) {
  return `#/landmarks/${encodeURIComponent(id)}`;
}

export function entryAddress(index) {
  return `#/ledger/${index}`;
}

export function casesAddress(parameters = {}) {
  return listAddress("#/cases", parameters);
}

export function licencesAddress(parameters = {}) {
  return listAddress("#/licences", parameters);
}

/** Where the page Decide holds a question. */
export function decideAddress(question = {}) {
  return listAddress("#/decide", question);
}

function listAddress(page, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return query.size ? `${page}?${query}` : page;
}
