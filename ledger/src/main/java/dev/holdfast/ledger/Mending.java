package dev.holdfast.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Finds out which hashes of tiles are wrong, where the tiles do not lead to the hash above them.
 *
 * <p>Each hash of a tile is there twice: as it is stored, and as the files below give it. Where
 * both differ, one is wrong, and the one choice among all that leads to the hash above is the
 * truth. Few differences are tried in every combination, many of them tile by tile.
 */
final class Mending {
  private static final int MOST_SINGLE = 6;

  /** A hash of one of the parts. */
  record Place(int part, int at) {}

  private final List<AuditPart> stored;
  private final List<AuditPart> below;
  private final List<Place> contested = new ArrayList<>();

  Mending(List<AuditPart> stored, List<AuditPart> below) {
    this.stored = stored;
    this.below = below;
    for (int part = 0; part < stored.size(); part++) {
      for (int at = 0; at < stored.get(part).tile().width(); at++) {
        if (stored.get(part).contradicts(below.get(part), at)) {
          contested.add(new Place(part, at));
        }
      }
    }
  }

  /** The hashes where what is stored and what is below differ. */
  List<Place> contested() {
    return contested;
  }

  /**
   * Changes the stored hashes so that they lead to the hash above, if there is a way.
   *
   * @return whether there was one; the wrong hashes are then in the parts below, else nothing is
   *     changed
   */
  boolean mend(Function<List<AuditPart>, byte[]> root, byte[] above, List<Place> wrong) {
    List<List<Place>> choices = choices();
    for (int mask = 0; mask < 1 << choices.size(); mask++) {
      List<Place> chosen = new ArrayList<>();
      for (int i = 0; i < choices.size(); i++) {
        if ((mask & 1 << i) != 0) {
          chosen.addAll(choices.get(i));
        }
      }
      chosen.forEach(this::swap);
      if (Arrays.equals(root.apply(stored), above)) {
        wrong.addAll(chosen);
        return true;
      }
      chosen.forEach(this::swap);
    }
    return false;
  }

  private List<List<Place>> choices() {
    if (contested.size() <= MOST_SINGLE) {
      return contested.stream().map(List::of).toList();
    }
    List<List<Place>> byPart = new ArrayList<>();
    for (int part = 0; part < stored.size(); part++) {
      int number = part;
      List<Place> places = contested.stream().filter(place -> place.part() == number).toList();
      if (!places.isEmpty()) {
        byPart.add(places);
      }
    }
    return byPart;
  }

  private void swap(Place place) {
    stored.get(place.part()).swap(below.get(place.part()), place.at());
  }
}
