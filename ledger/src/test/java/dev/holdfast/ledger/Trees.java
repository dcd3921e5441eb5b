package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Trees, leaves and entries for tests, from seeds. */
final class Trees {
  private Trees() {}

  static List<Hash> leaves(SplittableRandom random, int size) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(hash(random));
    }
    return leaves;
  }

  static Hash hash(SplittableRandom random) {
    byte[] octets = new byte[Hash.LENGTH];
    random.nextBytes(octets);
    return Hash.of(octets);
  }

  static MemoryTree of(List<Hash> leaves) {
    MemoryTree tree = new MemoryTree();
    leaves.forEach(tree::append);
    return tree;
  }

  static Hash leaf(byte[] entry) {
    return new TreeHasher().leaf(entry);
  }

  /** Entries of 0 to below the given number of octets. */
  static List<byte[]> entries(SplittableRandom random, int size, int longest) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] entry = new byte[random.nextInt(longest)];
      random.nextBytes(entry);
      entries.add(entry);
    }
    return entries;
  }

  static Hash flipped(Hash hash, int bit) {
    byte[] octets = hash.octets();
    octets[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return Hash.of(octets);
  }
}
