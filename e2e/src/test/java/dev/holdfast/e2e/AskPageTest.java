package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A question to a site’s evidence and notes, by keyboard; at a site of its own. */
final class AskPageTest extends ShownPages {
  private static final String TORN =
      "The adhesive strips on the cabinet doors had been torn. <b>&amp;";

  @Test
  void what_somebody_wrote_is_found_first_by_a_question_in_other_words() {
    String site = shown.fleet().sites().get(6).id();
    page.request()
        .post(
            shown.uri() + "/api/v1/sites/" + site + "/notes",
            RequestOptions.create()
                .setHeader("Authorization", "Bearer " + shown.token())
                .setData(
                    Map.of(
                        "title", "Seals", "text", TORN, "kind", "inspection", "language", "en")));
    signIn();
    open("#/sites/" + site);
    Locator question = page.locator("site-ask #question");
    question.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("site-ask .wrong")).hasText(english("page.ask.blank"));
    page.keyboard().type("Is the tape on the lockers broken?");
    page.keyboard().press("Enter");
    Locator first = page.locator("site-ask li").first();
    assertThat(first.locator(".text")).containsText(TORN);
    assertThat(first.locator(".word")).hasText(english("page.note.self-declared"));
    assertThat(first.locator("a")).hasAttribute("href", Pattern.compile("#/sites/.*note="));
    assertThat(page.locator("site-ask .hint").last()).containsText("writes no answer");
    assertThat(page.locator("site-ask .wrong")).isEmpty();
    assertThat(violations("an answered question")).isEmpty();
    question.scrollIntoViewIfNeeded();
    keepScreenshot("ask-found");
  }
}
