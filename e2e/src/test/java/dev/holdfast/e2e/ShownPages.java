package dev.holdfast.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/** The pages of a server with a simulated fleet, which other such tests look at too. */
abstract class ShownPages extends BrowserPages {
  static ShownFleet shown;

  @BeforeAll
  static void run() throws Exception {
    assumeTrue(Chromium.find().isPresent());
    shown = SharedFleet.fresh();
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
