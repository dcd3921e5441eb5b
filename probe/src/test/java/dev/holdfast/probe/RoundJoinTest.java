package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.probe.RoundCheck.Why;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.HeldIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoundJoinTest {
  @TempDir private Path desk;
  private RoundWorld world;
  private HeldIdentity landmark;
  private HeldIdentity host;
  private Envelope position;
  private final Map<Sha256, byte[]> transcripts = new HashMap<>();
  private final RoundMeasurement measured = RoundWorld.measure(16, 12, Wire.session(7));
  private final RoundMeasurement longer = RoundWorld.measure(17, 12, Wire.session(7));
  private RoundJoin join;

  @BeforeEach
  void begin() {
    world = new RoundWorld(desk.resolve("ca"));
    landmark = world.landmark("fra-1");
    host = world.host("rack-7");
    position = world.position(landmark);
    join = joinOf(world, 10);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private RoundJoin joinOf(RoundWorld trusted, int most) {
    return new RoundJoin(
        new CertificateVerifier(List.of(trusted.authority.authority()), Map.of()),
        hash -> Optional.ofNullable(transcripts.get(hash)),
        most);
  }

  private byte[] stated(RoundMeasurement of) {
    byte[] octets = Transcript.of(of).octets();
    transcripts.put(Sha256.of(octets), octets);
    return RoundWorld.stated(landmark, position, RoundWorld.round(of, host, position));
  }

  private byte[] countersigned(RoundMeasurement of) {
    return RoundWorld.countersigned(host, landmark, Sha256.of(Transcript.of(of).octets()));
  }

  private static void boundsNothing(List<RoundCheck> checks, Why why) {
    assertThat(checks)
        .singleElement()
        .isInstanceOfSatisfying(
            BoundsNothing.class, nothing -> assertThat(nothing.why()).isEqualTo(why));
  }

  @Test
  void a_round_is_answered_once_when_both_have_spoken_whoever_speaks_first() {
    assertThat(join.take(stated(measured), "rounds")).isEmpty();
    assertThat(join.waiting()).isEqualTo(1);
    assertThat(join.take(countersigned(measured), "countersignature"))
        .singleElement()
        .isInstanceOf(RoundCheck.Bounds.class);
    assertThat(join.take(countersigned(longer), "countersignature")).isEmpty();
    assertThat(join.take(stated(longer), "rounds"))
        .singleElement()
        .isInstanceOf(RoundCheck.Bounds.class);
    assertThat(join.take(stated(longer), "again")).isEmpty();
    assertThat(join.take(countersigned(measured), "again")).isEmpty();
    assertThat(join.waiting()).isZero();
  }

  @Test
  void it_answers_as_the_verifier_that_takes_all_statements_first() {
    RoundVerifier verifier =
        new RoundVerifier(new CertificateVerifier(List.of(world.authority.authority()), Map.of()));
    byte[] rounds = stated(measured);
    byte[] signature = countersigned(measured);
    verifier.add(rounds, "rounds");
    verifier.add(signature, "countersignature");
    join.take(signature, "countersignature");
    assertThat(join.take(rounds, "rounds"))
        .isEqualTo(verifier.check(hash -> Optional.ofNullable(transcripts.get(hash))));
  }

  @Test
  void a_round_that_no_countersignature_can_save_is_answered_at_once() {
    boundsNothing(
        join.take(stated(RoundWorld.measure(16, 9, Wire.session(7))), "few"), Why.TOO_FEW_ANSWERS);
    try (RoundWorld other = new RoundWorld(desk.resolve("other"))) {
      boundsNothing(
          joinOf(other, 10).take(stated(measured), "foreign"), Why.LANDMARK_NOT_CERTIFIED);
    }
    byte[] rounds = stated(measured);
    transcripts.clear();
    join.take(rounds, "rounds");
    boundsNothing(join.take(countersigned(measured), "countersignature"), Why.NO_TRANSCRIPT);
  }

  @Test
  void a_round_that_is_not_over_when_its_landmark_signs_it_bounds_nothing() {
    // It ends 61 seconds after NOW and is signed at 120; a clock may be set back by 60.
    assertThat(join.take(stated(RoundWorld.later(measured, 119)), "over")).isEmpty();
    assertThat(join.waiting()).isEqualTo(1);
    boundsNothing(join.take(stated(RoundWorld.later(longer, 120)), "not over"), Why.NOT_YET_OVER);
  }

  @Test
  void the_oldest_waiting_round_makes_room_and_says_so() {
    RoundJoin small = joinOf(world, 1);
    small.take(stated(measured), "rounds");
    boundsNothing(small.take(stated(longer), "rounds"), Why.NOT_COUNTERSIGNED);
    assertThat(small.waiting()).isEqualTo(1);
    assertThat(small.take(countersigned(measured), "late")).isEmpty();
    assertThat(small.take(countersigned(longer), "countersignature")).hasSize(1);
  }

  @Test
  void what_is_older_than_an_instant_is_waited_for_no_longer() {
    join.take(stated(measured), "rounds");
    assertThat(join.forget(RoundWorld.NOW.plusSeconds(60))).isEmpty();
    boundsNothing(join.forget(RoundWorld.NOW.plusSeconds(61)), Why.NOT_COUNTERSIGNED);
    assertThat(join.waiting()).isZero();
    assertThat(join.take(countersigned(measured), "late")).isEmpty();
    join.take(countersigned(longer), "early");
    join.forget(RoundWorld.NOW.plusSeconds(121));
    assertThat(join.take(stated(longer), "rounds")).isEmpty();
    assertThat(join.waiting()).isEqualTo(1);
  }

  @Test
  void what_is_not_signed_changes_nothing() {
    byte[] rounds = stated(measured);
    rounds[rounds.length / 2] ^= 1;
    assertThatExceptionOfType(CodedException.class).isThrownBy(() -> join.take(rounds, "broken"));
    assertThat(join.waiting()).isZero();
  }

  @Test
  void authorities_that_are_believed_later_count_for_what_comes_later() {
    try (RoundWorld other = new RoundWorld(desk.resolve("other"))) {
      RoundJoin strict = joinOf(other, 10);
      boundsNothing(strict.take(stated(measured), "rounds"), Why.LANDMARK_NOT_CERTIFIED);
      strict.believe(new CertificateVerifier(List.of(world.authority.authority()), Map.of()));
      strict.take(stated(longer), "rounds");
      assertThat(strict.take(countersigned(longer), "countersignature"))
          .singleElement()
          .isInstanceOf(RoundCheck.Bounds.class);
    }
  }
}
