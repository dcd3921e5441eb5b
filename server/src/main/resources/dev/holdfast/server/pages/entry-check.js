import { fromBase64, toBase64 } from "./bytes.js";
import { count } from "./formats.js";
import { rootOf } from "./inclusion-proof.js";
import { checkSignature, readCheckpoint, readVerifierKey } from "./signed-note.js";

/**
 * Checks here, in this browser, that an entry is in the log: the entry and its path lead to the root, the root is that of
 * the checkpoint, and the log's key signed the checkpoint. Answers `{good, word, values}`; the word names what failed, or
 * what could not be checked.
 */
export async function checkEntry(asked, { index, envelope, size, root, path, checkpoint: text, vkey }) {
  if (!globalThis.crypto?.subtle) {
    return { good: false, word: "insecure", values: [] };
  }
  if (Number(index) !== Number(asked)) {
    return { good: false, word: "other-entry", values: [index, asked] };
  }
  const checkpoint = readCheckpoint(text ?? "");
  if (!checkpoint) {
    return { good: false, word: "no-checkpoint", values: [] };
  }
  if (checkpoint.root !== root || checkpoint.size !== String(size)) {
    return { good: false, word: "other-tree", values: [checkpoint.size, size] };
  }
  const computed = await computedRoot({ index, envelope, size, path });
  if (!computed) {
    return { good: false, word: "path-length", values: [path?.length ?? 0, size] };
  }
  if (computed !== root) {
    return { good: false, word: "wrong-root", values: [computed, root] };
  }
  const key = readVerifierKey(vkey);
  if (!key || key.name !== checkpoint.origin) {
    return { good: false, word: "no-key", values: [checkpoint.origin] };
  }
  const signature = await checkSignature(checkpoint, key);
  return {
    good: signature === "signed",
    word: signature,
    values: [path.length, count(checkpoint.size), checkpoint.origin],
    key: vkey,
    root,
  };
}

async function computedRoot({ index, envelope, size, path }) {
  try {
    const found = await rootOf(fromBase64(envelope), index, size, path.map(fromBase64));
    return found && toBase64(found);
  } catch {
    // What is not even base64 leads nowhere.
    return null;
  }
}
