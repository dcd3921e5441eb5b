package dev.holdfast.detect;

import dev.holdfast.attest.Board;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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

  final Map<String, ChipStory> chips = new HashMap<>();
  final Map<String, HostStory> hosts = new HashMap<>();
  final SortedMap<String, SiteStory> sites = new TreeMap<>();
  final Map<String, SortedSet<String>> chipsOfHost = new HashMap<>();
  final Map<Alias, Holder> names = new HashMap<>();
  final Set<Swap> swaps = new HashSet<>();
  final Map<String, String> labels = new HashMap<>();
  final SortedMap<String, Licence> licences = new TreeMap<>();
  final ChipsInMemory boards = new ChipsInMemory();

  /** Boards that changed since the last tick, with the grade that they had then. */
  final SortedMap<String, Board.Grade> changed = new TreeMap<>();

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::subject));
  private final Map<String, Instant> waiting = new HashMap<>();

  ChipStory chip(String id) {
    ChipStory known = chips.get(id);
    return known == null ? ChipStory.unknown(id) : known;
  }

  HostStory host(TargetId id) {
    HostStory known = hosts.get(id.value());
    return known == null ? HostStory.unknown(id) : known;
  }

  SiteStory site(String id) {
    return sites.computeIfAbsent(id, SiteStory::new);
  }

  @Nullable String siteOf(String host) {
    HostStory known = hosts.get(host);
    return known == null || known.declared() == null ? null : known.declared().site();
  }

  SortedSet<String> chipsOf(String host) {
    return chipsOfHost.computeIfAbsent(host, none -> new TreeSet<>());
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
