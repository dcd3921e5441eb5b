package dev.holdfast.picture;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Board.Member;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of a board is drawn: of many chips those that are away first, of many marks the first in
 * their order; the rest is counted.
 */
record BoardScene(
    Board board, Some<String> marks, Some<Member> on, Some<Member> away, Some<String> elsewhere) {
  private static final int MOST_MARKS = 18;
  private static final int MOST_CHIPS = 72;

  /** Those of a list that are drawn, and how many are not. */
  record Some<T>(List<T> drawn, int more) {
    static <T> Some<T> of(Collection<T> all, int most) {
      List<T> drawn = all.stream().limit(most).toList();
      return new Some<>(drawn, all.size() - drawn.size());
    }

    int total() {
      return drawn.size() + more;
    }
  }

  /** How a chip stands to the board. */
  enum Standing {
    /** It names all marks of the board and no others. */
    WHOLLY,
    /** It names some of them, or others too. */
    PARTLY,
    /** It names none of them. */
    GONE
  }

  BoardScene(Board board) {
    this(board, Some.of(members(board, true).toList(), MOST_CHIPS));
  }

  private BoardScene(Board board, Some<Member> away) {
    this(
        board,
        Some.of(board.marks(), MOST_MARKS),
        Some.of(members(board, false).toList(), Math.max(1, MOST_CHIPS - away.drawn().size())),
        away,
        Some.of(others(board), MOST_MARKS));
  }

  private static Stream<Member> members(Board board, boolean away) {
    return board.members().values().stream().filter(each -> each.isAway() == away);
  }

  private static TreeSet<String> others(Board board) {
    TreeSet<String> others = new TreeSet<>();
    board.members().values().forEach(each -> others.addAll(each.marks()));
    others.removeAll(board.marks());
    return others;
  }

  Standing standing(Member member) {
    if (member.isAway()) {
      return Standing.GONE;
    }
    return member.marks().equals(board.marks()) ? Standing.WHOLLY : Standing.PARTLY;
  }

  boolean signed() {
    return board.basis() == Board.Basis.SIGNED;
  }

  /** All chips that are drawn. */
  List<Member> chips() {
    return Stream.concat(on.drawn().stream(), away.drawn().stream()).toList();
  }

  /** How chips stand of which there is one at least. */
  List<Standing> standings() {
    return board.members().values().stream().map(this::standing).distinct().sorted().toList();
  }
}
