package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

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
  void sighted(Attested said, SortedSet<String> switches, long index) {
    String chip = said.chip();
    String host = said.host().value();
    Board board = desk.memory.boards.only(Board.Basis.SIGNED, chip);
    Board.Member known = board == null ? null : board.members().get(chip);
    if (known != null) {
      Instant last = desk.memory.again.getOrDefault(chip, known.last());
      if (!known.isAway()
          && !said.at().isBefore(last)
          && known.host().equals(host)
          && isSame(known.marks(), switches)) {
        desk.memory.again.put(chip, said.at());
        return;
      }
      if (desk.memory.again.holds(chip)) {
        desk.memory.again.remove(chip);
        take(new Sighting(Board.Basis.SIGNED, chip, known.host(), last, index, known.marks()));
      }
    }
    take(new Sighting(Board.Basis.SIGNED, chip, host, said.at(), index, switches));
  }

  private static boolean isSame(SortedSet<String> one, SortedSet<String> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<String> others = other.iterator();
    for (String each : one) {
      if (!each.equals(others.next())) {
        return false;
      }
    }
    return true;
  }

  private void take(Sighting sighting) {
    var around =
        desk.memory.boards.boards(sighting.basis(), Set.of(sighting.chip()), sighting.marks());
    around.forEach(each -> desk.memory.changed.putIfAbsent(each.id(), each.grade()));
    Cohesion.Step step = Cohesion.apply(around, List.of(sighting));
    desk.memory.keep(step.boards());
  }

  /** What boards have become since the last tick. */
  void compare() {
    for (Board board : desk.memory.boards.boards(desk.memory.changed.keys())) {
      Board.Grade before = requireNonNull(desk.memory.changed.get(board.id()));
      if (board.grade().compareTo(before) <= 0) {
        continue;
      }
      List<String> away =
          board.members().values().stream()
              .filter(Board.Member::isAway)
              .map(Board.Member::chip)
              .toList();
      boolean said =
          !away.isEmpty() && away.stream().allMatch(each -> isSaid(desk.memory.chip(each), board));
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
          said ? Severity.LOW : Severity.HIGH,
          board.id(),
          board.since(),
          List.of(board.changes().getLast().index()),
          about,
          board.id(),
          String.valueOf(away.size()),
          String.valueOf(board.members().size()));
    }
    desk.memory.changed.clear();
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
