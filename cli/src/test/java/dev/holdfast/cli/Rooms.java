package dev.holdfast.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rooms of the house, those still to come too, and which others each may use.
 *
 * <p>A room may also use what its rooms use, and every room may use {@code base}.
 */
final class Rooms {
  static final String PACKAGE = "dev.holdfast.";

  /** No input or output, no threads, no clock and no randomness of their own. */
  static final Set<String> PURE =
      Set.of("model", "locate", "attest", "custody", "policy", "picture", "detect", "replay");

  /** Rooms whose first package is pure, and whose other packages touch the world. */
  static final Set<String> PURE_CORES = Set.of("ledger", "probe", "trust", "attention");

  private static final Map<String, List<String>> USES =
      Map.ofEntries(
          Map.entry("base", List.of()),
          Map.entry("model", List.of()),
          Map.entry("trust", List.of("model")),
          Map.entry("ledger", List.of("base")),
          Map.entry("locate", List.of("model")),
          Map.entry("attest", List.of("model")),
          Map.entry("custody", List.of("model")),
          Map.entry("policy", List.of("model")),
          Map.entry("attention", List.of("base")),
          Map.entry("reading", List.of("attention")),
          Map.entry("picture", List.of("locate", "attest")),
          Map.entry(
              "detect", List.of("model", "locate", "attest", "custody", "policy", "attention")),
          Map.entry("replay", List.of("detect", "trust", "ledger", "probe", "picture")),
          Map.entry("probe", List.of("model", "trust")),
          Map.entry("edge", List.of("probe", "attest", "trust")),
          Map.entry("server", List.of("replay", "probe", "picture", "reading")),
          Map.entry("stream", List.of("replay")),
          Map.entry("sim", List.of("replay", "probe")),
          Map.entry("train", List.of("sim")));

  /** The rooms at the top may use any other, but for these; nobody uses e2e, which tests. */
  private static final Map<String, Set<String>> ANY_BUT =
      Map.of(
          "bench", Set.of("cli", "e2e"), "cli", Set.of("train", "bench", "e2e"), "e2e", Set.of());

  private Rooms() {}

  /** All rooms, by name. */
  static Set<String> all() {
    Set<String> all = new TreeSet<>(USES.keySet());
    all.addAll(ANY_BUT.keySet());
    return all;
  }

  /** The rooms that a room may use, itself among them. */
  static Set<String> usableBy(String room) {
    Set<String> usable = new TreeSet<>(List.of(room, "base"));
    Set<String> not = ANY_BUT.get(room);
    if (not == null) {
      for (String used : USES.getOrDefault(room, List.of())) {
        usable.addAll(usableBy(used));
      }
    } else {
      usable.addAll(all());
      usable.removeAll(not);
    }
    return usable;
  }

  /** The rooms that a room may not use. */
  static Set<String> forbiddenTo(String room) {
    Set<String> forbidden = new TreeSet<>(all());
    forbidden.removeAll(usableBy(room));
    return forbidden;
  }

  /** The room that a package belongs to, or an empty text where it is not of the house. */
  static String of(String packageName) {
    if (!packageName.startsWith(PACKAGE)) {
      return "";
    }
    String rest = packageName.substring(PACKAGE.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
