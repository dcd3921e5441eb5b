package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.cli.Holdfast;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.replay.BundleTrust;
import dev.holdfast.replay.CaseDossier;
import dev.holdfast.replay.DossierOutcome;
import dev.holdfast.replay.DossierVerifier;
import dev.holdfast.replay.GroupedMaps;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hall is emptied and carried abroad; its case goes to somebody who was not there, as a file. */
final class CaseDossierTest {
  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static StagedServer served;

  private static long number;
  private static byte[] page = {};
  private static String trust = "";

  @BeforeAll
  static void play() throws Exception {
    served = new StagedServer(folder.resolve("data"));
    var _ = ShortStory.tell(served, 2, new ShortStory.Nobody());
    number = served.get("cases").items("items", 100).getFirst().whole("number");
    act("{\"kind\":\"assign\",\"to\":\"wei\"}");
    act("{\"kind\":\"comment\",\"text\":\"Called the site: <b>nobody</b> answers.\"}");
    trust = served.trustFile();
    page = dossier("en");
  }

  @AfterAll
  static void end() {
    served.close();
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          request
              .uri(served.uri().resolve("/api/v1/" + path))
              .header("Authorization", "Bearer " + served.token())
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  private static void act(String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(
            HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)),
            "cases/" + number + "/acts");
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
  }

  /** Asks until its newest entries are published, for twenty seconds. */
  private static byte[] dossier(String language) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = null;
    for (int i = 0; i < 100; i++) {
      answer = send(HttpRequest.newBuilder(), "cases/" + number + "/dossier?language=" + language);
      if (answer.statusCode() == 200) {
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
            .contains("case-" + number + ".html");
        return answer.body();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError(answer == null ? "" : new String(answer.body(), UTF_8));
  }

  private static DossierOutcome verified(byte[] octets) {
    return new DossierVerifier(
            new GroupedMaps(NaturalEarth.load()),
            BundleTrust.parse(trust.getBytes(UTF_8), "trust.yaml"))
        .verify(CaseDossier.parse(octets, "case"), octets);
  }

  /** What the command says of a file, in a process of its own. */
  private record Said(int status, String out) {}

  private static Said command(byte[] octets) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("case.html"), octets);
    Path trusted = Files.writeString(folder.resolve("trust.yaml"), trust);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holdfast.class.getName(),
                "verify",
                file.toString(),
                "--trust",
                trusted.toString(),
                "--output",
                "json")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), out);
  }

  @Test
  void the_command_accepts_the_file_and_refuses_it_with_one_word_changed_or_cut_off()
      throws Exception {
    Said accepted = command(page);
    assertThat(accepted.status()).as(accepted.out()).isZero();
    JsonFields said =
        JsonFields.read(accepted.out().getBytes(UTF_8), "out", 1 << 22, ErrorCode.PEER_FAILED);
    assertThat(said.text("result")).isEqualTo("ACCEPTED");
    assertThat(said.whole("number")).isEqualTo(number);
    assertThat(said.whole("followed")).isPositive();
    assertThat(said.texts("open", 1000)).isNotEmpty();
    assertThat(said.whole("bundles")).isPositive();

    String text = new String(page, UTF_8);
    String changed = text.replaceFirst("answers\\.", "answered.");
    assertThat(changed).isNotEqualTo(text);
    Said refused = command(changed.getBytes(UTF_8));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("REFUSED", "page: line ");
    assertThat(command(text.substring(0, text.length() / 2).getBytes(UTF_8)).status()).isEqualTo(2);
  }

  @Test
  void chips_that_were_carried_abroad_are_found_again_in_every_language() throws Exception {
    CaseDossier read = CaseDossier.parse(page, "case");
    List<String> followed = new ArrayList<>();
    read.findings().stream()
        .filter(CaseDossier.Stated::follows)
        .forEach(each -> followed.add(each.finding().kind()));
    assertThat(followed).contains("chip-at-other-site");
    assertThat(read.findings())
        .filteredOn(each -> each.finding().kind().contains("silent"))
        .isNotEmpty()
        .noneMatch(CaseDossier.Stated::follows);
    assertThat(new String(page, UTF_8)).contains("<svg", "&lt;b&gt;nobody&lt;/b&gt;", "wei");
    for (String language : List.of("zh", "ja")) {
      byte[] other = dossier(language);
      assertThat(new String(other, UTF_8)).contains("<html lang=\"" + language + "\">");
      assertThat(verified(other).reasons()).isEmpty();
    }
  }

  @Test
  void the_draft_of_a_disclosure_says_what_is_known_and_what_is_not() throws Exception {
    String draft =
        new String(send(HttpRequest.newBuilder(), "cases/" + number + "/disclosure").body(), UTF_8);
    assertThat(draft)
        .contains("15 CFR 764.5", "no legal advice", "must not be sent", "self-declared")
        .contains("Not known to Holdfast: value in U.S. dollars")
        .contains("chip-at-other-site", "## 5. Licences", "- Licence ", "classification: ")
        .contains("Called the site: \\<b\\>nobody\\</b\\> answers.");
    Files.createDirectories(ShownPages.SCREENSHOTS);
    Files.writeString(ShownPages.SCREENSHOTS.resolve("disclosure.md"), draft);
  }

  @Test
  void a_browser_shows_it_light_dark_narrow_and_on_paper_and_asks_for_nothing() throws Exception {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), "the page needs a browser");
    Path file = Files.write(folder.resolve("shown.html"), page);
    List<String> asked = new ArrayList<>();
    Chromium chromium = Chromium.running(executable.orElseThrow());
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : Counts.widths(scheme)) {
        try (BrowserContext context =
            chromium
                .browser()
                .newContext(
                    new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme))) {
          Page tab = context.newPage();
          tab.onRequest(request -> asked.add(request.url()));
          tab.onConsoleMessage(message -> asked.add(message.text()));
          tab.navigate(file.toUri().toString());
          assertThat(tab.title()).contains(String.valueOf(number));
          assertThat((Boolean) tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .isTrue();
          keep(tab, "dossier-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
          assertThat(Accessibility.violations(tab, scheme + " " + width)).isEmpty();
          if (width == 1280) {
            tab.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(tab.evaluate("getComputedStyle(document.body).backgroundColor").toString())
                .isEqualTo("rgb(255, 255, 255)");
            keep(tab, "dossier-print-" + scheme.name().toLowerCase(Locale.ROOT));
          }
        }
      }
    }
    assertThat(asked).allMatch(each -> each.startsWith("file:"));
  }

  private static void keep(Page tab, String name) {
    tab.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(ShownPages.SCREENSHOTS.resolve(name + ".png")));
  }
}
