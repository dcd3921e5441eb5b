import { css, html } from "lit";
import { BASES, GRADES, basisWord, gradeMark, gradeWord } from "./board-words.js";
import { FeedRefresh } from "./feed-refresh.js";
import { count, middle, time } from "./formats.js";
import { simulatedWord } from "./marks.js";
import { PagedRows } from "./paged-rows.js";
import { boardAddress, boardsAddress } from "./route.js";
import { TablePage } from "./table-page.js";
import { say } from "./words.js";

/** What happens to change boards. */
const CHANGING = ["evidence", "inventory", "finding"];
const NARROWING = ["site", "chip"];

/** Every board as one table with filters. */
class BoardsPage extends TablePage {
  static styles = [
    TablePage.styles,
    css`
      .empty {
        max-width: 720px;
        white-space: normal;
      }
    `,
  ];

  constructor() {
    super();
    new FeedRefresh(
      this,
      ({ kind }) => CHANGING.includes(kind),
      () => this.#renew(),
    );
  }

  /** Newer rows take the place of these once they are here; never under who reads further down or walks the rows. */
  #renew() {
    const old = this.rows;
    const next = this.list(() => {
      const table = this.renderRoot.querySelector("data-table");
      if (this.rows === old && table?.first === 0 && !table.renderRoot.activeElement) {
        old.close();
        this.rows = next;
      }
      if (this.rows === next) {
        this.version++;
      }
    });
    next.want(0, 1);
  }

  list(changed) {
    return new PagedRows("/api/v1/boards", { sort: "id", ...this.parameters() }, changed);
  }

  address(parameters) {
    return boardsAddress(parameters);
  }

  render() {
    const { q = "", grade = "", basis = "", sort = "id", order, ...rest } = this.parameters();
    const sorted = { by: sort, descending: order === "desc" };
    return html`
      <h1 class="unseen">${say("boards")}</h1>
      <header>
        ${this.search(say("boards.search"), q)}
        <div class="filters" role="group" aria-label=${say("filters")}>
          ${GRADES.map((each) => this.filter("grade", each, grade, html`${gradeMark(each)}${say(`grade.${each}`)}`))}
          ${BASES.map((each) => this.filter("basis", each, basis, say(each === "signed" ? "signed" : "host-word")))}
          ${NARROWING.filter((name) => rest[name]).map((name) => this.narrowing(name, rest[name]))}
        </div>
      </header>
      ${this.table(say("boards"), columns(), sorted, this.#empty(), boardAddress)}
    `;
  }

  #empty() {
    const { sort, order, ...filters } = this.parameters();
    return Object.keys(filters).length
      ? html`<p>${say("fleet.nothing")}</p>
          <p><a href=${boardsAddress()}>${say("fleet.all")}</a></p>`
      : html`<p class="empty">${say("boards.empty")}</p>
          <p class="code">holdfast agent --help</p>`;
  }
}

function columns() {
  return [
    { label: say("board"), width: "22%", sort: "id", cell: boardLink },
    { label: say("cohesion"), width: "118px", sort: "grade", cell: ({ grade }) => gradeWord(grade) },
    { label: say("basis"), width: "112px", cell: ({ basis }) => basisWord(basis) },
    { label: say("chips"), width: "72px", number: true, cell: ({ chips }) => count(chips) },
    { label: say("away"), width: "72px", number: true, cell: ({ away }) => count(away) },
    { label: say("host"), width: "14%", wide: true, cell: ({ host }) => (host ? middle(host, 24) : "–") },
    { label: say("site"), width: "12%", wide: true, cell: ({ site }) => site ?? "–" },
    { label: say("since"), width: "190px", sort: "since", wide: true, cell: ({ since }) => time(since) },
    { label: say("last-heard"), width: "190px", wide: true, cell: ({ heard }) => time(heard) },
    { label: html`<span class="unseen">${say("simulated")}</span>`, width: "104px", cell: ({ simulated }) => simulatedWord(simulated) },
  ];
}

function boardLink({ id }) {
  return html`<a class="code" tabindex="-1" href=${boardAddress(id)} title=${id}>${middle(id, 26)}</a>`;
}

customElements.define("boards-page", BoardsPage);
