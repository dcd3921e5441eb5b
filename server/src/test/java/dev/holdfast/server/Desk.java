package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A server on loopback in a folder of its own, whose clock a test moves, and one who asks it. */
final class Desk implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final String JSON = "application/json";
  static final String LINES = "application/x-ndjson";

  final MovedClock clock = new MovedClock(NOON);
  final HoldfastServer server;
  final String admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Desk(ServerSettings settings) {
    server = HoldfastServer.start(settings, clock, new SecureRandom());
    try {
      admin = Files.readString(HoldfastServer.adminToken(settings.data())).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that ticks only when it starts. */
  static Desk in(Path folder) {
    return new Desk(settings(folder));
  }

  static Desk with(ServerSettings settings) {
    return new Desk(settings);
  }

  static ServerSettings settings(Path folder) {
    return ServerSettings.of(folder, 0).withTick(Duration.ofHours(1));
  }

  URI uri(String path) {
    return URI.create(server.uri()).resolve(path);
  }

  HttpRequest.Builder request(String path, String token, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return headers.length == 0 ? request : request.headers(headers);
  }

  Answer send(HttpRequest request) {
    try {
      return new Answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks and takes only the status, of what never ends too. */
  int status(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Answer get(String path, String... headers) {
    return getAs(admin, path, headers);
  }

  Answer getAs(String token, String path, String... headers) {
    return send(request(path, token, headers).build());
  }

  Answer post(String path, String type, byte[] body) {
    return send(
        request(path, admin, "Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build());
  }

  Answer post(String path, String json) {
    return post(path, JSON, json.getBytes(UTF_8));
  }

  /** Declares a fleet in JSON; quotes may be single. */
  void declare(String json) {
    Answer answer = post("/api/v1/fleet", json.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** Makes a token and returns its secret. */
  String token(String name, Role role) {
    Answer answer =
        post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"" + role.word() + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("token").asString();
  }

  /** Hands in statements in one batch, and waits until those that were taken are in the views. */
  List<JsonNode> state(byte[]... statements) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] each : statements) {
      body.writeBytes(each);
      body.write('\n');
    }
    List<JsonNode> items = post("/api/v1/statements", LINES, body.toByteArray()).items();
    for (JsonNode item : items) {
      if (item.has("index")) {
        try {
          server.await(item.get("index").asLong());
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    return items;
  }

  Answer put(String path, byte[] body) {
    return send(request(path, admin).PUT(BodyPublishers.ofByteArray(body)).build());
  }

  Answer delete(String path) {
    return send(request(path, admin).DELETE().build());
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
