package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it: streams and environment. The launcher says which is a terminal.
 */
final class Surroundings {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Surroundings(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Standard input; nobody reads it twice. */
  InputStream in() {
    return in;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Colour only on a terminal, and never with NO_COLOR. */
  boolean colour() {
    return "1".equals(environment.get("HOLDFAST_STDOUT_TERMINAL"))
        && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Whether somebody watches standard error. */
  boolean watched() {
    return "1".equals(environment.get("HOLDFAST_STDERR_TERMINAL"));
  }

  /** The catalogue of a chosen language, or of the environment's, or English. */
  MessageCatalogue catalogue(@Nullable Locale chosen) {
    if (chosen != null) {
      return MessageCatalogue.in(chosen);
    }
    for (String variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return MessageCatalogue.in(
            Locale.of(value.substring(0, Math.min(2, value.length())).toLowerCase(Locale.ROOT)));
      }
    }
    return MessageCatalogue.in(Locale.ENGLISH);
  }
}
