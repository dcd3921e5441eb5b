package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A story that is played to a server while people watch: they can hold it, and hear what happens.
 * Safe for many threads. Only a server of a simulation has one.
 */
public interface Playback {
  /** How many times faster than usual it may go. */
  List<Integer> SPEEDS = List.of(1, 2, 4, 8);

  /** Whether it goes on. */
  enum State {
    PLAYING,
    PAUSED,
    /** All of it was played. */
    FINISHED,
    /** It broke off. */
    FAILED
  }

  /** By whose word a line stands. */
  enum Basis {
    /** It is part of the story, and nobody told the server. */
    STORY,
    /** People or sources told the server. */
    SAID,
    /** The server found or answered it. */
    FOUND
  }

  /**
   * Where a line leads.
   *
   * @param kind site, host, chip, board or case
   */
  record Link(String kind, String id) {
    public Link {
      requireNonNull(kind, "kind");
      requireNonNull(id, "id");
    }
  }

  /**
   * A line of the narrator, of something that has happened.
   *
   * @param at simulated time
   * @param chapter the code of a message: what this is part of
   * @param mark such as {@code attention} or {@code none}
   * @param sentences one at least
   */
  record Line(
      Instant at,
      Reason chapter,
      Basis basis,
      String mark,
      List<Reason> sentences,
      List<Link> links) {
    public Line {
      requireNonNull(at, "at");
      requireNonNull(chapter, "chapter");
      requireNonNull(basis, "basis");
      requireNonNull(mark, "mark");
      sentences = List.copyOf(sentences);
      links = List.copyOf(links);
      if (sentences.isEmpty()) {
        throw new IllegalArgumentException("a line says something");
      }
    }
  }

  /**
   * Where it stands.
   *
   * @param now simulated
   * @param speed one of {@link #SPEEDS}
   * @param lines all so far, oldest first
   */
  record Stand(Instant now, Instant from, Instant until, State state, int speed, List<Line> lines) {
    public Stand {
      requireNonNull(now, "now");
      requireNonNull(state, "state");
      lines = List.copyOf(lines);
      if (!until.isAfter(from)) {
        throw new IllegalArgumentException("a story takes time");
      }
    }

    /** The share that was played, 0 to 1. */
    public double played() {
      double share =
          (double) Duration.between(from, now).toMillis()
              / Duration.between(from, until).toMillis();
      return Math.max(0, Math.min(1, share));
    }
  }

  /** Where it stands now. */
  Stand stand();

  /** Holds it. */
  void pause();

  /** Goes on. */
  void resume();

  /** Lets time pass once more, and holds it then. */
  void step();

  /** Goes on as fast as it can until the narrator says something, and holds it then. */
  void next();

  /**
   * Goes on at another speed, or will.
   *
   * @param times one of {@link #SPEEDS}
   */
  void speed(int times);
}
