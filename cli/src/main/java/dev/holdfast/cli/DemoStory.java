package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.TargetId;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.Playback;
import dev.holdfast.sim.ServedWorld;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A story that is told to a server over HTTP, by signed statements, at the pace of people who
 * watch; the server's clock is the story's.
 */
final class DemoStory implements Playback {
  /** For how long certificates hold after the end. */
  private static final Duration MORE = Duration.ofDays(30);

  private final StageSettings settings;
  private final Story story;
  private final DemoPace pace;
  private final Consumer<Line> heard;
  private final AtomicReference<Instant> clock = new AtomicReference<>(Stage.START);
  private final List<Line> lines = new ArrayList<>();
  private volatile Instant reached = Stage.START;
  private volatile boolean finished;
  private volatile boolean failed;

  /**
   * A story that is not told yet.
   *
   * @param wall how long all of it takes at speed 1
   * @param nanoseconds a clock that only goes forward
   * @param heard hears each line of the narrator
   */
  DemoStory(
      StageSettings settings,
      Story story,
      Duration wall,
      LongSupplier nanoseconds,
      Consumer<Line> heard) {
    this.settings = requireNonNull(settings, "settings");
    this.story = requireNonNull(story, "story");
    this.heard = requireNonNull(heard, "heard");
    pace = new DemoPace(Stage.START, settings.length(), wall, nanoseconds);
  }

  /** When it is over, in its own time. */
  static Instant end(StageSettings settings) {
    return Stage.START.plus(settings.length());
  }

  /** The clock for the server. */
  InstantSource clock() {
    return clock::get;
  }

  /** Moves the server's clock, and writes each time into its ledger. */
  private record Moving(AtomicReference<Instant> clock, HoldfastServer server)
      implements ServedWorld.Clock {
    @Override
    public void at(Instant time) {
      clock.set(time);
    }

    @Override
    public void pass(Instant to) {
      clock.set(to);
      try {
        server.passTime();
      } catch (InterruptedException e) {
        throw stopped();
      }
    }
  }

  /** Waits for its time before it goes on, and has the narrator look after each tick. */
  private final class Paced implements Stage.Audience {
    private final SignedStage stage;
    private final DemoNarrator narrator;

    private Paced(SignedStage stage, DemoNarrator narrator) {
      this.stage = stage;
      this.narrator = narrator;
    }

    @Override
    public void hear(Evidence evidence) {
      stage.hear(evidence);
    }

    @Override
    public void ask(TargetId host) {
      stage.ask(host);
    }

    @Override
    public void done(Stage.Deed deed) {
      stage.done(deed);
    }

    @Override
    public void tick(Instant at) {
      try {
        pace.await(at);
      } catch (InterruptedException e) {
        throw stopped();
      }
      stage.tick(at);
      reached = at;
      narrator.look(at);
    }
  }

  private static CancellationException stopped() {
    Thread.currentThread().interrupt();
    return new CancellationException("the story was stopped");
  }

  /**
   * Tells it to its end, or until the thread is interrupted.
   *
   * @throws CodedException where the server does not take it in
   */
  void tell(HoldfastServer server, String token) {
    URI uri = URI.create(server.uri());
    DemoNarrator narrator = new DemoNarrator(this::add);
    try (ServedWorld world =
        new ServedWorld(uri, token, new Moving(clock, server), narrator::answered)) {
      narrator.reads(world::get);
      SignedStage stage =
          new SignedStage(settings.seed(), settings.length().plus(MORE), world, narrator);
      var _ = new Stage(settings, story).play(new Paced(stage, narrator));
      narrator.end(reached);
      finished = true;
    } catch (CancellationException stopped) {
      failed = true;
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  private void add(Line line) {
    synchronized (lines) {
      lines.add(line);
    }
    pace.arrivedWhereWanted();
    heard.accept(line);
  }

  @Override
  public Stand stand() {
    List<Line> all;
    synchronized (lines) {
      all = List.copyOf(lines);
    }
    State state =
        failed
            ? State.FAILED
            : finished ? State.FINISHED : pace.isPaused() ? State.PAUSED : State.PLAYING;
    return new Stand(reached, Stage.START, end(settings), state, pace.speed(), all);
  }

  @Override
  public void pause() {
    pace.pause();
  }

  @Override
  public void resume() {
    pace.resume();
  }

  @Override
  public void step() {
    pace.step();
  }

  @Override
  public void next() {
    pace.hurry();
  }

  @Override
  public void speed(int times) {
    pace.speed(times);
  }
}
