package dev.holdfast.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.SenderSessions;
import dev.holdfast.trust.KeyId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HostedSessionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final PeerAddress THERE =
      PeerAddress.of(InetAddress.getLoopbackAddress().getAddress(), 9);

  private final SplittableRandom random = new SplittableRandom(1);
  private final SenderSessions sender = new SenderSessions(random);
  private final RoundSchedule schedule = new RoundSchedule(Duration.ofMinutes(1), random);
  private final HostedSessions sessions =
      new HostedSessions(Map.of(8862, sender), schedule, random);

  private SessionId open(int host) {
    return open(sessions, host).id();
  }

  private static SessionTerms open(HostedSessions sessions, int host) {
    SessionTerms terms = sessions.terms(NOW, LIFETIME);
    KeyId key = new KeyId(String.format(Locale.ROOT, "%064x", host));
    byte[] secret = new byte[StampMac.KEY_LENGTH];
    sessions.open("host-" + host, key, terms, secret, secret.clone());
    return terms;
  }

  private List<SessionId> due(Instant now) {
    return sessions.due(now).stream().map(each -> each.terms().id()).toList();
  }

  @Test
  void aSessionIsMeasuredOnceItHasAPathAndNotAgainAtOnce() {
    SessionId session = open(1);
    assertThat(due(NOW)).isEmpty();
    sender.setPath(session, THERE);
    assertThat(due(NOW.plusMillis(RoundSchedule.FIRST_WAIT))).containsExactly(session);
    assertThat(due(NOW.plusSeconds(1))).isEmpty();
    assertThat(due(NOW.plusSeconds(80))).containsExactly(session);
  }

  @Test
  void aLookTouchesNoSessionsThatAreNotDue() {
    for (int host = 0; host < 5_000; host++) {
      sender.setPath(open(host), THERE);
    }
    assertThat(due(NOW)).hasSize(5_000);
    SessionId late = open(5_000);
    sender.setPath(late, THERE);
    long before = schedule.looks();
    assertThat(due(NOW.plusSeconds(1))).containsExactly(late);
    assertThat(schedule.looks() - before).isEqualTo(1);
  }

  @Test
  void sessionsThatAreOverLeaveNothing() {
    for (int host = 0; host < 100; host++) {
      SessionId session = open(host);
      if (host % 2 == 0) {
        sender.setPath(session, THERE);
      }
    }
    assertThat(due(NOW)).hasSize(50);
    assertThat(due(NOW.plus(LIFETIME))).isEmpty();
    assertThat(sessions.isEmpty()).isTrue();
    assertThat(schedule.size()).isZero();
    assertThat(sender.size()).isZero();
  }

  @Test
  void aSessionThatTheSenderClosedIsNotFoundAndForgottenAtItsNextTurn() {
    SessionId session = open(1);
    sender.close(session);
    assertThat(sessions.find(session)).isNull();
    assertThat(due(NOW)).isEmpty();
    assertThat(sessions.isEmpty()).isTrue();
    assertThat(schedule.size()).isZero();
  }

  @Test
  void aHostThatRenewsTooOftenLosesItsOldestSession() {
    List<SessionId> opened = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      SessionId session = open(1);
      sender.setPath(session, THERE);
      opened.add(session);
    }
    List<SessionId> latest = opened.subList(100 - HostedSessions.MOST_OF_ONE, 100);
    assertThat(due(NOW)).containsExactlyElementsOf(latest);
    assertThat(schedule.size()).isEqualTo(latest.size());
    assertThat(sender.size()).isEqualTo(latest.size());
    assertThat(sessions.find(opened.getFirst())).isNull();
    assertThat(sessions.find(opened.getLast())).isNotNull();
  }

  @Test
  void sessionsAreSpreadOverPortsUntilAllAreFull() {
    SenderSessions other = new SenderSessions(random);
    HostedSessions both = new HostedSessions(Map.of(8862, sender, 8863, other), schedule, random);
    for (int host = 0; host < 2 * 65_535; host++) {
      open(both, host);
    }
    assertThat(sender.size()).isEqualTo(65_535);
    assertThat(other.size()).isEqualTo(65_535);
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> both.terms(NOW, LIFETIME))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.TOO_MANY_SESSIONS));
    assertThat(both.due(NOW.plus(LIFETIME))).isEmpty();
    assertThat(both.terms(NOW, LIFETIME)).isNotNull();
  }

  @Test
  void aHostHasItsFewSessionsOverAllPorts() {
    SenderSessions other = new SenderSessions(random);
    HostedSessions both = new HostedSessions(Map.of(8862, sender, 8863, other), schedule, random);
    for (int i = 0; i < 20; i++) {
      open(both, 1);
    }
    assertThat(sender.size() + other.size()).isEqualTo(HostedSessions.MOST_OF_ONE);
  }
}
