package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.Board.Basis;
import dev.holdfast.attest.Board.Grade;
import dev.holdfast.attest.Cohesion.Kind;
import dev.holdfast.attest.Cohesion.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CohesionTest {
  private static final Instant BEGIN = Instant.parse("2026-07-01T00:00:00Z");
  private static final Set<String> HERE = Set.of("s1", "s2", "s3", "s4");

  private final TreeMap<String, Board> boards = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private int step;

  @Test
  void chips_that_name_the_same_switches_are_one_intact_board() {
    four();
    assertThat(boards).hasSize(1);
    assertThat(only().grade()).isEqualTo(Grade.INTACT);
    assertThat(only().members().keySet()).containsExactly("a", "b", "c", "d");
    assertThat(notes).isEmpty();
  }

  @Test
  void a_chip_that_names_other_switches_makes_its_board_partial_and_says_since_when() {
    four();
    Instant before = at();
    see("a", "host-9", Set.of("t1", "t2"));
    Board board = board("b");
    assertThat(board.grade()).isEqualTo(Grade.PARTIAL);
    assertThat(board.since()).isEqualTo(at());
    Board.Member gone = member(board, "a");
    assertThat(gone.isAway()).isTrue();
    assertThat(gone.host()).isEqualTo("host-9");
    assertThat(gone.marks()).containsExactly("t1", "t2");
    assertThat(gone.onBoardUntil()).isBefore(before);
    assertThat(gone.awaySince()).isEqualTo(at());
    assertThat(notes).extracting(Note::kind).containsExactly(Kind.LEFT, Kind.FELL);
    assertThat(boards).hasSize(2);
  }

  @Test
  void a_chip_that_was_on_and_off_a_board_at_one_moment_of_the_ledger_is_away() {
    four();
    take(new Sighting(Basis.SIGNED, "d", "h", at(), 99, new TreeSet<>(Set.of("t1", "t2"))));
    assertThat(board("b").grade()).isEqualTo(Grade.PARTIAL);
    assertThat(member(board("b"), "d").isAway()).isTrue();
  }

  @Test
  void a_board_whose_chips_all_went_different_ways_is_scattered() {
    four();
    see("a", "h", Set.of("t1"));
    see("b", "h", Set.of("t2"));
    assertThat(board("c").grade()).isEqualTo(Grade.PARTIAL);
    see("c", "h", Set.of("t3"));
    assertThat(board("d").grade()).isEqualTo(Grade.SCATTERED);
  }

  @Test
  void chips_put_on_another_baseboard_together_leave_a_partial_board_behind() {
    four();
    for (String chip : List.of("a", "b", "c", "d")) {
      see(chip, "h", Set.of("t1", "t2", "t3", "t4"));
    }
    Board old = on(HERE);
    assertThat(old.grade()).isEqualTo(Grade.PARTIAL);
    assertThat(old.members().values()).allMatch(Board.Member::isAway);
    Board fresh = on(Set.of("t1", "t2", "t3", "t4"));
    assertThat(fresh.grade()).isEqualTo(Grade.INTACT);
  }

  @Test
  void a_chip_that_comes_back_makes_its_board_intact_again() {
    four();
    see("a", "h", Set.of("t1"));
    see("a", "h1", HERE);
    assertThat(board("b").grade()).isEqualTo(Grade.INTACT);
    assertThat(board("b").changes())
        .extracting(Board.Change::grade)
        .containsExactly(Grade.INTACT, Grade.PARTIAL, Grade.INTACT);
    assertThat(notes).extracting(Note::kind).contains(Kind.ROSE);
  }

  @Test
  void a_chip_that_names_fewer_switches_than_the_others_is_partial_but_not_away() {
    four();
    see("a", "h1", Set.of("s1", "s2", "s3"));
    assertThat(board("b").grade()).isEqualTo(Grade.PARTIAL);
    assertThat(member(board("b"), "a").isAway()).isFalse();
  }

  @Test
  void a_chip_that_names_switches_of_two_boards_is_reported_and_joins_them_not() {
    four();
    see("e", "h2", Set.of("t1", "t2"));
    see("f", "h2", Set.of("s1", "t1"));
    assertThat(notes).extracting(Note::kind).contains(Kind.MIXED);
    assertThat(boards).hasSize(2);
    assertThat(boards.values()).allMatch(board -> board.members().containsKey("f"));
    assertThat(boards.values()).noneMatch(board -> board.marks().containsAll(Set.of("s1", "t1")));
  }

  @Test
  void a_chip_that_goes_on_naming_switches_of_two_boards_is_reported_once() {
    four();
    see("e", "h2", Set.of("t1", "t2"));
    for (int i = 0; i < 3; i++) {
      see("f", "h2", Set.of("s1", "t1"));
    }
    assertThat(notes).extracting(Note::kind).containsOnlyOnce(Kind.MIXED);
    see("f", "h2", Set.of("s2", "t1"));
    assertThat(notes.stream().filter(note -> note.kind() == Kind.MIXED)).hasSize(2);
  }

  @Test
  void chips_and_marks_without_number_make_no_board_without_number() {
    for (int i = 0; i < Board.MOST_MEMBERS + 10; i++) {
      see("chip-" + i, "h1", Set.of("s", "a" + i, "b" + i, "c" + i));
    }
    Board board = boards.firstEntry().getValue();
    assertThat(board.members()).hasSize(Board.MOST_MEMBERS).containsKey("chip-0");
    assertThat(board.marks()).hasSize(Board.MOST_MARKS).contains("s", "a0");
  }

  @Test
  void what_was_seen_earlier_changes_nothing_that_is_known_since() {
    four();
    see("a", "h", Set.of("t1"));
    Board partial = board("b");
    take(new Sighting(Basis.SIGNED, "a", "h1", BEGIN, 99, new TreeSet<>(HERE)));
    assertThat(board("b")).isEqualTo(partial);
  }

  @Test
  void signed_boards_and_those_of_the_hosts_word_are_told_apart_by_name() {
    TreeSet<String> marks = new TreeSet<>(HERE);
    assertThat(Cohesion.id(Basis.SIGNED, marks)).startsWith("board-");
    assertThat(Cohesion.id(Basis.HOST_DECLARED, marks)).startsWith("declared-board-");
  }

  @Test
  void the_grade_follows_from_what_members_named_last_whatever_happened_before() {
    Random random = new Random(7);
    int runs = Counts.thorough() ? 20_000 : 400;
    for (int run = 0; run < runs; run++) {
      boards.clear();
      List<String> chips = List.of("a", "b", "c", "d", "e");
      chips.forEach(chip -> see(chip, "h", HERE));
      for (int i = 0; i < 12; i++) {
        TreeSet<String> marks = new TreeSet<>();
        String baseboard = random.nextBoolean() ? "s" : "tuv".charAt(random.nextInt(3)) + "";
        for (int link = 1; link <= 4; link++) {
          marks.add(baseboard + link);
        }
        see(chips.get(random.nextInt(chips.size())), "h" + random.nextInt(3), marks);
      }
      for (Board board : boards.values()) {
        assertThat(board.grade()).isEqualTo(expected(board));
        assertThat(board.changes().getLast().grade()).isEqualTo(board.grade());
      }
    }
  }

  /** The definition, by pairs. */
  private static Grade expected(Board board) {
    List<Board.Member> members = List.copyOf(board.members().values());
    boolean same = true;
    boolean shared = false;
    for (int i = 0; i < members.size(); i++) {
      same &= members.get(i).marks().equals(members.getFirst().marks());
      same &= !Collections.disjoint(members.get(i).marks(), board.marks());
      for (int j = 0; j < i; j++) {
        shared |= !Collections.disjoint(members.get(i).marks(), members.get(j).marks());
      }
    }
    return same ? Grade.INTACT : shared ? Grade.PARTIAL : Grade.SCATTERED;
  }

  private void four() {
    for (String chip : List.of("a", "b", "c", "d")) {
      see(chip, "h1", HERE);
    }
  }

  private Instant at() {
    return BEGIN.plusSeconds(step);
  }

  private void see(String chip, String host, Set<String> marks) {
    step++;
    take(new Sighting(Basis.SIGNED, chip, host, at(), step, new TreeSet<>(marks)));
  }

  private void take(Sighting sighting) {
    List<Board> around =
        boards.values().stream()
            .filter(board ->
                board.members().containsKey(sighting.chip())
                    || !Collections.disjoint(board.marks(), sighting.marks()))
            .toList();
    Cohesion.Step made = Cohesion.apply(around, List.of(sighting));
    made.boards().forEach(each -> boards.put(each.id(), each));
    notes.addAll(made.notes());
  }

  private Board only() {
    assertThat(boards).hasSize(1);
    return boards.firstEntry().getValue();
  }

  private Board on(Set<String> marks) {
    return requireNonNull(boards.get(Cohesion.id(Basis.SIGNED, new TreeSet<>(marks))));
  }

  private static Board.Member member(Board board, String chip) {
    return requireNonNull(board.members().get(chip));
  }

  /** The oldest board that knows a chip: the first by the switches of here. */
  private Board board(String chip) {
    Board board = on(HERE);
    assertThat(board.members()).containsKey(chip);
    return board;
  }
}
