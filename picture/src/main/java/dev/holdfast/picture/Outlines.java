package dev.holdfast.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rings of several units made one: what is left as outline (coasts), and the seams between them
 * (borders), each drawn once.
 *
 * <p>Units that touch share the points of their border exactly. An edge that belongs to an odd
 * number of rings is outline, any other a seam. Rings keep their land on one side, so the stretches
 * of outline that end at a seam go on in another unit's ring, in the same direction.
 */
final class Outlines {
  private final List<SphereLine> loops = new ArrayList<>();
  private final List<SphereLine> seams = new ArrayList<>();
  private final Map<Long, Deque<Stretch>> stretches = new HashMap<>();
  private final long[] edges;

  private record Stretch(long from, long to, SphereLine line) {}

  private Outlines(List<double[][]> cut) {
    List<double[][]> rings = Antimeridian.matched(cut);
    edges = edges(rings);
    Set<Long> drawn = new HashSet<>();
    for (double[][] ring : rings) {
      trace(ring, drawn);
    }
    join();
  }

  /**
   * The outlines of rings.
   *
   * @param rings longitudes and latitudes in degrees, the last point equal to the first
   */
  static Outlines of(List<double[][]> rings) {
    return new Outlines(rings);
  }

  /** Closed lines around all of it; fill them by the even-odd rule. */
  List<SphereLine> loops() {
    return loops;
  }

  /** Open lines between the units. */
  List<SphereLine> seams() {
    return seams;
  }

  private static long[] edges(List<double[][]> rings) {
    int count = rings.stream().mapToInt(ring -> Math.max(0, ring[0].length - 1)).sum();
    long[] edges = new long[count];
    int at = 0;
    for (double[][] ring : rings) {
      for (int i = 1; i < ring[0].length; i++) {
        edges[at++] = edge(key(ring, i - 1), key(ring, i));
      }
    }
    Arrays.sort(edges);
    return edges;
  }

  /** A point to a ten-millionth of a degree, in one number. */
  private static long key(double[][] ring, int i) {
    long longitude = Math.round((ring[0][i] == 180 ? 0 : ring[0][i] + 180) * 1e7);
    long latitude = Math.round((ring[1][i] + 90) * 1e7);
    return longitude << 32 | latitude;
  }

  /** An edge in one number, the same from both ends; two of a million meet by a chance of 1e-7. */
  private static long edge(long a, long b) {
    return scatter(scatter(Math.min(a, b)) + Math.max(a, b));
  }

  /** Stafford's variant 13 of the 64-bit finaliser of MurmurHash3. */
  private static long scatter(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private boolean outline(long edge) {
    int at = Arrays.binarySearch(edges, edge);
    int first = at;
    while (first > 0 && edges[first - 1] == edge) {
      first--;
    }
    int last = at;
    while (last + 1 < edges.length && edges[last + 1] == edge) {
      last++;
    }
    return (last - first) % 2 == 0;
  }

  private void trace(double[][] ring, Set<Long> drawn) {
    int count = ring[0].length - 1;
    if (count < 2) {
      return;
    }
    long[] keys = new long[count];
    long[] ids = new long[count];
    boolean[] outline = new boolean[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      keys[i] = key(ring, i);
      ids[i] = edge(keys[i], key(ring, i + 1));
      outline[i] = outline(ids[i]);
      start = i > 0 && outline[i] != outline[i - 1] ? i : start;
    }
    for (int i = 0; i < count; ) {
      int first = (start + i) % count;
      int length = 1;
      while (i + length < count && outline[(first + length) % count] == outline[first]) {
        length++;
      }
      if (outline[first]) {
        SphereLine line = points(ring, first, length, count);
        Stretch stretch = new Stretch(keys[first], keys[(first + length) % count], line);
        stretches.computeIfAbsent(stretch.from, key -> new ArrayDeque<>()).add(stretch);
      } else {
        seams(ring, first, length, ids, drawn);
      }
      i += length;
    }
  }

  /** Draws those edges of a seam that no earlier ring has drawn. */
  private void seams(double[][] ring, int first, int length, long[] ids, Set<Long> drawn) {
    int count = ids.length;
    int begin = -1;
    for (int i = 0; i <= length; i++) {
      int at = (first + i) % count;
      boolean draw = i < length && drawn.add(ids[at]) && !Antimeridian.along(ring, at);
      if (draw && begin < 0) {
        begin = i;
      } else if (!draw && begin >= 0) {
        seams.add(points(ring, (first + begin) % count, i - begin, count));
        begin = -1;
      }
    }
  }

  private static SphereLine points(double[][] ring, int first, int length, int count) {
    SphereLine line = new SphereLine();
    for (int i = 0; i <= length; i++) {
      int at = (first + i) % count;
      line.add(Sphere.vector(ring[1][at], ring[0][at]));
    }
    return line;
  }

  private void join() {
    List<Long> starts = stretches.keySet().stream().sorted().toList();
    for (long start : starts) {
      for (Stretch first = take(start); first != null; first = take(start)) {
        SphereLine loop = new SphereLine();
        loop.addAll(first.line);
        for (long at = first.to; at != start; ) {
          Stretch next = take(at);
          if (next == null) {
            break;
          }
          loop.removeLast();
          loop.addAll(next.line);
          at = next.to;
        }
        loop.removeLast();
        loops.add(loop);
      }
    }
  }

  private @Nullable Stretch take(long from) {
    Deque<Stretch> there = stretches.get(from);
    return there == null ? null : there.poll();
  }
}
