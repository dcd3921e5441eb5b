import { css } from "lit";
import { markStyles } from "./marks.js";

/** What every piece looks like; colours come from the tokens only. */
export const sharedStyles = [
  markStyles,
  css`
    :host {
      box-sizing: border-box;
      color: var(--ink);
    }
    *,
    *::before,
    *::after {
      box-sizing: inherit;
    }
    [hidden] {
      display: none !important;
    }
    h1,
    h2,
    h3,
    p,
    dl,
    dd,
    ul,
    ol {
      margin: 0;
      padding: 0;
    }
    ul,
    ol {
      list-style: none;
    }
    h1 {
      font-size: 24px;
      line-height: 32px;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 15px;
      line-height: 24px;
      font-weight: 600;
    }
    h3 {
      font-size: 13px;
      line-height: 20px;
      font-weight: 600;
      color: var(--ink-2);
    }
    a {
      color: inherit;
      text-decoration: underline;
      text-decoration-color: var(--ink-3);
      text-underline-offset: 3px;
    }
    a:hover {
      text-decoration-color: currentColor;
    }
    :focus-visible {
      outline: 2px solid var(--proved);
      outline-offset: 1px;
    }
    button,
    .button,
    select,
    textarea,
    input {
      font: inherit;
      font-size: 13px;
      line-height: 20px;
      color: var(--ink);
      background: var(--paper);
      border: 1px solid var(--ink-3);
      border-radius: 4px;
      padding: 3px 10px;
      min-height: 28px;
    }
    button,
    .button {
      cursor: pointer;
      text-decoration: none;
      white-space: nowrap;
    }
    button:hover,
    .button:hover {
      background: var(--paper-2);
    }
    button:disabled {
      color: var(--ink-3);
      border-color: var(--line);
      cursor: default;
    }
    button[aria-pressed="true"],
    .button[aria-current="page"] {
      background: var(--ink);
      border-color: var(--ink);
      color: var(--paper);
    }
    button.quiet {
      border-color: transparent;
      background: none;
      color: var(--ink-2);
    }
    button.quiet:hover {
      background: var(--paper-2);
      color: var(--ink);
    }
    input::placeholder {
      color: var(--ink-3);
      opacity: 1;
    }
    .hint {
      color: var(--ink-3);
      font-size: 13px;
      line-height: 20px;
    }
    .small {
      font-size: 13px;
      line-height: 20px;
    }
    .number {
      text-align: right;
      white-space: nowrap;
    }
    .code {
      font-family: var(--code);
      font-size: 13px;
    }
    .unseen {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .facts {
      display: grid;
      grid-template-columns: minmax(88px, auto) 1fr;
      gap: 4px 12px;
      font-size: 13px;
      line-height: 20px;
    }
    .facts dt {
      color: var(--ink-3);
    }
    .facts dd {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    table.plain {
      width: 100%;
      border-collapse: collapse;
      font-size: 13px;
      line-height: 20px;
    }
    table.plain th {
      text-align: left;
      font-weight: 400;
      color: var(--ink-3);
    }
    table.plain th.number {
      text-align: right;
    }
    table.plain th,
    table.plain td {
      padding: 3px 0 3px 8px;
      border-bottom: 1px solid var(--line);
      vertical-align: top;
    }
    table.plain th:first-child,
    table.plain td:first-child {
      padding-left: 0;
    }
    .skeleton {
      display: block;
      height: 12px;
      margin: 10px 0;
      border-radius: 4px;
      background: var(--line);
    }
    .skeleton:nth-child(3n + 2) {
      width: 82%;
    }
    .skeleton:nth-child(3n) {
      width: 64%;
    }
    .printed {
      display: none;
    }
    @media print {
      button,
      .button,
      input,
      select,
      textarea {
        display: none !important;
      }
      .printed {
        display: revert;
      }
      :focus-visible {
        outline: none;
      }
      a {
        text-decoration: none;
      }
      li,
      tr,
      details {
        break-inside: avoid;
      }
      h1,
      h2,
      h3 {
        break-after: avoid;
      }
    }
    @media (prefers-reduced-motion: no-preference) {
      .skeleton {
        animation: waiting 1.2s ease-in-out infinite alternate;
      }
    }
    @keyframes waiting {
      to {
        opacity: 0.45;
      }
    }
  `,
];
