package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A baseboard as its chips tell of it, and how far they still agree: who was ever seen on it, what
 * each named when it was heard last, and how its cohesion changed.
 *
 * @param id {@code board-} and 16 hexadecimal digits, which follow from what the board was first
 *     known by; with {@code declared-} before them where it rests on the host's word
 * @param basis whose word its adjacency is
 * @param marks what its chips have in common: on a signed board the ids of its switches
 * @param members all chips that ever named one of the marks, by id
 * @param changes of its grade, oldest first, at most {@value #MOST_CHANGES}, the oldest dropped;
 *     the last is what it is now
 */
public record Board(
    String id,
    Basis basis,
    SortedSet<String> marks,
    SortedMap<String, Member> members,
    List<Change> changes) {
  /** How many changes of its grade a board remembers. */
  static final int MOST_CHANGES = 64;

  /**
   * How many chips a board knows; more than any baseboard carries. A host that invents chips on and
   * on makes no board grow without end: one more is no member.
   */
  static final int MOST_MEMBERS = 512;

  /** How many marks a board knows; one more is not added. */
  static final int MOST_MARKS = 1024;

  /** Whose word adjacency is, the firmer first. */
  public enum Basis {
    /** The chips', under their manufacturer's signatures. */
    SIGNED,
    /** The host's, which can be written anew. */
    HOST_DECLARED;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How far the chips of a board still agree about each other. */
  public enum Grade {
    /** All known members name the same marks, those of the board. */
    INTACT,
    /** Some still share one. */
    PARTIAL,
    /** No two share one. */
    SCATTERED;

    /** The stable word of JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A chip that was seen on the board.
   *
   * @param first when it was first seen there
   * @param last when it was last heard, wherever it was then
   * @param host that it was in then
   * @param marks that it named then
   * @param onBoardUntil when it last named a mark of this board
   * @param awaySince when it was first heard naming none of them; null while it is on the board
   */
  public record Member(
      String chip,
      Instant first,
      Instant last,
      String host,
      SortedSet<String> marks,
      Instant onBoardUntil,
      @Nullable Instant awaySince) {
    public Member {
      requireNonNull(chip, "chip");
      requireNonNull(first, "first");
      requireNonNull(last, "last");
      requireNonNull(host, "host");
      marks = ImmutableSortedSet.copyOf(marks);
      requireNonNull(onBoardUntil, "onBoardUntil");
    }

    /** Whether it named no mark of the board when it was heard last. */
    public boolean isAway() {
      return awaySince != null;
    }
  }

  /**
   * The grade became so.
   *
   * @param index of the entry that showed it
   */
  public record Change(Instant at, Grade grade, long index) {
    public Change {
      requireNonNull(at, "at");
      requireNonNull(grade, "grade");
    }
  }

  public Board {
    requireNonNull(id, "id");
    requireNonNull(basis, "basis");
    marks = ImmutableSortedSet.copyOf(marks);
    members = ImmutableSortedMap.copyOf(members);
    changes = List.copyOf(changes);
    if (marks.isEmpty() || members.isEmpty() || changes.isEmpty()) {
      throw new IllegalArgumentException("a board has marks, members and a grade");
    }
  }

  /** What it is now. */
  public Grade grade() {
    return changes.getLast().grade();
  }

  /** When it became so. */
  public Instant since() {
    return changes.getLast().at();
  }

  /** When one of its members was heard last. */
  public Instant heard() {
    return members.values().stream().map(Member::last).max(Instant::compareTo).orElseThrow();
  }

  /** How many of its members are away. */
  public long away() {
    return members.values().stream().filter(Member::isAway).count();
  }

  /** What it is now, as a sentence that says so where it rests on the host's word. */
  public Reason reason() {
    return Reason.of(
        "cohesion." + grade().word() + (basis == Basis.SIGNED ? "" : "-declared"),
        id,
        String.valueOf(away()),
        String.valueOf(members.size()));
  }

  /**
   * The grade that follows from what members named last. One that has left alone makes a board of
   * one scattered: nothing is left of it.
   */
  static Grade grade(SortedSet<String> marks, Collection<Member> members) {
    Set<SortedSet<String>> named = new HashSet<>();
    Map<String, Integer> naming = new HashMap<>();
    boolean away = false;
    for (Member each : members) {
      named.add(each.marks());
      away |= Collections.disjoint(each.marks(), marks);
      each.marks().forEach(mark -> naming.merge(mark, 1, Integer::sum));
    }
    if (named.size() == 1 && !away) {
      return Grade.INTACT;
    }
    return naming.values().stream().anyMatch(count -> count > 1) ? Grade.PARTIAL : Grade.SCATTERED;
  }
}
