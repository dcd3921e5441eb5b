package dev.holdfast.server;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask what: every route with a token of every role, with none, and with a wrong one. */
final class RolesTest {
  private static final Set<Role> ALL_BUT_SENDERS =
      EnumSet.of(Role.ADMIN, Role.OPERATOR, Role.EXPORTER, Role.AUDITOR);
  private static final Set<Role> WHO_READ_ALL =
      EnumSet.of(Role.ADMIN, Role.OPERATOR, Role.EXPORTER);
  private static final Set<Role> WHO_DECLARE = EnumSet.of(Role.ADMIN, Role.OPERATOR);
  private static final Set<Role> WHO_HAND_IN =
      EnumSet.of(Role.ADMIN, Role.OPERATOR, Role.LANDMARK, Role.AGENT);
  private static final Set<Role> ADMIN = EnumSet.of(Role.ADMIN);

  /** The other routes are for all that read. */
  private static final Map<String, Set<Role>> MAY =
      Map.ofEntries(
          Map.entry("POST /api/v1/statements", WHO_HAND_IN),
          Map.entry("PUT /api/v1/blobs/{sha256}", WHO_HAND_IN),
          Map.entry("POST /api/v1/fleet", WHO_DECLARE),
          Map.entry("PUT /api/v1/revocations", WHO_DECLARE),
          Map.entry("POST /api/v1/disclosures", WHO_DECLARE),
          Map.entry("POST /api/v1/disclosures/{index}/end", WHO_DECLARE),
          Map.entry("GET /api/v1/tokens", ADMIN),
          Map.entry("POST /api/v1/tokens", ADMIN),
          Map.entry("DELETE /api/v1/tokens/{name}", ADMIN),
          Map.entry("GET /api/v1/challenge", EnumSet.allOf(Role.class)),
          Map.entry("GET /api/v1/playback", ADMIN),
          Map.entry("POST /api/v1/playback", ADMIN),
          Map.entry("GET /api/v1/findings", WHO_READ_ALL),
          Map.entry("POST /api/v1/custody", WHO_READ_ALL),
          Map.entry("GET /api/v1/custody", WHO_READ_ALL),
          Map.entry("GET /api/v1/cases", WHO_READ_ALL),
          Map.entry("POST /api/v1/leases", WHO_HAND_IN),
          Map.entry("GET /api/v1/landmarks/audit", WHO_READ_ALL),
          Map.entry("GET /api/v1/landmarks/advice", WHO_READ_ALL),
          Map.entry("GET /api/v1/entries/{index}/proof", WHO_READ_ALL),
          Map.entry("GET /api/v1/leases", WHO_READ_ALL),
          Map.entry("GET /api/v1/licences", WHO_READ_ALL),
          Map.entry("POST /api/v1/leases/keys", ADMIN),
          Map.entry("GET /api/v1/cases/{number}", WHO_READ_ALL),
          Map.entry("GET /api/v1/cases/{number}/dossier", WHO_READ_ALL),
          Map.entry("GET /api/v1/cases/{number}/disclosure", WHO_READ_ALL),
          Map.entry("POST /api/v1/cases/{number}/acts", WHO_READ_ALL),
          Map.entry("POST /api/v1/decisions", WHO_READ_ALL),
          Map.entry("GET /api/v1/decisions", WHO_READ_ALL),
          Map.entry("GET /api/v1/decisions/{index}", WHO_READ_ALL),
          Map.entry("GET /api/v1/entries/{index}", WHO_READ_ALL),
          Map.entry("GET /api/v1/events", WHO_READ_ALL),
          Map.entry("GET /api/v1/webhooks", ADMIN),
          Map.entry("POST /api/v1/webhooks", ADMIN),
          Map.entry("DELETE /api/v1/webhooks/{id}", ADMIN),
          Map.entry("POST /api/v1/webhooks/{id}/secret", ADMIN),
          Map.entry("POST /api/v1/webhooks/{id}/test", ADMIN),
          Map.entry("POST /api/v1/webhooks/{id}/resume", ADMIN),
          Map.entry("GET /api/v1/webhooks/{id}/deliveries", ADMIN),
          Map.entry("POST /api/v1/webhooks/{id}/deliveries/{message}/resend", ADMIN),
          Map.entry("GET /metrics", WHO_READ_ALL));

  @TempDir private static Path folder;
  private static Desk desk;
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() {
    desk = Desk.with(Desk.settings(folder).withPlayback(new HeldPlayback()));
    for (Role role : Role.values()) {
      TOKENS.put(role, desk.token("a " + role.word(), role));
    }
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static List<String> routes() {
    List<String> routes = new java.util.ArrayList<>(desk.server.routes());
    routes.add("GET /metrics");
    return routes;
  }

  private static HttpRequest request(String route, String token) {
    String[] words = route.split(" ", 2);
    String path =
        words[1]
            .replace("{sha256}", "0".repeat(64))
            .replace("{index}", "0")
            .replace("{number}", "1")
            .replaceAll("\\{[a-z]+}", "1");
    boolean body = !words[0].equals("GET") && !words[0].equals("DELETE");
    return desk.request(path, token)
        .method(words[0], body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
        .build();
  }

  @Test
  void nobody_without_a_token_may_anything() {
    for (String route : routes()) {
      for (String token : List.of("", "hf_wrong", "hf_" + "A".repeat(43))) {
        Answer answer = desk.send(request(route, token));
        assertThat(answer.header("WWW-Authenticate")).as(route).startsWith("Bearer");
        answer.requireProblem(401, ErrorCode.NOT_SIGNED_IN);
      }
    }
  }

  @Test
  void each_role_may_what_is_its_own_and_is_refused_the_rest() {
    assertThat(routes()).containsAll(MAY.keySet());
    for (String route : routes()) {
      Set<Role> may = MAY.getOrDefault(route, ALL_BUT_SENDERS);
      for (Role role : Role.values()) {
        HttpRequest request = request(route, TOKENS.getOrDefault(role, ""));
        if (may.contains(role)) {
          assertThat(desk.status(request)).as(route + " by " + role).isNotIn(401, 403, 500);
        } else {
          assertThat(desk.send(request).requireProblem(403, ErrorCode.NOT_ALLOWED).toString())
              .as(route + " by " + role)
              .contains("HF-6104");
        }
      }
    }
  }

  @Test
  void what_tells_nothing_of_a_fleet_is_for_anybody() {
    for (String path :
        List.of(
            "/",
            "/healthz",
            "/readyz",
            "/openapi.json",
            "/.well-known/jwks.json",
            "/world.json",
            "/messages/en.json",
            "/messages/zh.json",
            "/messages/ja.json",
            "/log/checkpoint")) {
      assertThat(desk.getAs("", path).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void nothing_is_at_an_address_that_nothing_is_at() {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/nothing",
            "/messages/xx.json",
            "/pages/nothing.js",
            "/pages/..%2f..%2fviews.db",
            "/lib/../../etc/passwd",
            "/log/nothing")) {
      assertThat(desk.getAs("", path).status()).as(path).isIn(400, 404);
    }
    desk.getAs("", "/api/v1/nothing").requireProblem(404, ErrorCode.NOT_THERE);
  }

  @Test
  void the_description_for_machines_is_of_the_routes_that_there_are() {
    Set<String> described =
        OpenApi.operations().stream()
            .map(each -> each.method() + " " + each.path())
            .collect(java.util.stream.Collectors.toSet());
    // Described before it was made.
    Set<String> awaited = Set.of("GET /api/v1/verdicts/{id}/bundle");
    Set<String> there = Set.copyOf(desk.server.routes());
    assertThat(described).containsAll(there);
    assertThat(there)
        .containsAll(
            described.stream()
                .filter(each -> there.contains(each) || !awaited.contains(each))
                .toList());
    Map<String, Long> paths =
        desk.getAs("", "/openapi.json").json().get("paths").propertyNames().stream()
            .collect(toMap(Function.identity(), path -> 1L));
    assertThat(paths.keySet())
        .containsExactlyInAnyOrderElementsOf(
            described.stream().map(each -> each.split(" ", 2)[1]).distinct().toList());
    assertThat(Arrays.asList(Role.values())).hasSize(6);
  }
}
