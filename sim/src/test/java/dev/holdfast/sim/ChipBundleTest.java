package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Verdict;
import dev.holdfast.replay.BundleOutcome;
import dev.holdfast.replay.BundleOutcome.Differs;
import dev.holdfast.replay.BundleOutcome.NotShown;
import dev.holdfast.replay.BundleOutcome.Same;
import dev.holdfast.replay.BundleTrust;
import dev.holdfast.replay.BundleVerifier;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.HostWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts about chips, replayed from their bundles by readers of several minds. */
final class ChipBundleTest {
  private static final Instant NOW = Worlds.NOW;

  private final ChipLog log = new ChipLog();

  private static BundleOutcome verify(VerdictBundle bundle, String trust) {
    VerdictBundle received = VerdictBundle.parse(bundle.octets(), "bundle");
    assertThat(received).isEqualTo(bundle);
    return new BundleVerifier(ChipLog.MAPS, BundleTrust.parse(trust.getBytes(UTF_8), "trust.yaml"))
        .verify(received);
  }

  /** What the maker says of a log is what the reader finds, though it is shown more. */
  private void showsNothing(String why, long... shown) {
    VerdictBundle bundle = log.bundle();
    assertThat(bundle.entries()).extracting(VerdictBundle.Entry::index).doesNotContain(box(shown));
    BundleOutcome outcome = verify(log.showing(bundle, shown), log.withAll());
    assertThat(outcome)
        .isInstanceOfSatisfying(Same.class, same -> open(same.report(), same.unused(), why));
  }

  private static Long[] box(long... some) {
    return java.util.Arrays.stream(some).boxed().toArray(Long[]::new);
  }

  private static void differs(BundleOutcome outcome, String why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Differs.class, differs -> open(differs.report(), differs.unused(), why));
  }

  private static void open(LocationReport report, List<String> unused, String why) {
    assertThat(report.verdicts())
        .extracting(each -> each.reason().code())
        .containsOnly("reason.no-chip-evidence");
    assertThat(unused).anySatisfy(each -> assertThat(each).contains(why));
  }

  @Test
  void a_chip_that_signed_between_two_ticks_is_where_its_hosts_key_is_and_a_relay_stays_possible() {
    log.usual();
    VerdictBundle bundle = log.bundle();
    assertThat(bundle.entries())
        .extracting(VerdictBundle.Entry::index)
        .contains(0L, 1L, log.last());
    assertThat(verify(bundle, log.withAll()))
        .isInstanceOfSatisfying(
            Same.class,
            same -> {
              assertThat(same.unused()).isEmpty();
              Verdict verdict = same.report().verdicts().getFirst();
              assertThat(verdict.value()).isEqualTo(Verdict.Value.PROVED);
              assertThat(verdict.standing().subject())
                  .isEqualTo(
                      new Subject(
                          Subject.Kind.CHIP, log.device().id(), Subject.Binding.CHIP_EVIDENCE));
              assertThat(verdict.standing().simulated()).isTrue();
              assertThat(verdict.assumptions())
                  .extracting(Reason::code)
                  .contains("assumption.chip-relay-within", "assumption.chip-revocation-unchecked");
            });
  }

  @Test
  void whoever_lets_no_server_declare_has_no_ticks() {
    log.usual();
    differs(verify(log.bundle(), log.trust()), "it is a tick of no key that you let declare");
    differs(verify(log.bundle(), log.trust()), "it is not fresh: no tick");
  }

  @Test
  void a_tick_that_another_key_signed_makes_no_challenge_public() {
    log.tick(ChipLog.key(2), 1, NOW.minusSeconds(20))
        .evidence(1, NOW)
        .rounds()
        .tick(2, NOW.plusSeconds(10));
    showsNothing("no tick of a key that you let declare holds its challenge", 0, 1, log.last());
  }

  @Test
  void whoever_trusts_nvidia_alone_trusts_no_simulated_chip() {
    log.usual();
    differs(verify(log.bundle(), log.withServer()), "entry 1 is not used: ");
  }

  @Test
  void a_chip_that_the_reader_knows_to_be_revoked_places_nothing() {
    log.usual();
    String list =
        new String(
            log.boards
                .manufacturer()
                .chipRevocations(
                    NOW.minus(Duration.ofHours(1)),
                    NOW.plus(Duration.ofDays(1)),
                    List.of(log.device())),
            UTF_8);
    differs(
        verify(log.bundle(), log.withAll() + "device-revocations:\n  - |\n" + list.indent(4)),
        "revoked");
  }

  @Test
  void without_a_tick_behind_it_nobody_knows_by_when_it_was_there() {
    log.usual();
    VerdictBundle bundle = log.bundle();
    List<VerdictBundle.Entry> entries = bundle.entries();
    differs(
        verify(ChipLog.with(bundle, entries.subList(0, entries.size() - 1)), log.withAll()),
        "stands behind it and says by when");
  }

  @Test
  void eleven_minutes_after_its_challenge_it_is_still_fresh_and_then_no_more() {
    Instant issued = NOW.minusSeconds(20);
    log.tick(1, issued).evidence(1, NOW).rounds().tick(2, issued.plus(Duration.ofMinutes(11)));
    assertThat(log.bundle().entries()).extracting(VerdictBundle.Entry::index).contains(1L);
    ChipLog late = new ChipLog();
    late.tick(1, issued)
        .evidence(1, NOW)
        .rounds()
        .tick(2, issued.plus(Duration.ofMinutes(11)).plusMillis(1));
    VerdictBundle bundle = late.bundle();
    assertThat(verify(late.showing(bundle, 0, 1, late.last()), late.withAll()))
        .isInstanceOfSatisfying(
            Same.class, same -> open(same.report(), same.unused(), "it was there by"));
  }

  @Test
  void a_challenge_that_was_made_public_behind_the_evidence_asked_nothing() {
    log.evidence(1, NOW).tick(1, NOW.minusSeconds(20)).rounds().tick(2, NOW.plusSeconds(10));
    showsNothing("its challenge was made public behind it, by entry 1", 0, 1, log.last());
  }

  @Test
  void ticks_whose_times_run_backwards_bound_nothing() {
    log.tick(1, NOW.minusSeconds(20)).evidence(1, NOW).rounds().tick(2, NOW.minusSeconds(21));
    showsNothing("the ticks around it run backwards", 0, 1, log.last());
  }

  @Test
  void a_hosts_clock_counts_only_between_the_ticks() {
    log.tick(1, NOW.minusSeconds(1800)).evidence(1, NOW).tick(2, NOW.minusSeconds(1790)).rounds();
    showsNothing("did not sign within the window", 0, 1, 2);
  }

  @Test
  void evidence_of_another_chip_is_told_and_shows_nothing() {
    log.usual();
    VerdictBundle other = log.bundle("0011223344556677");
    assertThat(verify(log.showing(other, 0, 1, log.last()), log.withAll()))
        .isInstanceOfSatisfying(
            Same.class,
            same ->
                open(
                    same.report(),
                    same.unused(),
                    "entry 1 is not used: it is evidence of another chip, " + log.device().id()));
  }

  @Test
  void a_report_that_was_changed_shows_nothing() {
    log.tick(1, NOW.minusSeconds(20))
        .evidence(
            log.chip.host().identity(),
            1,
            NOW,
            report -> {
              byte[] changed = report.clone();
              changed[changed.length - 1] ^= 1;
              return changed;
            })
        .rounds()
        .tick(2, NOW.plusSeconds(10));
    showsNothing("entry 1 is not used: ", 0, 1, log.last());
  }

  @Test
  void what_the_chip_signed_for_another_host_says_nothing_of_this_key() {
    log.tick(1, NOW.minusSeconds(20))
        .evidence(log.anotherHost(), 1, NOW, report -> report)
        .rounds()
        .tick(2, NOW.plusSeconds(10));
    showsNothing("it is evidence for another key", 0, 1, log.last());
  }

  @Test
  void evidence_that_another_key_signed_under_the_hosts_certificate_is_no_statement() {
    SimulatedIdentity host = log.chip.host().identity();
    log.tick(1, NOW.minusSeconds(20))
        .add(
            ChipLog.key(3),
            host.source().value(),
            HostWord.Evidence.TYPE,
            NOW,
            log.said(host, 1, NOW, report -> report))
        .rounds()
        .tick(2, NOW.plusSeconds(10));
    VerdictBundle bundle = log.bundle();
    assertThat(verify(log.showing(bundle, 0, 1, log.last()), log.withAll()))
        .isInstanceOfSatisfying(
            NotShown.class,
            shown ->
                assertThat(shown.reasons())
                    .anySatisfy(each -> assertThat(each).startsWith("entry 1: ")));
  }

  @Test
  void of_two_signatures_the_last_counts_and_the_other_is_told() {
    log.tick(1, NOW.minusSeconds(40))
        .evidence(1, NOW.minusSeconds(30))
        .tick(2, NOW.minusSeconds(20))
        .evidence(2, NOW.minusSeconds(10))
        .rounds()
        .tick(3, NOW);
    VerdictBundle bundle = log.bundle();
    assertThat(bundle.entries())
        .extracting(VerdictBundle.Entry::index)
        .contains(2L, 3L)
        .doesNotContain(0L, 1L);
    assertThat(verify(log.showing(bundle, 0, 1), log.withAll()))
        .isInstanceOfSatisfying(
            Same.class,
            same ->
                assertThat(same.unused())
                    .containsExactly(
                        "entry 0 is not used: it is a tick, and no evidence that counts stands on it",
                        "entry 1 is not used: the same chip signed again behind it"));
  }
}
