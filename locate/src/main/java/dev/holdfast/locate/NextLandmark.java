package dev.holdfast.locate;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where one more landmark, of an operator of its own, would help most: the place from which most
 * claims that stay open would be proved, and among equals the one that takes most away of what
 * speaks against them.
 *
 * <p>Each open claim's region is laid out once as points that speak against it ({@link
 * RegionSamples}); a place is then judged by the points that its bound would cut off. What bound
 * that is, is assumed ({@link TypicalBound}), and so is that the target is where it is claimed to
 * be: this advises and decides nothing. For the best places {@link Judge} counts what would be
 * proved. The search divides the land like regions are divided, first coarsely and then finer
 * around the best, so the best of all places may be missed by little.
 */
public final class NextLandmark {
  /** How finely land is laid out at first: cells of about 580 km. */
  private static final int COARSE = 4;

  /** How finely in the end: cells of about 36 km. */
  private static final int FINE = 8;

  private static final int KEPT = 6;
  private static final double MEAN_RADIUS = 6371.0088;

  private final Atlas atlas;
  private final int tolerated;
  private final TypicalBound typical;

  /**
   * A search.
   *
   * @param tolerated f: how many operators may lie, as verdicts take it
   */
  public NextLandmark(Atlas atlas, int tolerated, TypicalBound typical) {
    this.atlas = requireNonNull(atlas, "atlas");
    this.tolerated = tolerated;
    this.typical = requireNonNull(typical, "typical");
  }

  /**
   * A claim that stays open.
   *
   * @param place where the target is claimed to be, and taken to be
   * @param claim inside a destination, or within a circle
   * @param bounds of now
   */
  public record Open(TargetId target, Position place, Claim claim, List<Bound> bounds) {
    public Open {
      requireNonNull(target, "target");
      requireNonNull(place, "place");
      bounds = List.copyOf(bounds);
      if (claim instanceof Claim.Outside) {
        throw new IllegalArgumentException("not about being somewhere: " + claim);
      }
    }
  }

  /**
   * What a landmark at a place would bring.
   *
   * @param proved the claims that would be proved
   * @param areaGoneKm2 of what speaks against the claims, how much would be gone
   * @param areaLeftKm2 and how much would be left
   */
  public record Gain(
      Position place, List<TargetId> proved, double areaGoneKm2, double areaLeftKm2) {
    public Gain {
      requireNonNull(place, "place");
      proved = List.copyOf(proved);
    }
  }

  /**
   * What a search found.
   *
   * @param areaKm2 of what speaks against the open claims now
   * @param places that were looked at
   * @param best the best first, at most six; none where nothing is open or nothing would help
   */
  public record Result(double areaKm2, int places, List<Gain> best) {
    public Result {
      best = List.copyOf(best);
    }
  }

  private record Laid(Open open, RegionSamples samples) {}

  /** A place with what the points say of it. */
  private record Guess(Position place, int settled, double leftKm2) {
    static final Comparator<Guess> BEST =
        Comparator.comparingInt(Guess::settled)
            .reversed()
            .thenComparingDouble(Guess::leftKm2)
            .thenComparingDouble(guess -> guess.place.latitude())
            .thenComparingDouble(guess -> guess.place.longitude());
  }

  private record Square(Cell cell, BorderNode node) {}

  /**
   * Searches all land.
   *
   * @param known more places to look at, such as towns where landmarks stand
   */
  public Result search(List<Open> open, List<Position> known) {
    List<Laid> laid = lay(open);
    List<Square> squares = new ArrayList<>();
    for (int face = 0; face < Cell.FACES; face++) {
      Cell cell = new Cell();
      cell.setFace(face);
      squares.add(new Square(cell, atlas.root(face)));
    }
    for (int depth = 0; depth < COARSE; depth++) {
      squares = divide(squares);
    }
    List<Guess> guesses = new ArrayList<>();
    known.forEach(place -> guesses.add(guess(place, laid)));
    int places = known.size();
    for (int depth = COARSE; depth <= FINE; depth++) {
      if (depth > COARSE) {
        squares = divide(best(squares, laid));
      }
      for (Square each : squares) {
        if (each.node.atCentre().length > 0) {
          guesses.add(guess(each.cell.position(), laid));
          places++;
        }
      }
    }
    return result(laid, guesses, places);
  }

  /** Searches these places alone. */
  public Result among(List<Open> open, List<Position> places) {
    List<Laid> laid = lay(open);
    return result(laid, places.stream().map(place -> guess(place, laid)).toList(), places.size());
  }

  private List<Laid> lay(List<Open> open) {
    return open.stream()
        .map(each ->
            new Laid(
                each,
                RegionSamples.against(each.claim(), new Discs(each.bounds()), tolerated, atlas)))
        .toList();
  }

  private static List<Square> divide(List<Square> squares) {
    List<Square> finer = new ArrayList<>(4 * squares.size());
    for (Square each : squares) {
      for (int q = 0; q < 4; q++) {
        Cell cell = new Cell();
        cell.setChild(each.cell, q);
        finer.add(new Square(cell, each.node.child(q)));
      }
    }
    return finer;
  }

  /** The most promising squares, by what would be if their centres were land. */
  private List<Square> best(List<Square> squares, List<Laid> laid) {
    record Promising(Square square, Guess guess) {}
    return squares.stream()
        .filter(each -> each.node.near().length > 0)
        .map(each -> new Promising(each, guess(each.cell.position(), laid)))
        .sorted(Comparator.comparing(Promising::guess, Guess.BEST))
        .limit(2L * KEPT)
        .map(Promising::square)
        .toList();
  }

  private Guess guess(Position place, List<Laid> laid) {
    Cell centre = new Cell();
    centre.setPosition(place);
    double[] normal = {centre.normalX, centre.normalY, centre.normalZ};
    int settled = 0;
    double left = 0;
    for (Laid each : laid) {
      double stays = each.samples.areaWith(normal, cosine(bound(place, each.open)), tolerated);
      settled += stays == 0 && each.samples.count > 0 ? 1 : 0;
      left += stays;
    }
    return new Guess(place, settled, left);
  }

  private double bound(Position place, Open open) {
    return typical.at(Ellipsoid.geodesic(place, open.place()));
  }

  private static double cosine(double kilometres) {
    return Math.cos(Math.min(Math.PI, kilometres / MEAN_RADIUS));
  }

  private Result result(List<Laid> laid, List<Guess> guesses, int places) {
    double now = laid.stream().mapToDouble(each -> each.samples.areaKm2()).sum();
    List<Gain> best =
        guesses.stream()
            .distinct()
            .sorted(Guess.BEST)
            .filter(each -> each.leftKm2 < now)
            .limit(KEPT)
            .map(each -> gain(each, laid, now))
            .sorted(
                Comparator.comparingInt((Gain gain) -> gain.proved().size())
                    .reversed()
                    .thenComparingDouble(Gain::areaLeftKm2))
            .toList();
    return new Result(now, places, best);
  }

  private Gain gain(Guess guess, List<Laid> laid, double now) {
    List<TargetId> proved =
        laid.stream()
            .map(Laid::open)
            .filter(each ->
                new Judge(atlas, with(guess.place, each), tolerated).value(each.claim())
                    == Verdict.Value.PROVED)
            .map(Open::target)
            .toList();
    return new Gain(guess.place, proved, now - guess.leftKm2, guess.leftKm2);
  }

  /** The bounds of a claim with the one more. */
  private List<Bound> with(Position place, Open open) {
    List<Bound> bounds = new ArrayList<>(open.bounds());
    bounds.add(assumed(place, open));
    return bounds;
  }

  /** The bound that is assumed of a landmark at a place, whose operator nobody else is. */
  Bound assumed(Position place, Open open) {
    Set<String> taken =
        open.bounds().stream()
            .map(each -> each.landmark().operator().value())
            .collect(Collectors.toSet());
    String name = "next";
    while (taken.contains(name)) {
      name += "+";
    }
    double kilometres = bound(place, open);
    return new Bound(
        new Landmark(new LandmarkId(name), place, new OperatorId(name), Distance.ZERO),
        Distance.ofKilometres(kilometres),
        Delay.ofMillis(2 * kilometres / Speed.OF_LIGHT.kilometresPerMillisecond()),
        0);
  }
}
