import { fromBase64, fromText, same, sha256 } from "./bytes.js";

const ED25519 = 1;

/** Parts of a checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note); null where it is neither. */
export function readCheckpoint(text) {
  const cut = text.lastIndexOf("\n\n");
  const [origin, size, root] = text.split("\n");
  if (cut < 0 || !origin || !/^(0|[1-9]\d*)$/.test(size) || !/^[A-Za-z0-9+/]{43}=$/.test(root)) {
    return null;
  }
  const signatures = [];
  for (const line of text.slice(cut + 2).split("\n")) {
    const found = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    if (found) {
      signatures.push({ name: found[1], octets: fromBase64(found[2]) });
    }
  }
  return { body: text.slice(0, cut + 1), origin, size, root, signatures };
}

/** A verifier key `NAME+ID+KEY`; null where it is none or not Ed25519. */
export function readVerifierKey(vkey) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey ?? "");
  if (!found) {
    return null;
  }
  const octets = fromBase64(found[3]);
  const id = Uint8Array.from(found[2].match(/../g), (pair) => parseInt(pair, 16));
  return octets[0] === ED25519 && octets.length === 33 ? { name: found[1], id, octets, key: octets.subarray(1) } : null;
}

/**
 * Whether this key signed this checkpoint: `signed`, `unsigned` (no signature of the key), `wrong`, `other-key` (the key's
 * id is not that of its octets), or `unable` where this browser has no Ed25519.
 */
export async function checkSignature(checkpoint, key) {
  const id = (await sha256(fromText(`${key.name}\n`), key.octets)).subarray(0, 4);
  if (!same(id, key.id)) {
    return "other-key";
  }
  const signature = checkpoint.signatures.find(({ name, octets }) => name === key.name && same(octets.subarray(0, 4), id));
  if (!signature) {
    return "unsigned";
  }
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.key, "Ed25519", false, ["verify"]);
  } catch {
    return "unable";
  }
  const good = await crypto.subtle.verify("Ed25519", imported, signature.octets.subarray(4), fromText(checkpoint.body));
  return good ? "signed" : "wrong";
}
