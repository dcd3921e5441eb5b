// Checks signed statements with node's standard library alone; shares no code with Holdfast.
//
//   node tools/verify-statements.mjs KEYS ENVELOPES      one envelope a line; prints what each is
//   node tools/verify-statements.mjs --vectors FOLDER    runs test vectors; exit status 1 if one differs
//
// KEYS holds JSON objects, one a line, each with "spki" (base64 of a SubjectPublicKeyInfo).
// docs/statements.md says what is checked; the order is that of DSSE: envelope, signature, payload.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TYPE = "application/vnd.holdfast.statement+json";
const LONGEST_ENVELOPE = 65535;
const LONGEST_PAYLOAD = 46080;
const DEEPEST = 32;
const EDWARDS_SPKI = Buffer.from("302a300506032b6570032100", "hex");
const NIST_SPKI = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const EDWARDS_PRIME = 2n ** 255n - 19n;
const EDWARDS_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const NIST_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

class Refused extends Error {}
const demand = (good, outcome) => {
  if (!good) throw new Refused(outcome);
};
const sha256 = (octets) => createHash("sha256").update(octets).digest("hex");
const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const number = (octets) => BigInt("0x" + Buffer.from(octets).toString("hex"));
const numberFromLeast = (octets) => number(Buffer.from(octets).reverse());

// RFC 8785: JavaScript's own printing of texts and numbers, names sorted by UTF-16 code units.
function canonical(value, depth = 0) {
  if (typeof value === "string" && !value.isWellFormed()) throw new Error("half a surrogate pair");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (depth === DEEPEST) throw new Error("too deep");
  if (Array.isArray(value)) return "[" + value.map((item) => canonical(item, depth + 1)).join() + "]";
  const member = (name) => canonical(name) + ":" + canonical(value[name], depth + 1);
  return "{" + Object.keys(value).sort().map(member).join() + "}";
}

function readJson(octets, longest, part) {
  try {
    demand(octets.length <= longest, "malformed-" + part);
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
    const value = JSON.parse(text);
    return { value, isCanonical: canonical(value) === text };
  } catch {
    throw new Refused("malformed-" + part);
  }
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const hasExactly = (value, names, optional = []) =>
  isObject(value) &&
  names.every((name) => Object.hasOwn(value, name)) &&
  Object.keys(value).every((name) => names.includes(name) || optional.includes(name));

function base64(text) {
  const octets = typeof text === "string" ? Buffer.from(text, "base64") : undefined;
  demand(octets && octets.toString("base64") === text, "malformed-envelope");
  return octets;
}

export function readKey(spki) {
  const begins = (prefix, length) =>
    spki.length === prefix.length + length && spki.subarray(0, prefix.length).equals(prefix);
  const kind = begins(EDWARDS_SPKI, 32) ? "ed25519" : begins(NIST_SPKI, 64) ? "p256" : undefined;
  demand(kind, "malformed-key");
  try {
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    return { kind, key, id: sha256(spki) };
  } catch {
    throw new Refused("malformed-key");
  }
}

export function preAuthenticationEncoding(payload) {
  return Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);
}

// Whether nobody but the key's holder could have made these octets.
function hasOneSpelling(kind, signature) {
  const [first, second] = [signature.subarray(0, 32), signature.subarray(32)];
  if (kind === "p256") {
    const [r, s] = [number(first), number(second)];
    return r > 0n && r < NIST_ORDER && s > 0n && s <= NIST_ORDER / 2n;
  }
  const y = numberFromLeast(first) & (2n ** 255n - 1n);
  const negative = first[31] >= 128;
  const zeroAbscissa = y === 1n || y === EDWARDS_PRIME - 1n;
  return y < EDWARDS_PRIME && !(negative && zeroAbscissa) && numberFromLeast(second) < EDWARDS_ORDER;
}

// The blanks and controls that no name begins or ends with, or holds: those of Java's strip.
const BLANK = "[\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]";
const BLANK_ENDS = new RegExp(`^${BLANK}|${BLANK}$`);
const isName = (value) =>
  typeof value === "string" &&
  value.length >= 1 &&
  value.length <= 200 &&
  !/[\x00-\x1f\x7f-\x9f]/.test(value) &&
  !BLANK_ENDS.test(value);
const isTime = (value) => {
  if (!/^(19[7-9]|[2-9]\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};
const isType = (value) =>
  typeof value === "string" &&
  value.length <= 200 &&
  /^[a-z][a-z0-9+.-]{0,31}:[!#-;=?-\[\]_a-z~]+$/.test(value);
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const isBlob = (value) =>
  hasExactly(value, ["mediaType", "sha256", "size"]) &&
  isHash(value.sha256) &&
  isWhole(value.size) &&
  /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(value.mediaType);

function isStatement(value) {
  return (
    hasExactly(value, ["key", "sequence", "source", "time", "type"], ["blob", "content", "previous"]) &&
    isHash(value.key) &&
    isWhole(value.sequence) &&
    value.sequence >= 1 &&
    (value.sequence === 1 ? !Object.hasOwn(value, "previous") : isHash(value.previous)) &&
    isName(value.source) &&
    isTime(value.time) &&
    isType(value.type) &&
    (Object.hasOwn(value, "content")
      ? !Object.hasOwn(value, "blob") && isObject(value.content)
      : isBlob(value.blob))
  );
}

// The statement in an envelope and its hash; throws Refused with the outcome otherwise.
export function check(octets, keys) {
  const { value: envelope, isCanonical } = readJson(octets, LONGEST_ENVELOPE, "envelope");
  demand(hasExactly(envelope, ["payload", "payloadType", "signatures"]), "malformed-envelope");
  demand(envelope.payloadType === TYPE, "malformed-envelope");
  const { signatures } = envelope;
  demand(Array.isArray(signatures) && signatures.length === 1, "malformed-envelope");
  demand(hasExactly(signatures[0], ["keyid", "sig"]), "malformed-envelope");
  const { keyid, sig } = signatures[0];
  const [payload, signature] = [base64(envelope.payload), base64(sig)];
  demand(isHash(keyid) && signature.length === 64, "malformed-envelope");
  demand(payload.length <= LONGEST_PAYLOAD, "malformed-envelope");
  demand(isCanonical, "envelope-not-canonical");

  const found = keys.get(keyid);
  demand(found, "unknown-key");
  demand(hasOneSpelling(found.kind, signature), "second-spelling");
  const signed = preAuthenticationEncoding(payload);
  const good =
    found.kind === "ed25519"
      ? verify(null, signed, found.key, signature)
      : verify("sha256", signed, { key: found.key, dsaEncoding: "ieee-p1363" }, signature);
  demand(good, "wrong-signature");

  const inside = readJson(payload, LONGEST_PAYLOAD, "statement");
  demand(isStatement(inside.value), "malformed-statement");
  demand(inside.isCanonical, "statement-not-canonical");
  demand(inside.value.key === keyid, "key-mismatch");
  return { statement: inside.value, hash: sha256(signed) };
}

// How a statement stands to another of its source that came before.
export function succession(before, now) {
  const step = now.statement.sequence - before.statement.sequence;
  if (step < 0) return "earlier";
  if (step === 0) return now.hash === before.hash ? "repeats" : "equivocation";
  if (step > 1) return "gap";
  return now.statement.previous === before.hash ? "follows" : "fork";
}

const linesOf = (file) => readFileSync(file, "utf8").split("\n").filter((line) => line !== "");

function outcomeOf(action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refused) return { outcome: error.message };
    throw error;
  }
}

function readKeys(file) {
  const keys = new Map();
  for (const line of linesOf(file).map((text) => JSON.parse(text))) {
    const result = outcomeOf(() => ({ outcome: "valid", key: readKey(Buffer.from(line.spki, "base64")) }));
    if (result.key) keys.set(result.key.id, result.key);
    line.outcome = result.outcome;
    line.id = result.key?.id;
    keys.lines = [...(keys.lines ?? []), line];
  }
  return keys;
}

function runVectors(folder) {
  let wrong = 0;
  const report = (vector, outcome, detail = true) => {
    const right = (outcome === vector.expect || outcome === vector.alsoRight) && detail;
    wrong += right ? 0 : 1;
    console.log(`${right ? "ok" : "NOT OK"} - ${vector.name}: ${outcome}`);
  };
  const keys = readKeys(join(folder, "keys.jsonl"));
  for (const line of keys.lines) report(line, line.outcome, line.id === line.keyid);
  const checked = (text) => {
    const octets = Buffer.from(text);
    return outcomeOf(() => ({ outcome: "valid", ...check(octets, keys) }));
  };
  for (const vector of linesOf(join(folder, "statements.jsonl")).map((text) => JSON.parse(text))) {
    const result = checked(vector.envelope);
    report(vector, result.outcome, result.hash === vector.hash);
  }
  for (const vector of linesOf(join(folder, "successions.jsonl")).map((text) => JSON.parse(text))) {
    const [before, now] = [checked(vector.before), checked(vector.now)];
    const both = before.outcome === "valid" && now.outcome === "valid";
    report(vector, both ? succession(before, now) : "not valid");
  }
  console.log(wrong === 0 ? "all vectors as expected" : `${wrong} vectors differ`);
  return wrong === 0 ? 0 : 1;
}

function runFile(keysFile, envelopesFile) {
  const keys = readKeys(keysFile);
  const last = new Map();
  let refused = 0;
  for (const line of linesOf(envelopesFile)) {
    const result = outcomeOf(() => ({ outcome: "valid", ...check(Buffer.from(line), keys) }));
    if (!result.statement) {
      refused++;
      console.log(result.outcome);
      continue;
    }
    const { source, sequence } = result.statement;
    const before = last.get(source);
    const step = before ? succession(before, result) : sequence === 1 ? "first" : "gap";
    refused += step === "equivocation" || step === "fork" ? 1 : 0;
    if (!before || sequence > before.statement.sequence) last.set(source, result);
    console.log(`valid ${step} ${sequence} ${result.hash} ${JSON.stringify(source)}`);
  }
  return refused === 0 ? 0 : 1;
}

const [first, second] = process.argv.slice(2);
if (!second) {
  console.error("usage: verify-statements.mjs KEYS ENVELOPES | --vectors FOLDER");
  process.exitCode = 2;
} else {
  process.exitCode = first === "--vectors" ? runVectors(second) : runFile(first, second);
}
