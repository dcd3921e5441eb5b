package dev.holdfast.detect;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Watch} keeps under the names of chips: their stories, when each is due, when it
 * last said again what its board knows of it, and its boards. Fleets have a million of them, so
 * there is one entry in one map for each. Remembers, where it is asked to, what changed since that
 * was taken last. For one thread.
 */
final class ChipShelf {
  private final Map<String, Kept> all = new HashMap<>();
  private final Set<String> stories = new LinkedHashSet<>();
  private final Set<String> dues = new LinkedHashSet<>();
  private final Set<String> repeats = new LinkedHashSet<>();
  private boolean remembering;

  /** All of one chip. */
  private static final class Kept {
    @Nullable ChipStory story;
    @Nullable Instant due;
    @Nullable Instant again;
    List<String> boards = List.of();
  }

  private Kept kept(String chip) {
    return all.computeIfAbsent(chip, none -> new Kept());
  }

  /** The name of a chip as it is kept: the same text, and one of it for all. */
  String name(String chip) {
    ChipStory story = get(chip);
    return story == null ? chip : story.chip();
  }

  @Nullable ChipStory get(String chip) {
    Kept kept = all.get(chip);
    return kept == null ? null : kept.story;
  }

  boolean holds(String chip) {
    return get(chip) != null;
  }

  void put(String chip, ChipStory story) {
    kept(chip).story = story;
    touch(stories, chip);
  }

  /** All stories, in any order. */
  Stream<ChipStory> stories() {
    return all.values().stream().map(each -> each.story).filter(Objects::nonNull);
  }

  /** When time alone may change something of a chip; null where nothing waits. */
  @Nullable Instant due(String chip) {
    Kept kept = all.get(chip);
    return kept == null ? null : kept.due;
  }

  void due(String chip, @Nullable Instant at) {
    kept(chip).due = at;
    touch(dues, chip);
  }

  /** When a chip last said again what its board knows of it; null where that was taken in. */
  @Nullable Instant again(String chip) {
    Kept kept = all.get(chip);
    return kept == null ? null : kept.again;
  }

  void again(String chip, @Nullable Instant at) {
    kept(chip).again = at;
    touch(repeats, chip);
  }

  /** The ids of the boards that a chip is a member of, sorted. */
  List<String> boards(String chip) {
    Kept kept = all.get(chip);
    return kept == null ? List.of() : kept.boards;
  }

  /** Its boards follow from those that are kept: nothing is remembered of them here. */
  void boards(String chip, List<String> ids) {
    kept(chip).boards = ids;
  }

  private void touch(Set<String> touched, String chip) {
    if (remembering) {
      touched.add(chip);
    }
  }

  void remember() {
    remembering = true;
  }

  /** The stories that were put, in the order in which they first were. */
  void takeStories(BiConsumer<String, @Nullable ChipStory> use) {
    take(stories, each -> each.story, use);
  }

  /** What became due at another time; null for what is due no more. */
  void takeDues(BiConsumer<String, @Nullable Instant> use) {
    take(dues, each -> each.due, use);
  }

  /** What was said again; null where it was taken in. */
  void takeRepeats(BiConsumer<String, @Nullable Instant> use) {
    take(repeats, each -> each.again, use);
  }

  private <V> void take(
      Set<String> touched, Function<Kept, @Nullable V> of, BiConsumer<String, @Nullable V> use) {
    touched.forEach(chip -> use.accept(chip, of.apply(kept(chip))));
    touched.clear();
  }
}
