package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.TlogProofCheck;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.VerifierKey;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server says of its landmarks and of its log. */
final class LandmarksTest {
  @TempDir private Path folder;

  @Test
  void a_landmark_that_nothing_was_heard_of_is_told_as_never_heard_and_nothing_is_made_up() {
    try (Desk desk = Desk.in(folder)) {
      desk.declare(
          "{'landmarks':[{'id':'fra-1','name':'Frankfurt','operator':'north','latitude':50.1,"
              + "'longitude':8.7,'uncertaintyKm':1}]}");
      JsonNode landmark = desk.get("/api/v1/landmarks/fra-1").json();
      assertThat(landmark.get("health").asString()).isEqualTo("never");
      assertThat(landmark.get("roundsPerHour").asDouble()).isZero();
      assertThat(landmark.get("bounding").isNull()).isTrue();
      assertThat(landmark.get("spreadMs").isNull()).isTrue();
      assertThat(landmark.get("hours")).isEmpty();
      assertThat(desk.get("/api/v1/landmarks").items().getFirst().get("health").asString())
          .isEqualTo("never");
      desk.get("/api/v1/landmarks/none").requireProblem(404, ErrorCode.NOT_THERE);
      JsonNode audit = desk.get("/api/v1/landmarks/audit").json();
      assertThat(audit.get("basis").get("hosts").asInt()).isZero();
      assertThat(audit.get("shared").get("suspects")).isEmpty();
      assertThat(audit.get("contradictions")).isEmpty();
      JsonNode advice = desk.get("/api/v1/landmarks/advice").json();
      assertThat(advice.get("best")).isEmpty();
      assertThat(advice.get("sites").asInt()).isZero();
      // Assumed, and said to be: no pair taught it.
      assertThat(advice.get("assumption").get("pairs").asInt()).isZero();
    }
  }

  /** The ledger, once so many entries are published; the views may be ahead of that. */
  private static JsonNode published(Desk desk, long entries) throws InterruptedException {
    JsonNode ledger = desk.get("/api/v1/ledger").json();
    for (int i = 0; i < 500 && ledger.get("size").asLong() < entries; i++) {
      Thread.sleep(20);
      ledger = desk.get("/api/v1/ledger").json();
    }
    return ledger;
  }

  @Test
  void the_newest_checkpoint_is_told_with_who_signed_and_a_proof_of_an_entry_is_checked_offline()
      throws InterruptedException {
    try (Desk desk = Desk.in(folder)) {
      desk.declare("{'parties':[{'id':'north','name':'North','role':'operator'}]}");
      JsonNode ledger = published(desk, 2);
      long size = ledger.get("size").asLong();
      assertThat(size).isGreaterThanOrEqualTo(2);
      assertThat(ledger.get("quorum").asString()).isEqualTo("none");
      assertThat(ledger.get("witnesses")).isEmpty();
      assertThat(ledger.get("signatures").get(0).get("by").asString()).isEqualTo("log");
      assertThat(ledger.get("until").asString()).isEqualTo("2026-11-01T12:00:00Z");
      assertThat(ledger.get("growth")).hasSize(1);
      assertThat(ledger.get("checkpoint").asString())
          .startsWith(ledger.get("origin").asString() + "\n" + size + "\n");
      Answer proof = desk.get("/api/v1/entries/1/proof");
      assertThat(proof.header("Content-Disposition")).contains("entry-1.tlog-proof");
      byte[] entry =
          Base64.getDecoder()
              .decode(desk.get("/api/v1/entries/1").json().get("envelope").asString());
      Policy policy = Policy.ofLog(VerifierKey.parse(ledger.get("vkey").asString()));
      TlogProof parsed = TlogProof.parse(proof.text().getBytes(UTF_8));
      assertThat(parsed.check(new TreeHasher().leaf(entry), policy))
          .isInstanceOf(TlogProofCheck.Proved.class);
      entry[7] ^= 1;
      assertThat(parsed.check(new TreeHasher().leaf(entry), policy))
          .isInstanceOf(TlogProofCheck.Refused.class);
      desk.get("/api/v1/entries/999999/proof").requireProblem(404, ErrorCode.NOT_PUBLISHED);
      desk.get("/api/v1/entries/-1/proof").requireProblem(400, ErrorCode.BAD_PARAMETER);
      desk.get("/api/v1/entries/x/proof").requireProblem(400, ErrorCode.BAD_PARAMETER);
    }
  }
}
