package dev.holdfast.locate;

import dev.holdfast.model.Delay;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.Speed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds landmarks that are not where they are said to be, from what landmarks measured of each
 * other alone.
 *
 * <p>A pair is impossible if its delay is too short for the distance between the stated places. At
 * least one end of each impossible pair is wrong. The fewest landmarks that explain all such pairs
 * are a smallest vertex cover of their graph; often several are equally small. A landmark that is
 * in every one of them is <em>suspected</em>; the others that are in some form <em>ties</em>, which
 * the mesh alone cannot resolve.
 */
public final class LandmarkAudit {
  private static final long BUDGET = 2_000_000;
  private static final int MOST_ALTERNATIVES = 16;

  private LandmarkAudit() {}

  /** A pair of landmarks whose delay is too short for the distance between their places. */
  public record ImpossiblePair(
      LandmarkId first, LandmarkId second, Delay roundTrip, double distanceKm, double limitKm) {}

  /** A landmark that is in every smallest explanation, and how many pairs it breaks. */
  public record Suspect(LandmarkId landmark, int brokenPairs) {}

  /**
   * Landmarks of which some must be wrong, where the mesh does not tell which.
   *
   * @param landmarks all that are in some alternative, sorted
   * @param alternatives equally small explanations, at most 16
   */
  public record Tie(List<LandmarkId> landmarks, List<List<LandmarkId>> alternatives) {}

  /**
   * What an audit found.
   *
   * @param pairsChecked pairs of landmarks with a delay, in either direction
   * @param smallestSet how many landmarks the smallest explanation holds
   * @param explanations how many equally small ones there are (ties multiplied); the largest long
   *     stands for more
   * @param proven false if the search for smallest sets was given up; then suspects are a good
   *     guess and no more
   */
  public record Result(
      Speed speed,
      int pairsChecked,
      List<Suspect> suspects,
      List<Tie> ties,
      int smallestSet,
      long explanations,
      boolean proven,
      List<ImpossiblePair> pairs) {
    /** Everything named, or in a tie. */
    public Set<LandmarkId> doubted() {
      Set<LandmarkId> doubted = new TreeSet<>();
      suspects.forEach(suspect -> doubted.add(suspect.landmark()));
      ties.forEach(tie -> doubted.addAll(tie.landmarks()));
      return doubted;
    }
  }

  /** The pairs that cannot be, each with its least delay in either direction, sorted. */
  public static List<ImpossiblePair> impossiblePairs(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> measurements, Speed speed) {
    List<ImpossiblePair> impossible = new ArrayList<>();
    leastDelays(landmarks, measurements)
        .forEach((pair, delay) -> {
          Landmark a = landmarks.get(pair.first());
          Landmark b = landmarks.get(pair.second());
          if (a == null || b == null) {
            return;
          }
          double distance = Ellipsoid.geodesic(a.position(), b.position());
          double limit =
              (speed.kilometresPerMillisecond() * delay.milliseconds() / 2
                      + a.uncertainty().kilometres()
                      + b.uncertainty().kilometres())
                  * (1 + 0x1p-50);
          if (distance - 1e-9 > limit) {
            impossible.add(new ImpossiblePair(a.id(), b.id(), delay, distance, limit));
          }
        });
    return impossible;
  }

  private record Pair(LandmarkId first, LandmarkId second) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byFirst = first.compareTo(other.first);
      return byFirst != 0 ? byFirst : second.compareTo(other.second);
    }
  }

  private static Map<Pair, Delay> leastDelays(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> measurements) {
    Map<Pair, Delay> least = new TreeMap<>();
    for (Measurement measurement : measurements) {
      LandmarkId a = measurement.landmark();
      LandmarkId b = new LandmarkId(measurement.target().value());
      if (!a.equals(b) && landmarks.containsKey(a) && landmarks.containsKey(b)) {
        Pair pair = a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
        least.merge(pair, measurement.roundTrip(), (p, q) -> p.compareTo(q) <= 0 ? p : q);
      }
    }
    return least;
  }

  /** Audits landmarks by the measurements whose targets are landmarks. */
  public static Result audit(
      Map<LandmarkId, Landmark> landmarks, Collection<Measurement> measurements, Speed speed) {
    return explain(
        impossiblePairs(landmarks, measurements, speed),
        speed,
        leastDelays(landmarks, measurements).size());
  }

  /** Explains impossible pairs; leave pairs out to audit without some landmark. */
  public static Result explain(List<ImpossiblePair> pairs, Speed speed, int pairsChecked) {
    Explanation explanation = new Explanation();
    for (List<ImpossiblePair> component : components(pairs)) {
      explanation.add(component);
    }
    explanation.suspects.sort(
        Comparator.comparingInt(Suspect::brokenPairs).reversed().thenComparing(Suspect::landmark));
    explanation.ties.sort(Comparator.comparing(tie -> tie.landmarks().getFirst()));
    return new Result(
        speed,
        pairsChecked,
        List.copyOf(explanation.suspects),
        List.copyOf(explanation.ties),
        explanation.smallest,
        explanation.explanations,
        explanation.proven,
        List.copyOf(pairs));
  }

  /** The connected parts of the graph of impossible pairs; each is explained by itself. */
  private static List<List<ImpossiblePair>> components(List<ImpossiblePair> pairs) {
    Map<LandmarkId, Set<LandmarkId>> groups = new HashMap<>();
    for (ImpossiblePair pair : pairs) {
      Set<LandmarkId> a = groups.computeIfAbsent(pair.first(), id -> new HashSet<>(Set.of(id)));
      Set<LandmarkId> b = groups.computeIfAbsent(pair.second(), id -> new HashSet<>(Set.of(id)));
      if (!a.equals(b)) {
        a.addAll(b);
        b.forEach(id -> groups.put(id, a));
      }
    }
    Map<LandmarkId, List<ImpossiblePair>> parts = new TreeMap<>();
    for (ImpossiblePair pair : pairs) {
      LandmarkId name = new TreeSet<>(groups.getOrDefault(pair.first(), Set.of())).first();
      parts.computeIfAbsent(name, id -> new ArrayList<>()).add(pair);
    }
    return List.copyOf(parts.values());
  }

  /** Adds up the explanations of the parts. */
  private static final class Explanation {
    final List<Suspect> suspects = new ArrayList<>();
    final List<Tie> ties = new ArrayList<>();
    int smallest;
    long explanations = 1;
    boolean proven = true;

    void add(List<ImpossiblePair> component) {
      Graph graph = new Graph(component);
      VertexCover cover = new VertexCover(graph.neighbours, BUDGET);
      Optional<Integer> size = cover.smallestSize(new BitSet());
      BitSet must = new BitSet();
      for (int v = 0; v < graph.ids.size() && size.isPresent(); v++) {
        BitSet without = new BitSet();
        without.set(v);
        Optional<Integer> other = cover.smallestSize(without);
        if (other.isEmpty()) {
          size = other;
        } else if (other.get() > size.get()) {
          must.set(v);
        }
      }
      if (size.isEmpty()) {
        proven = false;
        must = cover.greedy();
        smallest += must.cardinality();
      } else {
        smallest += size.get();
        addTies(component, graph, must);
      }
      must.stream()
          .forEach(v ->
              suspects.add(new Suspect(graph.ids.get(v), graph.neighbours.get(v).cardinality())));
    }

    /** A product that stays at the largest number instead of going beyond it. */
    private static long times(long a, long b) {
      return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    /** What the landmarks that must be wrong leave unexplained falls apart into ties. */
    private void addTies(List<ImpossiblePair> component, Graph graph, BitSet must) {
      List<ImpossiblePair> rest =
          component.stream()
              .filter(p -> !must.get(graph.index(p.first())) && !must.get(graph.index(p.second())))
              .toList();
      for (List<ImpossiblePair> part : components(rest)) {
        Graph left = new Graph(part);
        VertexCover cover = new VertexCover(left.neighbours, BUDGET);
        Optional<List<BitSet>> covers =
            cover.smallestSize(new BitSet()).flatMap(k -> cover.covers(k, 4096));
        if (covers.isEmpty()) {
          proven = false;
          continue;
        }
        explanations = times(explanations, covers.get().size());
        TreeSet<LandmarkId> named = new TreeSet<>();
        List<List<LandmarkId>> alternatives = new ArrayList<>();
        for (BitSet each : covers.get()) {
          List<LandmarkId> members = each.stream().mapToObj(left.ids::get).sorted().toList();
          named.addAll(members);
          alternatives.add(members);
        }
        alternatives.sort(Comparator.comparing(Object::toString));
        ties.add(
            new Tie(
                List.copyOf(named),
                List.copyOf(
                    alternatives.subList(0, Math.min(MOST_ALTERNATIVES, alternatives.size())))));
      }
    }
  }

  private static final class Graph {
    final List<LandmarkId> ids;
    final List<BitSet> neighbours = new ArrayList<>();
    private final Map<LandmarkId, Integer> index = new HashMap<>();

    Graph(List<ImpossiblePair> pairs) {
      TreeSet<LandmarkId> sorted = new TreeSet<>();
      for (ImpossiblePair pair : pairs) {
        sorted.add(pair.first());
        sorted.add(pair.second());
      }
      ids = List.copyOf(sorted);
      for (LandmarkId id : ids) {
        index.put(id, neighbours.size());
        neighbours.add(new BitSet());
      }
      for (ImpossiblePair pair : pairs) {
        neighbours.get(index(pair.first())).set(index(pair.second()));
        neighbours.get(index(pair.second())).set(index(pair.first()));
      }
    }

    int index(LandmarkId id) {
      return index.getOrDefault(id, -1);
    }
  }
}
