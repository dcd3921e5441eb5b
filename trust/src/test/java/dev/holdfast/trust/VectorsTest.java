package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frozen vectors: what they say is what comes out. */
final class VectorsTest {
  /** A line of a file; prints as its name. */
  record Line(Map<String, String> fields) {
    String get(String field) {
      return Objects.requireNonNull(fields.get(field), field);
    }

    byte[] octets(String field) {
      return get(field).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return get("name");
    }
  }

  private static List<String> frozen(String file) throws IOException {
    try (InputStream in = VectorsTest.class.getResourceAsStream("vectors/" + file)) {
      byte[] octets = Objects.requireNonNull(in, file).readAllBytes();
      return new String(octets, StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Stream<Line> lines(String file) throws IOException {
    return frozen(file).stream()
        .map(line ->
            (ObjectNode)
                BoundedJson.read(
                    line.getBytes(StandardCharsets.UTF_8), file, JsonLimits.ofOctets(200_000)))
        .map(object ->
            new Line(
                object.members().entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, field -> ((TextNode) field.getValue()).value()))));
  }

  static Stream<Line> keys() throws IOException {
    return lines("keys.jsonl");
  }

  static Stream<Line> statements() throws IOException {
    return lines("statements.jsonl");
  }

  static Stream<Line> successions() throws IOException {
    return lines("successions.jsonl");
  }

  private static StatementVerifier verifier() throws IOException {
    return new StatementVerifier(
        KeyRing.of(
            keys()
                .filter(key -> key.get("expect").equals("valid"))
                .map(key -> StatementKey.parse(Base64.getDecoder().decode(key.get("spki"))))
                .toList()));
  }

  @Test
  void the_generator_makes_the_frozen_files_to_the_octet() throws IOException {
    for (Map.Entry<String, List<String>> file : Vectors.files().entrySet()) {
      assertThat(file.getValue()).isEqualTo(frozen(file.getKey()));
    }
  }

  @Test
  void names_are_distinct_and_every_outcome_has_a_vector() throws IOException {
    assertThat(statements().map(Line::toString)).doesNotHaveDuplicates();
    assertThat(statements().map(line -> line.get("expect")))
        .contains(
            "valid",
            "malformed-envelope",
            "envelope-not-canonical",
            "unknown-key",
            "second-spelling",
            "wrong-signature",
            "malformed-statement",
            "statement-not-canonical",
            "key-mismatch");
    assertThat(successions().map(line -> line.get("expect")))
        .contains("follows", "repeats", "gap", "equivocation", "fork", "earlier");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_key_is_taken_or_refused(Line line) {
    byte[] spki = Base64.getDecoder().decode(line.get("spki"));
    if (line.get("expect").equals("valid")) {
      assertThat(StatementKey.parse(spki).id().hex()).isEqualTo(line.get("keyid"));
    } else {
      assertThat(
              catchThrowableOfType(CodedException.class, () -> StatementKey.parse(spki))
                  .problem()
                  .code())
          .isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void an_envelope_is_good_or_refused_for_the_reason_given(Line line) throws IOException {
    StatementCheck check = verifier().check(line.octets("envelope"), "vector");
    assertThat(Vectors.outcome(check)).as(check.toString()).isEqualTo(line.get("expect"));
    if (check instanceof StatementCheck.Valid valid) {
      assertThat(valid.hash().hex()).isEqualTo(line.get("hash"));
    }
  }

  @ParameterizedTest
  @MethodSource("successions")
  void two_statements_stand_to_each_other_as_given(Line line) throws IOException {
    Statement before = valid(line.octets("before"));
    Statement now = valid(line.octets("now"));
    assertThat(Vectors.outcome(Succession.of(before, now))).isEqualTo(line.get("expect"));
  }

  private static Statement valid(byte[] envelope) throws IOException {
    return ((StatementCheck.Valid) verifier().check(envelope, "vector")).statement();
  }
}
