import { css, html } from "lit";
import "./board-graph.js";
import "./problem-note.js";
import "./short-id.js";
import { get } from "./api.js";
import { basisWord, gradeWord } from "./board-words.js";
import { subjectOf } from "./feed.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, middle, time } from "./formats.js";
import { HoldfastElement, skeleton } from "./holdfast-element.js";
import { mark, simulatedWord } from "./marks.js";
import { boardAddress, boardsAddress, caseAddress, chipAddress, fleetAddress, siteAddress } from "./route.js";
import { say } from "./words.js";

/** One board: its graph, the sentence that says how it stands, its chips, and how its grade changed. */
class BoardPage extends HoldfastElement {
  static properties = { board: {}, detail: { state: true }, problem: { state: true }, version: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(360px, 34%);
        height: 100%;
      }
      .column {
        min-height: 0;
        overflow: auto;
        padding: 16px 20px 32px;
      }
      .column:first-child {
        border-right: 1px solid var(--line);
      }
      .back {
        display: inline-block;
        margin-bottom: 8px;
        font-size: 13px;
      }
      h1 {
        --id-size: 18px;
        font-size: 18px;
        line-height: 26px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin: 4px 0 12px;
      }
      .why {
        padding-left: 12px;
        border-left: 2px solid var(--line);
        margin-bottom: 16px;
      }
      section section {
        margin-top: 20px;
      }
      section section h2 {
        margin-bottom: 4px;
      }
      table.plain td {
        overflow-wrap: anywhere;
      }
      .members td:first-child {
        white-space: nowrap;
      }
      @media (max-width: 1000px) {
        :host {
          display: block;
          overflow: auto;
        }
        .column {
          overflow: visible;
        }
        .column:first-child {
          border: none;
        }
      }
      @media (max-width: 600px) {
        .joined {
          display: none;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        .column {
          overflow: visible;
          padding: 0 0 16px;
          border: none !important;
        }
        .back {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      (event) => this.#isAbout(subjectOf(event).id),
      () => this.#load(),
    );
    this.board = "";
    this.detail = null;
    this.problem = null;
    this.version = 0;
  }

  #isAbout(id) {
    const members = this.detail?.members ?? [];
    return id === this.board || members.some(({ key, chip, host }) => id && [key, chip, host].includes(id));
  }

  languageChanged() {
    this.#load();
  }

  willUpdate(changed) {
    if (changed.has("board")) {
      this.detail = null;
      this.#load();
    }
  }

  async #load() {
    const { board } = this;
    this.problem = null;
    try {
      const detail = await get(`/api/v1/boards/${encodeURIComponent(board)}`);
      if (board === this.board) {
        this.detail = detail;
        this.version++;
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  render() {
    if (this.problem) {
      return html`<div class="column">
        <h1>${this.board}</h1>
        <problem-note .problem=${this.problem} @retry=${() => this.#load()}></problem-note>
        <a href=${boardsAddress()}>${say("boards")}</a>
      </div>`;
    }
    const { detail } = this;
    return html`
      <section class="column" aria-label=${say("board")} tabindex="0">
        <a class="back" href=${boardsAddress()}>← ${say("boards.all")}</a>
        <h1><short-id value=${this.board} most="48"></short-id></h1>
        ${detail
          ? html`<div class="head">${gradeWord(detail.grade)} ${basisWord(detail.basis)} ${simulatedWord(detail.simulated)}</div>
              <p class="why">${detail.sentence}</p>
              <board-graph .board=${this.board} .version=${this.version}></board-graph>`
          : skeleton(8)}
      </section>
      <section class="column" aria-label=${say("board.facts")} tabindex="0">${detail ? this.#facts(detail) : skeleton(10)}</section>
    `;
  }

  #facts(detail) {
    return html`
      <dl class="facts">
        <dt>${say("host")}</dt>
        <dd>${detail.host ? html`<a href=${fleetAddress({ host: detail.host })}>${detail.host}</a>` : "–"}</dd>
        <dt>${say("site")}</dt>
        <dd>${detail.site ? html`<a href=${siteAddress(detail.site)}>${detail.site}</a>` : "–"}</dd>
        <dt>${say("chips")}</dt>
        <dd>${count(detail.chips)}</dd>
        <dt>${say("away")}</dt>
        <dd>${count(detail.away)}</dd>
        <dt>${say("since")}</dt>
        <dd>${time(detail.since)}</dd>
        <dt>${say("last-heard")}</dt>
        <dd>${time(detail.heard)}</dd>
        ${detail.cases?.length
          ? html`<dt>${say("board.cases")}</dt>
              <dd>
                ${detail.cases.map(
                  (number, at) => html`${at ? ", " : mark("attention")} <a href=${caseAddress(number)}>${say("board.case", number)}</a>`,
                )}
              </dd>`
          : ""}
      </dl>
      <section>
        <h2>${say("board.members")}</h2>
        ${this.#members(detail)}
      </section>
      <section>
        <h2>${say("board.history")}</h2>
        ${this.#history(detail)}
      </section>
      ${detail.basis === "signed" ? "" : html`<section><p class="hint">${say("board.declared-hint")}</p></section>`}
    `;
  }

  #members({ members }) {
    // Who is away is what one looks for.
    const ordered = [...members].sort((a, b) => Number(b.away) - Number(a.away));
    return html`<table class="plain members">
      <thead>
        <tr>
          <th scope="col">${say("chip")}</th>
          <th scope="col">${say("board.now")}</th>
          <th scope="col" class="joined">${say("board.joined")}</th>
          <th scope="col">${say("board.until")}</th>
        </tr>
      </thead>
      <tbody>
        ${ordered.map(
          (member) => html`<tr>
            <td>${memberName(member)}</td>
            <td>
              ${member.away ? away(member) : html`${say("board.here")} <span class="hint">${member.host}</span>`}
              ${member.missing ? html`<div>${mark("attention")} ${say("board.missing", time(member.last))}</div>` : ""}
            </td>
            <td class="joined">${time(member.first)}</td>
            <td>${time(member.onBoardUntil)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #history({ changes }) {
    return html`<table class="plain history">
      <thead>
        <tr>
          <th scope="col">${say("cohesion")}</th>
          <th scope="col">${say("since")}</th>
          <th scope="col" class="number">${say("board.entry")}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          ({ at, grade, index }) => html`<tr>
            <td>${gradeWord(grade)}</td>
            <td>${time(at)}</td>
            <td class="number">${count(index)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** A chip that is listed leads to its page; one that is not is known by its key alone. */
function memberName({ key, chip }) {
  return chip
    ? html`<a class="code" href=${chipAddress(chip)} title=${`${chip} (${key})`}>${middle(chip, 16)}</a>`
    : html`<short-id value=${key} most="16"></short-id>`;
}

function away({ host, elsewhere, awaySince }) {
  return html`<span class="state">${mark("refuted")}${say("away")}</span> <span class="hint">${host} · ${time(awaySince)}</span>
    ${elsewhere.map((id) => html`<div><a class="code" href=${boardAddress(id)} title=${id}>${middle(id, 16)}</a></div>`)}`;
}

customElements.define("board-page", BoardPage);
