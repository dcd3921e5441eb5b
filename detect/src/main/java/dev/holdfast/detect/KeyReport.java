package dev.holdfast.detect;

import dev.holdfast.base.Times;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Basis;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Ground;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.LocationVerdicts;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What checked rounds of one key tell about the key, its host, or a chip in the host.
 *
 * <p>The answer depends on the set of rounds, not on their order.
 */
public final class KeyReport {
  private final Map<Landmark, LandmarkId> names = new HashMap<>();
  private final Map<LandmarkId, Landmark> landmarks = new HashMap<>();

  private KeyReport() {}

  /**
   * Reports on a subject.
   *
   * @param kind key, host or chip
   * @param id of the subject
   * @param host whose key answered
   * @param rounds of one key of this host; may be none
   * @throws IllegalArgumentException where the rounds are of several hosts or keys
   */
  public static LocationReport of(
      Atlas atlas,
      Settings settings,
      Subject.Kind kind,
      String id,
      TargetId host,
      List<Bounded> rounds,
      List<Claim> claims) {
    return of(atlas, settings, ground(kind, id, rounds), host, rounds, claims);
  }

  /**
   * Reports on a chip.
   *
   * @param id of the chip
   * @param tie to the key of these rounds
   */
  public static LocationReport ofChip(
      Atlas atlas,
      Settings settings,
      String id,
      ChipTie tie,
      TargetId host,
      List<Bounded> rounds,
      List<Claim> claims) {
    return of(atlas, settings, ground(id, tie, rounds), host, rounds, claims);
  }

  private static LocationReport of(
      Atlas atlas,
      Settings settings,
      Ground ground,
      TargetId host,
      List<Bounded> rounds,
      List<Claim> claims) {
    KeyReport report = new KeyReport();
    List<Measurement> measurements = report.measurements(host, rounds);
    return Locator.of(atlas, report.landmarks, settings).report(host, ground, measurements, claims);
  }

  /** As {@link #of}, the verdicts alone, which cost less. */
  public static LocationVerdicts verdicts(
      Atlas atlas,
      Settings settings,
      Subject.Kind kind,
      String id,
      TargetId host,
      List<Bounded> rounds,
      List<Claim> claims) {
    KeyReport report = new KeyReport();
    List<Measurement> measurements = report.measurements(host, rounds);
    return Locator.of(atlas, report.landmarks, settings)
        .verdicts(host, ground(kind, id, rounds), measurements, claims);
  }

  private List<Measurement> measurements(TargetId host, List<Bounded> rounds) {
    if (rounds.stream().anyMatch(each -> !each.host().equals(host))
        || rounds.stream().map(Bounded::key).distinct().count() > 1) {
      throw new IllegalArgumentException("rounds of several hosts or keys");
    }
    List<Measurement> measurements = new ArrayList<>(rounds.size());
    for (Bounded each : rounds) {
      measurements.add(
          new Measurement(name(each.landmark()), host, each.roundTrip(), each.measuredAt()));
    }
    return measurements;
  }

  /** What a report on these rounds stands on. */
  public static Ground ground(Subject.Kind kind, String id, List<Bounded> rounds) {
    if (rounds.isEmpty()) {
      // Which key it has is not known.
      return new Ground(
          new Subject(kind == Subject.Kind.KEY ? Subject.Kind.HOST : kind, id, null),
          Basis.SIGNED_ROUNDS,
          false,
          List.of());
    }
    return new Ground(
        new Subject(kind, id, kind == Subject.Kind.CHIP ? null : weakest(rounds)),
        Basis.SIGNED_ROUNDS,
        rounds.stream().anyMatch(Bounded::simulated),
        List.of(revocations(rounds)));
  }

  /** What a report on a chip stands on: its tie, and that the key itself cannot be elsewhere. */
  private static Ground ground(String id, ChipTie tie, List<Bounded> rounds) {
    boolean kept = weakest(rounds) != Subject.Binding.FILE;
    return new Ground(
        new Subject(
            Subject.Kind.CHIP, id, kept ? Subject.Binding.CHIP_EVIDENCE : Subject.Binding.FILE),
        Basis.SIGNED_ROUNDS,
        tie.simulated() || rounds.stream().anyMatch(Bounded::simulated),
        Stream.concat(Stream.of(revocations(rounds)), tie.assumptions().stream()).toList());
  }

  /** A key that was ever certified as one in a file may have been copied by then. */
  private static Subject.Binding weakest(List<Bounded> rounds) {
    return rounds.stream()
        .map(Bounded::binding)
        .min(Subject.Binding::compareTo)
        .orElse(Subject.Binding.FILE);
  }

  /** How old the oldest list of revocations is that was looked into, or that one was missing. */
  private static Reason revocations(List<Bounded> rounds) {
    Instant oldest = Instant.MAX;
    for (Bounded each : rounds) {
      @Nullable Instant at = each.revocationsAt();
      if (at == null) {
        return Reason.of("assumption.revocation-unchecked");
      }
      oldest = at.isBefore(oldest) ? at : oldest;
    }
    return Reason.of("assumption.revocation-checked", Times.print(oldest));
  }

  /** A landmark's name; one that stood at two places is two, however it is called. */
  private LandmarkId name(Landmark landmark) {
    return names.computeIfAbsent(
        landmark,
        fresh -> {
          LandmarkId name = fresh.id();
          for (int i = 2; landmarks.containsKey(name); i++) {
            name = new LandmarkId(fresh.id().value() + " (" + i + ")");
          }
          landmarks.put(
              name, new Landmark(name, fresh.position(), fresh.operator(), fresh.uncertainty()));
          return name;
        });
  }
}
