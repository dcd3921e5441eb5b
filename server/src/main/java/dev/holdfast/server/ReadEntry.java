package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.CertifiedWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Statement;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger as it was read.
 *
 * @param word what a landmark or host says in it, where its signature was checked; null where that
 *     is still to be done, and for what the server says itself
 */
record ReadEntry(Envelope envelope, Statement statement, @Nullable CertifiedWord word) {
  ReadEntry {
    requireNonNull(envelope, "envelope");
    requireNonNull(statement, "statement");
  }

  /**
   * Reads an entry, and checks no signature.
   *
   * @param name of the octets for messages
   * @throws dev.holdfast.base.CodedException where it is no statement
   */
  static ReadEntry of(byte[] octets, String name) {
    Envelope envelope = Envelope.parse(octets, name);
    return new ReadEntry(envelope, Statement.parse(envelope.payload(), name), null);
  }
}
