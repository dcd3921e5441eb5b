package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The frozen vectors, by our own code; {@code VectorsBySecondVerifierTest} has another do it. */
final class VectorsTest {
  static List<String> frozen() throws IOException {
    try (InputStream vectors = VectorsTest.class.getResourceAsStream("vectors/vectors.jsonl")) {
      return new String(Objects.requireNonNull(vectors, "vectors").readAllBytes(), UTF_8)
          .lines()
          .toList();
    }
  }

  static Stream<JsonNode> vectors() throws IOException {
    return frozen().stream().map(JsonMapper.shared()::readTree);
  }

  @Test
  void the_frozen_vectors_are_what_their_maker_makes() throws IOException {
    assertThat(VectorMaker.lines()).isEqualTo(frozen());
    assertThat(vectors().map(vector -> text(vector, "name"))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_vector_comes_out_as_it_says(JsonNode vector) {
    String outcome;
    try {
      outcome = outcome(vector);
    } catch (CodedException e) {
      outcome = "malformed";
    }
    assertThat(outcome.equals("accepted") ? "good" : "bad")
        .as(text(vector, "name") + " came out as " + outcome)
        .isEqualTo(text(vector, "expect"));
    if (vector.has("outcome")) {
      assertThat(outcome).as(text(vector, "name")).isEqualTo(text(vector, "outcome"));
    }
  }

  private static String outcome(JsonNode vector) {
    return switch (text(vector, "kind")) {
      case "key" ->
          accepted(VerifierKey.parse(text(vector, "vkey")).vkey().equals(text(vector, "vkey")));
      case "note" -> note(vector);
      case "root" -> root(vector);
      case "inclusion" -> accepted(inclusion(vector));
      case "consistency" -> accepted(consistency(vector));
      case "policy" -> policy(vector);
      case "proof" -> proof(vector);
      case "request" -> request(vector);
      default -> throw new AssertionError(vector);
    };
  }

  private static String accepted(ProofCheck check) {
    return accepted(check.isValid());
  }

  private static String accepted(boolean good) {
    return good ? "accepted" : "refused";
  }

  private static String note(JsonNode vector) {
    List<VerifierKey> keys = new ArrayList<>();
    vector.get("keys").forEach(key -> keys.add(VerifierKey.parse(key.asString())));
    SignedCheckpoint signed = SignedCheckpoint.parse(octets(vector, "note"));
    List<SignatureCheck> checks = SignatureChecks.check(signed, keys);
    return accepted(
        checks.stream().anyMatch(SignatureCheck.Valid.class::isInstance)
            && checks.stream().noneMatch(SignatureCheck.Wrong.class::isInstance));
  }

  private static String root(JsonNode vector) {
    MemoryTree tree = new MemoryTree();
    vector
        .get("entries")
        .forEach(entry -> tree.append(new TreeHasher().leaf(decoded(entry.asString()))));
    return accepted(tree.root().equals(hash(vector, "root")));
  }

  private static ProofCheck inclusion(JsonNode vector) {
    return new InclusionProof(
            vector.get("index").asLong(), vector.get("size").asLong(), hashes(vector))
        .check(new TreeHasher().leaf(decoded(text(vector, "entry"))), hash(vector, "root"));
  }

  private static ProofCheck consistency(JsonNode vector) {
    return new ConsistencyProof(
            vector.get("oldSize").asLong(), vector.get("newSize").asLong(), hashes(vector))
        .check(hash(vector, "oldRoot"), hash(vector, "newRoot"));
  }

  private static String policy(JsonNode vector) {
    Policy policy = Policy.parse(octets(vector, "policy"), "vector");
    return switch (policy.check(SignedCheckpoint.parse(octets(vector, "note")))) {
      case PolicyCheck.Accepted accepted -> "accepted";
      case PolicyCheck.QuorumMissing missing -> "quorum missing";
      case PolicyCheck.NoLogSignature none -> "no log";
      case PolicyCheck.WrongSignature wrong -> "wrong signature";
    };
  }

  private static String proof(JsonNode vector) {
    Policy policy = Policy.parse(octets(vector, "policy"), "vector");
    Hash leaf = new TreeHasher().leaf(decoded(text(vector, "entry")));
    return switch (TlogProof.parse(octets(vector, "proof")).check(leaf, policy)) {
      case TlogProofCheck.Proved proved -> "accepted";
      case TlogProofCheck.QuorumMissing missing -> "quorum missing";
      case TlogProofCheck.Refused refused -> "refused";
    };
  }

  /** What a witness would say that has cosigned the old root. */
  private static String request(JsonNode vector) {
    WitnessRequest request = WitnessRequest.parse(octets(vector, "request"));
    Checkpoint checkpoint = request.checkpoint().checkpoint();
    Policy policy = Policy.ofLog(VerifierKey.parse(text(vector, "key")));
    boolean consistent =
        request.oldSize() == 0
            ? request.proof().isEmpty()
            : new ConsistencyProof(request.oldSize(), checkpoint.size(), request.proof())
                .check(hash(vector, "oldRoot"), checkpoint.root())
                .isValid();
    return accepted(
        consistent && policy.check(request.checkpoint()) instanceof PolicyCheck.Accepted);
  }

  private static String text(JsonNode vector, String field) {
    return vector.get(field).asString();
  }

  private static byte[] octets(JsonNode vector, String field) {
    return text(vector, field).getBytes(UTF_8);
  }

  private static byte[] decoded(String base64) {
    return StrictText.base64(base64).orElseThrow();
  }

  private static Hash hash(JsonNode vector, String field) {
    return Hash.of(decoded(text(vector, field)));
  }

  private static List<Hash> hashes(JsonNode vector) {
    List<Hash> hashes = new ArrayList<>();
    vector.get("path").forEach(hash -> hashes.add(Hash.of(decoded(hash.asString()))));
    return hashes;
  }
}
