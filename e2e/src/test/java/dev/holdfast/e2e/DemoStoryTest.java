package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.holdfast.base.MessageCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The story of {@code holdfast demo} in a real browser: to the case that is opened on the road, and
 * to the lease that is refused abroad. Its pictures are those of the README and of docs/tour.md.
 */
final class DemoStoryTest {
  private static final Path PICTURES = Path.of("target", "tour");
  private static final double PATIENCE = 60_000;

  /** How long a machine with much else to do may need for the whole story. */
  private static final double WHOLE = 420_000;

  /** How often the clock is looked at until it stands still. */
  private static final int LOOKS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private final List<String> complaints = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  @Timeout(600)
  void the_story_is_told_to_the_case_on_the_road_and_the_lease_that_is_refused_abroad()
      throws Exception {
    Optional<Path> executable = Chromium.find();
    assumeTrue(
        executable.isPresent(),
        "the pages need a browser: chromium, chromium-browser or google-chrome on the PATH");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    try (DemoProcess demo = DemoProcess.start(folder, "--minutes", "1");
        BrowserContext context = context(Chromium.running(executable.orElseThrow()), demo)) {
      Page page = context.newPage();
      page.navigate(demo.uri() + "/#token=" + demo.token());
      page.waitForURL("**/#/world");
      Locator bar = page.locator("demo-bar");
      assertThat(bar).isVisible();

      it_is_held_and_goes_on_by_steps(demo, page);
      it_hurries_to_what_happens_next(demo, page);

      button(page, "page.playback.resume").click();
      button(page, "8×").click();
      chapter(bar, "inspection");
      picture(page, "inspection");
      chapter(bar, "case");
      button(page, "page.playback.pause").click();
      JsonNode found = demo(demo, "cases").path("items");
      assertThat(found).hasSize(1);
      assertThat(found.path(0).path("severity").asString()).isEqualTo("high");
      JsonNode opened = line(demo, "playback.chapter.case");
      assertThat(opened.path("sentence").asString()).contains("still on the road");
      assertThat(demo(demo, "playback").path("items"))
          .noneMatch(each -> each.path("sentence").asString().contains("cross the border"));
      picture(page, "story");
      board(demo, page);

      button(page, "page.playback.resume").click();
      assertThat(bar.locator(".finished"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(WHOLE));
      it_ends_with_leases_for_honest_hosts_and_none_for_those_abroad(demo);
      page.navigate(demo.uri() + "/#/sites/sim-abroad");
      assertThat(page.locator("site-pane")).isVisible();
      button(page, "page.playback.chapters").click();
      assertThat(bar.locator("#chapters")).isVisible();
      picture(page, "chapters");
      page.keyboard().press("Escape");
      button(page, "page.playback.chapters").click();
      button(page, "page.playback.chapters").click();
      it_is_told_in_three_languages(page);
      in_both_themes_and_narrow(page);
      assertThat(complaints).isEmpty();
      assertThat(demo.said()).contains("Case 1 is opened while the parts are still on the road");
      assertThat(demo.stop()).isZero();
    }
  }

  private void it_is_held_and_goes_on_by_steps(DemoProcess demo, Page page) throws Exception {
    // Its first moment takes long: all that is there is declared, and signs.
    Instant from = Instant.parse(demo(demo, "playback").path("from").asString());
    page.waitForCondition(
        () -> now(demo).isAfter(from), new Page.WaitForConditionOptions().setTimeout(WHOLE));
    button(page, "page.playback.pause").click();
    Locator clock = page.locator("demo-bar .clock time");
    assertThat(page.locator("demo-bar .paused")).isVisible();
    // What was under way when it was held comes to its end.
    String held;
    int looks = 0;
    do {
      held = String.valueOf(clock.textContent());
      page.waitForTimeout(3000);
    } while (!held.equals(clock.textContent()) && looks++ < LOOKS);
    page.waitForTimeout(1500);
    assertThat(clock).hasText(held);
    Instant before = now(demo);
    button(page, "page.playback.step").click();
    assertThat(clock).not().hasText(held);
    Instant stepped = before.plus(Duration.ofHours(2));
    page.waitForCondition(() -> !now(demo).isBefore(stepped));
    // It goes no further.
    page.waitForTimeout(1000);
    assertThat(now(demo)).isEqualTo(stepped);
  }

  private void it_hurries_to_what_happens_next(DemoProcess demo, Page page) throws Exception {
    int lines = demo(demo, "playback").path("items").size();
    button(page, "page.playback.next").click();
    page.locator("demo-bar .paused").waitFor(new Locator.WaitForOptions().setTimeout(WHOLE));
    page.waitForCondition(
        () -> lines < count(demo), new Page.WaitForConditionOptions().setTimeout(WHOLE));
    assertThat(page.locator("demo-bar .paused")).isVisible();
  }

  private Instant now(DemoProcess demo) {
    try {
      return Instant.parse(demo(demo, "playback").path("now").asString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int count(DemoProcess demo) {
    try {
      return demo(demo, "playback").path("items").size();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void board(DemoProcess demo, Page page) throws Exception {
    JsonNode cohesion = line(demo, "playback.chapter.cohesion");
    String board = "";
    for (JsonNode each : demo(demo, "playback").path("items")) {
      for (JsonNode link : each.path("links")) {
        if (link.path("kind").asString().equals("board")) {
          board = link.path("id").asString();
        }
      }
    }
    assertThat(cohesion.path("basis").asString()).isEqualTo("found");
    assertThat(demo(demo, "boards/" + board).path("grade").asString()).isEqualTo("partial");
    page.navigate(demo.uri() + "/#/boards/" + board);
    assertThat(page.locator("board-graph svg")).isVisible();
    picture(page, "board");
    page.navigate(demo.uri() + "/#/world");
  }

  private void it_ends_with_leases_for_honest_hosts_and_none_for_those_abroad(DemoProcess demo)
      throws Exception {
    JsonNode told = demo(demo, "playback");
    assertThat(told.path("state").asString()).isEqualTo("finished");
    List<String> refused = new ArrayList<>();
    List<String> granted = new ArrayList<>();
    for (JsonNode each : told.path("items")) {
      if (each.path("chapter").asString().equals("playback.chapter.lease")) {
        (each.path("mark").asString().equals("refuted") ? refused : granted)
            .add(each.path("sentence").asString());
      }
    }
    assertThat(refused).hasSize(2).allMatch(each -> each.contains("sim-abroad"));
    // Once the two that were inspected, and at the end the honest six.
    assertThat(granted).hasSize(2);
    assertThat(granted.getLast()).contains("6 (", "Garland", "Slough");
    JsonNode cases = demo(demo, "cases").path("items");
    assertThat(cases).hasSize(1);
    assertThat(cases.path(0).path("sites"))
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder("sim-johor", "sim-bench", "sim-abroad");
    assertThat(told.path("items"))
        .extracting(each -> each.path("chapter").asString().replace("playback.chapter.", ""))
        .containsSubsequence(
            "purchase",
            "installation",
            "inspection",
            "dismantling",
            "silence",
            "transit",
            "cohesion",
            "case",
            "transit",
            "reassembly",
            "lease",
            "end");
  }

  private static void it_is_told_in_three_languages(Page page) {
    for (String language : List.of("zh", "ja", "en")) {
      page.locator("top-bar select").selectOption(language);
      String title = MessageCatalogue.in(Locale.of(language)).say("playback.chapter.end");
      assertThat(page.locator("demo-bar .line .chapter")).hasText(title);
    }
  }

  private static void in_both_themes_and_narrow(Page page) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    picture(page, "end-dark");
    page.setViewportSize(400, 860);
    assertThat(page.locator("demo-bar .line")).isVisible();
    picture(page, "end-narrow");
    assertThat((boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private BrowserContext context(Chromium chromium, DemoProcess demo) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1280, 800)
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
      if (!request.url().startsWith(demo.uri() + "/")) {
        complaints.add("another origin: " + request.url());
      }
    });
    return context;
  }

  /** Waits until something of a chapter was told. */
  private static void chapter(Locator bar, String name) {
    String title = MessageCatalogue.in(Locale.ENGLISH).say("playback.chapter." + name);
    bar.locator("#chapters h3", new Locator.LocatorOptions())
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + title + "\\s*$")))
        .first()
        .waitFor(
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED).setTimeout(WHOLE));
  }

  private static Locator button(Page page, String name) {
    String words = name.startsWith("page.") ? MessageCatalogue.in(Locale.ENGLISH).say(name) : name;
    return page.locator("demo-bar")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words).setExact(true));
  }

  private static void picture(Page page, String name) {
    // Let the map come to rest.
    page.waitForTimeout(1500);
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  private JsonNode line(DemoProcess demo, String chapter) throws Exception {
    for (JsonNode each : demo(demo, "playback").path("items")) {
      if (each.path("chapter").asString().equals(chapter)) {
        return each;
      }
    }
    throw new AssertionError("nothing was told of " + chapter);
  }

  private JsonNode demo(DemoProcess demo, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo.uri() + "/api/v1/" + path))
            .header("Authorization", "Bearer " + demo.token())
            .header("Accept-Language", "en")
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
