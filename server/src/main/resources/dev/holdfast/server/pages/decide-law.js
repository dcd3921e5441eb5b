/** The stages of the law; as in an answer, what has the last word comes first. */
const STAGES = ["review", "exception", "licence", "class", "notice", "outside"];

const DAY_MS = 86_400_000;

export function dayOf(iso) {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
}

export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function instantOf(day) {
  return new Date(day * DAY_MS);
}

/**
 * The rules as they were known on a day, by stage: `[{stage, rules: [{rule, spans}]}]`, a span being a row of the law with
 * the first day that it holds and the first on which it does not. Rows that differ in places and parties only are one.
 */
export function knownLaw({ items, begins, answersUntil }, knownOn) {
  const first = dayOf(begins);
  const end = dayOf(answersUntil) + 1;
  const known = items
    .filter(({ recordedFrom, recordedTo }) => recordedFrom <= knownOn && (!recordedTo || knownOn <= recordedTo))
    .map((row) => ({ ...row, from: Math.max(first, dayOf(row.validFrom)), until: row.validTo ? dayOf(row.validTo) + 1 : end }))
    .filter(({ from, until }) => from < until);
  return STAGES.map((stage) => ({ stage, rules: rulesOf(known.filter((row) => row.stage === stage)) })).filter(
    ({ rules }) => rules.length,
  );
}

function rulesOf(rows) {
  const byRule = Map.groupBy(rows, ({ rule }) => rule);
  return [...byRule]
    .map(([rule, all]) => ({ rule, spans: distinct(all) }))
    .sort((a, b) => a.spans[0].from - b.spans[0].from);
}

function distinct(rows) {
  const spans = Map.groupBy(rows, ({ from, until, status }) => `${from} ${until} ${status}`);
  return [...spans.values()]
    .map((same) => ({ ...same[0], titles: [...new Set(same.map(({ title }) => title))] }))
    .sort((a, b) => a.from - b.from);
}
