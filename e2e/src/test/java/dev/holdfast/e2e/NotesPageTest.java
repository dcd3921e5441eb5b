package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.base.MessageCatalogue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notes about a site, as people write them and read them; each test at a site of its own. */
final class NotesPageTest extends ShownPages {
  /** Of no key and no placeholder, though it looks like one. */
  static final String HOSTILE =
      "<img src=x onerror=\"window.harmed = 1\"><script>window.harmed = 1</script> ${1+1} {0} &amp;";

  @Test
  void a_note_is_written_by_keyboard_and_stands_there_as_what_somebody_said() {
    expected = Pattern.compile("status of 400");
    String site = site(0);
    signIn();
    open("#/sites/" + site);
    assertThat(page.locator("site-notes .unwritten")).hasText(english("page.notes.none.write"));
    assertThat(page.locator("site-notes .what")).containsText("proves nothing");
    keepScreenshot("notes-empty");

    page.locator("note-form summary").focus();
    page.keyboard().press("Enter");
    for (String id : List.of("kind", "language")) {
      page.keyboard().press("Tab");
      assertThat(field(id)).isFocused();
    }
    assertThat(field("language")).hasValue("en");
    field("title").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#title-wrong")).containsText("HF-6108");
    assertThat(field("title")).hasAttribute("aria-invalid", "true");
    assertThat(field("title")).isFocused();
    assertThat(violations("a refused note")).isEmpty();
    keepScreenshot("notes-refused");

    page.keyboard().type("Inspection of hall A");
    page.keyboard().press("Tab");
    page.keyboard().type("Seals 17 to 24 are whole.");
    page.keyboard().press("Enter");
    page.keyboard().press("Enter");
    page.keyboard().type("Rack 9 stands open.");
    field("day").fill("30 October");
    page.locator("note-form form button").last().click();
    assertThat(page.locator("#day-wrong")).containsText("not a day");
    assertThat(field("day")).isFocused();
    field("day").fill("2026-10-30");
    page.locator("note-form form button").last().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("note-form [role=status]")).containsText("Written as entry");
    assertThat(field("title")).hasValue("");

    Locator note = notes().first();
    assertThat(notes()).hasCount(1);
    assertThat(note.locator("h3")).hasText("Inspection of hall A");
    assertThat(note.locator("h3")).hasAttribute("lang", "en");
    assertThat(note.locator(".facts")).containsText(english("page.note.kind.inspection"));
    assertThat(note.locator(".facts")).containsText("about 2026-10-30");
    assertThat(note.locator(".facts")).containsText("admin (administrator)");
    assertThat(note.locator(".word")).hasText("self-declared");
    assertThat(note.locator(".text"))
        .hasJSProperty("textContent", "Seals 17 to 24 are whole.\n\nRack 9 stands open.");
    assertThat(note.locator(".text")).hasCSS("white-space", "pre-wrap");
    assertThat(page.locator("site-notes .unwritten")).hasCount(0);
    assertThat(violations("a note")).isEmpty();

    note.locator("proof-check button").click();
    assertThat(note.locator("proof-check .tick")).isVisible();
    keepScreenshot("notes-written");
  }

  @Test
  void hostile_words_are_shown_as_words() {
    String site = site(1);
    write(site, Map.of("title", HOSTILE, "text", HOSTILE + "\n" + HOSTILE, "kind", "other"));
    signIn();
    open("#/sites/" + site);
    assertThat(notes().first().locator("h3")).hasText(HOSTILE);
    assertThat(notes().first().locator(".text"))
        .hasJSProperty("textContent", HOSTILE + "\n" + HOSTILE);
    assertThat(notes().locator("img, script")).hasCount(0);
    assertThat(page.evaluate("() => window.harmed === undefined")).isEqualTo(true);
    notes().first().scrollIntoViewIfNeeded();
    keepScreenshot("notes-hostile");
  }

  @Test
  void a_correction_names_its_note_and_both_lead_to_each_other() {
    String site = site(2);
    write(site, Map.of("title", "Two fans still", "text", "x".repeat(50) + "\n".repeat(20) + "y"));
    signIn();
    open("#/sites/" + site);
    Locator first = notes().first();
    Locator cut = first.locator(".text");
    assertThat(cut).hasClass(Pattern.compile("cut"));
    Locator more = first.locator(".body button");
    assertThat(more).hasAttribute("aria-expanded", "false");
    more.click();
    assertThat(more).hasAttribute("aria-expanded", "true");
    assertThat(cut).not().hasClass(Pattern.compile("cut"));

    first.locator(".when button").click();
    assertThat(field("title")).isFocused();
    assertThat(field("title")).hasValue("Two fans still");
    assertThat(page.locator("note-form .correcting")).containsText("will correct entry");
    assertThat(violations("a correction")).isEmpty();
    field("text").fill("Three fans.");
    keepScreenshot("notes-correcting");
    field("title").press("Enter");
    assertThat(notes()).hasCount(2);
    assertThat(page.locator("note-form .correcting")).hasCount(0);
    assertThat(notes().last()).containsText("corrected by entry");
    notes().first().locator("a").click();
    page.waitForURL("**/#/sites/*?note=*");
    assertThat(notes().last()).hasClass(Pattern.compile("chosen"));
    assertThat(notes().last()).isFocused();
    keepScreenshot("notes-chosen");
  }

  @Test
  void older_notes_come_when_asked_for_and_one_can_be_named_by_its_address() {
    String site = site(3);
    long oldest = write(site, Map.of("title", "The first"));
    for (int i = 1; i <= 21; i++) {
      write(site, Map.of("title", "Note " + i, "kind", "maintenance"));
    }
    signIn();
    open("#/sites/" + site + "?note=" + oldest);
    assertThat(notes()).hasCount(21);
    assertThat(notes().first()).containsText("The first");
    assertThat(notes().first()).isFocused();
    page.locator("site-notes .actions button").click();
    assertThat(notes()).hasCount(22);
    assertThat(notes().last()).containsText("The first");
    assertThat(page.locator("site-notes .actions")).hasCount(0);
    write(site, Map.of("title", "While it was read"));
    assertThat(notes()).hasCount(23);
    assertThat(notes().first()).containsText("While it was read");

    expected = Pattern.compile("status of 404");
    open("#/sites/" + site + "?note=999999");
    assertThat(page.locator("site-notes .unwritten")).containsText("999999");
  }

  @Test
  void an_auditor_reads_and_writes_while_the_site_is_disclosed() {
    // The feed is of the whole fleet.
    expected = Pattern.compile("status of 403.*/api/v1/events|status of 404");
    String site = site(4);
    String token =
        post("/api/v1/tokens", Map.of("name", "inspector", "role", "auditor"))
            .path("token")
            .asString();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    post(
        "/api/v1/disclosures",
        Map.of(
            "auditor",
            "inspector",
            "site",
            site,
            "from",
            stamp(now.minusSeconds(60)),
            "until",
            stamp(now.plusSeconds(3600))));
    page.navigate(shown.uri() + "/#token=" + token);
    page.waitForURL("**/#/world");
    open("#/sites/" + site);
    page.locator("note-form summary").click();
    field("kind").selectOption("custody");
    field("title").fill("Handed over");
    field("text").fill("Keys of the cage went to the operator.");
    page.locator("note-form form button").last().click();
    assertThat(notes().first()).containsText("inspector (auditor)");
    keepScreenshot("notes-auditor");
  }

  @Test
  void it_speaks_the_language_that_is_chosen_in_light_and_dark_wide_narrow_and_on_paper() {
    String site = site(5);
    write(
        site,
        Map.of(
            "title",
            "封印の確認",
            "text",
            "ラック17の封印を確認した。\n異常なし。",
            "language",
            "ja",
            "day",
            "2026-10-30"));
    write(
        site,
        Map.of(
            "title",
            "更换风扇",
            "text",
            "更换了两个风扇。\n编号 4 和 9。",
            "language",
            "zh",
            "kind",
            "maintenance"));
    signIn();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      open("#/sites/" + site);
      page.locator("note-form summary").click();
      assertThat(violations(scheme + " notes")).isEmpty();
      notes().first().scrollIntoViewIfNeeded();
      keepScreenshot("notes-" + scheme.name().toLowerCase(Locale.ROOT));
    }
    page.setViewportSize(400, 860);
    for (Locale language : MessageCatalogue.LANGUAGES.reversed()) {
      page.locator("top-bar select").selectOption(language.getLanguage());
      MessageCatalogue words = MessageCatalogue.in(language);
      assertThat(page.locator("site-notes h2")).hasText(words.say("page.notes"));
      assertThat(page.locator("label[for=day]")).hasText(words.say("page.note.day"));
      assertThat(notes().first()).containsText(words.say("page.note.self-declared"));
      assertThat(notes().first().locator("h3")).hasText("更换风扇");
      page.locator("note-form").scrollIntoViewIfNeeded();
      keepScreenshot("notes-narrow-" + language.getLanguage());
      assertThat(page.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(400);
    }
    page.setViewportSize(700, 990);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("note-form")).isHidden();
    assertThat(notes().first().locator(".when button")).isHidden();
    assertThat(notes().first().locator(".word")).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("printed-notes.png")));
  }

  private static String site(int number) {
    return shown.fleet().sites().get(number).id();
  }

  private Locator field(String name) {
    return page.locator("note-form #" + name);
  }

  private Locator notes() {
    return page.locator("site-notes li");
  }

  private static String stamp(Instant at) {
    return dev.holdfast.trust.StatementTime.print(at);
  }

  private long write(String site, Map<String, String> fields) {
    Map<String, String> note = new HashMap<>(fields);
    note.putIfAbsent("text", "As seen.");
    note.putIfAbsent("kind", "inspection");
    note.putIfAbsent("language", "en");
    return post("/api/v1/sites/" + site + "/notes", note).path("index").asLong();
  }

  private JsonNode post(String path, Map<String, String> body) {
    return JsonMapper.shared()
        .readTree(
            page.request()
                .post(
                    shown.uri() + path,
                    RequestOptions.create()
                        .setHeader("Authorization", "Bearer " + shown.token())
                        .setData(body))
                .text());
  }
}
