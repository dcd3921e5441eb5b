package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A hall is carried abroad; the case of it as people see it, and work on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CasesPageTest extends BrowserPages {
  @TempDir private static Path folder;
  private static StagedServer served;

  @BeforeAll
  static void play() throws Exception {
    assumeTrue(Chromium.find().isPresent());
    served = new StagedServer(folder);
    var _ = ShortStory.tell(served, 3, new ShortStory.Nobody());
  }

  @AfterAll
  static void end() {
    if (served != null) {
      served.close();
    }
  }

  @Override
  String uri() {
    return served.uri().resolve("/").toString().replaceAll("/$", "");
  }

  @Override
  String token() {
    return served.token();
  }

  private void openCase() {
    open("#/cases/1");
    assertThat(page.locator("case-story h1")).isVisible();
  }

  private Locator button(String within, String key) {
    return page.locator(within)
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName(english("page." + key)).setExact(true));
  }

  private void choose(String kind) {
    page.locator("case-work .kinds")
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions()
                .setName(english("page.case.work." + kind))
                .setExact(true))
        .click();
  }

  private void send(String kind) {
    page.locator("case-work form")
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions()
                .setName(english("page.case.work." + kind))
                .setExact(true))
        .click();
  }

  private void write(String text) {
    page.locator("case-work textarea").fill(text);
  }

  private void stands(String state) {
    assertThat(page.locator("case-story .head .stand"))
        .hasText(english("page.case.state." + state));
  }

  @Test
  @Order(1)
  void the_inbox_leads_to_a_story_whose_sentence_says_what_happened_where_and_when()
      throws Exception {
    signIn();
    assertThat(page.locator("top-bar nav .open")).containsText("1");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Cases 1")))
        .click();
    page.waitForURL("**/#/cases");
    Locator row = page.locator("case-list .case");
    assertThat(row).hasCount(1);
    assertThat(row).containsText("Ashburn");
    assertThat(row).containsText(english("page.simulated"));
    row.click();
    page.waitForURL("**/#/cases/1");
    JsonFields story = served.get("cases/1");
    Locator sentence = page.locator("case-story h1");
    assertThat(sentence).hasText(story.text("sentence"));
    assertThat(sentence).containsText("all 8 chips of Ashburn fell silent");
    assertThat(sentence).containsText("they are heard at sim-abroad, 11,0");
    assertThat(sentence).containsText("2026-01-0");
    assertThat(page.locator("case-map canvas"))
        .hasAttribute("aria-label", Pattern.compile(".*sim-abroad.*"));
    List<String> bases = story.items("path", 10).stream().map(stop -> stop.text("basis")).toList();
    assertThat(bases).containsExactly("proved", "unheard", "claimed");
    Locator stops = page.locator("case-path li");
    assertThat(stops).hasCount(bases.size());
    for (int i = 0; i < bases.size(); i++) {
      assertThat(stops.nth(i))
          .containsText(
              english(
                  "page.case.path.basis."
                      + (bases.get(i).equals("claimed") ? "claimed-bounded" : bases.get(i))));
    }
    assertThat(page.locator("case-findings ol.line > li")).not().hasCount(0);
    keepScreenshot("case");
  }

  @Test
  @Order(2)
  void what_a_finding_rests_on_is_checked_where_it_stands() {
    signIn();
    openCase();
    Locator finding = page.locator("case-findings ol.line > li").first();
    finding.locator("proof-check button").first().click();
    assertThat(finding.locator(".result").first()).containsText("Checked in this browser");
    finding.locator("summary").first().click();
    Locator cause = finding.locator(".causes li").first();
    cause.locator("button").click();
    assertThat(cause.locator(".tick")).isVisible();
    assertThat(page.locator("case-findings .result.bad")).hasCount(0);
    assertThat(finding.locator(".about a").first())
        .hasAttribute("href", Pattern.compile("#/(chips|sites|fleet|boards).*"));
    keepScreenshot("case-evidence");
  }

  @Test
  @Order(3)
  void a_case_is_worked_from_open_to_closed_by_two_people_and_opened_again() {
    expected = Pattern.compile("status of 40[03]");
    String kim = served.token("kim", "operator");
    String lee = served.token("lee", "exporter");
    signIn(kim);
    openCase();
    stands("open");
    choose("assign");
    page.locator("case-work #to").fill(" ");
    send("assign");
    assertThat(page.locator("case-work #to-wrong")).containsText("HF-");
    assertThat(page.locator("case-work #to")).isFocused();
    button("case-work", "case.work.to-me").click();
    assertThat(page.locator("case-work [role=status]")).containsText("entry");
    stands("assigned");
    assertThat(page.locator("case-story .head")).containsText("kim");
    assertThat(page.locator("case-list .stand")).containsText("kim");

    choose("comment");
    send("comment");
    assertThat(page.locator("case-work #text-wrong")).containsText("HF-");
    write("Asked the operator of the hall.");
    send("comment");
    assertThat(page.locator("case-acts li").last()).containsText("Asked the operator of the hall.");
    assertThat(page.locator("case-acts li").last()).containsText(english("page.comment.word"));

    choose("propose");
    page.locator("case-work #outcome").selectOption("diverted");
    write("The hall is empty.");
    send("propose");
    stands("proposed");
    choose("close");
    assertThat(page.locator("case-work .why")).hasText(english("page.case.work.not-you"));
    assertThat(page.locator("case-work form button")).hasCount(0);
    assertThat(violations("proposed")).isEmpty();
    keepScreenshot("case-proposed");

    page.evaluate("() => sessionStorage.clear()");
    signIn(lee);
    openCase();
    stands("proposed");
    choose("close");
    assertThat(page.locator("case-work form")).containsText("kim");
    send("close");
    stands("closed");
    assertThat(page.locator("top-bar nav .open")).hasCount(0);
    assertThat(page.locator("case-acts li").last()).containsText("lee");
    keepScreenshot("case-closed");

    choose("reopen");
    write("They are heard abroad.");
    send("reopen");
    stands("assigned");
    assertThat(page.locator("top-bar nav .open")).containsText("1");
    assertThat(page.locator("case-acts li")).hasCount(5);
  }

  @Test
  @Order(4)
  void the_inbox_is_filtered_by_state_severity_and_site_in_the_address() {
    signIn();
    open("#/cases");
    Locator rows = page.locator("case-list .case");
    assertThat(rows).hasCount(1);
    button("case-list", "case.state.closed").click();
    page.waitForURL("**/#/cases?state=closed");
    assertThat(rows).hasCount(0);
    assertThat(page.locator("case-list .note")).containsText(english("page.cases.nothing"));
    page.locator("case-list .note a").click();
    button("case-list", "severity.high").click();
    assertThat(rows).hasCount(1);
    page.locator("case-list select").first().selectOption("sim-abroad");
    page.waitForURL("**/#/cases?severity=high&site=sim-abroad");
    assertThat(rows).hasCount(1);
    page.locator("case-list select").last().selectOption("heaviest");
    rows.first().click();
    page.waitForURL("**/#/cases/1?severity=high&site=sim-abroad&sort=heaviest");
    open("#/cases?site=sim-nowhere");
    assertThat(rows).hasCount(0);
  }

  @Test
  @Order(5)
  void an_auditor_sees_no_cases() {
    expected = Pattern.compile("status of 403");
    signIn(served.token("ward", "auditor"));
    assertThat(page.locator("top-bar nav a").first()).isVisible();
    assertThat(page.locator("top-bar .who")).containsText("ward");
    assertThat(page.locator("top-bar nav a[href='#/cases']")).hasCount(0);
    open("#/cases/1");
    assertThat(page.locator("case-story problem-note")).containsText("HF-");
  }

  @Test
  @Order(6)
  void a_case_reads_well_on_a_phone_in_three_languages_in_both_themes_and_without_violations() {
    signIn();
    List<String> violations = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (Locale language : Counts.languages(scheme)) {
        page.setViewportSize(1280, 900);
        open("#/cases");
        open("#/cases/1");
        page.locator("top-bar select").selectOption(language.getLanguage());
        assertThat(page.locator("html")).hasAttribute("lang", language.getLanguage());
        String name =
            "case-" + language.getLanguage() + "-" + scheme.name().toLowerCase(Locale.ROOT);
        assertThat(page.locator("case-path li .more").last())
            .containsText(
                MessageCatalogue.in(language).say("page.case.path.basis.claimed-bounded"));
        keepScreenshot(name);
        page.setViewportSize(400, 900);
        assertThat(page.locator("case-list")).isHidden();
        assertThat(page.locator("case-story .back")).isVisible();
        assertThat(
                page.evaluate(
                    "() => document.documentElement.scrollWidth <= 400"
                        + " && document.querySelector('holdfast-app').scrollWidth <= 400"))
            .isEqualTo(true);
        keepScreenshot(name + "-narrow");
      }
      page.locator("top-bar select").selectOption("en");
      for (String address : List.of("#/cases", "#/cases/1")) {
        for (int width : List.of(400, 1280)) {
          page.setViewportSize(width, 900);
          open(address);
          page.locator("summary:visible").all().forEach(Locator::click);
          violations.addAll(violations(scheme + " " + width + " " + address));
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  @Order(7)
  void paper_shows_a_case_black_on_white_with_its_links_spelled_out_and_no_controls() {
    signIn();
    openCase();
    page.setViewportSize(700, 990);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
    assertThat(page.locator("case-story h1")).hasCSS("color", "rgb(0, 0, 0)");
    assertThat(page.locator("case-list")).isHidden();
    assertThat(page.locator("case-work")).isHidden();
    assertThat(page.locator("proof-check button").first()).isHidden();
    assertThat(page.locator(".address")).containsText("/#/cases/1");
    assertThat(page.locator("case-path .printed").first())
        .hasText("(" + uri() + "/#/sites/sim-ashburn)");
    assertThat(page.locator("case-findings .causes li").first()).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("printed-case.png")));
  }
}
