import { css, html } from "lit";
import "./board-graph.js";
import "./short-id.js";
import { basisWord, gradeWord } from "./board-words.js";
import { middle, three, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { simulatedWord } from "./marks.js";
import { boardAddress, fleetAddress } from "./route.js";
import { has, say } from "./words.js";

/** What a chip signs with and what its host tells of it, and the boards that follow; usually one identity, or none. */
class ChipIdentities extends HoldfastElement {
  static properties = { identities: { attribute: false }, version: {} };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      section {
        margin-top: 20px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin: 4px 0 8px;
        font-size: 13px;
        line-height: 20px;
      }
      .root {
        overflow-wrap: anywhere;
      }
      .alias + .alias {
        margin-top: 4px;
      }
    `,
  ];

  constructor() {
    super();
    this.identities = [];
    this.version = 0;
  }

  render() {
    return html`<section>
        <h2>${say("identities")}</h2>
        ${this.identities.length ? this.identities.map(identity) : html`<p class="hint">${say("identities.none")}</p>`}
      </section>
      ${this.identities.flatMap(({ boards }) => boards).map((board) => this.#board(board))}`;
  }

  #board(board) {
    return html`<section>
      <h2>${say("board")}</h2>
      <div class="head">
        <a class="code" href=${boardAddress(board.id)} title=${board.id}>${middle(board.id, 30)}</a>
        ${gradeWord(board.grade)} ${basisWord(board.basis)} ${simulatedWord(board.simulated)}
      </div>
      <board-graph .board=${board.id} .version=${this.version}></board-graph>
    </section>`;
  }
}

function identity({ key, link, model, aliases, signed, told, simulated }) {
  return html`<dl class="facts">
    <dt>${say("key")}</dt>
    <dd><short-id value=${key} most="24"></short-id> ${simulatedWord(simulated)}</dd>
    <dt>${say("link")}</dt>
    <dd>${link === "signed" ? say("link.signed") : html`${basisWord(link)} <div>${grey("link.host-word")}</div>`}</dd>
    <dt>${say("model")}</dt>
    <dd>${model}</dd>
    <dt>${say("aliases")}</dt>
    <dd>${aliases.map(alias)}</dd>
    <dt>${say("signed.last")}</dt>
    ${signed ? signedFacts(signed) : html`<dd class="hint">${say("signed.never")}</dd>`}
    <dt>${say("told")}</dt>
    <dd>
      ${told
        ? html`${time(told.at)}<div>${hostLink(told.host)} <span class="code">${told.source}</span> ${grey("host-word")}</div>`
        : grey("not-told")}
    </dd>
    <dt>${say("meter")}</dt>
    <dd>${told && told.watts !== null ? html`${three(told.watts)} W ${grey("host-word")}` : grey("not-told")}</dd>
  </dl>`;
}

function alias({ kind, value, strength }) {
  return html`<div class="alias">
    <short-id value=${value} most="26"></short-id>
    <div>${has(`alias.${kind}`) ? say(`alias.${kind}`) : kind} · ${basisWord(strength)}</div>
  </div>`;
}

/** Whatever a chip signed may have been carried here, so that always stands beside it. */
function signedFacts({ host, root, at, fresh, adjacency, signingMillis, revocationsAt }) {
  return html`<dd>${time(at)} <div>${grey("relay")}</div></dd>
    <dt>${say("signed.for")}</dt>
    <dd>${hostLink(host)}</dd>
    <dt>${say("signed.root")}</dt>
    <dd class="root">${root}</dd>
    <dt>${say("signed.fresh")}</dt>
    <dd>${fresh ? say("fresh") : grey("not-fresh")}</dd>
    <dt>${say("adjacency")}</dt>
    <dd>${adjacency ? say("adjacency.named") : grey("adjacency.none")}</dd>
    <dt>${say("signing-time")}</dt>
    <dd>${signingMillis === null ? grey("not-told") : html`${three(signingMillis)} ms ${grey("host-word")}`}</dd>
    <dt>${say("revocation")}</dt>
    <dd>${revocationsAt ? say("revocation.at", time(revocationsAt)) : grey("not-checked")}</dd>`;
}

function hostLink(host) {
  return html`<a href=${fleetAddress({ host })}>${host}</a>`;
}

function grey(key) {
  return html`<span class="hint">${say(key)}</span>`;
}

customElements.define("chip-identities", ChipIdentities);
