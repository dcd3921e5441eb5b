package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** What a cosigner signs: the messages of C2SP tlog-cosignature, octet by octet. */
public final class Cosignature {
  private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(US_ASCII);
  private static final int LONGEST_NAME = 255;

  private Cosignature() {}

  /**
   * The message of an Ed25519 cosignature: {@code cosignature/v1}, the time, the whole text of the
   * checkpoint with its extension lines. The cosigner's name is not in it.
   *
   * @param timestamp seconds since 1970, from 0
   */
  public static byte[] ed25519Message(Checkpoint checkpoint, long timestamp) {
    requireTime(timestamp);
    return ("cosignature/v1\ntime " + timestamp + "\n" + checkpoint.text()).getBytes(UTF_8);
  }

  /**
   * The message of an ML-DSA-44 cosignature of a checkpoint: the subtree from 0 to its size.
   * Extension lines are not in it.
   *
   * @param timestamp seconds since 1970; 0 where the cosigner does not say that the tree was the
   *     largest it had seen
   */
  public static byte[] mldsa44Message(Checkpoint checkpoint, String cosigner, long timestamp) {
    return subtreeMessage(
        checkpoint.origin(), 0, checkpoint.size(), checkpoint.root(), cosigner, timestamp);
  }

  /**
   * The message of an ML-DSA-44 cosignature of a subtree ({@code cosigned_message}).
   *
   * @param origin the log's name, 1 to 255 octets
   * @param start the first leaf of the subtree
   * @param end the leaf after its last
   * @param cosigner the cosigner's name, 1 to 255 octets
   * @param timestamp seconds since 1970; 0 where start is not
   * @throws IllegalArgumentException outside these ranges
   */
  public static byte[] subtreeMessage(
      String origin, long start, long end, Hash hash, String cosigner, long timestamp) {
    requireTime(timestamp);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no subtree: " + start + " to " + end);
    }
    if (start != 0 && timestamp != 0) {
      throw new IllegalArgumentException("a subtree that does not start at 0 has no time");
    }
    byte[] cosignerName = name(cosigner);
    byte[] originName = name(origin);
    return ByteBuffer.allocate(
            SUBTREE_LABEL.length
                + 1
                + cosignerName.length
                + Long.BYTES
                + 1
                + originName.length
                + 2 * Long.BYTES
                + Hash.LENGTH)
        .put(SUBTREE_LABEL)
        .put((byte) cosignerName.length)
        .put(cosignerName)
        .putLong(timestamp)
        .put((byte) originName.length)
        .put(originName)
        .putLong(start)
        .putLong(end)
        .put(hash.octets())
        .array();
  }

  /**
   * What a key signs of a checkpoint.
   *
   * @param timestamp seconds since 1970, from 0; ignored for note signatures
   */
  static byte[] message(VerifierKey key, Checkpoint checkpoint, long timestamp) {
    return switch (key.algorithm()) {
      case ED25519_NOTE -> checkpoint.text().getBytes(UTF_8);
      case ED25519_COSIGNATURE -> ed25519Message(checkpoint, timestamp);
      case MLDSA44_COSIGNATURE -> mldsa44Message(checkpoint, key.name(), timestamp);
    };
  }

  /**
   * Whether an origin can be a part of an ML-DSA-44 message, which has one octet for its length.
   */
  static boolean fits(String origin) {
    return !origin.isEmpty() && origin.getBytes(UTF_8).length <= LONGEST_NAME;
  }

  private static byte[] name(String text) {
    if (!fits(text)) {
      throw new IllegalArgumentException("a name in a cosignature has 1 to 255 octets");
    }
    return text.getBytes(UTF_8);
  }

  private static void requireTime(long timestamp) {
    if (timestamp < 0) {
      throw new IllegalArgumentException("a time before 1970: " + timestamp);
    }
  }
}
