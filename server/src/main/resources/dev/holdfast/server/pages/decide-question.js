/** The fields of a question, as the address and the server name them. */
export const FIELDS = [
  "item",
  "tpp",
  "dieArea",
  "memoryBandwidth",
  "interconnect",
  "market",
  "vendor",
  "quantity",
  "kind",
  "from",
  "to",
  "parentHq",
  "endUser",
  "endUse",
  "date",
  "knownOn",
  "listed",
  "ownedByListed",
];

/** By these an item is described that the catalogue does not have. */
export const OWN = ["tpp", "dieArea", "memoryBandwidth", "interconnect", "market", "vendor"];

export const KINDS = ["export", "reexport", "transfer"];

/** The question of an address or of a kept decision: the fields that say something. */
export function questionOf(fields) {
  const given = fields instanceof URLSearchParams ? Object.fromEntries(fields) : fields;
  return Object.fromEntries(FIELDS.map((name) => [name, given[name] ?? ""]).filter(([, value]) => value.trim()));
}

/** Whether there is enough to be asked. */
export function canBeAsked(question) {
  return Boolean(question.to && ["item", ...OWN].some((name) => question[name]));
}

/** The question with one thing changed, where that thing is a value that a form can hold; else null. */
export function changed(question, { field, value }) {
  switch (field) {
    case "date":
      return { ...question, date: value };
    case "kind":
      // From where it goes follows the kind: a transfer stays where it is.
      return { ...question, kind: value, from: "" };
    case "listed":
      return { ...question, listed: "", ownedByListed: "" };
    default:
      return null;
  }
}
