import { html } from "lit";
import { mark } from "./marks.js";
import { say } from "./words.js";

const ELSEWHERE = ["evidence", "screening"];

/** Red flags: those that the question raises, and folded those that a person, evidence or a screening has to answer. */
export function redFlags(flags) {
  const raised = flags.filter((each) => each.raised === true);
  const open = flags.filter((each) => each.raised !== true && each.raised !== false);
  const quiet = flags.filter((each) => each.raised === false);
  const elsewhere = open.filter(({ answeredBy }) => ELSEWHERE.includes(answeredBy));
  const asked = open.filter((each) => !elsewhere.includes(each));
  return html`
    ${raised.length
      ? html`<ul class="raised">
          ${raised.map(({ id, flag }) => html`<li>${mark("attention")} <span lang="en">${flag}</span> <span class="hint">${id}</span></li>`)}
        </ul>`
      : html`<p class="small">${say("decide.flags.none")}</p>`}
    ${folded(say("decide.flags.person", asked.length), asked)}
    ${folded(say("decide.flags.elsewhere", elsewhere.length), elsewhere, ({ answeredBy }) => say(`decide.flags.by.${answeredBy}`))}
    ${folded(say("decide.flags.quiet", quiet.length), quiet)}
  `;
}

function folded(words, flags, note = () => "") {
  return flags.length
    ? html`<details>
        <summary>${words}</summary>
        <ul class="flags">
          ${flags.map(
            (each) => html`<li><span lang="en">${each.flag}</span> <span class="hint">${[each.id, note(each)].filter(Boolean).join(" · ")}</span></li>`,
          )}
        </ul>
      </details>`
    : "";
}
