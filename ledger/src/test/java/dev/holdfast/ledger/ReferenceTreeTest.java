package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tree of eight leaves that the Certificate Transparency projects test with. */
final class ReferenceTreeTest {
  private static final TreeHasher HASHER = new TreeHasher();

  @Test
  void the_hasher_gives_the_reference_values() throws IOException {
    JsonNode values = reference().required("hasher");
    assertThat(TreeHasher.emptyRoot().hex()).isEqualTo(text(values, "emptyRoot"));
    assertThat(HASHER.leaf(new byte[0]).hex()).isEqualTo(text(values, "emptyLeaf"));
    assertThat(HASHER.leaf("L123456".getBytes(StandardCharsets.US_ASCII)).hex())
        .isEqualTo(text(values, "leaf(L123456)"));
  }

  @Test
  void a_node_is_hashed_as_the_reference_node_is() throws IOException {
    // The reference node is over two texts of four octets, which are no hashes; so the rule is
    // compared with the reference, and the hasher with the rule.
    byte[] texts = "\u0001N123N456".getBytes(StandardCharsets.US_ASCII);
    assertThat(TreeHasher.plain(texts).hex())
        .isEqualTo(text(reference().required("hasher"), "node(N123,N456)"));
    Hash left = HASHER.leaf(new byte[] {1});
    Hash right = HASHER.leaf(new byte[] {2});
    byte[] octets = new byte[1 + 2 * Hash.LENGTH];
    octets[0] = 1;
    left.copyTo(octets, 1);
    right.copyTo(octets, 1 + Hash.LENGTH);
    assertThat(HASHER.node(left, right)).isEqualTo(TreeHasher.plain(octets));
    byte[] target = new byte[Hash.LENGTH];
    HASHER.node(octets, 1, target, 0);
    assertThat(Hash.of(target)).isEqualTo(HASHER.node(left, right));
  }

  @Test
  void all_roots_are_the_reference_roots() throws IOException {
    List<Hash> leaves = leaves();
    List<Hash> roots = roots();
    assertThat(roots).hasSize(9);
    MemoryTree tree = new MemoryTree();
    for (int size = 0; size <= leaves.size(); size++) {
      assertThat(tree.size()).isEqualTo(size);
      assertThat(tree.root()).isEqualTo(roots.get(size));
      assertThat(TreeRoot.of(size, Trees.of(leaves))).isEqualTo(roots.get(size));
      assertThat(NaiveTree.root(leaves.subList(0, size))).isEqualTo(roots.get(size));
      if (size < leaves.size()) {
        tree.append(leaves.get(size));
      }
    }
  }

  @Test
  void every_leaf_is_proved_in_every_tree() throws IOException {
    List<Hash> leaves = leaves();
    List<Hash> roots = roots();
    MemoryTree tree = Trees.of(leaves);
    for (int size = 1; size <= leaves.size(); size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.make(index, size, tree);
        assertThat(proof.path()).isEqualTo(NaiveTree.path(index, leaves.subList(0, size)));
        for (int other = 0; other < leaves.size(); other++) {
          assertThat(proof.check(leaves.get(other), roots.get(size)).isValid())
              .isEqualTo(other == index);
        }
      }
    }
  }

  @Test
  void every_tree_is_proved_to_continue_every_earlier_one() throws IOException {
    List<Hash> leaves = leaves();
    List<Hash> roots = roots();
    MemoryTree tree = Trees.of(leaves);
    for (int size = 1; size <= leaves.size(); size++) {
      for (int old = 1; old <= size; old++) {
        ConsistencyProof proof = ConsistencyProof.make(old, size, tree);
        assertThat(proof.path()).isEqualTo(NaiveTree.proof(old, leaves.subList(0, size)));
        for (int other = 0; other <= leaves.size(); other++) {
          assertThat(proof.check(roots.get(other), roots.get(size)).isValid())
              .isEqualTo(other == old);
          assertThat(proof.check(roots.get(old), roots.get(other)).isValid())
              .isEqualTo(other == size);
        }
      }
    }
  }

  private static JsonNode reference() throws IOException {
    Path file =
        Path.of(System.getProperty("holdfast.shared", "../shared"))
            .resolve("data/custody/tlog/rfc6962-reference.json");
    Assumptions.assumeTrue(Files.isReadable(file), "shared data is absent: " + file);
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }

  private static List<Hash> leaves() throws IOException {
    List<Hash> leaves = new ArrayList<>();
    for (JsonNode entry : reference().required("referenceTree").required("leavesHex")) {
      leaves.add(HASHER.leaf(HexFormat.of().parseHex(entry.stringValue())));
    }
    return leaves;
  }

  private static List<Hash> roots() throws IOException {
    List<Hash> roots = new ArrayList<>();
    for (JsonNode root : reference().required("referenceTree").required("roots")) {
      roots.add(Hash.of(HexFormat.of().parseHex(root.stringValue())));
    }
    return roots;
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }
}
