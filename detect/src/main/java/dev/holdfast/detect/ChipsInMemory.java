package dev.holdfast.detect;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Board.Basis;
import dev.holdfast.model.Alias;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of chips and boards, in memory. For one thread. */
public final class ChipsInMemory implements ChipFold.Known {
  private final Map<String, ChipState> chips = new HashMap<>();
  private final Map<String, Board> boards = new HashMap<>();
  private final Map<Alias, SortedSet<String>> holders = new HashMap<>();
  private final Map<Place, SortedSet<String>> boardsOf = new HashMap<>();

  /** A chip as a member, or a mark, of boards of one basis. */
  private record Place(Basis basis, boolean isMark, String name) {}

  @Override
  public Optional<ChipState> chip(String id) {
    return Optional.ofNullable(chips.get(id));
  }

  @Override
  public SortedSet<String> holders(Alias alias) {
    return holders.getOrDefault(alias, new TreeSet<>());
  }

  @Override
  public Collection<Board> boards(Basis basis, Set<String> chipIds, Set<String> marks) {
    TreeMap<String, Board> found = new TreeMap<>();
    chipIds.forEach(each -> find(new Place(basis, false, each), found));
    marks.forEach(each -> find(new Place(basis, true, each), found));
    return found.values();
  }

  private void find(Place place, Map<String, Board> found) {
    for (String id : boardsOf.getOrDefault(place, new TreeSet<>())) {
      Board board = boards.get(id);
      if (board != null) {
        found.put(id, board);
      }
    }
  }

  /** Keeps what a step made. */
  public void keep(ChipFold.Step step) {
    for (ChipState chip : step.chips()) {
      chips.put(chip.id(), chip);
      chip.aliases()
          .forEach(each -> holders.computeIfAbsent(each, none -> new TreeSet<>()).add(chip.id()));
    }
    step.boards().forEach(this::keep);
  }

  private void keep(Board board) {
    boards.put(board.id(), board);
    board.marks().forEach(each -> put(new Place(board.basis(), true, each), board));
    board.members().keySet().forEach(each -> put(new Place(board.basis(), false, each), board));
  }

  private void put(Place place, Board board) {
    boardsOf.computeIfAbsent(place, none -> new TreeSet<>()).add(board.id());
  }

  /** All boards, by their ids. */
  public Collection<Board> boards() {
    return new TreeMap<>(boards).values();
  }
}
