package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.Tick;
import dev.holdfast.trust.store.HeldIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Statements are taken one by one: a bad one gets its code, and the rest of the batch is taken. */
final class IntakeTest {
  @TempDir private static Path folder;
  private static Signers signers;
  private static Desk desk;

  @BeforeAll
  static void start() {
    signers = new Signers(folder.resolve("authority"));
    desk = Desk.in(folder.resolve("server"));
    desk.declare(signers.declaration());
  }

  @AfterAll
  static void stop() {
    desk.close();
    signers.close();
  }

  private static byte[] said(HeldIdentity host) {
    return Signers.said(host, Signers.beginning(host), 1).envelope().octets();
  }

  private static byte[] signed(HeldIdentity who, StatementType type, Content content) {
    return Signers.sign(who.key(), Signers.beginning(who), type, Desk.NOON, content)
        .envelope()
        .octets();
  }

  /** Between two good ones of its own, which are taken. */
  private static JsonNode refused(String name, byte[] bad) {
    List<JsonNode> items =
        desk.state(said(signers.host(name + " before")), bad, said(signers.host(name + " behind")));
    assertThat(items).hasSize(3);
    assertThat(items.getFirst().has("index")).isTrue();
    assertThat(items.getLast().get("index").asLong())
        .as("nothing of the bad one is in the ledger")
        .isEqualTo(items.getFirst().get("index").asLong() + 1);
    return items.get(1).get("problem");
  }

  private static void refused(String name, byte[] bad, ErrorCode code, String field) {
    JsonNode problem = refused(name, bad);
    assertThat(problem.get("code").asString()).as(problem.toString()).isEqualTo(code.code());
    assertThat(problem.path("field").asString("")).as(problem.toString()).contains(field);
  }

  @Test
  void the_same_octets_again_are_the_same_entry() {
    byte[] statement = said(signers.host("again"));
    List<JsonNode> twice = desk.state(statement, statement);
    assertThat(twice.getFirst().has("repeated")).isFalse();
    assertThat(twice.getLast().get("repeated").asBoolean()).isTrue();
    JsonNode later = desk.state(statement).getFirst();
    assertThat(later.get("repeated").asBoolean()).isTrue();
    assertThat(later.get("index")).isEqualTo(twice.getFirst().get("index"));
    assertThat(twice.getLast().get("index")).isEqualTo(twice.getFirst().get("index"));
  }

  @Test
  void an_older_one_again_is_the_same_entry_too() {
    HeldIdentity host = signers.host("older");
    SignedStatement first = Signers.said(host, Signers.beginning(host), 1);
    SignedStatement second = Signers.said(host, first.next(), 2);
    List<JsonNode> items = desk.state(first.envelope().octets(), second.envelope().octets());
    JsonNode again = desk.state(first.envelope().octets()).getFirst();
    assertThat(again.get("index")).isEqualTo(items.getFirst().get("index"));
    assertThat(again.get("repeated").asBoolean()).isTrue();
  }

  @Test
  void a_single_statement_needs_no_batch_and_what_is_acknowledged_can_be_proved() {
    byte[] statement = said(signers.host("single"));
    long index =
        desk.post("/api/v1/statements", Desk.JSON, statement)
            .items()
            .getFirst()
            .get("index")
            .asLong();
    JsonNode entry = published(index);
    assertThat(Base64.getDecoder().decode(entry.get("envelope").asString())).isEqualTo(statement);
    assertThat(entry.get("size").asLong()).isGreaterThan(index);
    assertThat(entry.get("vkey").asString()).isEqualTo(desk.server.vkey());
  }

  private static JsonNode published(long index) {
    for (int i = 0; i < 200; i++) {
      Answer answer = desk.get("/api/v1/entries/" + index);
      if (answer.status() == 200) {
        return answer.json();
      }
      answer.requireProblem(404, ErrorCode.NOT_PUBLISHED);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("entry " + index + " was never published");
  }

  @Test
  void an_oversized_statement_is_refused() {
    byte[] long1 = new byte[70_000];
    Arrays.fill(long1, (byte) ' ');
    refused("oversized", long1, ErrorCode.INPUT_TOO_LARGE, "");
  }

  @Test
  void a_truncated_statement_is_refused_wherever_it_ends() {
    byte[] whole = said(signers.host("truncated"));
    List<byte[]> cut = new ArrayList<>();
    for (int end = 1; end < whole.length; end += 97) {
      cut.add(Arrays.copyOf(whole, end));
    }
    List<JsonNode> items = desk.state(cut.toArray(byte[][]::new));
    assertThat(items)
        .hasSize(cut.size())
        .allSatisfy(item ->
            assertThat(item.get("problem").get("code").asString())
                .isIn(ErrorCode.MALFORMED_JSON.code(), ErrorCode.MALFORMED_ENVELOPE.code()));
  }

  @Test
  void a_statement_in_another_spelling_is_refused() {
    String other = new String(said(signers.host("spelling")), UTF_8).replaceFirst(":", ": ");
    refused("spelled", other.getBytes(UTF_8), ErrorCode.MALFORMED_ENVELOPE, "");
  }

  @Test
  void a_statement_from_the_future_is_refused_and_one_that_is_little_ahead_is_not() {
    HeldIdentity host = signers.host("future");
    for (int seconds : new int[] {119, 121}) {
      byte[] statement =
          Signers.sign(
                  host.key(),
                  Signers.beginning(host),
                  Countersignatures.TYPE,
                  Desk.NOON.plusSeconds(seconds),
                  Signers.answered(host, seconds))
              .envelope()
              .octets();
      if (seconds > Intake.AHEAD.toSeconds()) {
        refused("from the future", statement, ErrorCode.FROM_THE_FUTURE, "time");
      } else {
        assertThat(desk.state(statement).getFirst().has("index")).isTrue();
      }
    }
  }

  @Test
  void a_statement_under_another_key_than_its_certificates_is_refused() {
    HeldIdentity host = signers.host("key");
    HeldIdentity other = signers.host("other key");
    byte[] statement =
        Signers.sign(
                other.key(),
                Signers.beginning(host),
                Countersignatures.TYPE,
                Desk.NOON,
                Signers.answered(host, 1))
            .envelope()
            .octets();
    refused("wrong key", statement, ErrorCode.MALFORMED_STATEMENT, "signatures");
  }

  @Test
  void a_statement_in_the_name_of_another_is_refused() {
    HeldIdentity host = signers.host("name");
    byte[] statement =
        Signers.sign(
                host.key(),
                Signers.beginning(signers.host("other name")),
                Countersignatures.TYPE,
                Desk.NOON,
                Signers.answered(host, 1))
            .envelope()
            .octets();
    refused("wrong name", statement, ErrorCode.MALFORMED_STATEMENT, "source");
  }

  @Test
  void a_certificate_of_the_other_role_or_of_another_authority_or_time_is_refused(
      @TempDir Path strange) {
    HeldIdentity landmark = signers.landmark("role");
    refused(
        "landmark as host",
        signed(landmark, Countersignatures.TYPE, Signers.answered(landmark, 1)),
        ErrorCode.CERTIFICATE_REFUSED,
        "certificate");
    HeldIdentity host = signers.host("as landmark");
    keepTranscript();
    refused(
        "host as landmark",
        signed(host, RoundsStatement.TYPE, signers.rounds(host, host)),
        ErrorCode.CERTIFICATE_REFUSED,
        "certificate");
    try (Signers others = new Signers(strange.resolve("authority"))) {
      refused(
          "stranger", said(others.host("stranger")), ErrorCode.CERTIFICATE_REFUSED, "certificate");
    }
    HeldIdentity early = signers.host("early");
    byte[] before =
        Signers.sign(
                early.key(),
                Signers.beginning(early),
                Countersignatures.TYPE,
                Desk.NOON.minus(Duration.ofDays(1)),
                Signers.answered(early, 1))
            .envelope()
            .octets();
    refused("before it held", before, ErrorCode.CERTIFICATE_REFUSED, "certificate");
  }

  @Test
  void a_type_that_outsiders_do_not_say_is_refused() {
    HeldIdentity host = signers.host("type");
    for (StatementType type :
        List.of(
            Registration.TYPE,
            Tick.TYPE,
            ServerStatements.DISCLOSURE,
            StatementType.ofHoldfast("gossip", 1))) {
      refused(
          "said " + type,
          signed(host, type, Signers.answered(host, 1)),
          ErrorCode.UNKNOWN_STATEMENT_TYPE,
          "type");
    }
  }

  private static byte[] keepTranscript() {
    byte[] octets = Transcript.of(Signers.unanswered()).octets();
    assertThat(desk.put("/api/v1/blobs/" + Sha256.of(octets).hex(), octets).status())
        .isIn(200, 201);
    return octets;
  }

  @Test
  void rounds_wait_for_their_transcripts(@TempDir Path other) {
    try (Desk fresh = Desk.in(other.resolve("fresh"))) {
      fresh.declare(signers.declaration());
      HeldIdentity landmark = signers.landmark("blobs");
      byte[] rounds =
          signed(landmark, RoundsStatement.TYPE, signers.rounds(landmark, signers.host("blob")));
      byte[] transcript = Transcript.of(Signers.unanswered()).octets();
      String path = "/api/v1/blobs/" + Sha256.of(transcript).hex();
      JsonNode problem = fresh.state(rounds).getFirst().get("problem");
      assertThat(problem.get("code").asString()).isEqualTo(ErrorCode.BLOB_NOT_FOUND.code());
      assertThat(problem.get("detail").asString()).contains("PUT " + path);
      fresh.put(path, new byte[] {1}).requireProblem(400, ErrorCode.BAD_PARAMETER);
      fresh.put("/api/v1/blobs/nothing", transcript).requireProblem(400, ErrorCode.BAD_PARAMETER);
      assertThat(fresh.put(path, transcript).status()).isEqualTo(201);
      assertThat(fresh.put(path, transcript).status()).as("kept already").isEqualTo(200);
      assertThat(fresh.state(rounds).getFirst().has("index")).isTrue();
    }
  }

  @Test
  void a_batch_has_one_to_a_thousand_lines_and_sixteen_mebibytes() {
    desk.post("/api/v1/statements", Desk.LINES, new byte[0])
        .requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
    desk.post("/api/v1/statements", Desk.LINES, "x\n".repeat(1001).getBytes(UTF_8))
        .requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
    assertThat(
            desk.post("/api/v1/statements", Desk.LINES, "x\n".repeat(1000).getBytes(UTF_8)).items())
        .hasSize(1000);
    desk.post("/api/v1/statements", Desk.LINES, new byte[(16 << 20) + 1])
        .requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
    desk.put("/api/v1/blobs/" + "0".repeat(64), new byte[(4 << 20) + 1])
        .requireProblem(413, ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void what_a_source_breaks_in_its_own_history_becomes_a_finding() {
    HeldIdentity host = signers.host("liar");
    String source = host.certificate().identity().source().value();
    Chain begin = Signers.beginning(host);
    SignedStatement first = Signers.said(host, begin, 1);
    SignedStatement other = Signers.said(host, begin, 2);
    // Another statement under the number of the last.
    desk.state(first.envelope().octets(), other.envelope().octets());
    assertThat(kinds(source)).containsExactly("equivocation");
    // The next one continues the one that nobody was to see.
    SignedStatement second = Signers.said(host, other.next(), 3);
    desk.state(second.envelope().octets());
    assertThat(kinds(source)).containsExactly("fork", "equivocation");
    // Two left out.
    SignedStatement third = Signers.said(host, second.next(), 4);
    SignedStatement fourth = Signers.said(host, third.next(), 5);
    SignedStatement fifth = Signers.said(host, fourth.next(), 6);
    desk.state(fifth.envelope().octets());
    assertThat(kinds(source)).containsExactly("evidence-gap", "fork", "equivocation");
    // One of them late is no lie; something else under an older number is.
    desk.state(third.envelope().octets());
    assertThat(kinds(source)).containsExactly("evidence-gap", "fork", "equivocation");
    desk.state(Signers.said(host, second.next(), 7).envelope().octets());
    assertThat(kinds(source))
        .containsExactly("equivocation", "evidence-gap", "fork", "equivocation");
    assertThat(desk.get("/api/v1/findings?kind=evidence-gap&subject=" + source).each("sentence"))
        .singleElement()
        .asString()
        .contains(source, "2");
  }

  private static List<String> kinds(String source) {
    return desk.get("/api/v1/findings?subject=" + source).each("kind");
  }
}
