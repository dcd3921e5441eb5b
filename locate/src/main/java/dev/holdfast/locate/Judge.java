package dev.holdfast.locate;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges claims about one target by its bounds at one speed and one moment.
 *
 * <p>The region is every point that violates the bounds of at most f operators. A verdict follows
 * only from what is proven about it; an empty region, or one too thin to tell, decides nothing.
 */
public final class Judge {
  /** Cells that one search may visit; what is not settled by then is too close to call. */
  private static final int BUDGET = 200_000;

  private final Atlas atlas;
  private final Discs discs;
  private final int tolerated;
  private @Nullable ReachQuestion reach;

  /**
   * @param toleratedFaults f, not negative
   */
  public Judge(Atlas atlas, List<Bound> bounds, int toleratedFaults) {
    this.atlas = atlas;
    this.discs = new Discs(bounds);
    this.tolerated = toleratedFaults;
  }

  Discs discs() {
    return discs;
  }

  /** The answer to one claim alone, as fast as it can be had; no coalition, no region. */
  public Verdict.Value value(Claim claim) {
    return judge(claim).value();
  }

  /** What is proven about one claim, by a search made for it alone. */
  TwoSided judge(Claim claim) {
    return switch (claim) {
      case Claim.Within within -> judgeWithin(within);
      case Claim.Inside inside -> judgeInside(destination(inside.country()));
      case Claim.Outside outside -> judgeInside(destination(outside.country())).negated();
    };
  }

  private TwoSided judgeWithin(Claim.Within claim) {
    Discs circle = Discs.around(claim.place(), claim.radius().kilometres());
    boolean nowhereOutside = discs.operatorsWithin(circle).length > tolerated;
    boolean nowhereInside = discs.operatorsApartFrom(circle).length > tolerated;
    if (nowhereOutside || nowhereInside) {
      // Single bounds settle it, however close rims run; what is left is that there is a region.
      boolean sure =
          ConflictFinder.emptiness(discs, tolerated) == ConflictFinder.Emptiness.NOT_EMPTY;
      return new TwoSided(
          sure && nowhereOutside, nowhereOutside, sure && nowhereInside, nowhereInside, true);
    }
    WithinQuestion question = new WithinQuestion(circle);
    return question.result(new RegionSearch(discs, tolerated, null).run(question, BUDGET));
  }

  private TwoSided judgeInside(int destination) {
    ReachQuestion question = ReachQuestion.oneAgainstAll(atlas, destination);
    boolean complete = new RegionSearch(discs, tolerated, atlas).run(question, BUDGET);
    return question.inside(complete);
  }

  /** All destinations that the region reaches, sorted by name; in doubt one too many. */
  List<String> destinations() {
    List<String> names = atlas.destinations().names();
    ReachQuestion question = searched();
    return java.util.stream.IntStream.range(0, names.size())
        .filter(question::reached)
        .mapToObj(names::get)
        .toList();
  }

  private ReachQuestion searched() {
    ReachQuestion known = reach;
    if (known != null) {
      return known;
    }
    // A search that runs out could leave a destination out of the list; a coarser one names one too
    // many instead.
    double finestKm = atlas.finestKm();
    ReachQuestion question = ReachQuestion.each(atlas, finestKm);
    while (!new RegionSearch(discs, tolerated, atlas).run(question, BUDGET)) {
      finestKm *= 8;
      question = ReachQuestion.each(atlas, finestKm);
    }
    reach = question;
    return question;
  }

  /** The fewest operators whose lies could have made a decided verdict wrong, sorted. */
  public List<OperatorId> coalition(Claim claim, Verdict.Value value) {
    boolean proved = value == Verdict.Value.PROVED;
    return switch (claim) {
      case Claim.Within within -> {
        Discs circle = Discs.around(within.place(), within.radius().kilometres());
        int[] surely = proved ? discs.operatorsWithin(circle) : discs.operatorsApartFrom(circle);
        yield new CoalitionSearch(
                discs, tolerated, null, CoalitionSearch.forbiddenByWithin(circle, proved))
            .find(surely);
      }
      case Claim.Inside inside -> coalition(destination(inside.country()), proved);
      case Claim.Outside outside -> coalition(destination(outside.country()), !proved);
    };
  }

  private List<OperatorId> coalition(int destination, boolean inside) {
    return new CoalitionSearch(
            discs, tolerated, atlas, CoalitionSearch.forbiddenByInside(atlas, destination, inside))
        .find(new int[0]);
  }

  private int destination(String country) {
    return atlas
        .destinations()
        .index(country)
        .orElseThrow(() -> new IllegalArgumentException("unknown destination " + country));
  }
}
