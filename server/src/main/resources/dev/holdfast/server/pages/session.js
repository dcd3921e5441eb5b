/**
 * The token of this tab. It comes in the address after `#token=`, which no server sees, or from the sign-in form; it is
 * kept in sessionStorage, so that another tab or a later visit starts without it.
 */
const KEY = "holdfast-token";

/** Says `change` when a token came or went. */
export const session = new EventTarget();

export function token() {
  return sessionStorage.getItem(KEY);
}

export function signIn(value) {
  refusal = false;
  sessionStorage.setItem(KEY, value);
  session.dispatchEvent(new Event("change"));
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  session.dispatchEvent(new Event("change"));
}

let refusal = false;

/** Whether the last token was refused, which the sign-in form must say. */
export function wasRefused() {
  return refusal;
}

/** The server refused this token; answers that come late, after another was given, change nothing. */
export function refuse(value) {
  if (value && value === token()) {
    refusal = true;
    signOut();
  }
}

/** Takes the token out of the address, so that it is neither bookmarked nor shown to people who look on. */
export function takeTokenFromAddress() {
  const found = /^#token=([^&]+)/.exec(location.hash);
  if (!found) {
    return;
  }
  history.replaceState(null, "", `${location.pathname}#/world`);
  // Replacing the address tells nobody, and who looked at it before has seen the token for a page.
  dispatchEvent(new HashChangeEvent("hashchange"));
  signIn(decodeURIComponent(found[1]));
}
