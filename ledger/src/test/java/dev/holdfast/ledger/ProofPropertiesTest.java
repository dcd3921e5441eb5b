package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every proof that is made checks, and none that is changed in any way does. */
final class ProofPropertiesTest {
  private static final long SEED = 20_260_801;
  private static final int TREES =
      "thorough".equals(System.getProperty("holdfast.counts", "gate")) ? 2_000 : 60;

  @Test
  void roots_and_paths_are_those_of_the_recursive_definition() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < TREES; round++) {
      int size = size(random);
      List<Hash> leaves = Trees.leaves(random, size);
      MemoryTree tree = Trees.of(leaves);
      assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves));
      int part = random.nextInt(size + 1);
      assertThat(TreeRoot.of(part, tree)).isEqualTo(NaiveTree.root(leaves.subList(0, part)));
      int index = random.nextInt(size);
      assertThat(InclusionProof.make(index, size, tree).path())
          .isEqualTo(NaiveTree.path(index, leaves));
      int old = random.nextInt(1, size + 1);
      assertThat(ConsistencyProof.make(old, size, tree).path())
          .isEqualTo(NaiveTree.proof(old, leaves));
    }
  }

  @Test
  void all_subtrees_of_small_trees_are_proved() throws IOException {
    List<Hash> leaves = Trees.leaves(new SplittableRandom(SEED), 34);
    MemoryTree tree = Trees.of(leaves);
    for (int size = 1; size <= leaves.size(); size++) {
      Hash root = NaiveTree.root(leaves.subList(0, size));
      for (int start = 0; start < size; start++) {
        for (int end = start + 1; end <= size; end++) {
          if (isSubtree(start, end)) {
            subtree(leaves, tree, root, start, end, size);
          }
        }
      }
    }
  }

  private static void subtree(
      List<Hash> leaves, MemoryTree tree, Hash root, int start, int end, int size)
      throws IOException {
    Hash part = NaiveTree.root(leaves.subList(start, end));
    SubtreeConsistencyProof proof = SubtreeConsistencyProof.make(start, end, size, tree);
    assertThat(proof.path())
        .isEqualTo(NaiveTree.subtreeProof(start, end, leaves.subList(0, size), true));
    assertThat(proof.check(part, root).isValid()).isTrue();
    assertThat(proof.check(Trees.flipped(part, 7), root).isValid()).isFalse();
    assertThat(proof.check(part, Trees.flipped(root, 255)).isValid()).isFalse();
    for (int index = start; index < end; index++) {
      SubtreeInclusionProof leaf = SubtreeInclusionProof.make(index, start, end, tree);
      assertThat(leaf.path()).isEqualTo(NaiveTree.path(index - start, leaves.subList(start, end)));
      assertThat(leaf.check(leaves.get(index), part).isValid()).isTrue();
      assertThat(leaf.check(leaves.get(index), Trees.flipped(part, 0)).isValid()).isFalse();
    }
  }

  /** The definition, by counting up. */
  private static boolean isSubtree(int start, int end) {
    int rounded = 1;
    while (rounded < end - start) {
      rounded *= 2;
    }
    return start % rounded == 0;
  }

  @Test
  void what_counts_as_a_subtree_follows_the_definition() {
    for (int start = 0; start < 70; start++) {
      for (int end = start + 1; end < 140; end++) {
        assertThat(TreePath.isSubtree(start, end)).isEqualTo(isSubtree(start, end));
      }
    }
  }

  @Test
  void a_changed_inclusion_proof_fails() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int round = 0; round < TREES; round++) {
      int size = size(random);
      List<Hash> leaves = Trees.leaves(random, size);
      MemoryTree tree = Trees.of(leaves);
      Hash root = tree.root();
      int index = random.nextInt(size);
      Hash leaf = leaves.get(index);
      InclusionProof proof = InclusionProof.make(index, size, tree);
      assertThat(proof.check(leaf, root).isValid()).isTrue();
      Function<List<Hash>, ProofCheck> check =
          path -> new InclusionProof(index, size, path).check(leaf, root);
      changed(random, proof.path()).forEach(path -> refused(check.apply(path)));
      int bit = random.nextInt(256);
      refused(proof.check(Trees.flipped(leaf, bit), root));
      refused(proof.check(leaf, Trees.flipped(root, bit)));
      for (int other = 0; other < size; other++) {
        if (other != index) {
          refused(new InclusionProof(other, size, proof.path()).check(leaf, root));
        }
      }
      refused(new InclusionProof(index, 2L * size, proof.path()).check(leaf, root));
      refused(new InclusionProof(-1, size, proof.path()).check(leaf, root));
      refused(new InclusionProof(size, size, proof.path()).check(leaf, root));
    }
  }

  @Test
  void a_changed_consistency_proof_fails() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int round = 0; round < TREES; round++) {
      int size = size(random);
      MemoryTree tree = Trees.of(Trees.leaves(random, size));
      int old = random.nextInt(1, size + 1);
      Hash before = TreeRoot.of(old, tree);
      Hash root = tree.root();
      ConsistencyProof proof = ConsistencyProof.make(old, size, tree);
      assertThat(proof.check(before, root).isValid()).isTrue();
      Function<List<Hash>, ProofCheck> check =
          path -> new ConsistencyProof(old, size, path).check(before, root);
      changed(random, proof.path()).forEach(path -> refused(check.apply(path)));
      int bit = random.nextInt(256);
      refused(proof.check(Trees.flipped(before, bit), root));
      refused(proof.check(before, Trees.flipped(root, bit)));
      for (int other = 0; other <= size; other++) {
        if (other != old && old != size) {
          refused(new ConsistencyProof(other, size, proof.path()).check(before, root));
        }
      }
      refused(new ConsistencyProof(old, 2L * size + 1, proof.path()).check(before, root));
      refused(new ConsistencyProof(-1, size, proof.path()).check(before, root));
      refused(new ConsistencyProof(size + 1, size, proof.path()).check(before, root));
    }
  }

  /** Paths with a bit flipped, a hash dropped, added or given twice, two hashes swapped. */
  private static List<List<Hash>> changed(SplittableRandom random, List<Hash> path) {
    List<List<Hash>> changed = new ArrayList<>();
    for (int i = 0; i <= path.size(); i++) {
      List<Hash> longer = new ArrayList<>(path);
      longer.add(i, i < path.size() ? path.get(i) : Trees.hash(random));
      changed.add(longer);
    }
    for (int i = 0; i < path.size(); i++) {
      List<Hash> flipped = new ArrayList<>(path);
      flipped.set(i, Trees.flipped(path.get(i), random.nextInt(256)));
      changed.add(flipped);
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      changed.add(shorter);
      if (i > 0) {
        List<Hash> swapped = new ArrayList<>(path);
        swapped.set(i, swapped.set(i - 1, path.get(i)));
        changed.add(swapped);
      }
    }
    return changed;
  }

  private static void refused(ProofCheck check) {
    assertThat(check)
        .isInstanceOfSatisfying(
            ProofCheck.Invalid.class, invalid -> assertThat(invalid.reason()).isNotBlank());
  }

  /** Small ones, ones around powers of two and any up to 2,000. */
  private static int size(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(1, 20);
      case 1 -> Math.max(1, (1 << random.nextInt(1, 11)) + random.nextInt(-1, 2));
      default -> random.nextInt(1, 2_001);
    };
  }
}
