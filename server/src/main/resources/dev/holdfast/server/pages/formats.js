import { language } from "./words.js";

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** `2026-06-20 14:02:11 UTC` */
export function time(iso) {
  return iso ? `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC` : "–";
}

/** `14:02:11 UTC` */
export function clock(iso) {
  return time(iso).slice(11);
}

export function count(number) {
  return number === null || number === undefined ? "–" : WHOLE.format(number);
}

/** Three digits that count; never more precision than a delay or a distance has. */
export function three(number) {
  if (number === null || number === undefined) {
    return "–";
  }
  return Math.abs(number) >= 100 ? WHOLE.format(number) : String(Number(number.toPrecision(3)));
}

export function position(latitude, longitude) {
  return `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`;
}

/** A destination by its ISO 3166 code; the browser knows the names in every language. */
export function country(code) {
  if (!/^[A-Z]{2}$/.test(code ?? "")) {
    return code ?? "–";
  }
  return new Intl.DisplayNames([language()], { type: "region", fallback: "code" }).of(code);
}

/** A long id with its middle left out: people compare beginnings and ends. */
export function middle(text, most) {
  if (text.length <= most) {
    return text;
  }
  const head = Math.ceil((most - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}
