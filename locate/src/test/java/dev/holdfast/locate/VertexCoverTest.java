package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VertexCoverTest {
  private static final long ENOUGH = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(12);

  @Test
  void the_smallest_covers_are_those_that_trying_every_set_finds() {
    for (int i = 0; i < Counts.of(400); i++) {
      List<BitSet> graph = graph(1 + random.nextInt(10), random.nextDouble());
      Set<BitSet> expected = smallestCovers(graph, new BitSet());
      int size = expected.iterator().next().cardinality();
      VertexCover cover = new VertexCover(graph, ENOUGH);
      assertThat(cover.smallestSize(new BitSet())).contains(size);
      List<BitSet> found = cover.covers(size, 10_000).orElseThrow();
      assertThat(found).as("%s", graph).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void a_smallest_cover_without_some_vertices_is_what_trying_every_set_finds() {
    for (int i = 0; i < Counts.of(400); i++) {
      List<BitSet> graph = graph(1 + random.nextInt(10), random.nextDouble());
      BitSet without = new BitSet();
      for (int v = 0; v < graph.size(); v++) {
        without.set(v, random.nextInt(4) == 0);
      }
      Set<BitSet> expected = smallestCovers(graph, without);
      int size = expected.isEmpty() ? Integer.MAX_VALUE : expected.iterator().next().cardinality();
      assertThat(new VertexCover(graph, ENOUGH).smallestSize(without))
          .as("%s without %s", graph, without)
          .contains(size);
    }
  }

  @Test
  void a_greedy_cover_covers() {
    for (int i = 0; i < Counts.of(200); i++) {
      List<BitSet> graph = graph(1 + random.nextInt(30), random.nextDouble());
      assertThat(covers(graph, new VertexCover(graph, 0).greedy())).isTrue();
    }
  }

  @Test
  void known_graphs_have_their_known_covers() {
    assertThat(size(edges(5, new int[][] {{0, 1}, {0, 2}, {0, 3}, {0, 4}}))).isEqualTo(1);
    assertThat(size(cycle(6))).isEqualTo(3);
    assertThat(size(cycle(7))).isEqualTo(4);
    assertThat(new VertexCover(cycle(6), ENOUGH).covers(3, 100).orElseThrow()).hasSize(2);
    assertThat(new VertexCover(cycle(7), ENOUGH).covers(4, 100).orElseThrow()).hasSize(7);
    assertThat(size(graph(8, 1.1))).as("complete").isEqualTo(7);
    assertThat(size(graph(8, -1))).as("without edges").isZero();
    assertThat(size(List.of())).isZero();
  }

  @Test
  void no_more_covers_are_listed_than_were_asked_for() {
    assertThat(new VertexCover(cycle(7), ENOUGH).covers(4, 3).orElseThrow()).hasSize(3);
  }

  @Test
  void a_search_that_runs_out_of_its_budget_says_nothing() {
    List<BitSet> hard = graph(40, 0.2);
    assertThat(new VertexCover(hard, 5).smallestSize(new BitSet())).isEmpty();
    assertThat(new VertexCover(hard, 5).covers(30, 10)).isEmpty();
  }

  private static int size(List<BitSet> graph) {
    return new VertexCover(graph, ENOUGH).smallestSize(new BitSet()).orElseThrow();
  }

  private List<BitSet> graph(int size, double density) {
    List<int[]> edges = new ArrayList<>();
    for (int a = 0; a < size; a++) {
      for (int b = a + 1; b < size; b++) {
        if (random.nextDouble() < density) {
          edges.add(new int[] {a, b});
        }
      }
    }
    return edges(size, edges.toArray(int[][]::new));
  }

  private static List<BitSet> cycle(int size) {
    int[][] edges = new int[size][];
    for (int i = 0; i < size; i++) {
      edges[i] = new int[] {i, (i + 1) % size};
    }
    return edges(size, edges);
  }

  private static List<BitSet> edges(int size, int[][] edges) {
    List<BitSet> neighbours = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      neighbours.add(new BitSet());
    }
    for (int[] edge : edges) {
      neighbours.get(edge[0]).set(edge[1]);
      neighbours.get(edge[1]).set(edge[0]);
    }
    return neighbours;
  }

  private static Set<BitSet> smallestCovers(List<BitSet> graph, BitSet without) {
    Set<BitSet> smallest = new HashSet<>();
    int least = Integer.MAX_VALUE;
    for (long set = 0; set < 1L << graph.size(); set++) {
      BitSet tried = BitSet.valueOf(new long[] {set});
      if (!tried.intersects(without) && tried.cardinality() <= least && covers(graph, tried)) {
        if (tried.cardinality() < least) {
          smallest.clear();
          least = tried.cardinality();
        }
        smallest.add(tried);
      }
    }
    return smallest;
  }

  private static boolean covers(List<BitSet> graph, BitSet cover) {
    for (int v = 0; v < graph.size(); v++) {
      BitSet open = (BitSet) graph.get(v).clone();
      open.andNot(cover);
      if (!cover.get(v) && !open.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
