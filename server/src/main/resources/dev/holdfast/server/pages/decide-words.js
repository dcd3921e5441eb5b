import { html } from "lit";
import { country } from "./formats.js";
import { mark } from "./marks.js";
import { has, say } from "./words.js";

const MARK_OF = {
  "no-licence-required": "proved",
  exception: "exception",
  "presumption-of-approval": "unproven",
  "case-by-case": "unproven",
  undetermined: "undetermined",
  "presumption-of-denial": "refuted",
  "embargoed-or-listed": "refuted",
};

export function outcomeMark(outcome) {
  return mark(MARK_OF[outcome] ?? "none");
}

/** An outcome as mark and words. */
export function outcomeWord(outcome) {
  return html`<span class="state">${outcomeMark(outcome)}${outcomeName(outcome)}</span>`;
}

export function outcomeName(outcome) {
  return word("decide.outcome", outcome);
}

/** The word for a code of the server; a code that is newer than these pages shows itself. */
export function word(family, code) {
  const key = `${family}.${code.replaceAll(" ", "-")}`;
  return has(key) ? say(key) : code;
}

export function fieldName(field) {
  return word("decide.field", field);
}

/** A country with the code by which the law names it. */
export function place(code) {
  return `${country(code)} (${code})`;
}

/** What a field would have to be, as the server writes it: a value, a span of numbers, or terms that name places. */
export function valueWords(field, value) {
  if (field === "kind") {
    return word("decide.kind", value);
  }
  if (field === "listed" && value === "no") {
    return say("decide.not-listed");
  }
  const code = /^([≠=]) ([a-z]+)$/.exec(value);
  if (code) {
    return `${code[1]} ${word(field === "market" ? "decide.market" : "decide.end-use", code[2])}`;
  }
  const terms = /^([∈∉]) (.+)$/.exec(value);
  if (!terms) {
    return value;
  }
  const places = terms[2].split(/[|,] ?/).map(term).join(", ");
  return say(terms[1] === "∈" ? "decide.one-of" : "decide.none-of", places);
}

function term(text) {
  if (text.startsWith("-")) {
    return say("decide.except", term(text.slice(1)));
  }
  return /^[A-Z]{2}$/.test(text) ? place(text) : text;
}
