package dev.holdfast.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a server with a simulated fleet. */
abstract class ShownPages extends BrowserPages {
  @TempDir private static Path folder;

  static ShownFleet shown;

  @BeforeAll
  static void run() throws Exception {
    assumeTrue(Chromium.find().isPresent());
    shown = ShownFleet.start(folder);
  }

  @AfterAll
  static void end() {
    if (shown != null) {
      shown.close();
    }
  }

  @Override
  String uri() {
    return shown.uri();
  }

  @Override
  String token() {
    return shown.token();
  }
}
