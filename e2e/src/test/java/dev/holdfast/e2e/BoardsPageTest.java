package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.sim.SimulatedChip;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Boards, and what chips sign with, as people see them and use them. */
final class BoardsPageTest extends ShownPages {
  private static final List<String> GRADES = List.of("intact", "partial", "scattered");

  @Test
  void boards_are_filtered_by_grade_and_basis_sorted_and_walked_with_the_keyboard()
      throws Exception {
    signIn();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(english("page.boards")))
        .click();
    page.waitForURL("**/#/boards");
    List<JsonNode> boards = shown.items("boards");
    hasRows(boards.size());
    keepScreenshot("boards");
    for (String grade : GRADES) {
      toggle("page.grade." + grade);
      hasRows(count(boards, "grade", grade));
      toggle("page.grade." + grade);
    }
    toggle("page.host-word");
    hasRows(count(boards, "basis", "host-declared"));
    Locator row = page.locator("data-table tr.row").first();
    assertThat(row.locator("td").nth(2).locator(".hint")).hasText(english("page.host-word"));
    assertThat(row).containsText(english("page.simulated"));
    assertThat(row.locator(".state .mark")).isVisible();
    toggle("page.host-word");
    hasRows(boards.size());

    head("page.cohesion").click();
    head("page.cohesion").click();
    assertThat(page.locator("data-table tr.row").first())
        .containsText(
            english(
                "page.grade."
                    + boards.stream()
                        .map(each -> each.path("grade").asString())
                        .max(Comparator.comparingInt(GRADES::indexOf))
                        .orElseThrow()));
    head("page.since").click();
    assertThat(page.locator("th[aria-sort=ascending]")).containsText(english("page.since"));

    page.locator("boards-page input[type=search]").fill(shown.parted());
    hasRows(1);
    page.locator("data-table tr.row").first().focus();
    page.keyboard().press("Enter");
    page.waitForURL("**/#/boards/" + shown.parted());
    page.goBack();
    page.locator("boards-page input[type=search]").fill("nothing begins so");
    assertThat(page.locator("data-table .note")).containsText(english("page.fleet.nothing"));
  }

  @Test
  void a_board_shows_its_graph_its_sentence_who_is_away_and_how_its_grade_changed()
      throws Exception {
    signIn();
    open("#/boards/" + shown.parted());
    JsonNode board = shown.get("boards/" + shown.parted());
    assertThat(page.locator("board-page .why")).hasText(board.path("sentence").asString());
    Locator graph = page.locator("board-graph svg");
    assertThat(graph).isVisible();
    assertThat(graph.locator(".node-chip")).hasCount(board.path("chips").asInt() - 1);
    assertThat(graph.locator(".node-away")).hasCount(1);
    assertThat(graph.locator(".node")).hasCount(board.path("marks").size());
    assertThat(graph).containsText(english("map.simulated"));
    assertThat(graph.locator(".sentence").first()).hasCSS("fill", "rgb(20, 24, 27)");
    Locator away = page.locator("board-page .members tbody tr").first();
    assertThat(away).containsText(english("page.away"));
    assertThat(away.locator("a").first()).hasAttribute("href", "#/chips/" + shown.carried().id());
    assertThat(page.locator("board-page .history tbody tr")).hasCount(board.path("changes").size());
    assertThat(page.locator("board-page .history tbody tr").first())
        .containsText(board.path("changes").path(0).path("index").asString());
    assertThat(page.locator("board-page .head")).containsText(english("page.simulated"));
    keepScreenshot("board");

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertThat(graph.locator(".sentence").first()).hasCSS("fill", "rgb(232, 236, 238)");
    keepScreenshot("board-dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(graph.locator(".sentence").first()).hasCSS("fill", "rgb(0, 0, 0)");
    page.screenshot(screenshot("printed-board").setFullPage(true));
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(390, 844);
    assertThat(graph).hasAttribute("width", Pattern.compile("3\\d\\d"));
    keepScreenshot("board-narrow");
    page.setViewportSize(1440, 900);
    page.locator("top-bar select").selectOption("zh");
    assertThat(graph).hasAttribute("lang", "zh");
    keepScreenshot("board-zh");
    page.locator("top-bar select").selectOption("en");
  }

  @Test
  void the_drawing_of_a_board_comes_in_the_language_and_width_that_were_asked_for()
      throws Exception {
    String path = "boards/" + shown.parted() + "/graph.svg";
    HttpResponse<String> english = shown.answer(path, "en");
    assertThat(english.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
    assertThat(english.body())
        .startsWith("<svg")
        .contains("lang=\"en\"", "width=\"960\"", "simulated", shown.carried().deviceId());
    assertThat(shown.answer(path + "?width=400", "ja").body())
        .contains("lang=\"ja\"", "width=\"400\"", "スイッチ", "模擬");
    assertThat(shown.answer(path + "?width=10", "en").body()).contains("HF-", "240 to 1600");
    assertThat(shown.answer("boards/none/graph.svg", "en").statusCode()).isEqualTo(404);
  }

  @Test
  void a_chip_says_what_it_signs_with_that_a_relay_is_not_excluded_and_what_only_its_host_says() {
    signIn();
    SimulatedChip chip = shown.carried();
    open("#/chips/" + chip.id());
    Locator identity = page.locator("chip-identities");
    assertThat(identity).containsText(english("page.relay"));
    assertThat(identity).containsText(english("page.alias.rom-serial"));
    assertThat(identity).containsText(english("page.alias.uuid"));
    assertThat(identity).containsText(english("page.simulated"));
    assertThat(identity.locator(".alias .hint").first()).hasText(english("page.host-word"));
    assertThat(identity.locator("board-graph svg").first()).isVisible();
    assertThat(identity).containsText(english("page.grade.partial"));
    assertThat(page.locator("chip-identity details").first())
        .containsText(english("page.binding.file"));
    keepScreenshot("chip-identity");
    page.locator("chip-identities board-graph").first().scrollIntoViewIfNeeded();
    keepScreenshot("chip-boards");
  }

  @Test
  void what_happens_to_boards_comes_into_the_table_by_itself() {
    signIn();
    String host = shown.attestAgain().name();
    open("#/boards?basis=host-declared&q=" + host);
    Locator heard = page.locator("data-table tr.row").first().locator("td").nth(8);
    assertThat(heard).containsText("UTC");
    String before = heard.textContent();
    page.waitForTimeout(1100);
    shown.attestAgain();
    assertThat(heard).not().hasText(before);
    assertThat(heard).containsText("UTC");
  }

  @Test
  void a_board_is_found_by_its_id() {
    signIn();
    page.keyboard().press("/");
    page.locator("search-box input").fill(shown.parted());
    Locator found = page.locator("search-box li").first();
    assertThat(found).containsText(english("page.kind.board"));
    assertThat(found).containsText(english("page.grade.partial"));
    page.keyboard().press("Enter");
    page.waitForURL("**/#/boards/" + shown.parted());
  }

  @Test
  void a_server_that_knows_no_boards_says_what_to_do() {
    signIn();
    page.route(
        "**/api/v1/boards?*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("application/json")
                    .setBody("{\"items\":[],\"next\":null}")));
    open("#/boards");
    assertThat(page.locator("data-table .note")).containsText(english("page.boards.empty"));
    keepScreenshot("boards-empty");
  }

  @Test
  void axe_finds_no_violation_in_light_and_where_there_is_time_in_dark() {
    signIn();
    for (ColorScheme scheme : Counts.themes()) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String address :
          List.of("#/boards", "#/boards/" + shown.parted(), "#/chips/" + shown.carried().id())) {
        open(address);
        assertThat(violations(scheme + " " + address)).isEmpty();
      }
    }
  }

  private void toggle(String key) {
    page.locator("boards-page .filters")
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(english(key)).setExact(true))
        .click();
  }

  private static int count(List<JsonNode> boards, String field, String value) {
    return (int) boards.stream().filter(each -> each.path(field).asString().equals(value)).count();
  }

  private static Page.ScreenshotOptions screenshot(String name) {
    Path file = SCREENSHOTS.resolve(name + ".png");
    return new Page.ScreenshotOptions().setPath(file);
  }
}
