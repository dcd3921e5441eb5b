package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import dev.holdfast.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The part of a {@link Watch} that looks whether boards hold together. */
final class BoardWatch {
  private final WatchDesk desk;

  BoardWatch(WatchDesk desk) {
    this.desk = desk;
  }

  void sighted(List<Sighting> sightings) {
    Set<String> chips = new TreeSet<>();
    Set<String> marks = new TreeSet<>();
    for (Sighting each : sightings) {
      chips.add(each.chip());
      marks.addAll(each.marks());
    }
    var around = desk.memory.boards.boards(sightings.getFirst().basis(), chips, marks);
    around.forEach(each -> desk.memory.changed.putIfAbsent(each.id(), each.grade()));
    Cohesion.Step step = Cohesion.apply(around, sightings);
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
          !away.isEmpty() && away.stream().allMatch(each -> isSaid(desk.memory.chip(each)));
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

  private static boolean isSaid(ChipStory story) {
    ChipStory.Move move = story.move();
    return move != null
        && switch (move.step()) {
          case REMOVING, REPAIRING, DECOMMISSIONING, INSTALLING -> true;
          case SHIPPING, RECEIVING -> false;
        };
  }
}
