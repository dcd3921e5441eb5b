import { get } from "./api.js";
import { checkEntry } from "./entry-check.js";
import { readCheckpoint } from "./signed-note.js";

/**
 * Checks here, in this browser, that every entry of a verdict's bundle is in the log, by a key that did not come with the
 * bundle. Answers `{good, entries}`, or `{good: false, index, word, values}` of the first entry that fails.
 */
export async function checkBundle(verdict, vkey) {
  const { checkpoint, entries } = await get(`/api/v1/verdicts/${verdict}/bundle`);
  const tree = readCheckpoint(checkpoint ?? "");
  if (!tree || !entries?.length) {
    return { good: false, word: "no-checkpoint", values: [] };
  }
  for (const { index, envelope, path } of entries) {
    const { good, word, values } = await checkEntry(index, {
      index,
      envelope,
      path,
      size: tree.size,
      root: tree.root,
      checkpoint,
      vkey,
    });
    if (!good) {
      return { good: false, index, word, values };
    }
  }
  return { good: true, entries: entries.length };
}
