package dev.holdfast.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the libraries of the server say on standard error. */
final class ServerLog {
  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private ServerLog() {}

  /** From now on only what somebody should look at. */
  static void onlyWarnings() {
    ROOT.setLevel(Level.WARNING);
  }
}
