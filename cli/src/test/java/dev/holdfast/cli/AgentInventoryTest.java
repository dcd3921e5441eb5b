package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.base.OwnersFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class AgentInventoryTest {
  private static final String LIBRARY =
      """
      #include <stdio.h>
      int nvmlInit_v2(void) { return 0; }
      int nvmlDeviceGetCount_v2(unsigned *count) { *count = 1; return 0; }
      int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **to) { *to = to; return 0; }
      int nvmlDeviceGetName(void *d, char *to, unsigned n) { snprintf(to, n, "H100"); return 0; }
      int nvmlDeviceGetUUID(void *d, char *to, unsigned n) { snprintf(to, n, "GPU-7"); return 0; }
      """;

  @TempDir private Path folder;

  private Desk.Result run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "agent";
    all[1] = "inventory";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new Desk(folder).run(all);
  }

  /** A library that stands in for a driver's; whoever asks is skipped where there is no gcc. */
  private String library() throws IOException, InterruptedException {
    Path code = Files.writeString(folder.resolve("nvml.c"), LIBRARY);
    String library = folder.resolve("nvml.so").toString();
    Process gcc;
    try {
      gcc =
          new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", library, code.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      Assumptions.abort("gcc is absent");
      throw e;
    }
    assertThat(gcc.waitFor(60, TimeUnit.SECONDS) && gcc.exitValue() == 0).isTrue();
    return library;
  }

  @Test
  void without_a_driver_one_sentence_says_so() {
    Desk.Result result = run("--once", "--library", folder.resolve("none.so").toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("HF-7002", "no NVIDIA driver library")
        .contains("An agent looks every 1h");
  }

  @Test
  void the_drivers_word_is_shown_as_such_with_what_it_cost() throws Exception {
    Desk.Result result = run("--once", "--library", library());
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("NVML tells of 1 × H100", "host’s word", "uuid:GPU-7", "looked at 2");
    assertThat(result.err()).contains("processor time", "MiB of memory");
    Desk.Result json = run("--once", "--output", "json", "--library", library());
    assertThat(json.lines()).hasSize(1);
    assertThat(json.lines().getFirst().path("source").asString()).isEqualTo("nvml");
    JsonNode cost = Json.mapper().readTree(json.err()).path("cost");
    assertThat(cost.path("everySeconds").asInt()).isEqualTo(3600);
    assertThat(cost.path("memoryOctets").asLong()).isPositive();
  }

  @Test
  void a_controller_is_asked_beside_the_driver() throws IOException {
    HttpServer controller =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    controller.createContext(
        "/redfish/v1/Chassis",
        exchange -> {
          byte[] body = "{\"Members\":[]}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    controller.start();
    Path credentials = folder.resolve("bmc.secret");
    OwnersFiles.create(credentials, "root:secret\n".getBytes(UTF_8));
    String address = "http://127.0.0.1:" + controller.getAddress().getPort() + "/";
    Desk.Result result =
        run(
            "--once",
            "--library",
            folder + "/none.so",
            "--redfish",
            address,
            "--credentials",
            credentials.toString());
    controller.stop(0);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out())
        .contains("Redfish tells of no accelerators", "management controller’s word");
    assertThat(result.out() + result.err()).doesNotContain("secret:", "root:secret");
  }

  @Test
  void options_that_do_not_fit_are_refused() {
    assertThat(run().err()).startsWith("HF-2001 ").contains("--once");
    assertThat(run("--once", "--redfish", "https://bmc/").err()).contains("--credentials");
    assertThat(run("--once", "--credentials", "x").err()).contains("--redfish");
    assertThat(run("--once", "--redfish", "http://bmc/", "--credentials", "x").err())
        .contains("without TLS");
  }

  @Test
  void the_agent_itself_still_needs_its_configuration() {
    Desk.Result result = new Desk(folder).run("agent");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-2001 ").contains("CONFIG");
    assertThat(new Desk(folder).run("agent", folder + "/none.yaml").err()).startsWith("HF-2002 ");
  }
}
