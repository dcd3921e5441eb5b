package dev.holdfast.detect;

import dev.holdfast.attest.Board;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The boards that chips sign for, as a {@link Watch} keeps them: by their ids, by the switches that
 * they are known by, and, with each chip, those that it is a member of. For one thread.
 */
final class WatchBoards {
  private final ChipShelf chips;
  private final Map<String, Board> boards = new HashMap<>();
  private final Map<String, List<String>> ofMark = new HashMap<>();

  WatchBoards(ChipShelf chips) {
    this.chips = chips;
  }

  /** All boards that a chip is a member of, or that one of the marks is of, by their ids. */
  Collection<Board> around(Set<String> chipIds, Set<String> marks) {
    TreeMap<String, Board> found = new TreeMap<>();
    chipIds.forEach(each -> find(chips.boards(each), found));
    marks.forEach(each -> find(ofMark.getOrDefault(each, List.of()), found));
    return found.values();
  }

  private void find(List<String> ids, Map<String, Board> found) {
    for (String id : ids) {
      Board board = boards.get(id);
      if (board != null) {
        found.put(id, board);
      }
    }
  }

  /** The board that a chip is a member of; null where it is of none, or of several. */
  @Nullable Board only(String chip) {
    List<String> ids = chips.boards(chip);
    return ids.size() == 1 ? boards.get(ids.getFirst()) : null;
  }

  /** Whether a chip is a mark of one. */
  boolean isMark(String chip) {
    return ofMark.containsKey(chip);
  }

  /** Keeps a board, in the place of what it was before. */
  void keep(Board board) {
    Board before = boards.put(board.id(), board);
    List<String> alone = alone(board);
    if (before == null || !before.marks().equals(board.marks())) {
      board.marks().forEach(each -> ofMark.merge(each, alone, WatchBoards::and));
    }
    if (before == null || !before.members().keySet().equals(board.members().keySet())) {
      for (String each : board.members().keySet()) {
        List<String> known = chips.boards(each);
        chips.boards(each, known.isEmpty() ? alone : and(known, alone));
      }
    }
  }

  /** The list of this board alone: one for all of its chips and marks, as far as can be. */
  private List<String> alone(Board board) {
    List<String> there = ofMark.getOrDefault(board.marks().first(), List.of());
    return there.size() == 1 && there.contains(board.id()) ? there : List.of(board.id());
  }

  private static List<String> and(List<String> known, List<String> more) {
    return known.containsAll(more)
        ? known
        : Stream.concat(known.stream(), more.stream()).sorted().toList();
  }

  /** The boards of these ids that are there, in their order. */
  List<Board> boards(Collection<String> ids) {
    return ids.stream().sorted().filter(boards::containsKey).map(boards::get).toList();
  }

  /** All boards, by their ids. */
  Collection<Board> boards() {
    return new TreeMap<>(boards).values();
  }
}
