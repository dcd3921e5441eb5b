package dev.holdfast.ledger.store;

/**
 * A batch of entries as read back from the journal.
 *
 * @param first index of the first entry
 * @param count how many entries
 * @param octets holds the entries, each behind its length (u16, big-endian), up to its end
 * @param from where the first of them begins
 */
record Staged(long first, int count, byte[] octets, int from) {
  long end() {
    return first + count;
  }
}
