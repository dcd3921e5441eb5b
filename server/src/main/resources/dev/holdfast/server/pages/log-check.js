import { request } from "./api.js";
import { fromBase64 } from "./bytes.js";
import { TileHashes, consistencyProof, isConsistent } from "./consistency-proof.js";
import { count } from "./formats.js";
import { checkSignature, readCheckpoint, readVerifierKey } from "./signed-note.js";

const KEY = "holdfast-log ";

/** What this browser saw last of a log, by its name: `{size, root, vkey, text}`; null where it never did. */
export function lastSeen(origin) {
  try {
    return JSON.parse(localStorage.getItem(KEY + origin));
  } catch {
    return null;
  }
}

/**
 * Checks here, in this browser, that the newest checkpoint is signed by the key that this browser saw first, and that its
 * tree continues the one that this browser saw last; then remembers it. Answers `{good, word, values}`.
 */
export async function checkLog(origin, vkey) {
  if (!globalThis.crypto?.subtle) {
    return no("insecure");
  }
  const text = await (await request("/log/checkpoint", { headers: { Accept: "text/plain" } })).text();
  const checkpoint = readCheckpoint(text);
  if (!checkpoint) {
    return no("no-checkpoint");
  }
  if (checkpoint.origin !== origin) {
    return no("other-log", checkpoint.origin, origin);
  }
  const seen = lastSeen(origin);
  if (seen && seen.vkey !== vkey) {
    return no("other-vkey", origin);
  }
  const key = readVerifierKey(vkey);
  if (!key || key.name !== origin) {
    return no("no-key", origin);
  }
  const signature = await checkSignature(checkpoint, key);
  if (signature !== "signed") {
    return no(signature, origin);
  }
  const size = Number(checkpoint.size);
  const word = await continues(seen, { size, root: checkpoint.root });
  if (word === "smaller" || word === "forked") {
    return no(word, count(size), count(seen.size));
  }
  localStorage.setItem(KEY + origin, JSON.stringify({ size, root: checkpoint.root, vkey, text }));
  return { good: true, word, values: [count(size), count(seen?.size ?? 0)] };
}

async function continues(seen, { size, root }) {
  if (!seen) {
    return "first";
  }
  if (size < seen.size) {
    return "smaller";
  }
  if (size === seen.size) {
    return root === seen.root ? "same" : "forked";
  }
  if (seen.size === 0) {
    return "grown";
  }
  let proof;
  try {
    proof = await consistencyProof(new TileHashes(size), seen.size, size);
  } catch (failure) {
    if (failure.status !== undefined) {
      throw failure;
    }
    return "forked";
  }
  return (await isConsistent(seen.size, fromBase64(seen.root), size, fromBase64(root), proof)) ? "grown" : "forked";
}

function no(word, ...values) {
  return { good: false, word, values };
}
