package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the frozen vectors, one JSON object a line; the README beside them says what they hold.
 * Keys and signatures are the same in every run.
 */
final class VectorMaker {
  static final int ENTRIES = 13;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<String> lines = new ArrayList<>();
  private final MemoryTree tree = new MemoryTree();

  VectorMaker() {
    for (int i = 0; i < ENTRIES; i++) {
      tree.append(leaf(i));
    }
  }

  /** Writes all vectors into the file that the one argument names. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), String.join("\n", lines()) + "\n");
  }

  /** All vectors, in their order. */
  static List<String> lines() throws IOException {
    VectorMaker maker = new VectorMaker();
    new NoteVectors(maker).make();
    new TreeVectors(maker).make();
    new PolicyVectors(maker).make();
    return maker.lines;
  }

  static ObjectNode vector(String kind, String expect, String name) {
    return JSON.createObjectNode()
        .put("name", kind + ": " + name)
        .put("kind", kind)
        .put("expect", expect);
  }

  void add(ObjectNode vector) {
    lines.add(JSON.writeValueAsString(vector));
  }

  /** The tree of all entries. */
  MemoryTree tree() {
    return tree;
  }

  /** The checkpoint of that tree. */
  Checkpoint checkpoint() {
    return Checkpoint.of(TestKeys.ORIGIN, ENTRIES, tree.root());
  }

  static byte[] entry(int index) {
    return ("entry " + index).getBytes(UTF_8);
  }

  static Hash leaf(int index) {
    return new TreeHasher().leaf(entry(index));
  }

  /** A signature that is the same in every run. */
  static NoteSignature signature(Checkpoint checkpoint, VerifierKey key, long timestamp) {
    byte[] bare =
        TestKeys.sign(
            TestKeys.pair(key.name(), key.algorithm()).getPrivate(),
            key.algorithm().jdkName(),
            Cosignature.message(key, checkpoint, timestamp));
    if (!key.algorithm().isCosignature()) {
      return new NoteSignature(key.name(), key.keyId(), bare);
    }
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + bare.length).putLong(timestamp).put(bare).array();
    return new NoteSignature(key.name(), key.keyId(), timed);
  }

  static NoteSignature signature(Checkpoint checkpoint, VerifierKey key) {
    return signature(checkpoint, key, TestKeys.TIME.getEpochSecond());
  }

  static SignedCheckpoint signed(Checkpoint checkpoint, VerifierKey... keys) {
    return SignedCheckpoint.of(
        checkpoint, Arrays.stream(keys).map(key -> signature(checkpoint, key)).toList());
  }
}
