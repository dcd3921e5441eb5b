package dev.holdfast.replay;

import dev.holdfast.picture.PageColours;

/** How the page of a dossier looks: light, dark, on paper, and on narrow screens. */
final class DossierStyle {
  private static final String RULES =
      """
      *{box-sizing:border-box}
      body{margin:0;background:var(--paper);color:var(--ink);line-height:1.45;font-size:15px;
      font-family:system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Helvetica,Arial,sans-serif;
      font-variant-numeric:tabular-nums}
      main{max-width:1040px;margin:0 auto;padding:24px 16px 64px}
      h1{font-size:32px;line-height:1.2;margin:0 0 12px}
      h2{font-size:18px;margin:40px 0 12px;padding-top:12px;border-top:1px solid var(--line)}
      p{margin:0 0 12px;max-width:72ch}
      .name{color:var(--ink-2);margin:0}
      .first{font-size:18px}
      .grey,small,dt{color:var(--ink-3);font-size:13px}
      .simulated{border:1px dashed var(--ink-3);border-radius:4px;padding:8px 12px}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 12px}
      dd{margin:0;overflow-wrap:anywhere;min-width:0}
      code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace;
      font-size:13px}
      code{overflow-wrap:anywhere}
      pre{background:var(--paper-2);border:1px solid var(--line);border-radius:4px;padding:8px 12px;
      overflow-x:auto}
      .wide,figure{overflow-x:auto}
      figure{margin:0 0 16px}
      figure svg{display:block;max-width:100%;height:auto;min-width:560px}
      table{border-collapse:collapse;width:100%}
      th{text-align:left;font-weight:600;font-size:13px;color:var(--ink-2)}
      th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
      td{overflow-wrap:anywhere;min-width:7ch}
      .time,.weight{white-space:nowrap;overflow-wrap:normal}
      .number{text-align:right}
      .mark{font-size:19px;font-weight:700;line-height:1}
      .high .mark{color:var(--refuted)}
      .medium .mark{color:var(--attention)}
      a{color:var(--proved)}
      a:focus-visible{outline:2px solid var(--proved);outline-offset:2px}
      p,li{overflow-wrap:anywhere}
      li{margin:0 0 6px;max-width:72ch}
      tr:target{background:var(--paper-2)}
      @media (max-width:640px){h1{font-size:24px}dl{grid-template-columns:1fr;gap:0}
      dd{margin:0 0 8px}.wide table{min-width:600px}}
      @media print{body{font-size:10.5pt}main{max-width:none;padding:0}.wide,figure{overflow:visible}
      figure,tr,li,pre{break-inside:avoid}h2{break-after:avoid}figure svg{min-width:0}
      thead{display:table-header-group}}
      """;

  private DossierStyle() {}

  static String sheet() {
    return PageColours.sheet() + RULES;
  }
}
