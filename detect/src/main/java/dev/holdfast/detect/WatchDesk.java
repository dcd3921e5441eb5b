package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parts of a {@link Watch} share: its terms, its memory, its time and what it found. */
final class WatchDesk {
  final WatchTerms terms;
  final WatchMemory memory = new WatchMemory();
  final List<Finding> findings = new ArrayList<>();
  Instant now = Instant.EPOCH;

  WatchDesk(WatchTerms terms) {
    this.terms = requireNonNull(terms, "terms");
  }

  void say(
      String kind,
      Severity severity,
      String subject,
      Instant at,
      List<Long> causes,
      List<String> about,
      String... arguments) {
    findings.add(
        new Finding(
            kind,
            severity,
            subject,
            Reason.of("watch." + kind, arguments),
            at,
            causes.stream().distinct().sorted().toList(),
            about));
  }

  static String kilometres(double kilometres) {
    return String.format(Locale.ROOT, "%.0f", kilometres);
  }

  WatchMemory.@Nullable Licence licence(ChipStory story) {
    String number = story.licence();
    return number == null ? null : memory.licences.get(number);
  }

  List<String> aboutHost(String host, @Nullable String site) {
    List<String> about = new ArrayList<>(List.of("host:" + host));
    if (site != null) {
      about.add("site:" + site);
    }
    return about;
  }

  List<String> aboutChip(String chip, @Nullable String host, @Nullable String site) {
    List<String> about = new ArrayList<>(List.of("chip:" + chip));
    if (host != null) {
      about.add("host:" + host);
    }
    if (site != null) {
      about.add("site:" + site);
    }
    return about;
  }

  static @Nullable String host(ChipStory story) {
    return story.heard() == null ? null : story.heard().host();
  }

  static List<Long> causes(ChipStory story) {
    List<Long> causes = new ArrayList<>();
    if (story.heard() != null) {
      causes.add(story.heard().index());
    }
    if (story.inspected() != null) {
      causes.add(story.inspected().index());
    }
    return causes;
  }

  static List<Long> withCause(List<Long> causes, long more) {
    List<Long> all = new ArrayList<>(causes);
    all.add(more);
    return all;
  }

  /**
   * Whether a record says why a chip is not heard at its site, and is still believed.
   *
   * <p>A word that it was scrapped, or received by somebody at no known site, says where it is for
   * good. All others say what comes next, and together they are believed for {@link
   * WatchTerms#longestRecord} after the chip was last heard or seen, however often they are said.
   */
  boolean isTakenAway(ChipStory story) {
    ChipStory.Move move = story.move();
    if (move == null || move.over() || story.isTold(ChipStory.STAYED)) {
      return false;
    }
    if (isForGood(move)) {
      return true;
    }
    Instant since = story.quietSince();
    if (since != null && !now.isBefore(since.plus(terms.longestRecord()))) {
      return false;
    }
    return switch (move.step()) {
      case REMOVING, REPAIRING, DECOMMISSIONING -> true;
      // To a site it comes within days; to somebody outside it is as far away as one that is
      // mended.
      case SHIPPING -> move.to() == null || now.isBefore(move.at().plus(terms.longSilence()));
      case RECEIVING, INSTALLING -> now.isBefore(move.at().plus(terms.silence()));
    };
  }

  private static boolean isForGood(ChipStory.Move move) {
    return move.step() == Step.DECOMMISSIONING
        || (move.step() == Step.RECEIVING && move.to() == null);
  }

  /** Whether a record was made so short before that it still says what comes next. */
  boolean isRecent(ChipStory.Move move, Instant at) {
    return at.isBefore(move.at().plus(terms.longestRecord()));
  }

  /** Whether only a record that is out of date says where a chip that says nothing is. */
  boolean isOutOfDate(ChipStory story, Instant since) {
    ChipStory.Move move = story.move();
    return move != null
        && !move.over()
        && !isForGood(move)
        && !story.isTold(ChipStory.STAYED)
        && switch (move.step()) {
          case REMOVING, REPAIRING, DECOMMISSIONING -> true;
          case SHIPPING -> move.to() == null;
          case RECEIVING, INSTALLING -> false;
        }
        && !now.isBefore(since.plus(terms.longestRecord()));
  }

  /** Whether so many of a site's chips at once are for people to look at. */
  boolean isTogether(int chips, SiteStory site) {
    return chips >= terms.togetherLeast() && chips >= terms.togetherShare() * site.chips.size();
  }

  boolean isExcused(ChipStory story, @Nullable String site, Instant since) {
    return isTakenAway(story)
        || (site != null && memory.site(site).isExcused(since, now, terms.longestOutage()));
  }

  /** What a told chip is keyed by: as {@link ChipFold} does. */
  @Nullable String told(Inventory.Chip chip) {
    Optional<String> device = chip.device();
    if (device.isPresent()) {
      return device.get();
    }
    for (Alias alias : chip.aliases()) {
      if (alias.kind().isUnique()) {
        WatchMemory.Name holder = memory.holder(alias);
        return holder == null ? alias.value() : holder.chip();
      }
    }
    return null;
  }

  /** The chip that a label stands for; the label itself where no chip has it yet. */
  String known(String label) {
    return memory.chips.holds(label) ? label : memory.labelled(label);
  }
}
