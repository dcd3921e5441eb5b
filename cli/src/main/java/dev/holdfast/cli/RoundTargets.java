package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.model.Basis;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Ground;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundCheck.Bounds;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.trust.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checked rounds as measurements, by the key that answered. */
final class RoundTargets {
  private final Map<LandmarkId, Landmark> landmarks = new LinkedHashMap<>();
  private final Map<Landmark, LandmarkId> names = new HashMap<>();
  private final List<Target> targets = new ArrayList<>();

  /** A key, its host or a chip, and what is claimed about it. */
  record Target(TargetId host, Ground ground, List<Measurement> measurements, List<Claim> claims) {}

  private record HostKey(String host, KeyId key) implements Comparable<HostKey> {
    @Override
    public int compareTo(HostKey other) {
      int byHost = host.compareTo(other.host);
      return byHost != 0 ? byHost : key.hex().compareTo(other.key.hex());
    }
  }

  private RoundTargets() {}

  /**
   * Groups rounds by the key that answered.
   *
   * @param log hears of every round that bounds nothing
   */
  static RoundTargets of(List<RoundCheck> checks, HostClaims claims, ProblemLog log) {
    RoundTargets made = new RoundTargets();
    Map<HostKey, List<Bounds>> byKey = new TreeMap<>();
    for (RoundCheck check : checks) {
      switch (check) {
        case Bounds bounds ->
            byKey
                .computeIfAbsent(
                    new HostKey(bounds.round().host(), bounds.round().hostKey()),
                    none -> new ArrayList<>())
                .add(bounds);
        case BoundsNothing nothing -> log.warn(sentence(nothing));
      }
    }
    byKey.forEach((key, bounds) -> made.add(key, bounds, claims));
    for (TargetId host : claims.hosts()) {
      if (byKey.keySet().stream().noneMatch(key -> key.host().equals(host.value()))) {
        made.addUnmeasured(host, claims);
      }
    }
    return made;
  }

  private static String sentence(BoundsNothing nothing) {
    return "A round with "
        + Problem.printable(nothing.round().host())
        + " at "
        + Sentences.TIME.format(nothing.round().begin())
        + " bounds nothing ("
        + nothing.why().word()
        + "): "
        + Problem.printable(nothing.reason())
        + ".";
  }

  private void add(HostKey key, List<Bounds> bounds, HostClaims claims) {
    TargetId host = new TargetId(key.host());
    if (claims.spoiled(host)) {
      return;
    }
    List<Measurement> measurements =
        bounds.stream()
            .map(each ->
                new Measurement(
                    name(each.landmark()),
                    host,
                    Delay.ofMillis(each.round().timings().minimum() / 1e6),
                    each.measuredAt()))
            .toList();
    boolean simulated = bounds.stream().anyMatch(Bounds::simulated);
    List<Reason> assumptions = List.of(revocations(bounds));
    Subject.Binding binding = weakest(bounds);
    Map<Subject.Kind, List<Claim>> asked = claims.of(host);
    for (Subject.Kind kind : List.of(Subject.Kind.KEY, Subject.Kind.HOST, Subject.Kind.CHIP)) {
      if (kind == Subject.Kind.KEY || asked.containsKey(kind)) {
        Subject subject =
            switch (kind) {
              case KEY -> new Subject(kind, key.key().hex(), binding);
              case HOST -> new Subject(kind, key.host(), binding);
              default -> new Subject(kind, key.host(), null);
            };
        targets.add(
            new Target(
                host,
                new Ground(subject, Basis.SIGNED_ROUNDS, simulated, assumptions),
                measurements,
                asked.getOrDefault(kind, List.of())));
      }
    }
  }

  private void addUnmeasured(TargetId host, HostClaims claims) {
    if (!claims.spoiled(host)) {
      claims
          .of(host)
          .forEach((kind, asked) ->
              targets.add(
                  new Target(
                      host,
                      new Ground(
                          // Which key it has is not known.
                          new Subject(
                              kind == Subject.Kind.KEY ? Subject.Kind.HOST : kind,
                              host.value(),
                              null),
                          Basis.SIGNED_ROUNDS,
                          false,
                          List.of()),
                      List.of(),
                      asked)));
    }
  }

  /** A key that was ever certified as one in a file may have been copied by then. */
  private static Subject.Binding weakest(List<Bounds> bounds) {
    return bounds.stream()
        .map(each -> each.hostCertificate().identity().binding())
        .min(Subject.Binding::compareTo)
        .orElse(Subject.Binding.FILE);
  }

  /** How old the oldest list of revocations is that was looked into, or that one was missing. */
  private static Reason revocations(List<Bounds> bounds) {
    Optional<Instant> oldest = Optional.empty();
    for (Bounds each : bounds) {
      @Nullable Instant at = each.revocationsAt();
      if (at == null) {
        return Reason.of("assumption.revocation-unchecked");
      }
      if (oldest.isEmpty() || at.isBefore(oldest.get())) {
        oldest = Optional.of(at);
      }
    }
    return oldest
        .map(at -> Reason.of("assumption.revocation-checked", Sentences.TIME.format(at)))
        .orElse(Reason.of("assumption.revocation-unchecked"));
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

  Map<LandmarkId, Landmark> landmarks() {
    return landmarks;
  }

  List<Target> all() {
    return targets;
  }
}
