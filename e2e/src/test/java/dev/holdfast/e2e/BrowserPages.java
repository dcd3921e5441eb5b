package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.holdfast.base.MessageCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The pages of a real server in a real browser. After each test: nothing was asked of another
 * origin, and the browser's console has no errors.
 */
abstract class BrowserPages {
  static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double PATIENCE = 15_000;

  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();

  /** What a test makes the browser complain of. */
  Pattern expected = Pattern.compile("(?!)");

  private BrowserContext context;
  Page page;

  @BeforeAll
  static void startBrowser() {
    Optional<Path> executable = Chromium.find();
    assumeTrue(
        executable.isPresent(),
        "the pages need a browser: chromium, chromium-browser or google-chrome on the PATH");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    chromium = Chromium.running(executable.orElseThrow());
  }

  @BeforeEach
  void openTab() {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1440, 900)
                    .setLocale("en-US")
                    .setColorScheme(ColorScheme.LIGHT)
                    .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(PATIENCE);
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text() + " " + message.location());
      }
    });
    context.onWebError(error -> complaints.add(error.error()));
    context.onRequest(request -> {
      if (!request.url().startsWith(uri() + "/")) {
        complaints.add("another origin: " + request.url());
      }
    });
    page = context.newPage();
  }

  @AfterEach
  void the_browser_had_nothing_to_complain_of() {
    page.unrouteAll();
    // What the browser says is heard while it is asked something.
    page.waitForTimeout(50);
    context.close();
    assertThat(complaints).filteredOn(each -> !expected.matcher(each).find()).isEmpty();
  }

  /** Where the server listens. */
  abstract String uri();

  /** The token of its administrator. */
  abstract String token();

  List<String> violations(String where) {
    return Accessibility.violations(page, where);
  }

  /** As with the address that {@code holdfast demo} opens. */
  void signIn() {
    signIn(token());
  }

  void signIn(String token) {
    page.navigate(uri() + "/#token=" + token);
    page.waitForURL("**/#/world");
    settle();
  }

  void open(String address) {
    page.navigate(uri() + "/" + address);
    // The page hears of its new address a moment later.
    page.evaluate("() => new Promise((end) => requestAnimationFrame(() => setTimeout(end, 50)))");
    settle();
  }

  /** Waits until what the page shows is there and no skeleton is left. */
  void settle() {
    assertThat(page.locator("main > *")).isVisible();
    page.waitForFunction(
        """
        () => {
          const holds = (root) =>
            root.querySelector(".skeleton") ||
            [...root.querySelectorAll("*")].some((each) => each.shadowRoot && holds(each.shadowRoot));
          return !holds(document);
        }
        """);
  }

  void hasRows(int number) {
    assertThat(page.locator("data-table table"))
        .hasAttribute("aria-rowcount", String.valueOf(number + 1));
  }

  void walk(String key, int row) {
    page.keyboard().press(key);
    assertThat(page.locator("data-table tr.row:focus"))
        .hasAttribute("data-number", String.valueOf(row));
  }

  void keepScreenshot(String name) {
    settle();
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  static String english(String key) {
    return MessageCatalogue.in(Locale.ENGLISH).say(key);
  }

  /** The button in the head of a column. */
  Locator head(String key) {
    return page.locator("data-table th")
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(english(key)).setExact(true));
  }
}
