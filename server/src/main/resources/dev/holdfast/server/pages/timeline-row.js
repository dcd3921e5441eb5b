import { css, html } from "lit";
import "./proof-check.js";
import { count, time } from "./formats.js";
import { mark, simulatedWord } from "./marks.js";
import { say } from "./words.js";

/** How a row of a time line looks: mark, sentence, when, and the check of the proof of its entry where it stands. */
export const timelineStyles = css`
  .row {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    grid-template-areas: "mark sentence check" ". when when" ". result result";
    gap: 2px 12px;
    padding: 10px 0;
    border-bottom: 1px solid var(--line);
  }
  .row > .mark {
    grid-area: mark;
    margin-top: 4px;
  }
  .sentence {
    grid-area: sentence;
    overflow-wrap: anywhere;
  }
  .when {
    grid-area: when;
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  .word {
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
    color: var(--ink-2);
  }
`;

/**
 * One thing that happened, of an entry: `{index, at, mark, sentence, simulated}`. `words` stand behind its time, `kind` is
 * a class of the sentence, and `more` stands below.
 */
export function timelineRow({ index, at, mark: shape, sentence, simulated }, words, kind = "", more = "") {
  return html`${mark(shape)}
    <span class="sentence ${kind}">${sentence}</span>
    <span class="when hint">
      <time datetime=${at}>${time(at)}</time><span>${say("entry", count(index))}</span>${words}${simulatedWord(simulated)}
    </span>
    <proof-check .index=${index}></proof-check>${more}`;
}
