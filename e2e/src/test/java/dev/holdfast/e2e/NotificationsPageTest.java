package dev.holdfast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator says whom to tell of what, tries it, and sees what was sent. */
final class NotificationsPageTest extends ShownPages {
  private HttpServer receiver;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            heard.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
  }

  @AfterEach
  void listen_no_more() {
    receiver.stop(0);
  }

  private Locator button(Locator where, String key) {
    return where.getByText(english(key), new Locator.GetByTextOptions().setExact(true));
  }

  @Test
  void an_address_is_added_tried_and_taken_away() {
    signIn();
    open("#/notifications");
    Locator form = page.locator("webhook-form");
    form.locator("summary").click();
    form.locator("#url").fill("http://hooks.example/");
    form.locator("form button").click();
    expected = java.util.regex.Pattern.compile("400");
    assertThat(form.locator("#url-wrong")).containsText("HF-6108");
    assertThat(form.locator("#url")).isFocused();
    form.locator("#url").fill("http://127.0.0.1:" + receiver.getAddress().getPort() + "/in");
    form.locator("form button").click();
    Locator secret = page.locator("notifications-page .secret");
    assertThat(secret.locator("code")).containsText("whsec_");
    assertThat(violations("a secret")).isEmpty();
    button(secret, "page.notifications.secret.kept").click();
    assertThat(secret).hasCount(0);
    Locator hook = page.locator("notifications-page article");
    assertThat(hook).hasCount(1);
    button(hook, "page.notifications.test").click();
    button(hook, "page.notifications.log").click();
    Locator message = page.locator("webhook-deliveries li.message");
    for (int i = 0; i < 40 && !message.first().innerText().contains("204"); i++) {
      page.waitForTimeout(250);
      button(page.locator("webhook-deliveries"), "page.notifications.refresh").click();
      assertThat(message).hasCount(1);
    }
    assertThat(message).containsText(english("page.notifications.state.delivered"));
    assertThat(heard).hasSize(1);
    assertThat(message).containsText(heard.getFirst());
    button(message, "page.notifications.resend").click();
    for (int i = 0; i < 40 && heard.size() < 2; i++) {
      page.waitForTimeout(250);
    }
    assertThat(heard).hasSize(2).allMatch(heard.getFirst()::equals);
    assertThat(violations("notifications")).isEmpty();
    screenshots();
    button(hook, "page.notifications.delete").click();
    button(hook, "page.notifications.delete.sure").click();
    assertThat(page.locator("notifications-page")).containsText(english("page.notifications.none"));
  }

  private void screenshots() {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      keepScreenshot("notifications-" + scheme.name().toLowerCase(Locale.ROOT));
    }
    page.setViewportSize(400, 800);
    for (String language : List.of("zh", "ja", "en")) {
      page.locator("top-bar select").selectOption(language);
      settle();
      assertThat(page.locator("main").innerText()).doesNotContain("notifications.");
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(400);
      keepScreenshot("notifications-400-" + language);
    }
    page.setViewportSize(1440, 900);
  }

  @Test
  void whoever_administers_nothing_is_not_led_there() {
    signIn();
    assertThat(page.locator("top-bar nav a[href='#/notifications']")).hasCount(1);
    page.route(
        "**/api/v1/summary",
        route -> {
          String body = route.fetch().text().replace("\"role\":\"admin\"", "\"role\":\"exporter\"");
          route.fulfill(
              new com.microsoft.playwright.Route.FulfillOptions()
                  .setStatus(200)
                  .setContentType("application/json")
                  .setBody(body));
        });
    page.reload();
    settle();
    assertThat(page.locator("top-bar nav a[href='#/notifications']")).hasCount(0);
    assertThat(page.locator("top-bar nav a[href='#/audit']")).hasCount(0);
  }
}
