package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The site of the demo that is measured with real packets. */
final class DemoLoopbackTest {
  @TempDir private Path folder;

  private static JsonNode host(HttpClient http, URI server, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/hosts/loopback-1"))
            .header("Authorization", "Bearer " + token)
            .build();
    return Json.mapper().readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Test
  @Timeout(120)
  void honest_landmarks_on_one_machine_prove_where_it_is_said_to_be() throws Exception {
    Path data = folder.resolve("data");
    try (HoldfastServer server =
            HoldfastServer.start(
                ServerSettings.of(data, 0).withTick(Duration.ofSeconds(1)),
                InstantSource.system(),
                new SecureRandom());
        HttpClient http = HttpClient.newHttpClient();
        DemoLoopback loopback =
            new DemoLoopback(folder.resolve("loopback"), InstantSource.system())) {
      URI uri = URI.create(server.uri());
      Path tokenFile = HoldfastServer.adminToken(data);
      String token = Files.readString(tokenFile).strip();
      try (ServerClient client = ServerClient.to(uri, tokenFile)) {
        loopback.start(client, uri, tokenFile);
      }
      JsonNode host = host(http, uri, token);
      // Two landmarks alone leave it open, since one of them may lie.
      while (!host.path("state").asString("").equals("PROVED")) {
        assertThat(host.path("state").asString("SILENT")).isIn("SILENT", "UNPROVEN");
        Thread.sleep(50);
        host = host(http, uri, token);
      }
      assertThat(host.get("simulated").asBoolean()).as("its place is invented").isTrue();
    }
  }
}
