package dev.holdfast.server;

import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A story of a day that stands still: what it is asked to do is put down. */
final class HeldPlayback implements Playback {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  final List<String> asked = new ArrayList<>();
  private int speed = 1;

  @Override
  public Stand stand() {
    return new Stand(
        BEGIN.plus(Duration.ofHours(6)),
        BEGIN,
        BEGIN.plus(Duration.ofDays(1)),
        asked.contains("pause") ? State.PAUSED : State.PLAYING,
        speed,
        List.of(
            new Line(
                BEGIN,
                Reason.of("playback.chapter.dismantling"),
                Basis.STORY,
                "none",
                List.of(Reason.of("playback.told.removed", "Johor Bahru", "3")),
                List.of(new Link("site", "sim-johor"))),
            new Line(
                BEGIN.plus(Duration.ofHours(5)),
                Reason.of("playback.chapter.silence"),
                Basis.FOUND,
                "attention",
                List.of(
                    Reason.of("playback.told.found.site-silent", "1", "Johor Bahru"),
                    Reason.of("playback.told.light")),
                List.of(new Link("case", "1")))));
  }

  @Override
  public void pause() {
    asked.add("pause");
  }

  @Override
  public void resume() {
    asked.add("resume");
  }

  @Override
  public void step() {
    asked.add("step");
  }

  @Override
  public void next() {
    asked.add("next");
  }

  @Override
  public void speed(int times) {
    asked.add("speed " + times);
    speed = times;
  }
}
