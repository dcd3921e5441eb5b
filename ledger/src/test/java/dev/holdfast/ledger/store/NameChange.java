package dev.holdfast.ledger.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A name given, taken away, or both (a move), that may not be durable yet.
 *
 * @param node the file or folder that is named
 * @param isFolder whether it is a folder
 * @param given where the name appears; empty for a deletion
 * @param taken where the name disappears; empty for a creation
 * @param givenSynced whether the folder where it appears was synced since
 * @param takenSynced whether the folder where it disappears was synced since
 */
record NameChange(
    int node,
    boolean isFolder,
    Optional<Place> given,
    Optional<Place> taken,
    boolean givenSynced,
    boolean takenSynced) {
  /** A name in a folder. */
  record Place(int folder, String name) {}

  /** How much of a change survives. */
  enum Fate {
    NONE,
    /** A move between folders whose new name survives and whose old name does, too. */
    GIVEN_ONLY,
    WHOLE
  }

  /** What is so once a folder was synced. */
  NameChange synced(int folder) {
    return new NameChange(
        node,
        isFolder,
        given,
        taken,
        givenSynced || isIn(given, folder),
        takenSynced || isIn(taken, folder));
  }

  private static boolean isIn(Optional<Place> place, int folder) {
    return place.isPresent() && place.get().folder() == folder;
  }

  /** How much of it is durable by the syncs since. */
  Fate fate() {
    if (given.isEmpty()) {
      return takenSynced ? Fate.WHOLE : Fate.NONE;
    }
    if (!givenSynced) {
      return Fate.NONE;
    }
    return takenSynced || taken.isEmpty() ? Fate.WHOLE : Fate.GIVEN_ONLY;
  }

  boolean isBetweenFolders() {
    return given.isPresent() && taken.isPresent() && given.get().folder() != taken.get().folder();
  }

  /** Puts the new name in its folder. */
  void give(List<NavigableMap<String, Integer>> names) {
    given.ifPresent(place -> names.get(place.folder()).put(place.name(), node));
  }

  /** Takes the old name away, where it still means the same file. */
  void take(List<NavigableMap<String, Integer>> names) {
    taken.ifPresent(place -> names.get(place.folder()).remove(place.name(), node));
  }

  /** What is left of a move between folders whose new name is durable: the old name goes. */
  NameChange onlyTaken() {
    return new NameChange(node, isFolder, Optional.empty(), taken, false, takenSynced);
  }

  /** An old name that goes as soon as the file can be reached by another. */
  static NameChange stale(int node, Place place) {
    return new NameChange(node, false, Optional.empty(), Optional.of(place), false, true);
  }

  /** Where the files that can be reached are named. */
  static Map<Integer, List<Place>> places(
      List<? extends Map<String, Integer>> names, List<Boolean> folders) {
    Map<Integer, List<Place>> places = new TreeMap<>();
    for (int folder : reachable(names)) {
      names
          .get(folder)
          .forEach((name, node) -> {
            if (!folders.get(node)) {
              places.computeIfAbsent(node, none -> new ArrayList<>()).add(new Place(folder, name));
            }
          });
    }
    return places;
  }

  /** The numbers that can be reached from the first folder. */
  static Set<Integer> reachable(List<? extends Map<String, Integer>> names) {
    Set<Integer> reached = new HashSet<>();
    reach(0, names, reached);
    return reached;
  }

  private static void reach(
      int node, List<? extends Map<String, Integer>> names, Set<Integer> reached) {
    if (reached.add(node)) {
      for (int next : names.get(node).values()) {
        reach(next, names, reached);
      }
    }
  }
}
