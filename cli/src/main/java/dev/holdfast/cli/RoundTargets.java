package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundCheck.Bounds;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.replay.RoundEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to be answered from checked rounds: one target for each key, host or chip. */
final class RoundTargets {
  private final List<Target> targets = new ArrayList<>();

  /**
   * A key, its host or a chip, and what is claimed about it.
   *
   * @param rounds of one key of the host; may be none
   */
  record Target(
      Subject.Kind kind, String id, TargetId host, List<Bounded> rounds, List<Claim> claims) {}

  private record HostKey(TargetId host, String key) implements Comparable<HostKey> {
    @Override
    public int compareTo(HostKey other) {
      int byHost = host.compareTo(other.host);
      return byHost != 0 ? byHost : key.compareTo(other.key);
    }
  }

  private RoundTargets() {}

  /**
   * Groups rounds by the key that answered.
   *
   * @param log hears of every round that bounds nothing
   */
  static List<Target> of(List<RoundCheck> checks, HostClaims claims, ProblemLog log) {
    RoundTargets made = new RoundTargets();
    Map<HostKey, List<Bounded>> byKey = new TreeMap<>();
    for (RoundCheck check : checks) {
      switch (check) {
        case Bounds bounds -> {
          Bounded round = RoundEvidence.of(bounds);
          byKey
              .computeIfAbsent(new HostKey(round.host(), round.key()), none -> new ArrayList<>())
              .add(round);
        }
        case BoundsNothing nothing -> log.warn(sentence(nothing));
      }
    }
    byKey.forEach((key, rounds) -> made.add(key, rounds, claims));
    for (TargetId host : claims.hosts()) {
      if (byKey.keySet().stream().noneMatch(key -> key.host().equals(host))) {
        made.addUnmeasured(host, claims);
      }
    }
    return made.targets;
  }

  private static String sentence(BoundsNothing nothing) {
    return "A round with "
        + Problem.printable(nothing.round().host())
        + " at "
        + Times.print(nothing.round().begin())
        + " bounds nothing ("
        + nothing.why().word()
        + "): "
        + Problem.printable(nothing.reason())
        + ".";
  }

  private void add(HostKey key, List<Bounded> rounds, HostClaims claims) {
    if (claims.spoiled(key.host())) {
      return;
    }
    Map<Subject.Kind, List<Claim>> asked = claims.of(key.host());
    for (Subject.Kind kind : List.of(Subject.Kind.KEY, Subject.Kind.HOST, Subject.Kind.CHIP)) {
      if (kind == Subject.Kind.KEY || asked.containsKey(kind)) {
        targets.add(
            new Target(
                kind,
                kind == Subject.Kind.KEY ? key.key() : key.host().value(),
                key.host(),
                rounds,
                asked.getOrDefault(kind, List.of())));
      }
    }
  }

  private void addUnmeasured(TargetId host, HostClaims claims) {
    if (!claims.spoiled(host)) {
      claims
          .of(host)
          .forEach(
              (kind, asked) -> targets.add(new Target(kind, host.value(), host, List.of(), asked)));
    }
  }
}
