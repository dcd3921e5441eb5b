package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.base.MessageCatalogue;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Export decisions, as people ask for them and read them. */
final class DecidePageTest extends ShownPages {
  private static final String DENIED = "#/decide?item=H200&to=CN&date=2025-12-10";
  private static final String BY_CASE = "#/decide?item=H200&to=CN&date=2026-02-01";
  private static final String TWO_READINGS = "#/decide?item=A100+40GB&to=CN&date=2026-02-01";
  private static final String OPEN = "#/decide?item=H200&to=SG&date=2026-02-01";

  @Test
  void the_answer_follows_what_is_typed_and_a_refused_field_says_why() {
    expected = Pattern.compile("status of 400");
    signIn();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(english("page.decide")))
        .click();
    page.waitForURL("**/#/decide");
    assertThat(page.locator("decide-page .empty")).containsText(english("page.decide.empty"));
    assertThat(page.locator("decide-page .empty li")).hasCount(3);
    assertThat(page.locator("decide-track .bar").first()).isVisible();

    field("item").fill("H2000");
    field("to").selectOption("CN");
    assertThat(page.locator("#item-wrong")).containsText("HF-7106");
    assertThat(page.locator("#item-wrong")).containsText("H200 SXM");
    assertThat(field("item")).hasAttribute("aria-invalid", "true");
    assertThat(violations("a refused item")).isEmpty();
    keepScreenshot("decide-refused");

    field("item").fill("H200");
    assertThat(page.locator("#item-wrong")).hasText("");
    field("date").fill("2025-12-10");
    outcomeIs("presumption-of-denial");
    assertThat(page.locator("decide-answer .sentence")).containsText("AC2023.denial");
    assertThat(page.locator("decide-answer .advice")).isVisible();
    field("date").fill("2020-01-01");
    assertThat(page.locator("#date-wrong")).containsText("HF-7107");
    field("date").fill("2025-12-10");

    page.waitForURL("**/#/decide?*date=2025-12-10*");
    page.reload();
    outcomeIs("presumption-of-denial");
    assertThat(field("item")).hasValue("H200");
    assertThat(field("to")).hasValue("CN");
    assertThat(field("date")).hasValue("2025-12-10");
  }

  @Test
  void the_slider_moves_the_day_and_the_answer_with_it() {
    signIn();
    open(DENIED);
    outcomeIs("presumption-of-denial");
    Locator slider = page.locator("decide-track input[type=range]");
    assertThat(slider).hasAttribute("aria-valuetext", "2025-12-10");
    assertThat(applying("H200RULE")).hasCount(0);
    keepScreenshot("decide-denied");

    slider.fill(String.valueOf(LocalDate.parse("2026-02-01").toEpochDay()));
    outcomeIs("case-by-case");
    assertThat(field("date")).hasValue("2026-02-01");
    assertThat(slider).hasAttribute("aria-valuetext", "2026-02-01");
    assertThat(applying("H200RULE")).hasCount(1);
    assertThat(page.locator("decide-answer .conditions li")).hasCount(5);
    page.waitForURL("**/#/decide?*date=2026-02-01*");

    slider.focus();
    page.keyboard().press("ArrowLeft");
    assertThat(field("date")).hasValue("2026-01-31");
    page.locator("decide-track header a").first().click();
    outcomeIs("presumption-of-denial");
    assertThat(field("date")).hasValue("2026-01-14");

    BoundingBox ground = page.locator("decide-track svg.rules").boundingBox();
    page.mouse().move(ground.x + ground.width * 0.5, ground.y + 20);
    page.mouse().down();
    page.mouse().move(ground.x + ground.width - 20, ground.y + 20);
    page.mouse().up();
    assertThat(field("date")).hasValue(Pattern.compile("2027-\\d\\d-\\d\\d"));
    outcomeIs("case-by-case");
  }

  @Test
  void an_answer_says_what_decided_what_is_open_and_what_would_change_it() {
    expected = Pattern.compile("status of 400");
    signIn();
    open(OPEN);
    outcomeIs("undetermined");
    assertThat(page.locator("decide-answer .possible")).containsText("No licence required");
    assertThat(page.locator("decide-answer .possible")).containsText("Presumption of denial");
    field("parentHq").selectOption("CN");
    outcomeIs("presumption-of-denial");
    assertThat(page.locator("decide-answer .possible")).hasCount(0);

    open(TWO_READINGS);
    outcomeIs("case-by-case");
    assertThat(page.locator("decide-answer .classification")).containsText("4,992");
    assertThat(page.locator("decide-answer .classification")).containsText("3,822");
    assertThat(page.locator("decide-answer")).containsText(english("page.decide.conflict"));
    assertThat(page.locator("decide-answer .by")).containsText("91 FR 1684");
    page.locator("decide-answer .trace summary").click();
    assertThat(page.locator("decide-answer .trace tbody tr").first()).isVisible();
    keepScreenshot("decide-readings");
    page.locator("decide-answer .changes a")
        .filter(new Locator.FilterOptions().setHasText(english("page.decide.kind.reexport")))
        .click();
    outcomeIs("presumption-of-denial");
    assertThat(field("kind")).hasValue("reexport");

    page.locator("decide-form summary").click();
    field("tpp").fill("20000");
    assertThat(page.locator("#item-wrong")).containsText("HF-7108");
    field("item").fill("mine");
    assertThat(page.locator("decide-answer .classification")).containsText("20,000");
  }

  @Test
  void a_decision_that_is_kept_has_an_entry_and_leads_back_to_its_question() {
    signIn();
    open(BY_CASE);
    outcomeIs("case-by-case");
    page.locator("decide-keep button").first().click();
    Locator said = page.locator("decide-keep [role=status]").first();
    assertThat(said).containsText(Pattern.compile("entry \\d+"));
    assertThat(page.locator("decide-keep proof-check button")).isVisible();
    Locator row = page.locator("decide-kept tbody tr").first();
    assertThat(row).containsText("Case by case");
    assertThat(row).containsText("H200 SXM");
    assertThat(row).containsText("2026-02-01");
    assertThat(row).containsText("admin");
    assertThat(violations("a kept decision")).isEmpty();

    open(OPEN);
    outcomeIs("undetermined");
    row.locator("a").click();
    outcomeIs("case-by-case");
    assertThat(field("item")).hasValue("H200 SXM");
    assertThat(field("date")).hasValue("2026-02-01");
    keepScreenshot("decide-kept");
  }

  @Test
  void an_auditor_may_ask_and_keeps_nothing() {
    // The feed is of the whole fleet.
    expected = Pattern.compile("status of 403.*/api/v1/events");
    String made =
        page.request()
            .post(
                shown.uri() + "/api/v1/tokens",
                RequestOptions.create()
                    .setHeader("Authorization", "Bearer " + shown.token())
                    .setData(Map.of("name", "ward", "role", "auditor")))
            .text();
    String token = JsonMapper.shared().readTree(made).path("token").asString();
    page.navigate(shown.uri() + "/#token=" + token);
    page.waitForURL("**/#/world");
    open(DENIED);
    outcomeIs("presumption-of-denial");
    assertThat(page.locator("top-bar .who")).containsText("ward");
    assertThat(page.locator("decide-keep")).hasCount(0);
    assertThat(page.locator("decide-kept")).hasCount(0);
  }

  @Test
  void it_speaks_the_language_that_is_chosen_and_fits_a_narrow_page_and_paper() {
    signIn();
    open(BY_CASE);
    outcomeIs("case-by-case");
    page.setViewportSize(400, 860);
    for (Locale language : MessageCatalogue.LANGUAGES.reversed()) {
      page.locator("top-bar select").selectOption(language.getLanguage());
      MessageCatalogue words = MessageCatalogue.in(language);
      assertThat(page.locator("decide-answer h1"))
          .hasText(words.say("page.decide.outcome.case-by-case"));
      assertThat(page.locator("decide-answer .advice")).hasText(words.say("policy.advice"));
      assertThat(page.locator("label[for=parentHq]"))
          .hasText(words.say("page.decide.field.parentHq"));
      keepScreenshot("decide-narrow-" + language.getLanguage());
      assertThat(page.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(400);
    }
    page.setViewportSize(700, 990);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("decide-form")).isHidden();
    assertThat(page.locator("decide-keep")).isHidden();
    assertThat(page.locator("decide-answer .asked")).containsText("2026-02-01");
    assertThat(page.locator("decide-answer .trace td").first()).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("printed-decision.png")));
  }

  @Test
  void axe_finds_no_violation_in_light_and_where_there_is_time_in_dark() {
    signIn();
    for (ColorScheme scheme : Counts.themes()) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String address : List.of("#/decide", TWO_READINGS, OPEN)) {
        open(address);
        page.locator("summary").all().forEach(Locator::click);
        assertThat(violations(scheme + " " + address)).isEmpty();
      }
    }
  }

  private Locator field(String name) {
    return page.locator("decide-form #" + name);
  }

  private void outcomeIs(String outcome) {
    assertThat(page.locator("decide-answer h1")).hasText(english("page.decide.outcome." + outcome));
  }

  /** The bars of a rule that are drawn as applying. */
  private Locator applying(String rule) {
    return page.locator("decide-track .bar.applies")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile(rule + ":")));
  }
}
