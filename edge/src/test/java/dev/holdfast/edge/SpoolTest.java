package dev.holdfast.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final SourceId SOURCE = new SourceId("landmark:fra-1");
  private static final StatementType TYPE = StatementType.ofHoldfast("test", 1);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long LIMIT = 1 << 20;

  @TempDir private Path folder;
  private final StatementSigner signer =
      new StatementSigner(HeldKey.generate(new SecureRandom()).signing());

  private Spool open() {
    return Spool.open(folder, SOURCE, LIMIT);
  }

  private SignedStatement say(Spool spool, String text) {
    return spool.say(
        signer, TYPE, NOW, new Content.Inline(ObjectNode.of(Map.of("text", new TextNode(text)))));
  }

  /** An envelope over something that this test says in a spool. */
  static byte[] said(Spool spool) {
    StatementSigner signer = new StatementSigner(HeldKey.generate(new SecureRandom()).signing());
    return spool
        .say(
            signer,
            TYPE,
            NOW,
            new Content.Inline(ObjectNode.of(Map.of("text", new TextNode("hello")))))
        .envelope()
        .octets();
  }

  private static void refused(ErrorCode code, Runnable run) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(run::run)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  @Test
  void statementsAreNumberedInAChainAcrossOpenings() throws IOException {
    try (Spool spool = open()) {
      assertThat(say(spool, "one").statement().sequence()).isEqualTo(1);
      assertThat(say(spool, "two").statement().sequence()).isEqualTo(2);
    }
    try (Spool spool = open()) {
      assertThat(say(spool, "three").statement().sequence()).isEqualTo(3);
    }
    assertThat(SmallWorld.files(folder.resolve("statements"))).hasSize(3);
  }

  @Test
  void aCrashBetweenStatementAndChainUsesNoNumberTwice() throws IOException {
    byte[] old;
    SignedStatement second;
    try (Spool spool = open()) {
      say(spool, "one");
      old = Files.readAllBytes(folder.resolve("chain.json"));
      second = say(spool, "two");
    }
    Files.write(folder.resolve("chain.json"), old);
    try (Spool spool = open()) {
      SignedStatement third = say(spool, "three");
      assertThat(third.statement().sequence()).isEqualTo(3);
      assertThat(third.statement().previous()).isEqualTo(second.envelope().statementHash());
    }
  }

  @Test
  void aNumberWhoseWritingFailedIsNotGivenToAnotherStatement() throws IOException {
    try (Spool spool = open()) {
      say(spool, "one");
      byte[] first = Files.readAllBytes(folder.resolve("chain.json"));
      // The chain cannot be replaced: a folder is in the way.
      Files.delete(folder.resolve("chain.json"));
      Files.createDirectories(folder.resolve("chain.json/in-the-way"));
      refused(ErrorCode.FILE_UNWRITABLE, () -> say(spool, "two"));
      Files.delete(folder.resolve("chain.json/in-the-way"));
      Files.delete(folder.resolve("chain.json"));
      Files.write(folder.resolve("chain.json"), first);
      assertThat(say(spool, "three").statement().sequence()).isEqualTo(3);
    }
  }

  @Test
  void aFullSpoolSaysSoAndGoesOnOnceSomethingWasTakenAway() throws IOException {
    try (Spool spool = Spool.open(folder, SOURCE, 600)) {
      while (SmallWorld.files(folder.resolve("statements")).size() < 2) {
        say(spool, "more");
      }
      refused(ErrorCode.SPOOL_FULL, () -> say(spool, "too much"));
      refused(ErrorCode.SPOOL_FULL, () -> spool.keep(new byte[10]));
      for (Path file : SmallWorld.files(folder.resolve("statements"))) {
        Files.delete(file);
      }
      assertThat(say(spool, "again").statement().sequence()).isEqualTo(3);
    }
  }

  @Test
  void twoProcessesDoNotShareASpool() {
    try (Spool spool = open()) {
      refused(ErrorCode.SPOOL_IN_USE, this::open);
      assertThat(say(spool, "one").statement().sequence()).isEqualTo(1);
    }
  }

  @Test
  void aSpoolOfAnotherSourceOrADamagedChainIsRefused() throws IOException {
    try (Spool spool = open()) {
      say(spool, "one");
    }
    refused(
        ErrorCode.MALFORMED_STATEMENT,
        () -> Spool.open(folder, new SourceId("landmark:other"), LIMIT));
    Files.writeString(folder.resolve("chain.json"), "{}");
    refused(ErrorCode.MALFORMED_STATEMENT, this::open);
  }
}
