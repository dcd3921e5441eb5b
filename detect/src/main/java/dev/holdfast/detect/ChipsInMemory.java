package dev.holdfast.detect;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Board.Basis;
import dev.holdfast.model.Alias;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of chips and boards, in memory. For one thread. */
public final class ChipsInMemory implements ChipFold.Known {
  private final Map<String, ChipState> chips = new HashMap<>();
  private final Map<String, Board> boards = new HashMap<>();
  private final Map<Alias, SortedSet<String>> holders = new HashMap<>();
  private final Map<Basis, Places> places = new EnumMap<>(Basis.class);

  /** Of one basis, the ids of the boards that chips are members of, and that marks are of. */
  private static final class Places {
    final Map<String, List<String>> members = new HashMap<>();
    final Map<String, List<String>> marks = new HashMap<>();

    /** The list of this board alone: one for all of its chips and marks, as far as can be. */
    List<String> alone(Board board) {
      List<String> there = marks.get(board.marks().first());
      return there != null && there.equals(List.of(board.id())) ? there : List.of(board.id());
    }

    private static void put(Map<String, List<String>> places, String name, List<String> board) {
      places.merge(
          name,
          board,
          (known, more) ->
              known.containsAll(more)
                  ? known
                  : Stream.concat(known.stream(), more.stream()).sorted().toList());
    }
  }

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
    Places known = places(basis);
    chipIds.forEach(each -> find(known.members, each, found));
    marks.forEach(each -> find(known.marks, each, found));
    return found.values();
  }

  /** The board that a chip is a member of; null where it is of none, or of several. */
  @Nullable Board only(Basis basis, String chip) {
    List<String> ids = places(basis).members.get(chip);
    return ids == null || ids.size() != 1 ? null : boards.get(ids.getFirst());
  }

  private Places places(Basis basis) {
    return places.computeIfAbsent(basis, none -> new Places());
  }

  private void find(Map<String, List<String>> of, String name, Map<String, Board> found) {
    for (String id : of.getOrDefault(name, List.of())) {
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

  /** Keeps a board. */
  void keep(Board board) {
    Board before = boards.put(board.id(), board);
    Places known = places(board.basis());
    List<String> alone = known.alone(board);
    if (before == null || !before.marks().equals(board.marks())) {
      board.marks().forEach(each -> Places.put(known.marks, each, alone));
    }
    if (before == null || !before.members().keySet().equals(board.members().keySet())) {
      board.members().keySet().forEach(each -> Places.put(known.members, each, alone));
    }
  }

  /** The boards of these ids that are there, in their order. */
  List<Board> boards(Collection<String> ids) {
    return ids.stream().sorted().filter(boards::containsKey).map(boards::get).toList();
  }

  /** All boards, by their ids. */
  public Collection<Board> boards() {
    return new TreeMap<>(boards).values();
  }
}
