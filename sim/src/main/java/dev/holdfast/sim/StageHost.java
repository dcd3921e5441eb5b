package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A host on a stage: where it is said to be, where it is, and what is in it. */
final class StageHost {
  final String id;
  final String key;
  final List<StageChip> chips = new ArrayList<>(StageSettings.CHIPS);

  /** The chips that it tells of, whether they are there or not. */
  final Set<String> told = new TreeSet<>();

  final boolean tracked;

  /** Where it is declared to be. */
  StageSite site;

  /** Where its key answers from; null where it is off, or on the road. */
  @Nullable Position at;

  int downUntil;

  /** Whether it is on the road to another site. */
  boolean moving;

  StageHost(String id, StageSite site, @Nullable Position at, boolean tracked) {
    this.id = requireNonNull(id, "id");
    this.site = requireNonNull(site, "site");
    this.key = "key-" + id;
    this.at = at;
    this.tracked = tracked;
  }

  void put(StageChip chip) {
    chips.add(chip);
    chip.host = this;
    told.add(chip.id);
  }

  SortedSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    chips.forEach(each -> names.add(each.id));
    return names;
  }
}
