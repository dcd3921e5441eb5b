package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.TlogProofCheck;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.sim.SimulatedHost;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Landmarks, the ledger, licences and leases, as people see them and use them. */
final class LedgerPagesTest extends ShownPages {
  private static final List<String> ADDRESSES =
      List.of("#/landmarks", "#/ledger", "#/ledger/1", "#/licences");

  private static void tell(String said) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(shown.uri() + "/api/v1/custody"))
              .header("Authorization", "Bearer " + shown.token())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(said.replace('\'', '"')))
              .build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static SimulatedHost host() {
    return shown.fleet().hosts().getFirst();
  }

  /**
   * A licence that some chips satisfy and some do not, an inspection, an outage, an answered host.
   */
  private static void custody() throws Exception {
    if (!shown.items("licences").isEmpty()) {
      return;
    }
    String site = host().site().id();
    tell(
        "{'kind':'licence','id':'L-2026-17','chips':['%s','nowhere-1'],'endUser':'north',"
                .formatted(shown.fleet().chips().getFirst().id())
            + "'destinations':['%s'],'sites':[],'from':'2026-01-01T00:00:00.000Z',"
                .formatted(host().site().destination())
            + "'until':'2036-01-01T00:00:00.000Z','demandHours':{'rounds':24,'signatures':48},"
            + "'simulated':true}");
    tell(
        "{'kind':'inspection','id':'visit-1','inspector':'ward','site':'%s','manner':'labels',"
                .formatted(site)
            + "'counted':8,'at':'2026-01-02T09:00:00.000Z','simulated':true}");
    tell(
        "{'kind':'outage','site':'%s','from':'2026-02-01T00:00:00.000Z',".formatted(site)
            + "'until':'2026-02-02T00:00:00.000Z','simulated':true}");
    try (LeaseClient client = new LeaseClient(URI.create(shown.uri() + "/"))) {
      LeaseAnswer answer =
          client.ask(
              host().identity().certificate(),
              host().identity().key(),
              "slurm.example",
              shown.token(),
              Instant.now());
      assertThat(answer).isInstanceOf(LeaseAnswer.Refused.class);
    }
  }

  @Test
  void landmarks_are_listed_with_their_health_and_one_is_looked_at_hour_by_hour() throws Exception {
    signIn();
    page.getByRole(
            AriaRole.LINK,
            new Page.GetByRoleOptions().setName(english("page.landmarks")).setExact(true))
        .click();
    page.waitForURL("**/#/landmarks");
    settle();
    List<JsonNode> landmarks = shown.items("landmarks");
    Locator rows = page.locator("landmarks-page tbody").first().locator("tr");
    assertThat(rows).hasCount(landmarks.size());
    assertThat(landmarks).allMatch(each -> each.path("roundsPerHour").asDouble() > 0);
    assertThat(page.locator("landmark-audit")).containsText(english("page.audit.clear"));
    assertThat(page.locator("landmark-audit")).containsText(english("page.advice.word"));
    keepScreenshot("landmarks");
    rows.first().getByRole(AriaRole.LINK).click();
    page.waitForURL("**/#/landmarks/*");
    settle();
    assertThat(page.locator("landmark-pane")).containsText(english("page.landmark.hours"));
    keepScreenshot("landmark");
  }

  @Test
  void the_advised_place_is_told_with_what_it_assumes() throws Exception {
    signIn();
    JsonNode advice = shown.get("landmarks/advice");
    open("#/landmarks");
    Locator told = page.locator("landmark-audit section").first();
    if (advice.path("best").isEmpty()) {
      assertThat(told)
          .containsText(
              english(
                  advice.path("sites").asInt() > 0
                      ? "page.advice.nothing-helps"
                      : "page.advice.nothing-open"));
    } else {
      assertThat(told).containsText(String.valueOf(advice.path("hosts").asInt()));
      assertThat(told).containsText(english("page.advice.rests").substring(0, 9));
    }
    // Of an audit with contradictions, names are shown as text, whoever chose them.
    page.route(
        "**/api/v1/landmarks/audit",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"basis":{"hosts":9,"sharedPairs":3,"meshPairs":0},
                         "shared":{"suspects":[{"landmark":"<b>liar</b>","pairs":2}],"ties":[]},
                         "mesh":{"suspects":[],"ties":[]},"meshContradictions":[],
                         "contradictions":[{"first":"<b>liar</b>","second":"tokyo","hosts":3,
                           "host":"h-1","distanceKm":15000,"limitKm":1200}],
                         "exclusions":[]}\
                        """)));
    open("#/world");
    open("#/landmarks");
    assertThat(page.locator("landmark-audit")).containsText("<b>liar</b>");
    assertThat(page.locator("landmark-audit")).containsText(english("page.audit.suspect"));
    page.locator("landmark-audit table").last().scrollIntoViewIfNeeded();
    keepScreenshot("landmarks-contradiction");
  }

  @Test
  void the_newest_checkpoint_is_checked_here_and_an_entry_is_decoded_proved_and_taken_away()
      throws Exception {
    signIn();
    open("#/ledger");
    assertThat(page.locator("ledger-page")).containsText(english("page.ledger.log-signed"));
    assertThat(page.locator("ledger-page")).containsText(english("page.quorum.none"));
    keepScreenshot("ledger");
    page.locator("ledger-page input[name=index]").fill("1");
    page.keyboard().press("Enter");
    page.waitForURL("**/#/ledger/1");
    settle();
    Locator view = page.locator("entry-view");
    assertThat(view.locator(".tick")).isVisible();
    assertThat(view).containsText("https://holdfast.dev/statement/");
    assertThat(view).containsText("holdfast verify entry-1.tlog-proof");
    keepScreenshot("ledger-entry");
    Download proof =
        page.waitForDownload(() ->
            view.getByRole(
                    AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName(english("page.ledger.download-proof")))
                .click());
    Download entry =
        page.waitForDownload(() ->
            view.getByRole(
                    AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName(english("page.ledger.download-entry")))
                .click());
    Policy policy = Policy.ofLog(VerifierKey.parse(shown.get("ledger").path("vkey").asString()));
    assertThat(
            TlogProof.parse(Files.readAllBytes(proof.path()))
                .check(new TreeHasher().leaf(Files.readAllBytes(entry.path())), policy))
        .isInstanceOf(TlogProofCheck.Proved.class);
    view.getByRole(
            AriaRole.LINK,
            new Locator.GetByRoleOptions().setName(english("page.ledger.next") + " →"))
        .click();
    page.waitForURL("**/#/ledger/2");
  }

  @Test
  void a_wrong_proof_is_said_to_be_wrong_and_hostile_text_is_shown_as_text() throws Exception {
    signIn();
    JsonNode entry = shown.get("entries/1");
    String hostile =
        Base64.getEncoder()
            .encodeToString(
                "{\"type\":\"<img src=x onerror=alert(1)>\",\"source\":\"a\u202eb\",\"sequence\":1}"
                    .getBytes(UTF_8));
    String envelope =
        Base64.getEncoder()
            .encodeToString(
                ("{\"payload\":\"" + hostile + "\",\"signatures\":[{\"keyid\":\"00\"}]}")
                    .getBytes(UTF_8));
    page.route(
        "**/api/v1/entries/1",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        entry.toString().replace(entry.path("envelope").asString(), envelope))));
    open("#/ledger/1");
    Locator view = page.locator("entry-view");
    assertThat(view.locator(".result.bad")).isVisible();
    assertThat(view.locator(".tick")).hasCount(0);
    assertThat(view).containsText("<img src=x onerror=alert(1)>");
    assertThat(view).containsText("a\\u202eb");
    assertThat(view.locator("img")).hasCount(0);
    keepScreenshot("ledger-wrong");
  }

  @Test
  void licences_say_what_is_missing_and_refused_leases_say_why() throws Exception {
    custody();
    signIn();
    open("#/licences");
    Locator first = page.locator("licences-page article").first();
    assertThat(first).containsText("L-2026-17");
    assertThat(first).containsText(english("page.note.self-declared"));
    assertThat(page.locator("table.leases tbody tr").first())
        .containsText(english("page.lease.refused"));
    assertThat(page.locator("table.leases .reasons li").first()).not().isEmpty();
    assertThat(page.locator("licences-page")).containsText("visit-1");
    keepScreenshot("licences");
    page.getByRole(
            AriaRole.LINK,
            new Page.GetByRoleOptions().setName(english("page.lease.granted")).setExact(true))
        .click();
    page.waitForURL("**outcome=granted**");
    settle();
    assertThat(page.locator("licences-page")).containsText(english("page.leases.empty"));
    open("#/sites/" + host().site().id());
    assertThat(page.locator("site-pane .badges a").last())
        .hasAttribute("href", "#/licences?site=" + host().site().id());
    keepScreenshot("site-badges");
    open("#/world");
    assertThat(page.locator("site-list .badges").first()).isVisible();
    keepScreenshot("world-badges");
  }

  @Test
  void a_board_that_a_case_names_leads_to_it() throws Exception {
    signIn();
    JsonNode board = shown.get("boards/" + shown.parted());
    // It was parted under signatures, and so it is of weight.
    assertThat(board.path("cases")).isNotEmpty();
    open("#/boards/" + shown.parted());
    long number = board.path("cases").path(0).asLong();
    assertThat(page.locator("board-page a[href='#/cases/" + number + "']")).isVisible();
  }

  @Test
  void nothing_overflows_on_a_narrow_screen_in_any_language_or_theme() throws Exception {
    custody();
    signIn();
    page.setViewportSize(400, 800);
    for (String language : List.of("en", "zh", "ja")) {
      page.locator("top-bar select").selectOption(language);
      for (String address : ADDRESSES) {
        open(address);
        assertThat((boolean) page.evaluate("() => document.documentElement.scrollWidth <= 400"))
            .as(language + " " + address)
            .isTrue();
        keepScreenshot("narrow-" + language + "-" + address.replaceAll("[^a-z0-9]+", "-"));
      }
      MessageCatalogue words = MessageCatalogue.in(Locale.of(language));
      assertThat(page.locator("licences-page h1")).hasText(words.say("page.licences"));
    }
    page.setViewportSize(1280, 800);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setMedia(Media.SCREEN));
    for (String address : ADDRESSES) {
      open(address);
      keepScreenshot("dark" + address.replaceAll("[^a-z0-9]+", "-"));
    }
  }

  @Test
  void axe_finds_no_violation_in_light_and_where_there_is_time_in_dark() throws Exception {
    custody();
    signIn();
    for (ColorScheme scheme : Counts.themes()) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String address : ADDRESSES) {
        open(address);
        assertThat(violations(scheme + " " + address)).isEmpty();
      }
    }
  }
}
