package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.sim.SimulatedSite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An auditor sees what was disclosed and nothing else, and checks it in the browser. */
final class AuditorPageTest extends ShownPages {
  private static int auditors;
  private String name = "";
  private String auditor = "";
  private SimulatedSite site;

  @BeforeEach
  void disclose() {
    name = "ward-" + ++auditors;
    auditor =
        JsonMapper.shared()
            .readTree(said("tokens", Map.of("name", name, "role", "auditor")))
            .get("token")
            .asString();
    site = shown.fleet().sites().getFirst();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    said(
        "disclosures",
        Map.of(
            "auditor",
            name,
            "site",
            site.id(),
            "from",
            stamp(now.minus(Duration.ofDays(2))),
            "until",
            stamp(now.plus(Duration.ofDays(2)))));
  }

  private static String stamp(Instant time) {
    return time.toString().replace("Z", ".000Z");
  }

  private String said(String path, Map<String, Object> body) {
    var answer =
        page.request()
            .post(
                shown.uri() + "/api/v1/" + path,
                RequestOptions.create()
                    .setHeader("Authorization", "Bearer " + shown.token())
                    .setData(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  private void signInAsAuditor() {
    // What is for those who read all is not for an auditor, and the feed tries.
    expected = java.util.regex.Pattern.compile("403");
    page.navigate(shown.uri() + "/#token=" + auditor);
    page.waitForURL("**/#/world");
    settle();
    open("#/audit");
  }

  /**
   * The names of what was not disclosed. Landmarks are for everybody, and some towns have both; the
   * chip that was carried signed in a host of the disclosed site, so that it is told of there.
   */
  private List<String> hidden() throws Exception {
    List<String> landmarks =
        shown.items("landmarks").stream()
            .flatMap(each -> Stream.of(each.get("id").asString(), each.get("name").asString()))
            .toList();
    List<String> hidden = new ArrayList<>();
    for (SimulatedSite each : shown.fleet().sites()) {
      if (!each.id().equals(site.id())
          && !landmarks.contains(each.id())
          && !landmarks.contains(each.name())) {
        hidden.add("\"" + each.id() + "\"");
        hidden.add(each.name());
      }
    }
    shown.fleet().hosts().stream()
        .filter(each -> !each.site().id().equals(site.id()))
        .forEach(each -> hidden.add("\"" + each.name() + "\""));
    shown.fleet().chips().stream()
        .filter(each -> !each.host().site().id().equals(site.id()))
        .filter(each -> !each.id().equals(shown.carried().id()))
        .forEach(each -> {
          hidden.add(each.id());
          hidden.addAll(each.aliases());
        });
    return hidden;
  }

  @Test
  void nothing_but_what_was_disclosed_occurs_in_any_answer() throws Exception {
    List<String> hidden = hidden();
    assertThat(hidden).hasSizeGreaterThan(50);
    List<String> told = new ArrayList<>();
    int answered = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : paths()) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(shown.uri() + path))
                    .header("Authorization", "Bearer " + auditor)
                    .timeout(Duration.ofSeconds(60))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        answered += answer.statusCode() == 200 ? 1 : 0;
        for (String each : hidden) {
          if (answer.statusCode() == 200 && answer.body().contains(each)) {
            told.add(path + " tells " + each);
          }
        }
      }
    }
    assertThat(told).isEmpty();
    assertThat(answered).isGreaterThan(20);
  }

  /** Every operation, by the names of one thing that is disclosed and of one that is not. */
  private List<String> paths() throws Exception {
    JsonNode operations =
        JsonMapper.shared()
            .readTree(page.request().get(shown.uri() + "/openapi.json").text())
            .get("paths");
    List<String> ids = new ArrayList<>();
    for (String each : List.of(site.id(), shown.fleet().sites().getLast().id())) {
      ids.add(each);
      shown.fleet().chips().stream()
          .filter(chip -> chip.host().site().id().equals(each))
          .limit(2)
          .forEach(chip -> {
            ids.add(chip.id());
            ids.add(chip.host().name());
          });
    }
    shown.items("boards").forEach(board -> ids.add(board.get("id").asString()));
    List<String> paths = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : operations.properties()) {
      if (!each.getValue().has("get") || each.getKey().endsWith("/bundle")) {
        continue;
      }
      for (String id : each.getKey().contains("{id}") ? ids : List.of("")) {
        String path =
            each.getKey()
                .replace("{id}", URI.create("x:/" + id).getRawPath().substring(1))
                .replaceAll("\\{[a-z]+}", "1");
        paths.add(path.endsWith("/search") ? path + "?question=Who%20was%20there" : path);
      }
    }
    return paths;
  }

  @Test
  void the_page_says_what_was_disclosed_and_how_much_was_not() throws Exception {
    signInAsAuditor();
    Locator row = page.locator("audit-disclosures tbody tr");
    assertThat(row).hasCount(1);
    assertThat(row).containsText(site.name());
    assertThat(row).containsText("admin");
    assertThat(page.locator("audit-page")).containsText("you can prove to be there, not read");
    assertThat(page.locator("audit-page article")).hasCount(1);
    assertThat(page.locator("audit-disclosures button")).hasCount(0);
    String text = page.locator("main").innerText();
    for (SimulatedSite each : shown.fleet().sites()) {
      if (!each.id().equals(site.id())) {
        assertThat(text).doesNotContain(each.name());
      }
    }
    assertThat(violations("the page of an auditor")).isEmpty();
  }

  @Test
  void the_log_and_the_verdicts_are_checked_in_the_browser() {
    signInAsAuditor();
    Locator check = page.getByText(english("page.audit.log.check"));
    Locator result = page.locator("audit-page .result");
    check.click();
    assertThat(result).containsText("for the first time");
    awaitGrowth();
    check.click();
    assertThat(result).containsText("continues the one of");
    page.locator("audit-verdicts button").first().click();
    assertThat(page.locator("audit-verdicts .tick").first()).isVisible();
    assertThat(page.locator("audit-verdicts .bad")).hasCount(0);
    assertThat(page.locator("audit-verdicts copy-line code").first())
        .containsText("holdfast verify verdict-");
    assertThat(violations("a checked log")).isEmpty();
    screenshots("audit");
  }

  @Test
  void a_log_that_was_rewritten_and_a_bundle_that_was_changed_are_noticed() {
    signInAsAuditor();
    Locator check = page.getByText(english("page.audit.log.check"));
    Locator result = page.locator("audit-page .result");
    check.click();
    assertThat(result).containsText("for the first time");
    awaitGrowth();
    page.route("**/log/tile/0/**", AuditorPageTest::otherOctets);
    check.click();
    assertThat(page.locator("audit-page .result.bad")).containsText("was rewritten");
    page.unroute("**/log/tile/0/**");
    check.click();
    assertThat(result).containsText("continues the one of");
    page.route("**/log/checkpoint", AuditorPageTest::otherSize);
    check.click();
    assertThat(page.locator("audit-page .result.bad")).containsText("does not fit");
    page.unroute("**/log/checkpoint");
    page.route("**/bundle", AuditorPageTest::otherEntry);
    page.locator("audit-verdicts button").first().click();
    assertThat(page.locator("audit-verdicts .bad").first()).containsText("The proof is wrong");
    assertThat(page.locator("audit-verdicts .tick")).hasCount(0);
  }

  /** The server ticks, so the log grows; a checkpoint is of it soon after. */
  private void awaitGrowth() {
    long before = published();
    page.waitForCondition(() -> published() > before);
  }

  private static long published() {
    try {
      return shown.get("ledger").path("size").asLong();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void otherOctets(Route route) {
    byte[] octets = route.fetch().body();
    octets[0] ^= 1;
    route.fulfill(new Route.FulfillOptions().setStatus(200).setBodyBytes(octets));
  }

  private static void otherSize(Route route) {
    String[] lines = route.fetch().text().split("\n", 3);
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setBody(lines[0] + "\n" + lines[1] + "0\n" + lines[2]));
  }

  private static void otherEntry(Route route) {
    String text;
    try {
      text = route.fetch().text();
    } catch (PlaywrightException e) {
      // The page was closed while other bundles were on their way.
      return;
    }
    ObjectNode bundle = JsonMapper.shared().readTree(text).asObject();
    ArrayNode entries = bundle.get("entries").asArray();
    byte[] octets = Base64.getDecoder().decode(entries.get(0).get("envelope").asString());
    octets[octets.length / 2] ^= 1;
    entries.get(0).asObject().put("envelope", Base64.getEncoder().encodeToString(octets));
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setContentType("application/json")
            .setBody(bundle.toString()));
  }

  @Test
  void an_operator_gives_a_disclosure_and_ends_it() {
    signIn();
    open("#/audit");
    page.locator("audit-disclosures #of").selectOption(shown.fleet().sites().getLast().id());
    page.locator("disclosure-form summary").click();
    page.locator("disclosure-form #auditor").fill(name);
    page.locator("disclosure-form form button").click();
    assertThat(page.locator("disclosure-form .said")).containsText("Disclosed to " + name);
    Locator row = page.locator("audit-disclosures tbody tr").first();
    assertThat(row).containsText(shown.fleet().sites().getLast().name());
    row.locator("button").click();
    assertThat(row.locator("button")).hasText(english("page.audit.end.sure"));
    row.locator("button").click();
    assertThat(row).containsText(english("page.audit.state.ended"));
    assertThat(violations("disclosures")).isEmpty();
    keepScreenshot("audit-operator");
  }

  private void screenshots(String what) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      keepScreenshot(what + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }
    page.setViewportSize(400, 800);
    for (String language : List.of("en", "zh", "ja")) {
      page.locator("top-bar select").selectOption(language);
      settle();
      assertThat(page.locator("main").innerText()).doesNotContain("audit.");
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(400);
      keepScreenshot(what + "-400-" + language);
    }
  }
}
