import { sha256 } from "./bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * The root to which an entry and its path lead, or null where the path is too short or too long for this index and size
 * (RFC 9162, section 2.1.3.2). Numbers are BigInt, because a log may outgrow what a bitwise operator holds.
 */
export async function rootOf(entry, index, size, path) {
  let hash = await sha256(LEAF, entry);
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  if (at < 0n || at > last) {
    return null;
  }
  for (const sibling of path) {
    if (last === 0n) {
      return null;
    }
    if (at % 2n === 1n || at === last) {
      hash = await sha256(NODE, sibling, hash);
      while (at % 2n === 0n && at > 0n) {
        at /= 2n;
        last /= 2n;
      }
    } else {
      hash = await sha256(NODE, hash, sibling);
    }
    at /= 2n;
    last /= 2n;
  }
  return last === 0n ? hash : null;
}
