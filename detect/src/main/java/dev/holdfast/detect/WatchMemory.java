package dev.holdfast.detect;

import dev.holdfast.attest.Board;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The stories of chips, hosts, sites and boards, and what is due when. For the watch alone. */
final class WatchMemory {
  /** Who has a name, and since when. */
  record Holder(String chip, Instant since) {}

  /** That two chips have one name, which was told. */
  record Swap(Alias alias, String first, String second) {}

  /** A licence and its entry. */
  record Licence(Licensed terms, long index) {}

  /** A moment at which time alone may change something. */
  private record Due(Instant at, String subject) {}

  final Shelf<String, ChipStory> chips = Shelf.inAnyOrder();
  final Shelf<String, HostStory> hosts = Shelf.inAnyOrder();
  final Shelf<String, SiteStory> sites = Shelf.sorted();
  final Shelf<Alias, Holder> names = Shelf.inAnyOrder();
  final Shelf<Swap, Boolean> swaps = Shelf.inAnyOrder();
  final Shelf<String, String> labels = Shelf.inAnyOrder();
  final Shelf<String, Licence> licences = Shelf.sorted();
  final ChipsInMemory boards = new ChipsInMemory();

  /** Boards that changed since the last tick, with the grade that they had then. */
  final Shelf<String, Board.Grade> changed = Shelf.sorted();

  /** When chips last said again what their boards know of them, where that was not taken in. */
  final Shelf<String, Instant> again = Shelf.inAnyOrder();

  /** What is due when. */
  final Shelf<String, Instant> waiting = Shelf.inAnyOrder();

  /** The times of the watch itself, by their names. */
  final Shelf<String, Instant> times = Shelf.sorted();

  private final Map<String, SortedSet<String>> chipsOfHost = new HashMap<>();
  private final SortedSet<String> touchedBoards = new TreeSet<>();
  private boolean remembering;

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::subject));

  ChipStory chip(String id) {
    ChipStory known = chips.get(id);
    return known == null ? ChipStory.unknown(id) : known;
  }

  HostStory host(TargetId id) {
    HostStory known = hosts.get(id.value());
    return known == null ? HostStory.unknown(id) : known;
  }

  SiteStory site(String id) {
    SiteStory known = sites.get(id);
    if (known == null) {
      known = new SiteStory(id, () -> sites.touch(id));
      if (remembering) {
        known.remember();
      }
      sites.put(id, known);
    }
    return known;
  }

  @Nullable String siteOf(String host) {
    HostStory known = hosts.get(host);
    return known == null || known.declared() == null ? null : known.declared().site();
  }

  SortedSet<String> chipsOf(String host) {
    return chipsOfHost.computeIfAbsent(host, none -> new TreeSet<>());
  }

  /** Keeps what a step made of boards. */
  void keep(Collection<Board> changedBoards) {
    for (Board board : changedBoards) {
      boards.keep(board);
      if (remembering) {
        touchedBoards.add(board.id());
      }
    }
  }

  /** The boards that were kept since the last time. */
  List<Board> takeBoards() {
    List<Board> taken = boards.boards(touchedBoards);
    touchedBoards.clear();
    return taken;
  }

  /** Takes in a chip as it was kept, with the host that it was heard in. */
  void restore(ChipStory story) {
    chips.put(story.chip(), story);
    String host = WatchDesk.host(story);
    if (host != null) {
      chipsOf(host).add(story.chip());
    }
  }

  /** Remembers from now on what changes. */
  void remember() {
    remembering = true;
    for (Shelf<?, ?> each :
        List.of(
            chips, hosts, sites, names, swaps, labels, licences, changed, again, waiting, times)) {
      each.remember();
    }
    sites.values().forEach(SiteStory::remember);
  }

  /** Has a subject looked at, at the earliest moment that anybody asks for. */
  void at(Instant at, String subject) {
    Instant known = waiting.get(subject);
    if (known == null || at.isBefore(known)) {
      waiting.put(subject, at);
      due.add(new Due(at, subject));
    }
  }

  /** The next subject that is due by then; null where none is. */
  @Nullable String take(Instant now) {
    forgetOld();
    Due next = due.peek();
    if (next == null || next.at().isAfter(now)) {
      return null;
    }
    due.remove();
    waiting.remove(next.subject());
    return next.subject();
  }

  /** Moments in whose place an earlier one was asked for. */
  private void forgetOld() {
    for (Due next = due.peek();
        next != null && !next.at().equals(waiting.get(next.subject()));
        next = due.peek()) {
      due.remove();
    }
  }

  /** When something is due next; null where nothing is. */
  @Nullable Instant next() {
    forgetOld();
    Due next = due.peek();
    return next == null ? null : next.at();
  }
}
