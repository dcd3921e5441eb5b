package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementTest {
  private static final KeyId KEY = new KeyId("ab".repeat(32));
  private static final Sha256 HASH = new Sha256("cd".repeat(32));

  private static final String FIRST =
      "{\"content\":{\"text\":\"x\"},\"key\":\""
          + "ab".repeat(32)
          + "\",\"sequence\":1,\"source\":\"landmark tokyo-1\",\"time\":\"2026-01-31T08:00:00.125Z\","
          + "\"type\":\"https://holdfast.dev/statement/round/v1\"}";

  private static final String BLOB =
      FIRST.replace(
          "\"content\":{\"text\":\"x\"}",
          "\"blob\":{\"mediaType\":\"application/json\",\"sha256\":\""
              + "01".repeat(32)
              + "\",\"size\":7}");

  private static Statement first(Content content) {
    return new Statement(Samples.SOURCE, 1, null, Samples.TYPE, KEY, Samples.TIME, content);
  }

  private static Problem refused(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return catchThrowableOfType(CodedException.class, () -> Statement.parse(octets, "s")).problem();
  }

  @Test
  void the_octets_are_canonical_json() {
    assertThat(first(Samples.content("x")).octets())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(FIRST);
  }

  @Test
  void what_is_printed_reads_back() {
    for (String text :
        List.of(
            FIRST,
            BLOB,
            FIRST.replace("\"sequence\":1", "\"previous\":\"" + HASH + "\",\"sequence\":2"))) {
      Statement statement = Statement.parse(text.getBytes(StandardCharsets.UTF_8), "s");
      assertThat(statement.octets()).asString(StandardCharsets.UTF_8).isEqualTo(text);
    }
  }

  @Test
  void the_hash_is_over_what_is_signed() {
    String signed =
        "DSSEv1 39 application/vnd.holdfast.statement+json " + FIRST.length() + " " + FIRST;
    assertThat(first(Samples.content("x")).hash())
        .isEqualTo(Sha256.of(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"sequence\":1|\"sequence\":0|/sequence",
        "\"sequence\":1|\"sequence\":-1|/sequence",
        "\"sequence\":1|\"sequence\":1.5|/sequence",
        "\"sequence\":1|\"sequence\":\"1\"|/sequence",
        "\"sequence\":1|\"sequence\":9007199254740992|/sequence",
        "\"sequence\":1|\"sequence\":2|/sequence",
        "\"sequence\":1,|``|/sequence",
        "landmark tokyo-1|` x`|/source",
        "landmark tokyo-1|``|/source",
        "\"source\":\"landmark tokyo-1\"|\"source\":7|/source",
        "08:00:00.125Z|08:00:00Z|/time",
        "08:00:00.125Z|08:00:00.1250Z|/time",
        "08:00:00.125Z|08:00:00.125z|/time",
        "08:00:00.125Z|08:00:00.125+00:00|/time",
        "08:00:00.125Z|24:00:00.000Z|/time",
        "08:00:00.125Z|23:59:60.000Z|/time",
        "2026-01-31|2026-02-30|/time",
        "2026-01-31|1969-12-31|/time",
        "2026-01-31|+12026-01-31|/time",
        "https://holdfast.dev|holdfast.dev|/type",
        "https://holdfast.dev|HTTPS://holdfast.dev|/type",
        "/round/v1|/rou nd/v1|/type",
        "abab|ABAB|/key",
        "\"key\":\"ab|\"key\":\"a|/key",
        "{\"text\":\"x\"}|[]|/content",
        "{\"text\":\"x\"}|null|/content",
        "\"content\":{\"text\":\"x\"},|``|/content",
        "\"key\"|\"extra\":1,\"key\"|",
      })
  void a_wrong_field_is_refused_by_name(String part, String wrong, String field) {
    assertThat(FIRST).contains(part);
    Problem problem = refused(FIRST.replaceFirst(java.util.regex.Pattern.quote(part), wrong));
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_STATEMENT);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.source()).isEqualTo("s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"size\":7|\"size\":-7|/blob/size",
        "\"size\":7|\"size\":7.5|/blob/size",
        "\"0101|\"01|/blob/sha256",
        "application/json|application|/blob/mediaType",
        "application/json|Application/JSON|/blob/mediaType",
        "application/json|text/plain; charset=utf-8|/blob/mediaType",
        "\"size\":7|\"size\":7,\"url\":\"x\"|/blob",
        "\"blob\"|\"content\":{},\"blob\"|/content",
      })
  void a_wrong_blob_is_refused_by_name(String part, String wrong, String field) {
    assertThat(BLOB).contains(part);
    Problem problem = refused(BLOB.replace(part, wrong));
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_STATEMENT);
    assertThat(problem.field()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {" %s", "%s\n", "{ %s"})
  void another_spelling_is_refused(String form) {
    String text =
        form.startsWith("{") ? FIRST.replace("{\"content", "{ \"content") : form.formatted(FIRST);
    assertThat(refused(text).reason()).contains("canonical");
  }

  @Test
  void what_is_not_json_or_too_long_has_the_codes_of_json() {
    assertThat(refused(FIRST.substring(1)).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(refused(FIRST + " ".repeat(Statement.LONGEST)).code())
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
    assertThat(refused("[]").reason()).contains("not a JSON object");
  }

  @Test
  void a_statement_that_cannot_be_is_not_made() {
    Content content = Samples.content("x");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Statement(Samples.SOURCE, 1, HASH, Samples.TYPE, KEY, Samples.TIME, content));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Statement(Samples.SOURCE, 2, null, Samples.TYPE, KEY, Samples.TIME, content));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Statement(
                new SourceId("a\ud800"), 1, null, Samples.TYPE, KEY, Samples.TIME, content));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Statement(
                Samples.SOURCE, 1, null, Samples.TYPE, KEY, Instant.ofEpochSecond(0, 1), content));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Statement(Samples.SOURCE, 1, null, Samples.TYPE, KEY, Instant.MAX, content));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Statement(
                Samples.SOURCE, 1L << 53, HASH, Samples.TYPE, KEY, Samples.TIME, content));
  }

  @Test
  void a_content_leaves_one_level_for_the_statement() {
    JsonTree tree = ObjectNode.of(Map.of());
    for (int i = 1; i < 30; i++) {
      tree = new ArrayNode(List.of(tree));
    }
    ObjectNode deepest = ObjectNode.of(Map.of("a", tree));
    Statement statement = first(new Content.Inline(deepest));
    assertThat(Statement.parse(statement.octets(), "s")).isEqualTo(statement);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Content.Inline(ObjectNode.of(Map.of("a", deepest))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", ":x", "a:", "A:b", "a:é", "a:b c", "a:\"", "a:<", "a:\\", "a:{", "a:|", "a:^", "a:`"
      })
  void what_is_no_uri_is_no_type(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> new StatementType(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:b", "urn:x-y:z", "https://example.org/a?b=c#d", "tag:example.org,2026:round~1"})
  void a_uri_is_a_type(String uri) {
    assertThat(new StatementType(uri)).hasToString(uri);
  }

  @Test
  void types_are_bounded() {
    assertThat(new StatementType("a:" + "b".repeat(198)).uri()).hasSize(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatementType("a:" + "b".repeat(199)));
    assertThat(StatementType.ofHoldfast("custody-event", 2))
        .hasToString("https://holdfast.dev/statement/custody-event/v2");
    assertThatIllegalArgumentException().isThrownBy(() -> StatementType.ofHoldfast("Custody", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> StatementType.ofHoldfast("custody", 0));
  }

  @Test
  void a_blob_reference_names_its_octets_only() {
    byte[] octets = "abc".getBytes(StandardCharsets.UTF_8);
    BlobReference reference = BlobReference.to(octets, "text/plain");
    assertThat(reference.names(octets)).isTrue();
    assertThat(reference.names("abd".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(new BlobReference(reference.sha256(), 4, "text/plain").names(octets)).isFalse();
  }
}
