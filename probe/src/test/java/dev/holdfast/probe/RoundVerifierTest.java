package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Role;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.probe.RoundCheck.Why;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoundVerifierTest {
  @TempDir private Path desk;
  private RoundWorld world;
  private HeldIdentity landmark;
  private HeldIdentity host;
  private Envelope position;
  private final ReflectorSession session = Wire.session(7);
  private final RoundMeasurement measured = RoundWorld.measure(16, 12, session);
  private final Transcript transcript = Transcript.of(measured);
  private final Sha256 name = Sha256.of(transcript.octets());

  @BeforeEach
  void begin() {
    world = new RoundWorld(desk.resolve("ca"));
    landmark = world.landmark("fra-1");
    host = world.host("rack-7");
    position = world.position(landmark);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private RoundCheck check(byte[]... statements) {
    return check(measured, statements);
  }

  private RoundCheck check(RoundMeasurement shown, byte[]... statements) {
    RoundVerifier verifier =
        new RoundVerifier(new CertificateVerifier(List.of(world.authority.authority()), Map.of()));
    for (byte[] each : statements) {
      verifier.add(each, "statement");
    }
    List<RoundCheck> checks = verifier.check(hash -> RoundWorld.find(shown, hash));
    assertThat(checks).hasSize(1);
    return checks.getFirst();
  }

  private static void boundsNothing(RoundCheck check, Why why) {
    assertThat(check)
        .isInstanceOfSatisfying(
            RoundCheck.BoundsNothing.class, nothing -> assertThat(nothing.why()).isEqualTo(why));
  }

  private Round round() {
    return RoundWorld.round(measured, host, position);
  }

  private byte[] countersignature() {
    return RoundWorld.countersigned(host, landmark, name);
  }

  @Test
  void a_round_that_both_signed_bounds_the_hosts_key_by_its_shortest_round_trip() {
    RoundCheck check = check(countersignature(), RoundWorld.stated(landmark, position, round()));
    assertThat(check)
        .isInstanceOfSatisfying(
            RoundCheck.Bounds.class,
            bounds -> {
              assertThat(bounds.round().timings().minimum()).isEqualTo(1_989_000);
              assertThat(bounds.round().timings().accepted()).isEqualTo(12);
              assertThat(bounds.landmark().operator()).isEqualTo(new OperatorId("north"));
              assertThat(bounds.measuredAt())
                  .isEqualTo(RoundWorld.NOW.plusSeconds(60).plusMillis(11));
              assertThat(bounds.simulated()).isFalse();
              assertThat(bounds.revocationsAt()).isNull();
            });
  }

  @Test
  void a_round_that_a_landmark_invents_has_no_countersignature_and_bounds_nothing() {
    boundsNothing(check(RoundWorld.stated(landmark, position, round())), Why.NOT_COUNTERSIGNED);
  }

  @Test
  void a_host_signs_for_nothing_that_it_did_not_answer() {
    assertThat(Countersigner.objection(transcript, 0x1234, Wire.mac(), session.answered()))
        .isEmpty();
    assertThat(Countersigner.objection(transcript, 0x1234, Wire.mac(), Wire.session(7).answered()))
        .contains("this host did not send answer 1");
    assertThat(
            Countersigner.objection(
                transcript,
                0x1234,
                StampMac.of(Wire.octets(2, StampMac.KEY_LENGTH)),
                session.answered()))
        .contains("answer 1 is none: wrong-mac");
    assertThat(Countersigner.objection(transcript, 5, Wire.mac(), session.answered()))
        .contains("challenge 1 is of another session");
  }

  @Test
  void a_countersignature_of_another_host_landmark_or_transcript_does_not_count() {
    HeldIdentity other = world.host("rack-8");
    HeldIdentity elsewhere = world.landmark("ams-1");
    byte[] stated = RoundWorld.stated(landmark, position, round());
    boundsNothing(
        check(stated, RoundWorld.countersigned(other, landmark, name)), Why.NOT_COUNTERSIGNED);
    boundsNothing(
        check(stated, RoundWorld.countersigned(host, elsewhere, name)), Why.NOT_COUNTERSIGNED);
    boundsNothing(
        check(stated, RoundWorld.countersigned(host, landmark, Sha256.of(new byte[1]))),
        Why.NOT_COUNTERSIGNED);
  }

  @Test
  void a_landmark_that_lends_its_session_key_to_another_gains_nothing() {
    HeldIdentity elsewhere = world.landmark("ams-1");
    Envelope there = world.position(elsewhere);
    Round lent = RoundWorld.round(measured, host, there);
    boundsNothing(
        check(RoundWorld.stated(elsewhere, there, lent), countersignature()),
        Why.NOT_COUNTERSIGNED);
  }

  @Test
  void a_round_of_fewer_than_ten_answers_bounds_nothing() {
    RoundMeasurement few = RoundWorld.measure(16, 9, Wire.session(7));
    boundsNothing(
        check(
            few,
            RoundWorld.stated(landmark, position, RoundWorld.round(few, host, position)),
            RoundWorld.countersigned(host, landmark, Sha256.of(Transcript.of(few).octets()))),
        Why.TOO_FEW_ANSWERS);
  }

  @Test
  void a_round_says_nothing_that_its_transcript_does_not_bear_out() {
    Round round = round();
    RoundTimings shorter = new RoundTimings(12, 1000, 1_994_000, 1_998_000, 2_000_000);
    boundsNothing(
        check(
            countersignature(),
            RoundWorld.stated(landmark, position, with(round, shorter, round.sent()))),
        Why.WRONG_TRANSCRIPT);
    boundsNothing(
        check(
            countersignature(),
            RoundWorld.stated(landmark, position, with(round, round.timings(), 15))),
        Why.WRONG_TRANSCRIPT);
    RoundMeasurement another = RoundWorld.measure(15, 12, Wire.session(7));
    boundsNothing(
        check(another, countersignature(), RoundWorld.stated(landmark, position, round)),
        Why.NO_TRANSCRIPT);
  }

  private static Round with(Round round, RoundTimings timings, int sent) {
    return new Round(
        round.host(),
        round.hostKey(),
        round.session(),
        round.ssid(),
        round.position(),
        round.begin(),
        round.end(),
        sent,
        timings,
        round.transmit(),
        round.receive(),
        round.precision(),
        round.refused(),
        round.addresses(),
        round.interrupted(),
        round.transcript());
  }

  @Test
  void a_transcript_with_one_nonce_twice_or_a_bounced_challenge_is_wrong() {
    List<Transcript.Line> lines = new ArrayList<>(transcript.lines());
    lines.set(1, lines.get(0));
    assertThat(wrong(lines)).isEqualTo("a nonce in it was sent twice");
    lines = new ArrayList<>(transcript.lines());
    Transcript.Line first = lines.get(0);
    lines.set(
        0,
        new Transcript.Line(
            first.challenge(),
            first.sent(),
            first.to(),
            new Transcript.Answer(first.challenge(), 2_000_000, "10.0.0.1:8862")));
    assertThat(wrong(lines)).startsWith("an answer in it is none");
  }

  private String wrong(List<Transcript.Line> lines) {
    Transcript changed = new Transcript(RoundWorld.SESSION, lines);
    byte[] octets = changed.octets();
    Round round = round();
    Round named =
        new Round(
            round.host(),
            round.hostKey(),
            round.session(),
            round.ssid(),
            round.position(),
            round.begin(),
            round.end(),
            lines.size(),
            RoundTimings.of(changed),
            round.transmit(),
            round.receive(),
            round.precision(),
            round.refused(),
            round.addresses(),
            false,
            dev.holdfast.trust.BlobReference.to(octets, "application/json"));
    return TranscriptCheck.of(named, octets) instanceof TranscriptCheck.Wrong(String reason)
        ? reason
        : "it was good";
  }

  @Test
  void a_position_of_another_landmark_or_hour_or_beside_another_hash_counts_for_nothing() {
    HeldIdentity elsewhere = world.landmark("ams-1");
    Envelope there = world.position(elsewhere);
    boundsNothing(
        check(
            countersignature(),
            RoundWorld.stated(landmark, there, RoundWorld.round(measured, host, there))),
        Why.NO_POSITION);
    boundsNothing(
        check(countersignature(), RoundWorld.stated(landmark, world.position(landmark), round())),
        Why.NO_POSITION);
  }

  @Test
  void a_landmark_of_an_authority_that_the_reader_does_not_trust_bounds_nothing() {
    try (RoundWorld other = new RoundWorld(desk.resolve("other"))) {
      HeldIdentity foreign = other.landmark("fra-1");
      Envelope place = other.position(foreign);
      boundsNothing(
          check(
              RoundWorld.stated(foreign, place, RoundWorld.round(measured, host, place)),
              RoundWorld.countersigned(host, foreign, name)),
          Why.LANDMARK_NOT_CERTIFIED);
      HeldIdentity stranger = other.host("rack-7");
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(() ->
              check(
                  RoundWorld.stated(landmark, position, round()),
                  RoundWorld.countersigned(stranger, landmark, name)))
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.CERTIFICATE_REFUSED));
    }
  }

  @Test
  void a_host_may_not_speak_as_a_landmark_nor_under_the_name_of_another() {
    byte[] asLandmark =
        RoundWorld.signed(
            host,
            RoundsStatement.TYPE,
            new RoundsStatement(host.certificate(), position, List.of(round())).content());
    boundsNothing(check(asLandmark, countersignature()), Why.LANDMARK_NOT_CERTIFIED);
    byte[] borrowed =
        RoundWorld.signed(
            landmark,
            RoundsStatement.TYPE,
            new RoundsStatement(landmark.certificate(), position, List.of(round())).content(),
            Chain.beginning(new SourceId("landmark:ams-1")));
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> check(borrowed))
        .withMessageContaining("landmark:ams-1");
    byte[] otherKey =
        RoundWorld.signed(
            host,
            RoundsStatement.TYPE,
            new RoundsStatement(landmark.certificate(), position, List.of(round())).content());
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> check(otherKey))
        .withMessageContaining("no trusted key");
  }

  @Test
  void the_round_of_a_simulated_landmark_is_called_simulated_and_revocation_lists_are_told() {
    HeldIdentity simulated =
        world.enrol(
            new Identity(Role.LANDMARK, "sim-1", new OperatorId("north"), Binding.FILE, true));
    Envelope place = world.position(simulated);
    world.authority.revoke(world.host("gone").certificate(), AuthorityFolder.Reason.UNSPECIFIED);
    RoundVerifier verifier =
        new RoundVerifier(
            TrustFiles.verifier(
                world.authority.certificateFile(), world.authority.revocationsFile()));
    verifier.add(
        RoundWorld.stated(simulated, place, RoundWorld.round(measured, host, place)), "rounds");
    verifier.add(RoundWorld.countersigned(host, simulated, name), "countersignature");
    assertThat(verifier.check(hash -> Optional.of(transcript.octets())))
        .singleElement()
        .isInstanceOfSatisfying(
            RoundCheck.Bounds.class,
            bounds -> {
              assertThat(bounds.simulated()).isTrue();
              assertThat(bounds.revocationsAt()).isEqualTo(RoundWorld.NOW);
            });
  }

  @Test
  void the_transcript_of_the_longest_round_fits_and_is_read_back() {
    RoundMeasurement longest = RoundWorld.measure(1000, 1000, Wire.session(7));
    byte[] octets = Transcript.of(longest).octets();
    assertThat(octets.length).isLessThan(Transcript.LONGEST);
    assertThat(Transcript.parse(octets, "longest").octets()).isEqualTo(octets);
  }

  @Test
  void the_most_rounds_of_one_statement_fit_into_an_envelope() {
    Round[] rounds = new Round[RoundsStatement.MOST];
    java.util.Arrays.fill(rounds, round());
    byte[] stated = RoundWorld.stated(landmark, position, rounds);
    assertThat(stated.length).isLessThan(Envelope.LONGEST);
  }
}
