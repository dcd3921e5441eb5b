package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Receivers are told what happened: signed, again until they take it, and by nobody else. */
final class WebhooksTest {
  @TempDir private Path folder;
  private Desk desk;
  private Receiver receiver;

  @BeforeEach
  void start() {
    receiver = new Receiver();
    desk = Desk.in(folder);
    desk.declare(
        "{'sites':[{'id':'hall','name':'Hall','operator':'north','destination':'JP',"
            + "'latitude':34.7,'longitude':135.5,'radiusKm':5,'installedChips':64,"
            + "'simulated':true}]}");
  }

  @AfterEach
  void stop() {
    desk.close();
    receiver.close();
  }

  private record Made(String id, String secret) {}

  private Made hook(String events) {
    Answer answer =
        desk.post(
            "/api/v1/webhooks",
            "{\"url\":\"%sin\",\"events\":[%s],\"pages\":\"https://holdfast.example\"}"
                .formatted(receiver.uri(), events));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new Made(answer.json().get("id").asString(), answer.json().get("secret").asString());
  }

  /** An inspection that counts too few, and a tick that notices. */
  private void raise() throws InterruptedException {
    Answer told =
        desk.post(
            "/api/v1/custody",
            ("{'kind':'inspection','id':'visit-1','inspector':'ward','site':'hall',"
                    + "'manner':'labels','counted':8,'at':'2026-11-01T09:00:00.000Z'}")
                .replace('\'', '"'));
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    desk.clock.pass(Duration.ofDays(1));
    desk.server.passTime();
  }

  private Answer act(String token, String said) {
    return desk.send(
        desk.request("/api/v1/cases/1/acts", token, "Content-Type", Desk.JSON)
            .POST(BodyPublishers.ofByteArray(said.replace('\'', '"').getBytes(UTF_8)))
            .build());
  }

  private List<JsonNode> deliveries(Made hook) {
    return desk.get("/api/v1/webhooks/" + hook.id() + "/deliveries").items();
  }

  private JsonNode settled(Made hook, String state) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      List<JsonNode> items = deliveries(hook);
      if (!items.isEmpty() && items.getFirst().get("state").asString().equals(state)) {
        return items.getFirst();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never " + state + ": " + deliveries(hook));
  }

  @Test
  void a_case_is_told_of_signed_and_with_what_there_is_to_know() throws Exception {
    Made hook = hook("\"case.opened\"");
    raise();
    Receiver.Heard heard = receiver.hears(1).getFirst();
    assertThat(heard.isSignedBy(hook.secret())).isTrue();
    assertThat(heard.headers().getFirst("webhook-timestamp")).isEqualTo("1793620800");
    JsonNode json = heard.json();
    assertThat(json.propertyNames()).containsExactly("type", "timestamp", "data");
    assertThat(json.get("type").asString()).isEqualTo("case.opened");
    assertThat(json.get("timestamp").asString()).startsWith("2026-11-0");
    JsonNode data = json.get("data");
    assertThat(data.get("case").asLong()).isEqualTo(1);
    assertThat(data.get("severity").asString()).isEqualTo("medium");
    assertThat(data.get("kind").asString()).isEqualTo("fewer-inspected");
    assertThat(data.get("sentence").asString()).contains("8").contains("64");
    assertThat(data.get("link").asString()).isEqualTo("https://holdfast.example/#/cases/1");
    assertThat(data.get("entry").asLong()).isPositive();
    assertThat(data.get("simulated").asBoolean()).isTrue();
    JsonNode said = settled(hook, "delivered");
    assertThat(said.get("message").asString()).isEqualTo(heard.id());
    assertThat(said.get("attempts").get(0).get("status").asInt()).isEqualTo(200);
    assertThat(said.get("next").isNull()).isTrue();
    assertThat(said.toString()).doesNotContain("not to be kept");
  }

  @Test
  void what_people_do_with_a_case_is_told_to_whoever_wants_it() throws Exception {
    Made all = hook("\"case.opened\",\"case.proposed\",\"case.closed\",\"case.reopened\"");
    raise();
    String first = desk.token("kim", Role.OPERATOR);
    String second = desk.token("lee", Role.EXPORTER);
    act(first, "{'kind':'assign','to':'kim'}");
    act(first, "{'kind':'propose','outcome':'explained','text':'One hall was locked.'}");
    act(second, "{'kind':'close'}");
    act(second, "{'kind':'reopen','text':'It was not.'}");
    List<Receiver.Heard> heard = receiver.hears(4);
    assertThat(heard.stream().map(Receiver.Heard::type))
        .containsExactlyInAnyOrder("case.opened", "case.proposed", "case.closed", "case.reopened");
    assertThat(heard).allMatch(each -> each.isSignedBy(all.secret()));
    JsonNode proposed =
        heard.stream()
            .filter(each -> each.type().equals("case.proposed"))
            .findFirst()
            .orElseThrow()
            .json()
            .get("data");
    assertThat(proposed.get("actor").asString()).isEqualTo("kim");
    assertThat(proposed.get("outcome").asString()).isEqualTo("explained");
  }

  @Test
  void what_was_not_taken_is_sent_again_later_as_the_same() throws Exception {
    receiver.answers.addAll(List.of(500, 302));
    Made hook = hook("\"case.opened\"");
    raise();
    String id = receiver.hears(1).getFirst().id();
    JsonNode waiting = settled(hook, "waiting");
    assertThat(waiting.get("next").isNull()).isFalse();
    desk.clock.pass(Duration.ofSeconds(6));
    receiver.hears(2);
    desk.clock.pass(Duration.ofSeconds(11));
    List<Receiver.Heard> heard = receiver.hears(3);
    assertThat(heard).allMatch(each -> each.id().equals(id) && each.isSignedBy(hook.secret()));
    // The time of the header is that of the attempt.
    assertThat(heard.stream().map(each -> each.headers().getFirst("webhook-timestamp")).distinct())
        .hasSize(3);
    JsonNode delivered = settled(hook, "delivered");
    List<Integer> statuses = new ArrayList<>();
    delivered.get("attempts").forEach(each -> statuses.add(each.get("status").asInt()));
    assertThat(statuses).containsExactly(500, 302, 200);
    desk.clock.pass(Duration.ofDays(1));
    receiver.hears(3);
  }

  @Test
  void whoever_was_not_there_is_told_when_it_is() throws Exception {
    int port = receiver.port();
    Made hook = hook("\"case.opened\"");
    receiver.close();
    raise();
    JsonNode waiting = settled(hook, "waiting");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (waiting.get("attempts").isEmpty() && System.nanoTime() < end) {
      Thread.sleep(50);
      waiting = deliveries(hook).getFirst();
    }
    assertThat(waiting.get("attempts").get(0).get("status").isNull()).isTrue();
    assertThat(waiting.get("attempts").get(0).get("problem").asString()).isEqualTo("connection");
    receiver = new Receiver(port);
    desk.clock.pass(Duration.ofSeconds(6));
    receiver.hears(1);
  }

  @Test
  void after_three_days_nobody_tries_any_more_and_a_person_may() throws Exception {
    receiver.answers.addAll(List.of(500, 500));
    Made hook = hook("\"case.opened\"");
    raise();
    receiver.hears(1);
    settled(hook, "waiting");
    desk.clock.pass(Duration.ofDays(4));
    JsonNode failed = settled(hook, "failed");
    assertThat(failed.get("next").isNull()).isTrue();
    assertThat(failed.get("attempts")).hasSize(2);
    String again =
        "/api/v1/webhooks/" + hook.id() + "/deliveries/" + failed.get("message").asString();
    assertThat(desk.post(again + "/resend", "{}").status()).isEqualTo(204);
    assertThat(receiver.hears(3).stream().map(Receiver.Heard::id).distinct()).hasSize(1);
    settled(hook, "delivered");
  }

  @Test
  void whoever_says_that_it_is_gone_hears_no_more_until_somebody_says_so() throws Exception {
    receiver.answers.add(410);
    Made hook = hook("\"case.opened\",\"case.proposed\"");
    raise();
    receiver.hears(1);
    settled(hook, "failed");
    JsonNode listed = desk.get("/api/v1/webhooks").items().getFirst();
    assertThat(listed.get("disabled").asString()).isEqualTo("gone");
    act(desk.admin, "{'kind':'propose','outcome':'explained','text':'So.'}");
    desk.clock.pass(Duration.ofMinutes(1));
    receiver.hears(1);
    assertThat(desk.post("/api/v1/webhooks/" + hook.id() + "/resume", "").status()).isEqualTo(204);
    assertThat(receiver.hears(2).getLast().type()).isEqualTo("case.proposed");
  }

  @Test
  void what_was_not_sent_before_the_end_is_sent_after_the_next_start_and_nothing_twice()
      throws Exception {
    receiver.answers.add(503);
    Made hook = hook("\"case.opened\"");
    raise();
    String id = receiver.hears(1).getFirst().id();
    settled(hook, "waiting");
    desk.close();
    desk = Desk.in(folder);
    desk.clock.pass(Duration.ofDays(2));
    assertThat(receiver.hears(2)).allMatch(each -> each.id().equals(id));
    settled(hook, "delivered");
    desk.close();
    desk = Desk.in(folder);
    desk.clock.pass(Duration.ofDays(3));
    desk.server.passTime();
    receiver.hears(2);
  }

  @Test
  void views_that_are_made_again_tell_nobody_anything_twice() throws Exception {
    Made hook = hook("\"case.opened\",\"case.proposed\"");
    raise();
    receiver.hears(1);
    settled(hook, "delivered");
    desk.close();
    var _ = HoldfastServer.rebuild(Desk.settings(folder), () -> Desk.NOON, new SecureRandom());
    desk = Desk.in(folder);
    desk.clock.pass(Duration.ofDays(2));
    desk.server.passTime();
    receiver.hears(1);
    // And what happens from then on is told.
    act(desk.admin, "{'kind':'propose','outcome':'explained','text':'So.'}");
    assertThat(receiver.hears(2).getLast().type()).isEqualTo("case.proposed");
  }

  @Test
  void what_was_in_the_ledger_and_not_yet_heard_of_is_told_after_a_crash() throws Exception {
    Made hook = hook("\"case.opened\"");
    receiver.answers.add(500);
    raise();
    String id = receiver.hears(1).getFirst().id();
    settled(hook, "waiting");
    desk.close();
    // As if it had died before it heard of the case: neither the message nor how far it heard.
    try (WebhookStore store = WebhookStore.open(folder)) {
      WebhookStore.Hook kept = store.hook(hook.id()).orElseThrow();
      assertThat(store.forget(hook.id())).isTrue();
      store.keep(kept);
      store.taken(0);
    }
    desk = Desk.in(folder);
    desk.clock.pass(Duration.ofDays(2));
    // The same message, since its id is made of what it follows from.
    assertThat(receiver.hears(2).getLast().id()).isEqualTo(id);
  }

  @Test
  void a_new_webhook_is_told_nothing_of_before() throws Exception {
    raise();
    Made hook = hook("\"case.opened\"");
    desk.server.passTime();
    assertThat(deliveries(hook)).isEmpty();
    receiver.hears(0);
  }

  @Test
  void a_test_says_that_it_came_and_no_more() throws Exception {
    Made hook = hook("\"case.opened\"");
    Answer answer = desk.post("/api/v1/webhooks/" + hook.id() + "/test", "{}");
    Receiver.Heard heard = receiver.hears(1).getFirst();
    assertThat(heard.id()).isEqualTo(answer.json().get("message").asString());
    assertThat(heard.type()).isEqualTo("webhook.test");
    assertThat(heard.isSignedBy(hook.secret())).isTrue();
    settled(hook, "delivered");
  }

  @Test
  void both_secrets_sign_for_a_day_and_then_the_new_one_alone() throws Exception {
    Made hook = hook("\"case.opened\"");
    Answer rotated = desk.post("/api/v1/webhooks/" + hook.id() + "/secret", "");
    String fresh = rotated.json().get("secret").asString();
    assertThat(fresh).isNotEqualTo(hook.secret());
    desk.post("/api/v1/webhooks/" + hook.id() + "/test", "");
    Receiver.Heard both = receiver.hears(1).getLast();
    assertThat(both.isSignedBy(fresh)).isTrue();
    assertThat(both.isSignedBy(hook.secret())).isTrue();
    desk.clock.pass(Duration.ofHours(25));
    desk.post("/api/v1/webhooks/" + hook.id() + "/test", "");
    Receiver.Heard one = receiver.hears(2).getLast();
    assertThat(one.isSignedBy(fresh)).isTrue();
    assertThat(one.isSignedBy(hook.secret())).isFalse();
  }

  @Test
  void the_secret_is_told_once_and_lies_in_a_file_of_its_owner_alone() throws Exception {
    List<String> logged = new ArrayList<>();
    Handler listening =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            synchronized (logged) {
              logged.add(entry.getMessage() + " " + entry.getThrown());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(listening);
    try {
      receiver.answers.addAll(List.of(500, 302));
      Made hook = hook("\"case.opened\"");
      raise();
      receiver.hears(1);
      settled(hook, "waiting");
      String key = hook.secret().substring("whsec_".length());
      for (String path :
          List.of("webhooks", "webhooks/" + hook.id() + "/deliveries", "summary", "cases/1")) {
        assertThat(desk.get("/api/v1/" + path).text()).doesNotContain(key);
      }
      assertThat(logged).noneMatch(each -> each.contains(key));
      Path file = folder.resolve("webhooks").resolve(hook.id() + ".1.secret");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file)).isEqualTo(hook.secret());
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(
                files
                    .filter(Files::isRegularFile)
                    .filter(each -> holds(each, key))
                    .map(each -> folder.relativize(each).toString()))
            .containsExactly("webhooks/" + hook.id() + ".1.secret");
      }
      assertThat(desk.delete("/api/v1/webhooks/" + hook.id()).status()).isEqualTo(204);
      assertThat(file).doesNotExist();
      assertThat(desk.get("/api/v1/webhooks").items()).isEmpty();
    } finally {
      root.removeHandler(listening);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'url':'http://hooks.example/','events':['case.opened']} | /url",
        "{'url':'https://user@hooks.example/','events':['case.opened']} | /url",
        "{'url':'https://hooks.example/','events':[]} | /events",
        "{'url':'https://hooks.example/','events':['case.burned']} | /events",
        "{'url':'https://hooks.example/','events':['webhook.test']} | /events",
        "{'url':'https://hooks.example/','events':['case.opened'],'language':'xx'} | /language",
        "{'url':'https://hooks.example/','events':['case.opened'],'pages':'javascript:x'} | /pages"
      })
  void what_makes_no_webhook_is_refused_with_its_field(String said, String field) {
    Answer answer = desk.post("/api/v1/webhooks", said.replace('\'', '"'));
    assertThat(answer.requireProblem(400, ErrorCode.BAD_PARAMETER).get("field").asString())
        .isEqualTo(field);
    assertThat(desk.get("/api/v1/webhooks").items()).isEmpty();
  }

  @Test
  void there_are_no_more_than_twenty() {
    for (int i = 0; i < Webhooks.MOST; i++) {
      var _ = hook("\"case.opened\"");
    }
    desk.post(
            "/api/v1/webhooks", "{\"url\":\"https://hooks.example/\",\"events\":[\"case.opened\"]}")
        .requireProblem(400, ErrorCode.BAD_PARAMETER);
  }

  @Test
  void what_was_sent_is_listed_newest_first_in_pages() {
    Made hook = hook("\"case.opened\"");
    for (int i = 0; i < 5; i++) {
      desk.post("/api/v1/webhooks/" + hook.id() + "/test", "{}");
    }
    receiver.hears(5);
    String path = "/api/v1/webhooks/" + hook.id() + "/deliveries?limit=2";
    Answer first = desk.get(path);
    assertThat(first.items()).hasSize(2);
    Answer second = desk.get(path + "&cursor=" + first.json().get("next").asString());
    assertThat(second.each("message"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.each("message"));
    Answer third = desk.get(path + "&cursor=" + second.json().get("next").asString());
    assertThat(third.items()).hasSize(1);
    assertThat(third.json().get("next").isNull()).isTrue();
    desk.get(path + "&cursor=eA").requireProblem(400, ErrorCode.BAD_PARAMETER);
  }
}
