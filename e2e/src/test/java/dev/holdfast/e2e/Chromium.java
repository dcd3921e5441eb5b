package dev.holdfast.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Chromium that this machine has, without a window. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static @Nullable Chromium latest;

  private final Browser browser;

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  /** Where it is, by the names that systems give it. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> folders(path).map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> folders(String path) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  /**
   * The one of this process, which ends with it; a test opens its own context, as of a new user.
   */
  static synchronized Chromium running(Path executable) {
    Chromium found = latest;
    if (found == null || !found.browser.isConnected()) {
      found = start(executable);
      latest = found;
    }
    return found;
  }

  /** Starts it; Playwright's own driver speaks to it, and downloads nothing. */
  private static Chromium start(Path executable) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
      return new Chromium(
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable)
                      .setHeadless(true)
                      // Without it no superuser can start it; it opens the project's own pages
                      // only.
                      .setArgs(List.of("--no-sandbox"))));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }
}
