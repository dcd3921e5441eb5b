package dev.holdfast.ledger;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes of leaves and nodes, as RFC 6962 section 2.1 has them: SHA-256 over 0x00 and the entry, or
 * over 0x01 and the two children.
 *
 * <p>One instance serves one thread; making one costs more than a hash.
 */
public final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest;

  public TreeHasher() {
    digest = sha256();
  }

  /** The root of the tree without leaves: the hash of nothing (RFC 6962 section 2.1). */
  public static Hash emptyRoot() {
    return Hash.of(sha256().digest());
  }

  /** The SHA-256 of these octets, as they are. */
  public static Hash plain(byte[] octets) {
    return Hash.of(sha256().digest(octets));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash of the leaf that holds this entry. */
  public Hash leaf(byte[] entry) {
    return leaf(entry, 0, entry.length);
  }

  /** The hash of the leaf whose entry is a part of an array. */
  public Hash leaf(byte[] octets, int at, int length) {
    digest.update(LEAF);
    digest.update(octets, at, length);
    return Hash.of(digest.digest());
  }

  /** As {@link #leaf(byte[], int, int)}, written into an array. */
  public void leaf(byte[] octets, int at, int length, byte[] target, int targetAt) {
    digest.update(LEAF);
    digest.update(octets, at, length);
    finish(target, targetAt);
  }

  /** The hash of the node over two children. */
  public Hash node(Hash left, Hash right) {
    digest.update(NODE);
    digest.update(left.octets());
    digest.update(right.octets());
    return Hash.of(digest.digest());
  }

  /** As {@link #node(Hash, Hash)} with both children, 64 octets, side by side in an array. */
  public void node(byte[] children, int at, byte[] target, int targetAt) {
    digest.update(NODE);
    digest.update(children, at, 2 * Hash.LENGTH);
    finish(target, targetAt);
  }

  private void finish(byte[] target, int at) {
    try {
      digest.digest(target, at, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash at " + at, e);
    }
  }
}
