/**
 * The words of the pages: the project's one message catalogue, as `/messages/LANGUAGE.json`. Patterns have numbered
 * places only, `{0}`, as the catalogue's tests demand.
 */
export const LANGUAGES = ["en", "zh", "ja"];

const KEY = "holdfast-language";
const changes = new EventTarget();
let patterns = {};
let current = "en";

export function language() {
  return current;
}

export function say(key, ...values) {
  // A key without words shows itself: a gap that is seen is a gap that is filled.
  const pattern = patterns[key] ?? key;
  return pattern.replace(/\{(\d+)}/g, (place, number) => values[number] ?? place);
}

/** Whether the catalogue has words for this key; codes of the server that are newer than these pages have none. */
export function has(key) {
  return key in patterns;
}

export async function speak(next) {
  const response = await fetch(`/messages/${next}.json`, { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`/messages/${next}.json: ${response.status}`);
  }
  patterns = await response.json();
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  changes.dispatchEvent(new Event("change"));
}

/** What this browser spoke last, else what its user prefers. */
export function preferredLanguage() {
  const wishes = [localStorage.getItem(KEY), ...navigator.languages.map((wish) => wish.slice(0, 2).toLowerCase())];
  return wishes.find((wish) => LANGUAGES.includes(wish)) ?? "en";
}

export function onLanguage(listener) {
  changes.addEventListener("change", listener);
  return () => changes.removeEventListener("change", listener);
}
