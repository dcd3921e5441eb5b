package dev.holdfast.attest;

import dev.holdfast.attest.Board.Basis;
import dev.holdfast.attest.Board.Change;
import dev.holdfast.attest.Board.Grade;
import dev.holdfast.attest.Board.Member;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fold of boards: sightings of chips that came together, and the boards around them, give those
 * boards as they are then and what was noticed. No known product keeps this history.
 *
 * <p>A chip belongs to every board of which it ever named a mark. When it names none of them any
 * more it stays a member that is away, and so the board falls from intact to partial, and to
 * scattered once no two of its members share a mark. What it names instead founds or joins another
 * board. A board knows itself by its marks: if all its chips were put on another baseboard together
 * it is partial, since the chips hold together and the board does not.
 *
 * <p>Cost: each step reads the boards around its sightings and no others.
 */
public final class Cohesion {
  private Cohesion() {}

  /** Something about a board that people should know. */
  public enum Kind {
    /** Its grade fell. */
    FELL,
    /** Its grade rose again. */
    ROSE,
    /** A chip that was on it is on another, or on none. */
    LEFT,
    /** A chip names marks of more than one board. */
    MIXED
  }

  /**
   * One thing noticed.
   *
   * @param subject the board, or of MIXED the chip
   */
  public record Note(Kind kind, String subject, Reason reason, Instant at) {}

  /**
   * What a step made.
   *
   * @param boards those that changed
   */
  public record Step(List<Board> boards, List<Note> notes) {
    public Step {
      boards = List.copyOf(boards);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Takes sightings in that were made together, such as by one inventory.
   *
   * @param around all boards of this basis that know one of these chips as a member, or one of the
   *     marks
   * @param sightings of one basis, of different chips; those older than what a board knows of their
   *     chip change nothing
   */
  public static Step apply(Collection<Board> around, List<Sighting> sightings) {
    TreeMap<String, Board> boards = new TreeMap<>();
    around.forEach(each -> boards.put(each.id(), each));
    TreeMap<String, Board> changed = new TreeMap<>();
    List<Note> notes = new ArrayList<>();
    for (Sighting each : sightings) {
      List<Board> owners =
          boards.values().stream()
              .filter(board -> !Collections.disjoint(board.marks(), each.marks()))
              .toList();
      if (owners.size() > 1 && owners.stream().anyMatch(board -> isNews(board, each))) {
        notes.add(mixed(each, owners));
      }
      for (Board board : owners) {
        changed.put(board.id(), joined(board, each, owners.size() == 1));
      }
      for (Board board : List.copyOf(boards.values())) {
        if (board.members().containsKey(each.chip()) && !owners.contains(board)) {
          changed.put(board.id(), left(board, each, notes));
        }
      }
      if (owners.isEmpty()) {
        Board founded = founded(each);
        changed.put(founded.id(), founded);
      }
      boards.putAll(changed);
    }
    List<Board> graded = new ArrayList<>();
    for (Board board : changed.values()) {
      graded.add(graded(board, sightings.getLast(), notes));
    }
    return new Step(graded, notes);
  }

  /** Whether a board does not know yet that the chip names just these marks. */
  private static boolean isNews(Board board, Sighting sighting) {
    Member known = board.members().get(sighting.chip());
    return known == null
        ? board.members().size() < Board.MOST_MEMBERS
        : !sighting.at().isBefore(known.last()) && !sighting.marks().equals(known.marks());
  }

  private static Note mixed(Sighting sighting, List<Board> owners) {
    return new Note(
        Kind.MIXED,
        sighting.chip(),
        Reason.of(
            "cohesion.mixed",
            sighting.chip(),
            String.join(", ", owners.stream().map(Board::id).toList())),
        sighting.at());
  }

  private static Board founded(Sighting sighting) {
    Member member =
        new Member(
            sighting.chip(),
            sighting.at(),
            sighting.at(),
            sighting.host(),
            sighting.marks(),
            sighting.at(),
            null);
    return new Board(
        id(sighting.basis(), sighting.marks()),
        sighting.basis(),
        sighting.marks(),
        new TreeMap<>(Map.of(sighting.chip(), member)),
        List.of(new Change(sighting.at(), Grade.INTACT, sighting.index())));
  }

  /** What a board is called follows from the marks by which it was first known. */
  static String id(Basis basis, SortedSet<String> marks) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", marks).getBytes(StandardCharsets.UTF_8));
      String digits = HexFormat.of().formatHex(digest, 0, Long.BYTES);
      return (basis == Basis.SIGNED ? "board-" : "declared-board-") + digits;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * A chip names marks of the board.
   *
   * @param alone whether it names no marks of other boards, so that what is new to this one is its
   */
  private static Board joined(Board board, Sighting sighting, boolean alone) {
    Member before = board.members().get(sighting.chip());
    if (before == null
        ? board.members().size() >= Board.MOST_MEMBERS
        : sighting.at().isBefore(before.last())) {
      return board;
    }
    boolean same = sighting.marks().equals(board.marks());
    Member after =
        new Member(
            sighting.chip(),
            before == null ? sighting.at() : before.first(),
            sighting.at(),
            sighting.host(),
            // One set for all members that name the same is much less to keep.
            same ? board.marks() : sighting.marks(),
            sighting.at(),
            null);
    return new Board(
        board.id(),
        board.basis(),
        same || !alone ? board.marks() : more(board, sighting.marks()),
        with(board.members(), after),
        board.changes());
  }

  private static SortedSet<String> more(Board board, SortedSet<String> named) {
    TreeSet<String> marks = new TreeSet<>(board.marks());
    named.stream()
        .filter(mark -> !board.marks().contains(mark))
        .limit(Board.MOST_MARKS - board.marks().size())
        .forEach(marks::add);
    return marks;
  }

  /** A member names none of the board's marks. */
  private static Board left(Board board, Sighting sighting, List<Note> notes) {
    Member before = board.members().get(sighting.chip());
    if (before == null || sighting.at().isBefore(before.last())) {
      return board;
    }
    if (!before.isAway()) {
      notes.add(
          new Note(
              Kind.LEFT,
              board.id(),
              Reason.of(
                  "cohesion.left",
                  sighting.chip(),
                  board.id(),
                  Times.print(before.onBoardUntil()),
                  sighting.host()),
              sighting.at()));
    }
    Member after =
        new Member(
            before.chip(),
            before.first(),
            sighting.at(),
            sighting.host(),
            sighting.marks(),
            before.onBoardUntil(),
            before.awaySince() == null ? sighting.at() : before.awaySince());
    return new Board(
        board.id(), board.basis(), board.marks(), with(board.members(), after), board.changes());
  }

  private static SortedMap<String, Member> with(SortedMap<String, Member> members, Member one) {
    TreeMap<String, Member> all = new TreeMap<>(members);
    all.put(one.chip(), one);
    return all;
  }

  private static Board graded(Board board, Sighting last, List<Note> notes) {
    Grade now = Board.grade(board.marks(), board.members().values());
    Grade before = board.grade();
    if (now == before) {
      return board;
    }
    List<Change> changes = new ArrayList<>(board.changes());
    changes.add(new Change(last.at(), now, last.index()));
    int from = Math.max(0, changes.size() - Board.MOST_CHANGES);
    Board after =
        new Board(
            board.id(),
            board.basis(),
            board.marks(),
            board.members(),
            changes.subList(from, changes.size()));
    boolean fell = now.compareTo(before) > 0;
    notes.add(new Note(fell ? Kind.FELL : Kind.ROSE, board.id(), after.reason(), last.at()));
    return after;
  }
}
