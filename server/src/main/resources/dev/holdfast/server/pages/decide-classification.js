import { html } from "lit";
import { count } from "./formats.js";
import { mark } from "./marks.js";
import { say } from "./words.js";

const DENSITY = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 3 });

/** What an item is by its published rates, beside what its vendor says. */
export function classificationTable(shown) {
  return html`<table class="plain classification">
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="number">${say("decide.computed")}</th>
          <th scope="col" class="number">${say("decide.vendor-says")}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">${say("decide.paragraph")}</th>
          <td class="number">${paragraphs(shown)}</td>
          <td class="number">${paragraph(shown.vendorParagraph)}</td>
        </tr>
        <tr>
          <th scope="row">${say("decide.field.tpp")}</th>
          <td class="number">${shown.tpp === undefined ? say("decide.not-known") : count(shown.tpp)}</td>
          <td class="number">${count(shown.vendorTpp)}</td>
        </tr>
        <tr>
          <th scope="row">${say("decide.field.performanceDensity")}</th>
          <td class="number">${density(shown)}</td>
          <td class="number">–</td>
        </tr>
        <tr>
          <th scope="row">${say("decide.eccn")}</th>
          <td class="number">–</td>
          <td class="number">${shown.vendorEccn ?? "–"}</td>
        </tr>
      </tbody>
    </table>
    ${shown.conflict ? html`<p class="note">${mark("attention")} <span>${say("decide.conflict")}</span></p>` : ""}
    ${shown.unverifiedParagraph
      ? html`<p class="hint">${say("decide.unverified", paragraph(shown.unverifiedParagraph))}</p>`
      : ""}
    <p class="hint" lang="en">${shown.basis}</p>`;
}

function paragraphs({ paragraph: only, paragraphs: all }) {
  return only ? paragraph(only) : all.map((each) => html`<div>${paragraph(each)}</div>`);
}

/** An item that meets no paragraph is said to, in words. */
function paragraph(name) {
  return name === "none" ? say("decide.paragraph.none") : (name ?? "–");
}

function density({ performanceDensity: exact, performanceDensityLeast: least, performanceDensityMost: most }) {
  if (exact !== undefined) {
    return DENSITY.format(exact);
  }
  if (most !== undefined) {
    return `${DENSITY.format(least ?? 0)} – ${DENSITY.format(most)}`;
  }
  return least > 0 ? `≥ ${DENSITY.format(least)}` : say("decide.not-known");
}
