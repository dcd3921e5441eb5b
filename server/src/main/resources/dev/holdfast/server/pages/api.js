import { refuse, token } from "./session.js";
import { language } from "./words.js";

/** What the server refused (problem+json, RFC 9457), or that it could not be reached (status 0). */
class ApiProblem extends Error {
  constructor({ status = 0, code = "", title = "", detail = "", field = "" }) {
    super(detail || title || code);
    this.name = "ApiProblem";
    Object.assign(this, { status, code, title, detail, field });
  }
}

/** The one way to the server: adds token and language, and turns every refusal into an ApiProblem. */
export async function request(path, options = {}) {
  const headers = { Accept: "application/json", "Accept-Language": language(), ...options.headers };
  const sent = token();
  if (sent) {
    headers.Authorization = `Bearer ${sent}`;
  }
  let response;
  try {
    // Sentences follow Accept-Language under one address, so what is cached is asked about again (by its ETag).
    response = await fetch(path, { cache: "no-cache", credentials: "omit", ...options, headers });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new ApiProblem({ title: failure.message });
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401) {
      refuse(sent);
    }
    throw new ApiProblem({ ...problem, status: response.status });
  }
  return response;
}

/** What the server answers as JSON. */
export async function get(path, options) {
  const response = await request(path, options);
  try {
    return await response.json();
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new ApiProblem({ status: response.status, detail: `${path}: ${failure.message}` });
  }
}

/** Says something to the server, and answers what it answers. */
export function post(path, body) {
  return get(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** An address with those parameters that say something. */
export function address(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return query.size ? `${path}?${query}` : path;
}

/** All items of a list, at most `most`: the map has no use for more marks than it has room for. */
export async function all(path, most, options) {
  const items = [];
  let cursor = "";
  do {
    const page = await get(address(path, { limit: "500", cursor }), options);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor) };
}

/** Saves a file of the server; a plain link could not send the token. */
export async function download(path, name) {
  const blob = await (await request(path, { headers: { Accept: "*/*" } })).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
