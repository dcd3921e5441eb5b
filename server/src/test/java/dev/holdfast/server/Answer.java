package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a server answered. */
record Answer(HttpResponse<byte[]> response) {
  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  String text() {
    return new String(response.body(), UTF_8);
  }

  JsonNode json() {
    return StateJson.mapper().readTree(response.body());
  }

  /** The items of a list. */
  List<JsonNode> items() {
    assertThat(status()).as(text()).isEqualTo(200);
    return StreamSupport.stream(json().get("items").spliterator(), false).toList();
  }

  /** One field of each item of a list. */
  List<String> each(String field) {
    return items().stream().map(item -> item.get(field).asString()).toList();
  }

  /** Asserts a problem of this status and code. */
  JsonNode requireProblem(int status, ErrorCode code) {
    assertThat(status()).as(text()).isEqualTo(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json();
    assertThat(problem.get("type").asString()).isEqualTo("about:blank");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asString()).isEqualTo(code.code());
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("detail").asString()).isNotBlank();
    return problem;
  }
}
