import { css, html } from "lit";
import "./board-graph.js";
import "./case-acts.js";
import "./case-findings.js";
import "./case-map.js";
import "./case-path.js";
import "./case-work.js";
import "./problem-note.js";
import { download, get } from "./api.js";
import { offers } from "./offers.js";
import { aboutLink, severityWord, spelled } from "./case-words.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { land } from "./land.js";
import { mark, simulatedWord } from "./marks.js";
import { boardAddress, casesAddress } from "./route.js";
import { say } from "./words.js";

const CHANGING = ["finding", "case"];
const MOST_BOARDS = 4;
const MOST_NAMES = 40;
/** What may be taken away from a case: a file for each path that the server has, and of which kind it is. */
const FILES = { dossier: "html", disclosure: "md" };

/** One case: what happened in a sentence, where on a map, what was found, what people said, and what to do with it. */
class CaseStory extends HoldfastElement {
  static properties = {
    number: {},
    query: {},
    actor: {},
    mayWork: { type: Boolean },
    story: { state: true },
    ground: { state: true },
    files: { state: true },
    problem: { state: true },
    fileProblem: { state: true },
  };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
        max-width: 1080px;
      }
      .back {
        display: none;
        margin-bottom: 12px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
        margin-bottom: 8px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink-2);
      }
      h1 {
        max-width: 40em;
        font-size: 18px;
        line-height: 27px;
      }
      .files {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 12px;
      }
      section {
        margin-top: 28px;
      }
      section > h2 {
        margin-bottom: 8px;
      }
      .way {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(240px, 2fr);
        gap: 20px;
      }
      .names {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
      }
      .board h3 {
        margin: 12px 0 4px;
        overflow-wrap: anywhere;
      }
      @media (max-width: 1200px) {
        .way {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 900px) {
        .back {
          display: inline-block;
        }
      }
      @media print {
        .back {
          display: none;
        }
        .way {
          display: block;
        }
        .board {
          break-inside: avoid;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => CHANGING.includes(kind),
      () => this.#load(),
    );
    this.number = "";
    this.query = "";
    this.actor = "";
    this.mayWork = false;
    this.story = null;
    this.ground = null;
    this.files = [];
    this.problem = null;
    this.fileProblem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    // A map without land still shows the path.
    land().then(
      (ground) => (this.ground = ground),
      () => {},
    );
    offers(Object.keys(FILES).map((file) => `/api/v1/cases/{number}/${file}`)).then((found) => {
      this.files = Object.keys(FILES).filter((_, number) => found[number]);
    });
  }

  languageChanged() {
    this.#load();
  }

  willUpdate(changed) {
    if (changed.has("number")) {
      this.story = null;
      this.#load();
    }
  }

  async #load() {
    const { number } = this;
    try {
      const story = await get(`/api/v1/cases/${encodeURIComponent(number)}`);
      if (number === this.number) {
        this.problem = null;
        this.story = story;
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  #worked() {
    this.#load();
    this.dispatchEvent(new CustomEvent("worked", { bubbles: true, composed: true }));
  }

  render() {
    const back = html`<a class="back" href=${casesAddress(Object.fromEntries(new URLSearchParams(this.query)))}>← ${say("cases.all")}</a>`;
    if (this.problem && !this.story) {
      return html`${back}
        <h1>${say("case.number", this.number)}</h1>
        <problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>`;
    }
    return html`${back} ${this.story ? this.#story(this.story) : skeleton(12)}`;
  }

  #story(story) {
    return html`
      <div class="head">
        ${severityWord(story.severity)}<span>${say("case.number", story.number)}</span>
        <span class="stand">${say(`case.state.${story.state}`)}</span>
        <span>${story.assignee ? say("case.with", story.assignee) : say("case.with-nobody")}</span>
        <time datetime=${story.since}>${say("case.since", time(story.since))}</time>${simulatedWord(story.simulated)}
      </div>
      <h1>${story.sentence}</h1>
      ${this.#files()}
      ${story.path.length
        ? html`<section aria-labelledby="path">
            <h2 id="path">${say("case.path")}</h2>
            <div class="way">
              <case-map .land=${this.ground} .path=${story.path} .sentence=${story.sentence} ?simulated=${story.simulated}></case-map>
              <case-path .path=${story.path}></case-path>
            </div>
          </section>`
        : ""}
      <section aria-labelledby="found">
        <h2 id="found">${say("case.findings")} <span class="hint">${count(story.findings)}</span></h2>
        <case-findings .items=${story.items} .total=${story.findings}></case-findings>
      </section>
      <section aria-labelledby="people">
        <h2 id="people">${say("case.people")}</h2>
        <case-acts .acts=${story.acts}></case-acts>
        ${this.mayWork
          ? html`<case-work .story=${story} .actor=${this.actor} @said=${() => this.#worked()}></case-work>`
          : ""}
      </section>
      ${this.#boards(story.boards)}
      <section aria-labelledby="about">
        <h2 id="about">${say("case.about")}</h2>
        <dl class="facts">
          ${this.#names("sites", "site", story.sites)} ${this.#names("hosts", "host", story.hosts)}
          ${this.#names("chips", "chip", story.chips)}
        </dl>
      </section>
    `;
  }

  #files() {
    if (!this.files.length) {
      return "";
    }
    return html`<div class="files">
        ${this.files.map((file) => html`<button @click=${() => this.#download(file)}>${say(`case.${file}`)} ↓</button>`)}
      </div>
      <p class="small" role="alert">
        ${this.fileProblem
          ? html`${mark("attention")} <span class="code">${this.fileProblem.code}</span> ${this.fileProblem.message || say("problem.unreachable")}`
          : ""}
      </p>`;
  }

  async #download(file) {
    this.fileProblem = null;
    try {
      await download(`/api/v1/cases/${encodeURIComponent(this.number)}/${file}`, `case-${this.number}-${file}.${FILES[file]}`);
    } catch (failure) {
      this.fileProblem = failure;
    }
  }

  #boards(boards) {
    const shown = boards.slice(0, MOST_BOARDS);
    return shown.length
      ? html`<section aria-labelledby="boards">
          <h2 id="boards">${say("boards")}</h2>
          ${shown.map(
            (board) => html`<div class="board">
              <h3>${spelled(boardAddress(board), board)}</h3>
              <board-graph .board=${board} .version=${this.story.last}></board-graph>
            </div>`,
          )}
          ${boards.length > shown.length ? html`<p class="hint">${say("case.more", count(boards.length - shown.length))}</p>` : ""}
        </section>`
      : "";
  }

  #names(words, kind, names) {
    const shown = names.slice(0, MOST_NAMES);
    return names.length
      ? html`<dt>${say(words)}</dt>
          <dd class="names">
            ${shown.map((name) => html`<span>${aboutLink(`${kind}:${name}`)}</span>`)}
            ${names.length > shown.length ? html`<span class="hint">${say("case.more", count(names.length - shown.length))}</span>` : ""}
          </dd>`
      : "";
  }
}

customElements.define("case-story", CaseStory);
