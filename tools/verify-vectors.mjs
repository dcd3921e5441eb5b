// A second verifier for the frozen vectors of the ledger room. It shares no code with Holdfast: it
// was written from the C2SP texts and RFC 6962 alone, and uses nothing but Node.js itself.
//
//   node tools/verify-vectors.mjs <vectors.jsonl>
//
// Prints one line a vector: "ok", "FAIL" or "not checked" (with the reason), and its name.
// Exit status: 0 if nothing failed, 1 if something did, 2 for bad usage.

import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Malformed extends Error {}
class NotChecked extends Error {}

const need = (holds, why) => {
  if (!holds) throw new Malformed(why);
};
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

function base64(text) {
  const octets = Buffer.from(text, 'base64');
  need(octets.toString('base64') === text, 'not canonical base64');
  return octets;
}

function hash(text) {
  const octets = base64(text);
  need(octets.length === 32, 'not a hash');
  return octets;
}

function decimal(text) {
  need(/^(0|[1-9][0-9]*)$/.test(text), 'not a decimal');
  const value = BigInt(text);
  need(value < 1n << 63n, 'too large');
  return value;
}

// Keys and signatures: C2SP signed-note and tlog-cosignature.

const PREFIX = {
  1: '302a300506032b6570032100',
  4: '302a300506032b6570032100',
  6: '30820532300b06096086480165030403110382052100',
};
const KEY_LENGTH = { 1: 32, 4: 32, 6: 1312 };
const SIGNATURE_LENGTH = { 1: 64, 4: 72, 6: 2428 };

function parseKey(vkey) {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey);
  need(match, 'not a vkey');
  const [, name, id, rest] = match;
  need(!/[\p{White_Space}\p{Cc}]/u.test(name), 'bad name');
  const typed = base64(rest);
  const type = typed[0];
  need(type in PREFIX && typed.length === 1 + KEY_LENGTH[type], 'bad public key');
  const computed = sha256(name, '\n', typed).subarray(0, 4).toString('hex');
  need(computed === id, 'key id is not the computed one');
  return { name, id, type, raw: typed.subarray(1) };
}

function isSigned(key, message, signature) {
  let publicKey;
  try {
    publicKey = createPublicKey({
      key: Buffer.concat([Buffer.from(PREFIX[key.type], 'hex'), key.raw]),
      format: 'der',
      type: 'spki',
    });
  } catch (error) {
    if (key.type === 6) throw new NotChecked(`Node.js ${process.version} has no ML-DSA-44`);
    throw error;
  }
  return verify(null, message, publicKey, signature);
}

function cosignedMessage(key, checkpoint, time) {
  const name = Buffer.from(key.name);
  const origin = Buffer.from(checkpoint.origin);
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(0n, 0);
  numbers.writeBigUInt64BE(checkpoint.size, 8);
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.from([name.length]),
    name,
    time,
    Buffer.from([origin.length]),
    origin,
    numbers,
    checkpoint.root,
  ]);
}

function isGoodSignature(key, note, octets) {
  if (octets.length !== SIGNATURE_LENGTH[key.type]) return false;
  if (key.type === 1) return isSigned(key, Buffer.from(note.text), octets);
  const time = octets.subarray(0, 8);
  const seconds = time.readBigUInt64BE();
  if (seconds >= 1n << 63n) return false;
  const message =
    key.type === 4
      ? Buffer.from(`cosignature/v1\ntime ${seconds}\n${note.text}`)
      : cosignedMessage(key, note.checkpoint, time);
  return isSigned(key, message, octets.subarray(8));
}

// Notes and checkpoints: C2SP signed-note and tlog-checkpoint.

function parseNote(all) {
  need(!/[\0-\x09\x0b-\x1f]/.test(all), 'control character');
  const blank = all.lastIndexOf('\n\n');
  need(blank >= 0 && all.endsWith('\n'), 'no blank line or no final newline');
  const text = all.slice(0, blank + 1);
  const lines = all.slice(blank + 2).split('\n').slice(0, -1);
  need(lines.length > 0, 'no signatures');
  const signatures = lines.map((line) => {
    const match = /^\u2014 ([^ +]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
    need(match && !/\p{White_Space}/u.test(match[1]), 'not a signature line');
    const octets = base64(match[2]);
    need(octets.length > 4, 'signature too short');
    return { name: match[1], id: octets.subarray(0, 4).toString('hex'), octets: octets.subarray(4) };
  });
  const [origin, size, root, ...more] = text.split('\n').slice(0, -1);
  need(root !== undefined && origin !== '' && !more.includes(''), 'not a checkpoint');
  return { text, signatures, checkpoint: { origin, size: decimal(size), root: hash(root) } };
}

/** The keys that signed; throws if a signature of a known key is wrong. */
function signers(note, keys) {
  const signed = new Set();
  let unchecked;
  let wrong = false;
  for (const { name, id, octets } of note.signatures) {
    const key = keys.find((each) => each.name === name && each.id === id);
    if (!key) continue;
    try {
      if (isGoodSignature(key, note, octets)) signed.add(key);
      else wrong = true;
    } catch (error) {
      if (!(error instanceof NotChecked)) throw error;
      unchecked = error;
    }
  }
  if (wrong) return 'wrong signature';
  if (unchecked) throw unchecked;
  return signed;
}

// Trees: RFC 6962 section 2.1, by its recursive definitions.

const leaf = (entry) => sha256(Buffer.from([0]), entry);
const node = (left, right) => sha256(Buffer.from([1]), left, right);

/** The largest power of two below n. */
function split(n) {
  let k = 1n;
  while (k * 2n < n) k *= 2n;
  return k;
}

function rootOf(leaves) {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0];
  const k = Number(split(BigInt(leaves.length)));
  return node(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** PATH(m, D[n]) followed upwards; takes the hashes from the end of the path. */
function rootFromPath(index, size, leafHash, path) {
  if (size === 1n) {
    need(path.length === 0, 'path too long');
    return leafHash;
  }
  need(path.length > 0, 'path too short');
  const k = split(size);
  const last = path.at(-1);
  const rest = path.slice(0, -1);
  return index < k
    ? node(rootFromPath(index, k, leafHash, rest), last)
    : node(last, rootFromPath(index - k, size - k, leafHash, rest));
}

function isIncluded(index, size, leafHash, path, root) {
  return index < size && rootFromPath(index, size, leafHash, path).equals(root);
}

/** SUBPROOF(m, D[n], b): the old root and the new root that the path leads to. */
function subproof(m, n, path, oldRoot, whole) {
  if (m === n) {
    if (whole) {
      need(path.length === 0, 'path too long');
      return [oldRoot, oldRoot];
    }
    need(path.length === 1, 'path of another length');
    return [path[0], path[0]];
  }
  need(path.length > 0, 'path too short');
  const k = split(n);
  const last = path.at(-1);
  const rest = path.slice(0, -1);
  if (m <= k) {
    const [before, after] = subproof(m, k, rest, oldRoot, whole);
    return [before, node(after, last)];
  }
  const [before, after] = subproof(m - k, n - k, rest, oldRoot, false);
  return [node(last, before), node(last, after)];
}

function isConsistent(oldSize, oldRoot, newSize, newRoot, path) {
  if (oldSize === 0n || oldSize > newSize) return false;
  const [before, after] = subproof(oldSize, newSize, path, oldRoot, true);
  return before.equals(oldRoot) && after.equals(newRoot);
}

// Policies: C2SP tlog-policy.

function parsePolicy(text) {
  need(/^[\t\n\x20-\x7e\x80-\xff]*$/.test(Buffer.from(text).toString('latin1')), 'control character');
  need(text.endsWith('\n'), 'no final newline');
  const policy = { logs: [], witnesses: new Map(), groups: new Map() };
  const members = new Set();
  const isDefined = (name) => policy.witnesses.has(name) || policy.groups.has(name);
  const isNew = (keys, key) => !keys.some((each) => each.raw.equals(key.raw));
  for (const line of text.split('\n')) {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length === 0 || items[0].startsWith('#')) continue;
    const [keyword, name, ...rest] = items;
    if (keyword === 'log') {
      need(name !== undefined && rest.length <= 1, 'not a log line');
      const key = parseKey(name);
      need(isNew(policy.logs, key), 'the same log twice');
      policy.logs.push(key);
    } else if (keyword === 'witness') {
      need(rest.length === 1 || rest.length === 2, 'not a witness line');
      const key = parseKey(rest[0]);
      need(key.type !== 1, 'not the key of a witness');
      need(isNew([...policy.witnesses.values()], key), 'the same witness twice');
      need(name !== 'none' && !isDefined(name), 'name taken');
      policy.witnesses.set(name, key);
    } else if (keyword === 'group') {
      const [threshold, ...names] = rest;
      need(names.length > 0 && name !== 'none' && !isDefined(name), 'not a group line');
      need(/^(all|any|[0-9]+)$/.test(threshold), 'not a threshold');
      const k = threshold === 'all' ? names.length : threshold === 'any' ? 1 : Number(threshold);
      need(k >= 1 && k <= names.length, 'threshold out of range');
      for (const member of names) {
        need(isDefined(member) && !members.has(member), 'not a member, or one twice');
        members.add(member);
      }
      policy.groups.set(name, { k, names });
    } else {
      need(keyword === 'quorum' && name !== undefined && rest.length === 0, 'unknown line');
      need(policy.quorum === undefined, 'two quorums');
      need(name === 'none' || isDefined(name), 'unknown quorum');
      policy.quorum = name;
    }
  }
  need(policy.quorum !== undefined, 'no quorum');
  return policy;
}

function judge(policy, note) {
  const signed = signers(note, [...policy.logs, ...policy.witnesses.values()]);
  if (signed === 'wrong signature') return signed;
  if (!policy.logs.some((log) => log.name === note.checkpoint.origin && signed.has(log))) return 'no log';
  const holds = (name) => {
    if (policy.witnesses.has(name)) return signed.has(policy.witnesses.get(name));
    const { k, names } = policy.groups.get(name);
    return names.filter(holds).length >= k;
  };
  return policy.quorum === 'none' || holds(policy.quorum) ? 'accepted' : 'quorum missing';
}

// The lines before a checkpoint: C2SP tlog-proof and tlog-witness.

function parseBefore(text) {
  const blank = text.indexOf('\n\n');
  need(blank >= 0, 'no blank line');
  return { lines: text.slice(0, blank).split('\n'), note: parseNote(text.slice(blank + 2)) };
}

function valueOf(line, word) {
  need(line !== undefined && line.startsWith(`${word} `), `no ${word} line`);
  return line.slice(word.length + 1);
}

const checks = {
  key: ({ vkey }) => (parseKey(vkey) ? 'accepted' : 'refused'),

  note({ keys, note }) {
    const signed = signers(parseNote(note), keys.map(parseKey));
    return signed !== 'wrong signature' && signed.size > 0 ? 'accepted' : 'refused';
  },

  root: ({ entries, root }) =>
    rootOf(entries.map((entry) => leaf(base64(entry)))).equals(hash(root)) ? 'accepted' : 'refused',

  inclusion: ({ entry, index, size, path, root }) =>
    isIncluded(BigInt(index), BigInt(size), leaf(base64(entry)), path.map(hash), hash(root))
      ? 'accepted'
      : 'refused',

  consistency: ({ oldSize, oldRoot, newSize, newRoot, path }) =>
    isConsistent(BigInt(oldSize), hash(oldRoot), BigInt(newSize), hash(newRoot), path.map(hash))
      ? 'accepted'
      : 'refused',

  policy: ({ policy, note }) => judge(parsePolicy(policy), parseNote(note)),

  proof({ policy, entry, proof }) {
    const { lines, note } = parseBefore(proof);
    need(lines.shift() === 'c2sp.org/tlog-proof@v1', 'another version');
    if (lines[0]?.startsWith('extra ')) base64(valueOf(lines.shift(), 'extra'));
    const index = decimal(valueOf(lines.shift(), 'index'));
    const path = lines.map(hash);
    const { size, root } = note.checkpoint;
    let included;
    try {
      included = isIncluded(index, size, leaf(base64(entry)), path, root);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      included = false;
    }
    const outcome = judge(parsePolicy(policy), note);
    if (!included || outcome === 'no log' || outcome === 'wrong signature') return 'refused';
    return outcome;
  },

  request({ key, oldRoot, request }) {
    const { lines, note } = parseBefore(request);
    const oldSize = decimal(valueOf(lines.shift(), 'old'));
    need(lines.length <= 63, 'too many hashes');
    const path = lines.map(hash);
    const log = parseKey(key);
    const signed = signers(note, [log]);
    const { origin, size, root } = note.checkpoint;
    if (signed === 'wrong signature' || !signed.has(log) || origin !== log.name) return 'refused';
    const good = oldSize === 0n ? path.length === 0 : isConsistent(oldSize, hash(oldRoot), size, root, path);
    return good ? 'accepted' : 'refused';
  },
};

function outcomeOf(vector) {
  try {
    return checks[vector.kind](vector);
  } catch (error) {
    if (error instanceof Malformed) return 'malformed';
    throw error;
  }
}

function main(file) {
  if (file === undefined) {
    console.error('usage: node verify-vectors.mjs <vectors.jsonl>');
    return 2;
  }
  let failed = 0;
  for (const line of readFileSync(file, 'utf8').split('\n').filter((each) => each !== '')) {
    const vector = JSON.parse(line);
    try {
      const outcome = outcomeOf(vector);
      const found = outcome === 'accepted' ? 'good' : 'bad';
      const asTold = vector.outcome === undefined || vector.outcome === outcome;
      if (found === vector.expect && asTold) {
        console.log(`ok           ${vector.name}`);
      } else {
        failed++;
        console.log(`FAIL         ${vector.name}: came out as ${outcome}, expected ${vector.outcome ?? vector.expect}`);
      }
    } catch (error) {
      if (!(error instanceof NotChecked)) throw error;
      console.log(`not checked  ${vector.name}: ${error.message}`);
    }
  }
  return failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv[2]);
