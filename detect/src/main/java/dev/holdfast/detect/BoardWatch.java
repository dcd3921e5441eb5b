package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
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
