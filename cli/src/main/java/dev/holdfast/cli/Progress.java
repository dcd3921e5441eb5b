package dev.holdfast.cli;

import java.io.Closeable;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error for work of more than two seconds, if somebody watches it. */
final class Progress implements Closeable {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
  private static final long EVERY = 1024;

  private final Surroundings surroundings;
  private final String task;
  private final String unit;
  private final long total;
  private final long started = System.nanoTime();
  private @Nullable ProgressBar bar;
  private long steps;

  /**
   * @param total how many steps there will be, or -1 where that is not known
   */
  Progress(Surroundings surroundings, String task, String unit, long total) {
    this.surroundings = surroundings;
    this.task = task;
    this.unit = unit;
    this.total = total;
  }

  /** One more step is done, which takes its time. */
  void step() {
    steps++;
    show(steps);
  }

  /** So many steps are done; looks at the clock only now and then. */
  void step(long done) {
    if (done % EVERY == 0) {
      show(done);
    }
  }

  /** So many steps are done, each of which takes its time. */
  void show(long done) {
    if (!surroundings.watched()) {
      return;
    }
    ProgressBar shown = bar;
    if (shown == null && System.nanoTime() - started > PATIENCE) {
      shown =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(" " + unit, 1)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(
                  new me.tongfei.progressbar.ConsoleProgressBarConsumer(surroundings.err(), 100))
              .setUpdateIntervalMillis(200)
              .continuousUpdate()
              .build();
      bar = shown;
    }
    if (shown != null) {
      shown.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
