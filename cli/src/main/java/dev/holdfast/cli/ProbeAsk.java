package dev.holdfast.cli;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.Timings;

/** A way to ask a reflector a number of times. */
interface ProbeAsk extends AutoCloseable {
  /** Whether only a holder of the key can have answered. */
  boolean keyed();

  /** Asks, and waits for the last answers. */
  Timings ask(PeerAddress to, RoundSettings settings);

  @Override
  void close();
}
