package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast demo}: a whole fleet on this machine, in the browser. */
@Command(
    name = "demo",
    description =
        "Runs the server with a simulated fleet, and opens it in the browser. The fleet speaks to the"
            + " server over HTTP in signed statements, as a real one does; all of it is called"
            + " simulated wherever it appears.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast demo --data my-demo"})
final class DemoCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofSeconds(5);

  private final Surroundings surroundings;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7400",
      description = "where to listen; where it is taken, the next free one (default: 7400)")
  private int port = 7400;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the folder of the server (default: a new one for temporary files)")
  private @Nullable Path data;

  @Option(names = "--no-browser", description = "print the address, and open nothing")
  private boolean noBrowser;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "which fleet (default: 1)")
  private long seed = 1;

  @Option(
      names = "--chips",
      paramLabel = "N",
      defaultValue = "3000",
      description = "how many chips it has (default: 3000)")
  private int chips = 3000;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record DemoJson(String url, String data, String page, String adminToken, boolean simulated) {}

  @Override
  public Integer call() {
    ServerLog.onlyWarnings();
    Path folder = folder();
    boolean fresh = !Files.exists(folder.resolve("log"));
    HoldfastServer server =
        HoldfastServer.start(
            ServerSettings.of(folder, port).orNextFree().withTick(TICK).withOpenEntries(),
            InstantSource.system(),
            new SecureRandom());
    Path tokenFile = HoldfastServer.adminToken(folder);
    String token = new String(OwnersFiles.read(tokenFile, 1 << 10), UTF_8).strip();
    DemoLoopback loopback =
        new DemoLoopback(folder.toAbsolutePath().resolve("loopback"), InstantSource.system());
    Thread fleet =
        Thread.ofPlatform()
            .daemon()
            .name("fleet")
            .unstarted(() -> run(server, token, loopback, tokenFile.toAbsolutePath()));
    Serving.untilToldToEnd(
        () -> {
          fleet.interrupt();
          loopback.close();
          server.close();
        },
        () -> {
          announce(server, folder, tokenFile, page(folder, server.uri(), token));
          if (fresh) {
            fleet.start();
          } else {
            say("demo.continues");
          }
        },
        () -> {});
    return 0;
  }

  private Path folder() {
    try {
      return data == null ? Files.createTempDirectory("holdfast-demo") : data;
    } catch (IOException e) {
      throw new CodedException(
          Problem.of(ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * A page that leads to the server with the token; a file for its owner alone, since what stands
   * on a command line can be read by everybody on this machine.
   */
  private static Path page(Path folder, String uri, String token) {
    Path page = folder.resolve("open.html").toAbsolutePath();
    try {
      Files.deleteIfExists(page);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(page.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
    OwnersFiles.create(
        page,
        ("<!doctype html><meta charset=\"utf-8\"><title>Holdfast</title>"
                + "<meta http-equiv=\"refresh\" content=\"0; url="
                + uri
                + "#token="
                + token
                + "\">\n")
            .getBytes(UTF_8));
    return page;
  }

  private void announce(HoldfastServer server, Path folder, Path tokenFile, Path page) {
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new DemoJson(
                          server.uri(),
                          folder.toString(),
                          page.toString(),
                          tokenFile.toString(),
                          true)));
    } else {
      surroundings.out().println(server.uri());
      say("demo.open", page.toUri().toString(), server.uri(), tokenFile.toString());
      say("demo.stop");
    }
    surroundings.out().flush();
    if (!noBrowser) {
      open(page);
    }
  }

  private void say(String key, String... arguments) {
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    surroundings.err().println(catalogue.say(key, arguments));
    surroundings.err().flush();
  }

  private void run(HoldfastServer server, String token, DemoLoopback loopback, Path tokenFile) {
    long began = System.nanoTime();
    try (ServerClient client = ServerClient.to(URI.create(server.uri()), token)) {
      DemoFleet fleet = new DemoFleet(seed, chips, InstantSource.system());
      say(
          "demo.opening",
          String.valueOf(chips),
          String.valueOf(fleet.fleet().sites().size()),
          String.valueOf(fleet.fleet().landmarks().size()));
      loopback.start(client, URI.create(server.uri()), tokenFile);
      fleet.begin(client);
      say("demo.judged", String.valueOf((System.nanoTime() - began) / 1_000_000_000));
      fleet.goOn(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CodedException | IOException | IllegalStateException e) {
      if (!Thread.currentThread().isInterrupted()) {
        surroundings.err().println(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Opens a page with what this system opens pages with; where there is nothing, people do it. */
  private static void open(Path page) {
    String system = System.getProperty("os.name", "");
    List<String> command =
        system.startsWith("Mac")
            ? List.of("open", page.toString())
            : system.startsWith("Windows")
                ? List.of("cmd", "/c", "start", "", page.toString())
                : List.of("xdg-open", page.toString());
    try {
      var _ =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException nothingOpensPages) {
      return;
    }
  }
}
