package dev.holdfast.detect;

import com.google.common.collect.ImmutableSortedSet;
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
  /** Who has a name of some kind, and since when. */
  record Name(Alias.Kind kind, String chip, Instant since) {}

  /** That two chips have one name, which was told. */
  record Swap(Alias alias, String first, String second) {}

  /** A licence and its entry. */
  record Licence(Licensed terms, long index) {}

  /**
   * A moment at which time alone may change something.
   *
   * @param ofHost whether of a host; else of a chip
   */
  record Due(Instant at, boolean ofHost, String name) {}

  final ChipShelf chips = new ChipShelf();
  final Shelf<String, HostStory> hosts = Shelf.inAnyOrder();
  final Shelf<String, SiteStory> sites = Shelf.sorted();

  /** Who first had a text as a name of any kind. */
  final Shelf<String, Name> names = Shelf.inAnyOrder();

  /** Who has a text as a name of another kind than it first was, which is rare. */
  final Shelf<Alias, Name> otherNames = Shelf.inAnyOrder();

  final Shelf<Swap, Boolean> swaps = Shelf.inAnyOrder();
  final Shelf<String, Licence> licences = Shelf.sorted();
  final WatchBoards boards = new WatchBoards(chips);

  /** Boards that changed since the last tick, with the grade that they had then. */
  final Shelf<String, Board.Grade> changed = Shelf.sorted();

  /** Boards that chips left for others of their site, and when that was noticed. */
  final Shelf<String, Instant> parted = Shelf.sorted();

  /** When hosts are due. */
  final Shelf<String, Instant> dueHosts = Shelf.inAnyOrder();

  /** The times of the watch itself, by their names. */
  final Shelf<String, Instant> times = Shelf.sorted();

  private final Map<String, ImmutableSortedSet<String>> chipsOfHost = new HashMap<>();
  private final SortedSet<String> touchedBoards = new TreeSet<>();
  private boolean remembering;

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(
          Comparator.comparing(Due::at).thenComparing(Due::ofHost).thenComparing(Due::name));

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

  /** The name of a host as it is kept: the same text, and one of it for all of its chips. */
  String hostName(TargetId host) {
    HostStory known = hosts.get(host.value());
    return known == null ? host.value() : known.host().value();
  }

  @Nullable String siteOf(String host) {
    HostStory known = hosts.get(host);
    return known == null || known.declared() == null ? null : known.declared().site();
  }

  /** The chips that are in a host by what was heard last. */
  ImmutableSortedSet<String> chipsOf(String host) {
    return chipsOfHost.getOrDefault(host, ImmutableSortedSet.of());
  }

  void enter(String chip, String host) {
    ImmutableSortedSet<String> before = chipsOf(host);
    if (!before.contains(chip)) {
      chipsOfHost.put(
          host, ImmutableSortedSet.<String>naturalOrder().addAll(before).add(chip).build());
    }
  }

  void leave(String chip, String host) {
    ImmutableSortedSet<String> left =
        chipsOf(host).stream()
            .filter(each -> !each.equals(chip))
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    if (left.isEmpty()) {
      chipsOfHost.remove(host);
    } else {
      chipsOfHost.put(host, left);
    }
  }

  /** Who has a name; null where nobody has. */
  @Nullable Name holder(Alias alias) {
    Name first = names.get(alias.value());
    return first == null || first.kind() == alias.kind() ? first : otherNames.get(alias);
  }

  /** A chip is the first that has a name. */
  void name(Alias alias, String chip, Instant since) {
    Name name = new Name(alias.kind(), chip, since);
    if (!names.putIfAbsent(alias.value(), name)) {
      otherNames.put(alias, name);
    }
  }

  /** The chip that first had a text as a name of any kind; the text itself where none has. */
  String labelled(String text) {
    Name first = names.get(text);
    return first == null ? text : first.chip();
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
      enter(story.chip(), host);
    }
  }

  /** Remembers from now on what changes. */
  void remember() {
    remembering = true;
    chips.remember();
    for (Shelf<?, ?> each :
        List.of(
            hosts, sites, names, otherNames, swaps, licences, changed, parted, dueHosts, times)) {
      each.remember();
    }
    sites.values().forEach(SiteStory::remember);
  }

  /** Has a chip looked at, at the earliest moment that anybody asks for. */
  void chipAt(Instant at, String chip) {
    Instant known = chips.due(chip);
    if (known == null || at.isBefore(known)) {
      chips.due(chip, at);
      due.add(new Due(at, false, chips.name(chip)));
    }
  }

  /** Has a host looked at, at the earliest moment that anybody asks for. */
  void hostAt(Instant at, String host) {
    Instant known = dueHosts.get(host);
    if (known == null || at.isBefore(known)) {
      dueHosts.put(host, at);
      due.add(new Due(at, true, host));
    }
  }

  /** What is due next, by then; null where nothing is. */
  @Nullable Due take(Instant now) {
    forgetOld();
    Due next = due.peek();
    if (next == null || next.at().isAfter(now)) {
      return null;
    }
    due.remove();
    if (next.ofHost()) {
      dueHosts.remove(next.name());
    } else {
      chips.due(next.name(), null);
    }
    return next;
  }

  /** Moments in whose place an earlier one was asked for. */
  private void forgetOld() {
    for (Due next = due.peek(); next != null && !isWaiting(next); next = due.peek()) {
      due.remove();
    }
  }

  private boolean isWaiting(Due next) {
    return next.at().equals(next.ofHost() ? dueHosts.get(next.name()) : chips.due(next.name()));
  }

  /** When something is due next; null where nothing is. */
  @Nullable Instant next() {
    forgetOld();
    Due next = due.peek();
    return next == null ? null : next.at();
  }
}
