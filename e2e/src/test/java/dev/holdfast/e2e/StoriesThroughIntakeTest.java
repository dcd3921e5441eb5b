package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Finding;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A story that is signed as its sources would sign it, handed to a server over HTTP, gives the
 * findings that the fold gives of its evidence; and gives them again from the ledger alone.
 */
final class StoriesThroughIntakeTest {
  private static final boolean THOROUGH =
      System.getProperty("holdfast.counts", "gate").equals("thorough");

  @TempDir private Path folder = Path.of("");

  /** A play: a family, hosts of each of two sites, days. */
  record Play(String family, int hosts, int days) {}

  static Stream<Play> plays() {
    List<Play> few = List.of(new Play("burn-in", 1, 6));
    List<Play> all =
        List.of(
            new Play("burn-in", 1, 12),
            new Play("whole-site", 1, 30),
            new Play("board-by-board", 2, 36),
            new Play("trickle", 2, 40),
            new Play("board-moved", 1, 30),
            new Play("key-left", 1, 28),
            new Play("dummy-servers", 1, 20),
            new Play("cloned", 1, 30),
            new Play("colluding-landmark", 1, 30),
            new Play("knows-thresholds", 1, 34),
            new Play("honest", 1, 30));
    return (THOROUGH ? all : few).stream();
  }

  /** A server whose clock is that of the stage. */
  private static final class Served implements SignedStage.World, AutoCloseable {
    private final AtomicReference<Instant> clock = new AtomicReference<>(Stage.START);
    private final HoldfastServer server;
    private final String admin;
    private final ServerClient client;
    private final BlobsAhead sink;

    private Served(Path folder) throws IOException {
      ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofHours(1));
      server = HoldfastServer.start(settings, clock::get, new SecureRandom());
      admin = Files.readString(HoldfastServer.adminToken(folder)).strip();
      client = ServerClient.to(URI.create(server.uri()), admin);
      sink = new BlobsAhead(client);
    }

    @Override
    public void declare(ObjectNode fleet) {
      client.declare(fleet);
    }

    @Override
    public void tell(CustodyWord word) {
      var _ = client.tell(word);
    }

    @Override
    public byte[] pass(Instant to) {
      clock.set(to);
      try {
        server.passTime();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return client.challenge().octets();
    }

    @Override
    public void at(Instant time) {
      clock.set(time);
    }

    @Override
    public void keep(Sha256 name, byte[] octets) {
      sink.keep(name, octets);
    }

    @Override
    public void say(List<Envelope> statements) {
      sink.say(statements);
    }

    private JsonFields get(String path) throws IOException, InterruptedException {
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.uri()).resolve("/api/v1/" + path))
                .header("Authorization", "Bearer " + admin)
                .header("Accept-Language", "en")
                .build();
        byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();
        return JsonFields.read(body, path, 8 << 20, ErrorCode.PEER_FAILED);
      }
    }

    /** What the watch found; what is about nothing is of the older folds. */
    private List<String> findings() throws IOException, InterruptedException {
      List<String> found = new ArrayList<>();
      String next = "";
      while (next != null) {
        JsonFields page = get("findings?limit=200" + (next.isEmpty() ? "" : "&cursor=" + next));
        for (JsonFields each : page.items("items", 500)) {
          List<String> about = each.texts("about", 5000);
          if (!about.isEmpty()) {
            found.add(
                line(
                    each.text("kind"),
                    each.text("severity"),
                    each.text("subject"),
                    each.text("sentence"),
                    each.text("at"),
                    about));
          }
        }
        next = page.isNull("next") ? null : page.text("next");
      }
      return found.stream().sorted().toList();
    }

    private List<String> cases() throws IOException, InterruptedException {
      return get("cases?limit=200").items("items", 500).stream()
          .map(each -> each.text("severity") + " " + new TreeSet<>(each.texts("sites", 500)))
          .sorted()
          .toList();
    }

    @Override
    public void close() {
      sink.close();
      client.close();
      server.close();
    }
  }

  /** The fold alone. */
  private static final class Alone implements Stage.Audience {
    private final Watch watch;
    private final CaseBook cases = new CaseBook();
    private final List<Finding> findings = new ArrayList<>();
    private long index;

    private Alone() {
      NaturalEarth earth = NaturalEarth.load();
      watch =
          new Watch(
              WatchTerms.USUAL,
              Atlas.of(
                  earth.map(),
                  Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
                  Atlas.DEFAULT_MARGIN));
    }

    @Override
    public void hear(Evidence evidence) {
      take(watch.apply(evidence, index++));
    }

    @Override
    public void tick(Instant at) {
      take(watch.tick(at));
    }

    private void take(Watch.Step step) {
      for (Finding each : step.findings()) {
        findings.add(each);
        var _ = cases.add(each);
      }
    }

    private List<String> lines() {
      MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
      return findings.stream()
          .map(each ->
              line(
                  each.kind(),
                  each.severity().word(),
                  each.subject(),
                  english.say(each.reason().code(), each.reason().arguments()),
                  each.at().toString(),
                  each.about()))
          .sorted()
          .toList();
    }

    private List<String> caseLines() {
      return cases.cases().stream()
          .map(each ->
              each.severity().word()
                  + " "
                  + new TreeSet<>(
                      each.about().stream()
                          .filter(name -> name.startsWith("site:"))
                          .map(name -> name.substring(5))
                          .toList()))
          .sorted()
          .toList();
    }
  }

  private static String line(
      String kind,
      String severity,
      String subject,
      String sentence,
      String at,
      List<String> about) {
    return String.join(
        " | ", kind, severity, subject, sentence, at, new TreeSet<>(about).toString());
  }

  @ParameterizedTest
  @MethodSource("plays")
  void a_story_through_the_intake_gives_the_findings_of_the_fold(Play play) throws Exception {
    StageSettings settings = StageSettings.usual(3).sized(play.hosts(), play.days());
    Alone alone = new Alone();
    alone.tick(Stage.START);
    List<String> findings;
    List<String> cases;
    try (Served served = new Served(folder)) {
      SignedStage signed = new SignedStage(3, Duration.ofDays(play.days() + 30L), served, alone);
      var _ = new Stage(settings, Story.carried(play.family())).play(signed);
      findings = served.findings();
      cases = served.cases();
    }
    assertThat(findings).isEqualTo(alone.lines());
    assertThat(cases).isEqualTo(alone.caseLines());
    if (!play.family().equals("honest") && !play.family().equals("knows-thresholds")) {
      assertThat(cases).isNotEmpty();
    }
    var _ =
        HoldfastServer.rebuild(ServerSettings.of(folder, 0), () -> Stage.START, new SecureRandom());
    try (Served again = new Served(folder)) {
      assertThat(again.findings()).isEqualTo(findings);
      assertThat(again.cases()).isEqualTo(cases);
    }
  }
}
