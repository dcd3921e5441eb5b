package dev.holdfast.picture;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Boards to draw, made as they come about: by sightings. */
final class Boards {
  static final Instant BEGIN = Instant.parse("2026-07-01T00:00:00Z");
  static final BoardWords WORDS =
      new BoardWords(
          "Switches",
          "Signs",
          "Chips",
          "Away",
          "Elsewhere",
          "in {0}",
          "on it until {0}",
          "+ {0} more",
          "names all",
          "names some",
          "names none",
          "the host’s word",
          "simulated");

  private final TreeMap<String, Board> boards = new TreeMap<>();
  private final Board.Basis basis;
  private int step;

  Boards(Board.Basis basis) {
    this.basis = basis;
  }

  static Boards signed() {
    return new Boards(Board.Basis.SIGNED);
  }

  /** A board of so many chips that all name so many switches. */
  static Boards of(int chips, int switches) {
    return signed().see(chips, ids("switch-", switches));
  }

  static List<String> ids(String beginning, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> beginning + "%016x".formatted(i * 0x9e3779b97f4a7c15L))
        .toList();
  }

  Boards see(int chips, List<String> marks) {
    ids("gpu-", chips).forEach(chip -> see(chip, "host-1", marks));
    return this;
  }

  Boards see(String chip, String host, List<String> marks) {
    Instant at = BEGIN.plusSeconds(60L * step++);
    Sighting sighting = new Sighting(basis, chip, host, at, step, new TreeSet<>(marks));
    Cohesion.apply(List.copyOf(boards.values()), List.of(sighting))
        .boards()
        .forEach(each -> boards.put(each.id(), each));
    return this;
  }

  /** The board that came about first. */
  Board board() {
    return boards.values().stream()
        .min((a, b) -> a.changes().getFirst().at().compareTo(b.changes().getFirst().at()))
        .orElseThrow();
  }

  Picture draw() {
    return draw(BoardGraph.USUAL);
  }

  Picture draw(int width) {
    return Picture.of(BoardGraph.draw(board(), caption("Board one", false), width));
  }

  static BoardCaption caption(String title, boolean simulated) {
    return new BoardCaption("en", title, "Sentence of " + title + ".", simulated, WORDS);
  }
}
