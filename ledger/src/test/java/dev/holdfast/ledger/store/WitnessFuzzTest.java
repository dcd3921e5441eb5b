package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Whatever octets come to a witness: it answers with a status of the text, and cosigns nothing,
 * since nobody who makes octets up has the log's key. Normal builds run the seeds only.
 */
final class WitnessFuzzTest {
  /** The private half of it was never kept. */
  private static final VerifierKey LOG =
      VerifierKey.parse("fuzz.example/log+f0c4c4d2+AeNdNiRW89YNOlMkFl8IJWtaVIOh1YnLQuNFuYAg53o2");

  private static final Witness WITNESS = open();

  private static Witness open() {
    try {
      return Witness.open(
          new SimulatedDisk(),
          Path.of("/witness"),
          List.of(TestLogs.key("witness.example/w", KeyAlgorithm.ED25519_COSIGNATURE)),
          List.of(LOG),
          TestLogs.CLOCK,
          null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest
  void any_octets_are_answered_and_never_cosigned(byte[] octets) {
    WitnessAnswer answer = WITNESS.add(octets);

    assertThat(answer).isInstanceOf(WitnessAnswer.Refused.class);
    assertThat(answer.status()).isIn(400, 403, 404);
    String line = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(line).endsWith("\n").hasSizeLessThan(1000);
    assertThat(line.strip().chars()).noneMatch(Character::isISOControl);
    assertThat(WITNESS.latest(CosignedFiles.originHash(LOG.name()))).isEmpty();
  }
}
