package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proofs at the ends of the numbers: nothing overflows, nothing is thrown by a check. */
final class ProofLimitsTest {
  private static final Hash ANY = TreeHasher.emptyRoot();
  private static final long[] EDGES = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    -2,
    -1,
    0,
    1,
    2,
    3,
    255,
    256,
    257,
    (1L << 61) - 1,
    1L << 61,
    (1L << 62) - 1,
    1L << 62,
    (1L << 62) + 1,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  /** A tree of any size: all leaves are equal, so all subtrees of a height are. */
  private static final TreeHashes UNIFORM = (height, index) -> uniform(height);

  private static Hash uniform(int height) {
    return UniformTiles.hash(height);
  }

  @Test
  void a_check_never_throws_whatever_the_numbers_and_the_length_of_the_path() {
    for (int length : new int[] {0, 1, 2, 61, 62, 63, 64, 65, 1000}) {
      List<Hash> path = Collections.nCopies(length, ANY);
      for (long a : EDGES) {
        for (long b : EDGES) {
          refused(new InclusionProof(a, b, path).check(uniform(0), uniform(1)));
          refused(new ConsistencyProof(a, b, path).check(uniform(0), uniform(1)));
          for (long c : EDGES) {
            refused(new SubtreeInclusionProof(a, b, c, path).check(uniform(0), uniform(1)));
            refused(new SubtreeConsistencyProof(a, b, c, path).check(uniform(0), uniform(1)));
          }
        }
      }
    }
  }

  private static void refused(ProofCheck check) {
    assertThat(check.isValid()).isFalse();
  }

  @Test
  void proofs_of_the_greatest_trees_check() throws IOException {
    SplittableRandom random = new SplittableRandom(62);
    for (int round = 0; round < 200; round++) {
      long size = random.nextLong(1L << 61, Long.MAX_VALUE);
      Hash root = TreeRoot.of(size, UNIFORM);
      long index = random.nextLong(size);
      InclusionProof proof = InclusionProof.make(index, size, UNIFORM);
      assertThat(proof.path()).hasSizeLessThanOrEqualTo(63);
      assertThat(proof.check(uniform(0), root).isValid()).isTrue();
      long old = random.nextLong(1, size);
      assertThat(
              ConsistencyProof.make(old, size, UNIFORM)
                  .check(TreeRoot.of(old, UNIFORM), root)
                  .isValid())
          .isTrue();
    }
  }

  @Test
  void a_check_of_the_greatest_proof_takes_well_under_a_millisecond() throws IOException {
    InclusionProof proof = InclusionProof.make(1L << 61, Long.MAX_VALUE, UNIFORM);
    Hash root = TreeRoot.of(Long.MAX_VALUE, UNIFORM);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 500; round++) {
      long before = System.nanoTime();
      assertThat(proof.check(uniform(0), root).isValid()).isTrue();
      best = Math.min(best, System.nanoTime() - before);
    }
    assertThat(best).isLessThan(1_000_000);
  }

  @Test
  void the_empty_subtree_has_an_empty_proof_that_says_nothing_about_the_root() {
    SubtreeConsistencyProof proof = new SubtreeConsistencyProof(5, 5, 9, List.of());
    assertThat(proof.check(TreeHasher.emptyRoot(), uniform(3)).isValid()).isTrue();
    refused(proof.check(uniform(0), uniform(3)));
  }

  @Test
  void a_proof_from_the_empty_tree_has_an_empty_path_and_is_never_valid() throws IOException {
    ConsistencyProof proof = ConsistencyProof.make(0, 9, UNIFORM);
    assertThat(proof.path()).isEmpty();
    refused(proof.check(TreeHasher.emptyRoot(), TreeRoot.of(9, UNIFORM)));
    refused(
        new ConsistencyProof(0, 0, List.of())
            .check(TreeHasher.emptyRoot(), TreeHasher.emptyRoot()));
  }

  @Test
  void a_reason_says_what_was_computed_beside_what_was_claimed() {
    Hash claimed = Hash.of(ByteBuffer.allocate(Hash.LENGTH).putInt(7).array());
    assertThat(new InclusionProof(0, 1, List.of()).check(uniform(0), claimed))
        .isEqualTo(
            new ProofCheck.Invalid(
                "the path leads to the root " + uniform(0) + ", claimed is " + claimed));
    assertThat(new InclusionProof(3, 8, List.of(ANY)).check(uniform(0), claimed))
        .isEqualTo(new ProofCheck.Invalid("the path has the length 1; the way to the root has 3"));
  }

  @Test
  void making_a_proof_of_what_is_not_there_is_refused() {
    assertThatThrownBy(() -> InclusionProof.make(4, 4, UNIFORM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.make(-1, 4, UNIFORM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.make(5, 4, UNIFORM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SubtreeConsistencyProof.make(1, 3, 8, UNIFORM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SubtreeInclusionProof.make(1, 1, 3, UNIFORM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeRoot.of(-1, UNIFORM)).isInstanceOf(IllegalArgumentException.class);
  }
}
