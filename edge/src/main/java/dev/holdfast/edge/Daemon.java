package dev.holdfast.edge;

/** A process that runs until it is told to end. */
public interface Daemon extends AutoCloseable {
  /** Starts all of its threads. */
  void start();

  /** Ends them, and keeps what is not yet kept; once more does nothing. */
  @Override
  void close();
}
