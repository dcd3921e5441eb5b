import { html } from "lit";
import { mark } from "./marks.js";
import { say } from "./words.js";

/** From best to worst, as the server orders them. */
export const GRADES = ["intact", "partial", "scattered"];

/** Whose word adjacency is, the firmer first. */
export const BASES = ["signed", "host-declared"];

const MARKS = { intact: "proved", partial: "attention", scattered: "refuted" };

/** The mark of a grade; its shape says what its colour says. */
export function gradeMark(grade) {
  return mark(MARKS[grade]);
}

/** A grade as mark and word. */
export function gradeWord(grade) {
  return html`<span class="state">${gradeMark(grade)}${say(`grade.${grade}`)}</span>`;
}

/** Whose word something is: what is signed says so plainly, the host's word is small and grey. */
export function basisWord(basis) {
  return basis === "signed" ? html`<span>${say("signed")}</span>` : html`<span class="hint">${say("host-word")}</span>`;
}
