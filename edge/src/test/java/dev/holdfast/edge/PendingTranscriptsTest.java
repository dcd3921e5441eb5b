package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.probe.SessionMessage;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingTranscriptsTest {
  private static final KeyId ONE = new KeyId("1".repeat(64));
  private static final KeyId OTHER = new KeyId("2".repeat(64));
  private static final int LENGTH = 3;

  private final PendingTranscripts pending = new PendingTranscripts(100 * LENGTH);

  private static byte[] transcript(int number) {
    return String.format("%03d", number).getBytes(UTF_8);
  }

  private static Sha256 hash(int number) {
    return Sha256.of(transcript(number));
  }

  @Test
  void aHostIsShownItsOwnTheOldestFirstAsManyAsFitIntoAConversation() {
    for (int number = 0; number < 20; number++) {
      assertThat(pending.add(ONE, transcript(number))).isZero();
    }
    pending.add(OTHER, transcript(100));
    assertThat(pending.of(ONE)).hasSize(SessionMessage.MOST_PENDING);
    assertThat(pending.of(ONE).getFirst()).isEqualTo(transcript(0));
    assertThat(pending.of(OTHER)).containsExactly(transcript(100));
  }

  @Test
  void ofOneHostOnlyTheLatestWait() {
    for (int number = 0; number < 90; number++) {
      assertThat(pending.add(ONE, transcript(number))).isZero();
    }
    assertThat(pending.waits(ONE, hash(90 - PendingTranscripts.MOST_OF_ONE - 1))).isFalse();
    assertThat(pending.waits(ONE, hash(90 - PendingTranscripts.MOST_OF_ONE))).isTrue();
    assertThat(pending.octets()).isEqualTo((long) LENGTH * PendingTranscripts.MOST_OF_ONE);
  }

  @Test
  void whereAllTogetherAreTooLargeTheOldestOfWhateverHostIsGivenUpAndCounted() {
    for (int number = 0; number < 50; number++) {
      pending.add(ONE, transcript(number));
    }
    for (int number = 50; number < 100; number++) {
      assertThat(pending.add(OTHER, transcript(number))).isZero();
    }
    assertThat(pending.add(OTHER, transcript(100))).isEqualTo(1);
    assertThat(pending.waits(ONE, hash(0))).isFalse();
    assertThat(pending.waits(ONE, hash(1))).isTrue();
    assertThat(pending.octets()).isEqualTo(100 * LENGTH);
    assertThat(pending.add(OTHER, new byte[30])).isEqualTo(10);
    assertThat(pending.octets()).isEqualTo(100 * LENGTH);
  }

  @Test
  void theLatestIsKeptHoweverLargeItIs() {
    pending.add(ONE, transcript(1));
    assertThat(pending.add(OTHER, new byte[1000])).isEqualTo(1);
    assertThat(pending.of(OTHER)).hasSize(1);
    assertThat(pending.of(ONE)).isEmpty();
  }

  @Test
  void whatWasSignedOrComesTwiceTakesNoRoom() {
    pending.add(ONE, transcript(1));
    pending.add(ONE, transcript(1));
    assertThat(pending.octets()).isEqualTo(LENGTH);
    pending.remove(OTHER, List.of(hash(1)));
    assertThat(pending.waits(ONE, hash(1))).isTrue();
    pending.remove(ONE, List.of(hash(1), hash(2)));
    assertThat(pending.octets()).isZero();
    assertThat(pending.of(ONE)).isEmpty();
  }
}
