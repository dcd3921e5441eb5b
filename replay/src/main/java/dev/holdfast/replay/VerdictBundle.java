package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A verdict with all that it follows from: one file, to be checked by anybody without whoever made
 * it ({@link BundleVerifier}). Nothing in it vouches for itself.
 *
 * @param question what was asked
 * @param answer the report as {@link dev.holdfast.model.ReportJson} has it, in English, without
 *     what it says of revocation: that depends on the lists that a reader has
 * @param checkpoint the signed tree of the log that holds the entries
 * @param entries statements, in the order of the log
 * @param blobs what statements name by hash: transcripts
 */
public record VerdictBundle(
    BundleQuestion question,
    ObjectNode answer,
    SignedCheckpoint checkpoint,
    List<Entry> entries,
    List<Blob> blobs) {
  /** What the field {@code format} says. */
  public static final String FORMAT = "https://holdfast.dev/verdict-bundle/v1";

  /** The most octets of a bundle: 64 MiB. */
  public static final int LARGEST = 64 << 20;

  /**
   * An entry of the log.
   *
   * @param index its place in the log, from 0
   * @param envelope its octets
   * @param path the inclusion proof to the bundle's checkpoint (RFC 6962 section 2.1.1)
   */
  public record Entry(long index, byte[] envelope, List<Hash> path) {
    public Entry {
      envelope = envelope.clone();
      path = List.copyOf(path);
      if (index < 0) {
        throw new IllegalArgumentException("an index is negative");
      }
    }

    @Override
    public byte[] envelope() {
      return envelope.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry that
          && index == that.index
          && Arrays.equals(envelope, that.envelope)
          && path.equals(that.path);
    }

    @Override
    public int hashCode() {
      return Objects.hash(index, Arrays.hashCode(envelope), path);
    }
  }

  /**
   * Octets beside the log.
   *
   * @param name what they are called; whether it is their hash, the verifier says
   */
  public record Blob(Sha256 name, byte[] octets) {
    public Blob {
      requireNonNull(name, "name");
      octets = octets.clone();
    }

    @Override
    public byte[] octets() {
      return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blob that
          && name.equals(that.name)
          && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, Arrays.hashCode(octets));
    }
  }

  public VerdictBundle {
    requireNonNull(question, "question");
    requireNonNull(answer, "answer");
    requireNonNull(checkpoint, "checkpoint");
    entries = List.copyOf(entries);
    blobs = List.copyOf(blobs);
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).index() <= entries.get(i - 1).index()) {
        throw new IllegalArgumentException("entries are not in the order of the log");
      }
    }
    if (blobs.stream().map(Blob::name).distinct().count() < blobs.size()) {
      throw new IllegalArgumentException("two blobs have one name");
    }
  }

  /**
   * Reads a bundle, whose JSON may be spelled in any way.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_VERDICT_BUNDLE, MALFORMED_JSON or INPUT_TOO_LARGE, with the
   *     field
   */
  public static VerdictBundle parse(byte[] octets, String source) {
    return BundleReader.read(octets, source);
  }

  /** Its octets: canonical JSON (RFC 8785). */
  public byte[] octets() {
    return CanonicalJson.octets(BundleWriter.json(this));
  }
}
