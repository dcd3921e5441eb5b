package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.sim.SimulatedChip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** World, fleet, chips and sites, as people see them and use them. */
final class PagesTest extends ShownPages {
  private static final List<String> STATES =
      List.of("PROVED", "UNPROVEN", "SILENT", "CONFLICT", "REFUTED");

  /** The words in sight and those for screen readers, through all shadow roots. */
  private static final String ALL_WORDS =
      """
      () => {
        const found = [];
        const walk = (node) => {
          if (node.nodeType === Node.TEXT_NODE) {
            found.push(node.data.trim());
          } else if (!["STYLE", "SCRIPT"].includes(node.nodeName)) {
            for (const name of ["aria-label", "placeholder", "title"]) {
              found.push(node.getAttribute?.(name) ?? "");
            }
            [node.shadowRoot, ...node.childNodes].forEach((each) => each && walk(each));
          }
        };
        walk(document.body);
        return found.filter((text) => text);
      }
      """;

  private static final Pattern RAW_KEY =
      Pattern.compile("[a-z][A-Za-z-]*(\\.[A-Za-z][A-Za-z-]*)+|.*\\bpage\\.[a-z].*|.*\\{\\d+}.*");

  /** Of these the pages show the word alone, each on one of the pages visited. */
  private static final List<String> KNOWN_KEYS =
      List.of(
          "page.world",
          "page.fleet",
          "page.search",
          "page.sites",
          "page.chips",
          "page.timeline",
          "page.identity",
          "page.delays",
          "page.sites.all",
          "page.state.UNPROVEN",
          "page.comment.hint",
          "page.note.hint",
          "page.notes.what",
          "page.disclose.what",
          "page.boards",
          "page.host-word",
          "page.relay",
          "page.board.history",
          "page.cases",
          "page.case.findings",
          "page.case.people",
          "page.decide",
          "page.decide.changes",
          "page.decide.keep");

  @Test
  void the_world_shows_the_sites_of_the_server_and_of_the_chosen_one_the_sentence()
      throws Exception {
    signIn();
    List<JsonNode> sites = shown.items("sites");
    assertThat(page.locator("site-list li")).hasCount(sites.size());
    assertThat(sites).hasSameSizeAs(shown.fleet().sites());
    for (JsonNode site : sites) {
      Locator row = siteLink(site);
      assertThat(row).containsText(site.path("name").asString());
      assertThat(row).containsText(english("page.state." + site.path("state").asString()));
    }
    assertThat(sites).anyMatch(site -> site.path("state").asString().equals("PROVED"));
    keepScreenshot("world");

    JsonNode chosen = sites.getFirst();
    siteLink(chosen).click();
    assertThat(page.locator("site-pane h1")).hasText(chosen.path("name").asString());
    assertThat(page.locator("site-pane .why")).hasText(chosen.path("sentence").asString());
    keepScreenshot("site");
  }

  @Test
  void a_chip_has_a_timeline_whose_proofs_the_browser_checks() {
    signIn();
    open("#/chips/" + chip().id());
    Locator rows = page.locator("chip-timeline li");
    assertThat(rows.first()).isVisible();
    Locator row = rows.last();
    row.locator("button").first().click();
    assertThat(row.locator(".result")).containsText("Checked in this browser");
    assertThat(row.locator(".tick")).isVisible();
    assertThat(row.locator(".result.bad")).hasCount(0);
    keepScreenshot("chip");
  }

  @Test
  void a_proof_fails_once_a_byte_of_the_entry_or_of_its_path_was_changed_on_the_way() {
    signIn();
    open("#/chips/" + chip().id());
    Locator row = page.locator("chip-timeline li").first();
    for (Consumer<ObjectNode> change :
        List.<Consumer<ObjectNode>>of(PagesTest::changeEnvelope, PagesTest::changePath)) {
      page.route("**/api/v1/entries/*", route -> changed(route, change));
      row.locator("button").first().click();
      assertThat(row.locator(".result.bad")).containsText("The proof is wrong");
      assertThat(row.locator(".tick")).hasCount(0);
      page.unroute("**/api/v1/entries/*");
      row.locator("button").first().click();
      assertThat(row.locator(".tick")).isVisible();
    }
  }

  @Test
  void the_fleet_is_searched_by_alias_filtered_by_state_and_walked_with_the_keyboard()
      throws Exception {
    signIn();
    open("#/fleet");
    SimulatedChip chip = shown.fleet().chips().get(57);
    Locator rows = page.locator("data-table tr.row");
    Locator search = page.locator("fleet-page input[type=search]");
    for (String alias : chip.aliases()) {
      search.fill(alias);
      assertThat(rows).hasCount(1);
      assertThat(rows.locator("a")).hasAttribute("title", chip.id());
    }
    search.fill("");
    List<JsonNode> chips = shown.items("chips");
    assertThat(chips).hasSameSizeAs(shown.fleet().chips());
    hasRows(chips.size());
    keepScreenshot("fleet");

    // A key is located, not a chip: the filter is about the key of the host, and says so.
    assertThat(page.locator("fleet-page .filters")).containsText(english("page.chip.host-state"));
    for (String state : STATES) {
      Locator filter =
          page.locator("fleet-page .filters")
              .getByRole(
                  AriaRole.BUTTON,
                  new Locator.GetByRoleOptions()
                      .setName(english("page.state." + state))
                      .setExact(true));
      filter.click();
      assertThat(filter).hasAttribute("aria-pressed", "true");
      hasRows(
          (int)
              chips.stream()
                  .filter(each -> each.path("hostState").asString().equals(state))
                  .count());
      filter.click();
      assertThat(filter).hasAttribute("aria-pressed", "false");
    }

    hasRows(chips.size());
    rows.first().focus();
    walk("ArrowDown", 1);
    walk("ArrowDown", 2);
    walk("ArrowUp", 1);
    walk("End", chips.size() - 1);
    walk("Home", 0);
    page.keyboard().press("Enter");
    page.waitForURL("**/#/chips/" + chips.getFirst().path("id").asString());
  }

  @Test
  void columns_of_the_fleet_are_sorted_by_a_click_or_a_key() throws Exception {
    signIn();
    open("#/fleet");
    Comparator<JsonNode> byId = Comparator.comparing(chip -> chip.path("id").asString());
    Comparator<JsonNode> byModel = Comparator.comparing(chip -> chip.path("model").asString());
    List<JsonNode> chips = shown.items("chips");
    assertThat(page.locator("th[aria-sort=ascending]")).hasText(english("page.chip") + "↑");
    firstChipIs(chips, byId);
    Locator model = head("page.model");
    model.click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText(english("page.model") + "↑");
    firstChipIs(chips, byModel.thenComparing(byId));
    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort=descending]")).hasText(english("page.model") + "↓");
    firstChipIs(chips, byModel.thenComparing(byId).reversed());
    assertThat(model).isFocused();
    page.keyboard().press("Shift+Tab");
    page.keyboard().press("Space");
    firstChipIs(chips, byId);
    head("page.chip").click();
    firstChipIs(chips, byId.reversed());
    keepScreenshot("sorted");

    open("#/fleet?show=sites");
    head("page.site").click();
    assertThat(page.locator("data-table tr.row a").first())
        .hasText(
            shown.items("sites").stream()
                .map(site -> site.path("name").asString())
                .max(String.CASE_INSENSITIVE_ORDER)
                .orElseThrow());

    List<String> heard =
        shown
            .get("hosts?limit=500&sort=lastHeard&order=desc")
            .path("items")
            .valueStream()
            .map(host -> host.path("lastHeard").asString())
            .toList();
    assertThat(heard).isSortedAccordingTo(Comparator.comparing(Instant::parse).reversed());
    List<Integer> ranks =
        shown
            .get("hosts?limit=500&sort=state")
            .path("items")
            .valueStream()
            .map(host -> STATES.indexOf(host.path("state").asString()))
            .toList();
    assertThat(ranks).isSorted();
  }

  private void firstChipIs(List<JsonNode> chips, Comparator<JsonNode> order) {
    String first = chips.stream().min(order).orElseThrow().path("id").asString();
    assertThat(page.locator("data-table tr.row a").first()).hasAttribute("title", first);
  }

  @Test
  void what_a_person_says_of_a_chip_stands_in_its_timeline_as_said_and_not_as_evidence() {
    expected = Pattern.compile("status of 400");
    signIn();
    open("#/chips/" + shown.fleet().chips().getLast().id());
    page.locator("comment-form summary").focus();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    Locator text = page.locator("comment-form textarea");
    assertThat(text).isFocused();
    Locator send = page.locator("comment-form button");
    send.click();
    assertThat(page.locator("comment-form #text-wrong")).containsText("1 to 4000 characters");
    assertThat(text).hasAttribute("aria-invalid", "true");
    assertThat(text).isFocused();
    assertThat(violations("a refused comment")).isEmpty();
    text.fill("Moved to rack 4.\n<b>Seen</b> by two people.");
    send.click();
    assertThat(page.locator("comment-form [role=status]")).containsText("Written as entry");
    assertThat(text).hasValue("");
    assertThat(page.locator("comment-form #text-wrong")).hasText("");
    Locator newest = page.locator("chip-timeline li").first();
    assertThat(newest).containsText("admin wrote: Moved to rack 4.");
    assertThat(newest).containsText("<b>Seen</b> by two people.");
    assertThat(newest).containsText(english("page.comment.word"));
    assertThat(newest.locator(".mark.none")).isVisible();
    keepScreenshot("comment");
  }

  @Test
  void an_operator_discloses_a_site_and_says_something_of_it() {
    expected = Pattern.compile("status of 400");
    signIn();
    open("#/sites/" + shown.fleet().sites().getFirst().id());
    assertThat(page.locator("site-pane .nothing")).hasText(english("page.comments.none"));
    page.locator("comment-form summary").click();
    page.locator("comment-form textarea").fill("The gate was open.");
    page.locator("comment-form button").click();
    assertThat(page.locator("site-pane chip-timeline li")).hasCount(1);
    assertThat(page.locator("site-pane chip-timeline li")).containsText("The gate was open.");

    page.locator("disclosure-form summary").click();
    Locator auditor = page.locator("disclosure-form #auditor");
    Locator until = page.locator("disclosure-form #until");
    Locator disclose = page.locator("disclosure-form button");
    disclose.click();
    assertThat(page.locator("#auditor-wrong")).containsText("HF-");
    assertThat(auditor).isFocused();
    auditor.fill("ward");
    until.fill("2026-01-01T00:00");
    disclose.click();
    assertThat(page.locator("#until-wrong")).containsText("until is not after from");
    assertThat(page.locator("#auditor-wrong")).hasText("");
    assertThat(violations("a refused disclosure")).isEmpty();
    keepScreenshot("disclosure");
    until.fill("2126-01-01T00:00");
    auditor.press("Enter");
    assertThat(page.locator("disclosure-form [role=status]"))
        .containsText("until 2126-01-01 00:00:00 UTC");
  }

  @Test
  void paper_shows_the_words_and_numbers_of_a_chip_and_no_controls() {
    signIn();
    open("#/chips/" + chip().id());
    page.setViewportSize(700, 990);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
    assertThat(page.locator("body")).hasCSS("color", "rgb(0, 0, 0)");
    assertThat(page.locator("top-bar")).isHidden();
    assertThat(page.locator("live-line")).isHidden();
    assertThat(page.locator("comment-form")).isHidden();
    assertThat(page.locator("proof-check button").first()).isHidden();
    assertThat(page.locator("chip-identity h1 .printed")).isVisible();
    assertThat(page.locator("chip-identity h1 .printed")).hasText(chip().id());
    assertThat(page.locator(".address")).containsText("/#/chips/" + chip().id());
    assertThat(page.locator("chip-identity details p").first()).isVisible();
    assertThat(page.locator("chip-timeline li").last()).containsText("entry");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("printed-chip.png")));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    assertThat(page.locator("chip-identity details p").first()).isHidden();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(null));
    page.pdf(new Page.PdfOptions().setFormat("A4").setPath(SCREENSHOTS.resolve("chip.pdf")));
    assertThat(page.locator("chip-identity details p").first()).isHidden();

    open("#/sites/" + shown.fleet().sites().getFirst().id());
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("globe-map")).isHidden();
    assertThat(page.locator("site-pane .back")).isHidden();
    assertThat(page.locator("disclosure-form")).isHidden();
    assertThat(page.locator("site-pane .why")).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("printed-site.png")));
  }

  @Test
  void no_word_is_missing_in_any_language() {
    signIn();
    for (Locale language : MessageCatalogue.LANGUAGES) {
      page.locator("top-bar select").selectOption(language.getLanguage());
      assertThat(page.locator("html")).hasAttribute("lang", language.getLanguage());
      Set<String> words = new TreeSet<>();
      for (String address : addresses()) {
        open(address);
        words.addAll(words());
      }
      assertThat(words)
          .as(language.getLanguage())
          // Other tests wrote it, and the feed repeats it.
          .filteredOn(each -> !each.contains(NotesPageTest.HOSTILE))
          .noneMatch(RAW_KEY.asMatchPredicate());
      for (String key : KNOWN_KEYS) {
        assertThat(words).as(key).contains(MessageCatalogue.in(language).say(key));
        if (!language.equals(Locale.ENGLISH)) {
          assertThat(words).as(key).doesNotContain(english(key));
        }
      }
    }
  }

  @Test
  void axe_finds_no_violation_in_light_and_dark() {
    signIn();
    List<String> violations = new ArrayList<>();
    for (String address : addresses()) {
      open(address);
      page.locator("summary").all().forEach(Locator::click);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        violations.addAll(violations(scheme + " " + address));
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void who_brings_no_token_is_asked_for_one_and_told_when_it_is_wrong() {
    expected = Pattern.compile("status of 401");
    page.navigate(shown.uri() + "/");
    Locator token = page.locator("sign-in input");
    assertThat(token).isVisible();
    assertThat(page.locator("sign-in [role=alert]")).hasCount(0);
    assertThat(page.locator("world-page")).hasCount(0);
    token.fill("not-a-token");
    page.locator("sign-in button").click();
    assertThat(page.locator("sign-in [role=alert]")).containsText(english("page.sign-in.refused"));
    page.locator("sign-in input").fill(shown.token());
    page.locator("sign-in button").click();
    assertThat(page.locator("site-list li").first()).isVisible();
  }

  private static SimulatedChip chip() {
    return shown.fleet().chips().getFirst();
  }

  /** The pages, and a site among them. */
  private static List<String> addresses() {
    return List.of(
        "#/world",
        "#/sites/" + shown.fleet().sites().getFirst().id(),
        "#/fleet",
        "#/chips/" + chip().id(),
        "#/boards",
        "#/boards/" + shown.parted(),
        "#/cases",
        "#/cases/1",
        "#/decide?item=A100+40GB&to=CN&date=2026-02-01");
  }

  private Locator siteLink(JsonNode site) {
    return page.locator("site-list a[href='#/sites/" + site.path("id").asString() + "']");
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    if (page.evaluate(ALL_WORDS) instanceof List<?> found) {
      found.forEach(each -> words.add(String.valueOf(each)));
    }
    return words;
  }

  private static void changed(Route route, Consumer<ObjectNode> change) {
    ObjectNode entry = JsonMapper.shared().readTree(route.fetch().text()).asObject();
    change.accept(entry);
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setContentType("application/json")
            .setBody(entry.toString()));
  }

  private static void changeEnvelope(ObjectNode entry) {
    entry.put("envelope", otherByte(entry.path("envelope").asString()));
  }

  private static void changePath(ObjectNode entry) {
    ArrayNode path = entry.path("path").asArray();
    path.set(0, otherByte(path.path(0).asString()));
  }

  private static String otherByte(String base64) {
    byte[] octets = Base64.getDecoder().decode(base64);
    octets[octets.length / 2] ^= 1;
    return Base64.getEncoder().encodeToString(octets);
  }
}
