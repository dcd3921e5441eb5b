package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.Playback;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}: a story, or a whole fleet, on this machine, in the browser. */
@Command(
    name = "demo",
    description =
        "Runs the server and opens it in the browser while a simulated story is told: accelerators are"
            + " bought, installed, inspected, dismantled and carried over a border, beside honest sites"
            + " with bad networks. All of it is said to the server over HTTP in signed statements, as"
            + " real sources would say it, and is called simulated wherever it appears. With --live: a"
            + " large simulated fleet in real time, and one site of real landmarks on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  holdfast demo",
      "  holdfast demo --no-browser --minutes 6",
      "  holdfast demo --live --chips 3000 --data my-demo"
    })
final class DemoCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final double USUAL_MINUTES = 3;
  private static final double MOST_MINUTES = 1440;
  private static final int USUAL_CHIPS = 3000;
  private static final long FLEET_SEED = 1;

  /** With it no honest host happens to be out for a day without a record. */
  private static final long STORY_SEED = 2;

  /** The file by which a folder is known to hold a story. */
  private static final String STORY = "story";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

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
      description = "whose chance (default: 2 for the story, 1 for the fleet of --live)")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "how long the whole story takes, 0 to 1440; 0 is as fast as it goes (default: 3)")
  private @Nullable Double minutes;

  @Option(names = "--live", description = "a fleet in real time, and no story")
  private boolean live;

  @Option(
      names = "--chips",
      paramLabel = "N",
      description = "how many chips the fleet of --live has (default: 3000)")
  private @Nullable Integer chips;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record DemoJson(String url, String data, String page, String adminToken, boolean simulated) {}

  @Override
  public Integer call() {
    check();
    ServerLog.onlyWarnings();
    Path folder = folder();
    boolean fresh = !Files.exists(folder.resolve("log"));
    if (live || (!fresh && !Files.exists(folder.resolve(STORY)))) {
      return live(folder, fresh);
    }
    StageSettings settings = StageSettings.demo(seed == null ? STORY_SEED : seed);
    Duration wall =
        Duration.ofMillis(Math.round((minutes == null ? USUAL_MINUTES : minutes) * 60_000));
    DemoStory story = new DemoStory(settings, Story.demo(), wall, System::nanoTime, this::narrate);
    ServerSettings usual =
        ServerSettings.of(folder, port).orNextFree().withTick(Duration.ofHours(1));
    // A story that was told is looked at as it ended.
    Instant end = DemoStory.end(settings);
    HoldfastServer server =
        HoldfastServer.start(
            fresh ? usual.withPlayback(story) : usual,
            fresh ? story.clock() : () -> end,
            new SecureRandom());
    Path tokenFile = HoldfastServer.adminToken(folder);
    String token = token(tokenFile);
    Thread telling =
        Thread.ofPlatform().daemon().name("story").unstarted(() -> tell(story, server, token));
    Serving.untilToldToEnd(
        () -> {
          telling.interrupt();
          server.close();
        },
        () -> {
          announce(server, folder, tokenFile, page(folder, server.uri(), token));
          if (fresh) {
            mark(folder);
            say(
                "demo.story",
                String.valueOf(settings.days()),
                String.valueOf(wall.toSeconds() / 60.0));
            telling.start();
          } else {
            say("demo.continues");
          }
        },
        () -> {});
    return 0;
  }

  private void check() {
    if (live && minutes != null) {
      throw new ParameterException(spec.commandLine(), "--minutes are of the story, not of --live");
    }
    if (!live && chips != null) {
      throw new ParameterException(spec.commandLine(), "--chips are of the fleet: add --live");
    }
    if (minutes != null && !(minutes >= 0 && minutes <= MOST_MINUTES)) {
      throw new ParameterException(spec.commandLine(), "--minutes is 0 to " + MOST_MINUTES);
    }
  }

  /** So that who starts it again on this folder knows by which clock it was told. */
  private static void mark(Path folder) {
    try {
      Files.write(folder.resolve(STORY), new byte[0]);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  private void tell(DemoStory story, HoldfastServer server, String token) {
    try {
      story.tell(server, token);
      if (story.stand().state() == Playback.State.FINISHED) {
        say("demo.story-over");
      }
    } catch (CodedException | IllegalStateException e) {
      surroundings.err().println(String.valueOf(e.getMessage()));
    }
  }

  private void narrate(Playback.Line line) {
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    String sentence =
        line.sentences().stream()
            .map(each -> catalogue.say(each.code(), each.arguments()))
            .collect(Collectors.joining(" "));
    surroundings.err().println(Times.print(line.at()) + "  " + Problem.printable(sentence));
    surroundings.err().flush();
  }

  private static String token(Path file) {
    return new String(OwnersFiles.read(file, 1 << 10), UTF_8).strip();
  }

  private int live(Path folder, boolean fresh) {
    HoldfastServer server =
        HoldfastServer.start(
            ServerSettings.of(folder, port).orNextFree().withTick(TICK).withOpenEntries(),
            InstantSource.system(),
            new SecureRandom());
    Path tokenFile = HoldfastServer.adminToken(folder);
    String token = token(tokenFile);
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
      int number = chips == null ? USUAL_CHIPS : chips;
      DemoFleet fleet =
          new DemoFleet(seed == null ? FLEET_SEED : seed, number, InstantSource.system());
      say(
          "demo.opening",
          String.valueOf(number),
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
