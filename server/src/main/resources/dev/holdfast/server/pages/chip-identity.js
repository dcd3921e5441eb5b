import { css, html } from "lit";
import "./short-id.js";
import { download } from "./api.js";
import { country, position, three, time } from "./formats.js";
import { HoldfastElement } from "./holdfast-element.js";
import { simulatedWord, stateWord } from "./marks.js";
import { onPrinting, openDetails } from "./printing.js";
import { regionSentence } from "./region-words.js";
import { fleetAddress, siteAddress } from "./route.js";
import { stateStrip } from "./state-strip.js";
import { has, say } from "./words.js";

/** Who a chip is, where it is said to be, and what was found about that, with the reasons. */
class ChipIdentity extends HoldfastElement {
  static properties = { chip: { attribute: false }, problem: { state: true } };

  static styles = [
    HoldfastElement.styles,
    css`
      :host {
        display: block;
      }
      h1 {
        --id-size: 15px;
        line-height: 24px;
      }
      .verdict {
        margin: 12px 0 16px;
        padding-left: 12px;
        border-left: 2px solid var(--line);
      }
      .verdict .facts {
        margin-bottom: 8px;
      }
      .verdict .state {
        font-weight: 600;
      }
      section {
        margin-top: 20px;
      }
      details {
        border-bottom: 1px solid var(--line);
        padding: 6px 0;
        font-size: 13px;
        line-height: 20px;
      }
      summary {
        cursor: pointer;
        border-radius: 4px;
      }
      details p {
        margin: 6px 0;
      }
      details .button,
      details button {
        margin: 6px 0;
      }
      @media print {
        .spelled::after {
          content: " (" attr(data-id) ")";
        }
      }
    `,
  ];

  #shut = () => {};
  #forgetPrinting = null;

  constructor() {
    super();
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#forgetPrinting = onPrinting((begins) => {
      this.#shut();
      this.#shut = begins ? openDetails(this.renderRoot) : () => {};
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetPrinting?.();
  }

  render() {
    const { chip } = this;
    return html`
      <h1><short-id value=${chip.id} most="30"></short-id></h1>
      <div class="verdict">
        <dl class="facts">
          <dt>${say("chip.state")}</dt>
          <dd>${stateWord(chip.state)} ${simulatedWord(chip.simulated)}</dd>
          <dt>${say("chip.host-state")}</dt>
          <dd>${stateWord(chip.hostState)}</dd>
        </dl>
        <p>${chip.sentence ?? say("verdicts.none")}</p>
        <p class="hint">${time(chip.at)}</p>
      </div>
      <dl class="facts">
        <dt>${say("model")}</dt>
        <dd>${chip.model ?? "–"}</dd>
        <dt>${say("aliases")}</dt>
        <dd>${chip.aliases.length ? chip.aliases.map((alias) => html`<div><short-id value=${alias} most="28"></short-id></div>`) : "–"}</dd>
        <dt>${say("host")}</dt>
        <dd>${chip.host ? html`<a href=${fleetAddress({ host: chip.host })}>${chip.host}</a>` : "–"}</dd>
        ${chip.key
          ? html`<dt>${say("key")}</dt>
              <dd><short-id value=${chip.key} most="20"></short-id> ${bindingWord(chip.binding)}</dd>`
          : ""}
        <dt>${say("site")}</dt>
        <dd>${chip.site ? html`<a class="spelled" data-id=${chip.site} href=${siteAddress(chip.site)}>${chip.siteName ?? chip.site}</a>` : "–"}</dd>
        <dt>${say("destination")}</dt>
        <dd>${country(chip.destination)}</dd>
        <dt>${say("claim")}</dt>
        <dd>${hasPlace(chip) ? say("claim.within", three(chip.radiusKm), position(chip.latitude, chip.longitude)) : "–"}</dd>
        <dt>${say("region.title")}</dt>
        <dd>${regionSentence(chip.region)}</dd>
        <dt>${say("last-heard")}</dt>
        <dd>${time(chip.lastHeard)}</dd>
        <dt>${say("strip.title")}</dt>
        <dd>${stateStrip(chip.strip)}</dd>
      </dl>
      <p class="hint">${say("chip.key-not-chip")}</p>
      <section>
        <h2>${say("verdicts")}</h2>
        ${chip.verdicts?.length ? chip.verdicts.map((verdict) => this.#verdict(verdict)) : html`<p class="hint">${say("verdicts.none")}</p>`}
        ${this.problem ? html`<p class="small" role="alert">${this.problem.code} ${this.problem.message || say("problem.unreachable")}</p>` : ""}
      </section>
    `;
  }

  #verdict(verdict) {
    const { id, question, value, reason, atSlowerSpeed, assumptions = [], coalition = [] } = verdict;
    // Of a key, of a host or of the chip: what is proved of one is not proved of the next.
    const kind = verdict.subject?.kind?.toLowerCase();
    // A chip's own verdict is kept nowhere: its bundle is of what stands now.
    const bundle = id ? `verdicts/${encodeURIComponent(id)}` : kind === "chip" && verdict.subject.binding ? `chips/${encodeURIComponent(this.chip.id)}` : null;
    const key = `question.${question.replaceAll("_", "-")}`;
    const asked = has(key) ? say(key, ...(question === "within" ? circle(value) : [country(value)])) : `${question} ${value}`;
    return html`<details>
      <summary>${stateWord(verdict.verdict)} · ${kind ? `${say(`kind.${kind}`)}: ` : ""}${asked}</summary>
      <p>${reason}</p>
      ${verdict.subject?.binding ? html`<p>${bindingWord(verdict.subject.binding)}</p>` : ""}
      ${atSlowerSpeed ? html`<p>${say(`slower.${atSlowerSpeed.toLowerCase()}`)}</p>` : ""}
      ${coalition.length ? html`<p>${say("coalition", coalition.join(", "))}</p>` : ""}
      ${assumptions.map((assumption) => html`<p class="hint">${assumption}</p>`)}
      ${bundle ? html`<button @click=${() => this.#bundle(bundle, id ?? verdict.subject.id)}>${say("bundle")} ↓</button>` : ""}
    </details>`;
  }

  async #bundle(of, name) {
    this.problem = null;
    try {
      await download(`/api/v1/${of}/bundle`, `${name}.holdfast`);
    } catch (failure) {
      this.problem = failure;
    }
  }
}

/** How firmly a subject is tied to the one before; words of the server that are newer than these pages stand as they are. */
function bindingWord(binding) {
  if (!binding) {
    return "";
  }
  const key = `binding.${binding.toLowerCase().replaceAll("_", "-")}`;
  return html`<span class="hint">${has(key) ? say(key) : binding}</span>`;
}

/** The claim `latitude,longitude,kilometres` for people. */
function circle(value) {
  const [latitude, longitude, kilometres] = value.split(",").map(Number);
  return [`${three(kilometres)} km`, position(latitude, longitude)];
}

export function hasPlace({ latitude, longitude }) {
  return Number.isFinite(latitude) && Number.isFinite(longitude);
}

customElements.define("chip-identity", ChipIdentity);
