package dev.holdfast.locate;

import dev.holdfast.model.Basis;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Conflict;
import dev.holdfast.model.Ground;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says why a verdict is what it is, in codes and arguments for the message catalogue. */
final class Reasons {
  private static final int NAMED = 3;

  private Reasons() {}

  /**
   * Why a claim about a circle was decided.
   *
   * @param tolerated where lies are tolerated, no single landmark decides
   */
  static Reason within(
      Claim.Within claim, Verdict.Value value, Discs discs, List<Bound> binding, int tolerated) {
    double radius = claim.radius().kilometres();
    int best = -1;
    double widest = 0;
    for (int i = 0; i < discs.count && tolerated == 0; i++) {
      double distance = discs.distance(i, claim.place());
      double room =
          value == Verdict.Value.REFUTED
              ? distance - discs.limit(i) - radius
              : radius - discs.limit(i) - distance;
      if (room > widest) {
        widest = room;
        best = i;
      }
    }
    String decided = value == Verdict.Value.REFUTED ? "refuted" : "proved";
    if (best < 0) {
      return Reason.of("reason.within-" + decided + "-together", named(binding), km(radius));
    }
    Bound bound = discs.bounds.get(best);
    return Reason.of(
        "reason.within-" + decided,
        bound.landmark().id().value(),
        ms(bound.roundTrip().milliseconds()),
        km(bound.atMost().kilometres()),
        km(discs.distance(best, claim.place())),
        km(radius));
  }

  /** Why a claim about a destination was decided. */
  static Reason country(
      Claim claim, Verdict.Value value, String destination, String margin, List<Bound> binding) {
    boolean proved = value == Verdict.Value.PROVED;
    boolean landIsThere = claim instanceof Claim.Inside == proved;
    return Reason.of(
        landIsThere ? "reason.only-there" : "reason.nowhere-there",
        named(binding),
        destination,
        margin);
  }

  static Reason conflict(List<Conflict> conflicts, Ground ground) {
    if (conflicts.isEmpty()) {
      return Reason.of("reason.conflict-thin");
    }
    Conflict first = conflicts.getFirst();
    String names = String.join(", ", first.landmarks().stream().map(Object::toString).toList());
    // Of signed rounds either landmarks lie or one key answers at two places.
    String of = ground.basis() == Basis.SIGNED_ROUNDS ? "-of-key" : "";
    return first.landmarks().size() == 2
        ? Reason.of("reason.conflict-pair" + of, names, km(first.gapKm()))
        : Reason.of("reason.conflict-set" + of, names);
  }

  /** Why a claim about a circle stays open. */
  static Reason openWithin(Claim.Within claim, TwoSided found, double regionRadiusKm) {
    String code =
        found.surelyHolds() && found.surelyFails() ? "reason.within-open" : "reason.too-close";
    return Reason.of(code, km(regionRadiusKm), km(claim.radius().kilometres()));
  }

  /** Why a claim about a destination stays open. */
  static Reason openCountry(
      Claim claim, TwoSided found, String destination, List<String> reached, String margin) {
    if (!found.maybeHolds() && !found.maybeFails()) {
      return Reason.of("reason.no-land");
    }
    if (!(found.maybeHolds() && found.maybeFails())) {
      return Reason.of("reason.too-close-country", destination);
    }
    List<String> others = new ArrayList<>(reached);
    others.remove(destination);
    if (others.isEmpty()) {
      return Reason.of("reason.country-open-alone", destination, margin);
    }
    return Reason.of("reason.country-open", destination, few(others), margin);
  }

  private static String few(List<String> names) {
    int shown = Math.min(6, names.size());
    String text = String.join(", ", names.subList(0, shown));
    return shown < names.size() ? text + " +" + (names.size() - shown) : text;
  }

  /** The landmarks that bind most tightly, with their delays and limits. */
  private static String named(List<Bound> binding) {
    return String.join(
        ", ",
        binding.stream()
            .limit(NAMED)
            .map(bound ->
                bound.landmark().id().value()
                    + " ("
                    + ms(bound.roundTrip().milliseconds())
                    + " ms, "
                    + km(bound.atMost().kilometres())
                    + " km)")
            .toList());
  }

  static String km(double kilometres) {
    boolean whole = kilometres >= 10 || kilometres == Math.rint(kilometres);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.1f", kilometres);
  }

  private static String ms(double milliseconds) {
    return String.format(Locale.ROOT, milliseconds < 1 ? "%.2f" : "%.1f", milliseconds);
  }
}
