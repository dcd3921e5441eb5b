package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Watch} that looks whether boards hold together.
 *
 * <p>Nearly every chip says again what its board knows of it. That changes nothing but when it was
 * heard last, which matters only for what the same chip says next: so the time alone is kept, and
 * is taken in when that chip says something else.
 */
final class BoardWatch {
  private final WatchDesk desk;

  BoardWatch(WatchDesk desk) {
    this.desk = desk;
  }

  /** A chip says, under its own signature, which switches it is linked to; at least one. */
  void sighted(String chip, String host, Instant at, SortedSet<String> switches, long index) {
    Board board = desk.memory.boards.only(chip);
    Board.Member known = board == null ? null : board.members().get(chip);
    if (known != null) {
      Instant again = desk.memory.chips.again(chip);
      if (!known.isAway()
          && !at.isBefore(again == null ? known.last() : again)
          && known.host().equals(host)
          && known.marks().equals(switches)) {
        desk.memory.chips.again(chip, at);
        return;
      }
      if (again != null) {
        desk.memory.chips.again(chip, null);
        take(new Sighting(Board.Basis.SIGNED, chip, known.host(), again, index, known.marks()));
      }
    }
    take(new Sighting(Board.Basis.SIGNED, chip, host, at, index, switches));
  }

  private void take(Sighting sighting) {
    var around = desk.memory.boards.around(Set.of(sighting.chip()), sighting.marks());
    around.forEach(each -> desk.memory.changed.putIfAbsent(each.id(), each.grade()));
    Cohesion.Step step = Cohesion.apply(around, List.of(sighting));
    desk.memory.keep(step.boards());
  }

  /**
   * What boards have become since the last tick.
   *
   * <p>A few chips that sign on other boards of the same site are what a swap looks like whose
   * record is on its way: it gets as long as anything else that is due. Many at once do not wait.
   */
  void compare() {
    for (Board board : desk.memory.boards.boards(desk.memory.changed.keys())) {
      Board.Grade before = requireNonNull(desk.memory.changed.get(board.id()));
      if (board.grade().compareTo(before) <= 0) {
        continue;
      }
      if (!isSaid(board) && isWithinSite(board)) {
        desk.memory.parted.putIfAbsent(board.id(), desk.now);
      } else {
        lost(board);
      }
    }
    desk.memory.changed.clear();
    List<Board> parted = desk.memory.boards.boards(desk.memory.parted.keys());
    Map<String, Integer> away = new HashMap<>();
    for (Board board : parted) {
      away.merge(site(board), (int) board.away(), Integer::sum);
    }
    for (Board board : parted) {
      Instant due = requireNonNull(desk.memory.parted.get(board.id())).plus(desk.terms.patience());
      if (board.grade() == Board.Grade.INTACT) {
        desk.memory.parted.remove(board.id());
      } else if (!desk.now.isBefore(due)
          || isSaid(board)
          || !isWithinSite(board)
          || isMany(away.getOrDefault(site(board), 0), site(board))) {
        lost(board);
      }
    }
  }

  /** When time alone may change something; null where nothing waits. */
  @Nullable Instant next() {
    Instant next = null;
    for (Instant each : desk.memory.parted.values()) {
      Instant due = each.plus(desk.terms.patience());
      next = next == null || due.isBefore(next) ? due : next;
    }
    return next;
  }

  private boolean isMany(int chips, String site) {
    return desk.isTogether(chips, desk.memory.site(site));
  }

  /** The site of the first of its members. */
  private String site(Board board) {
    return String.valueOf(desk.memory.siteOf(board.members().firstEntry().getValue().host()));
  }

  /** Whether all of its members sign at one and the same site, and nothing says that it is not. */
  private boolean isWithinSite(Board board) {
    String site = site(board);
    for (Board.Member each : board.members().values()) {
      HostStory host = desk.memory.hosts.get(each.host());
      if (host == null
          || host.isTold(HostStory.AWAY | HostStory.OUTSIDE | HostStory.TWICE)
          || !site.equals(desk.memory.siteOf(each.host()))) {
        return false;
      }
    }
    return true;
  }

  private void lost(Board board) {
    desk.memory.parted.remove(board.id());
    List<String> about = new ArrayList<>(List.of("board:" + board.id()));
    board
        .members()
        .values()
        .forEach(each -> {
          about.add("chip:" + each.chip());
        });
    board.members().values().stream()
        .map(each -> "host:" + each.host())
        .distinct()
        .forEach(about::add);
    desk.say(
        "cohesion-lost",
        isSaid(board) ? Severity.LOW : Severity.HIGH,
        board.id(),
        board.since(),
        List.of(board.changes().getLast().index()),
        about,
        board.id(),
        String.valueOf(board.away()),
        String.valueOf(board.members().size()));
  }

  /** Whether a record says of each chip that is away why it is. */
  private boolean isSaid(Board board) {
    return board.away() > 0
        && board.members().values().stream()
            .filter(Board.Member::isAway)
            .allMatch(each -> isSaid(desk.memory.chip(each.chip()), board));
  }

  private boolean isSaid(ChipStory story, Board board) {
    ChipStory.Move move = story.move();
    return move != null
        && desk.isRecent(move, board.since())
        && switch (move.step()) {
          case REMOVING, REPAIRING, DECOMMISSIONING, INSTALLING -> true;
          case SHIPPING, RECEIVING -> false;
        };
  }
}
