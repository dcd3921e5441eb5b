package dev.holdfast.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A story that is signed as its sources would sign it, handed to a server over HTTP, gives the
 * findings that the fold gives of its evidence; and gives them again from the ledger alone.
 *
 * <p>{@code -Dholdfast.story=trickle} plays one story alone, at its full length.
 */
final class StoriesThroughIntakeTest {
  @TempDir private Path folder = Path.of("");

  /** A play: a family, hosts of each of two sites, days. */
  record Play(String family, int hosts, int days) {
    /** One of those that come with Holdfast, or of this test's own. */
    Story story() throws IOException {
      if (Story.CARRIED.contains(family)) {
        return Story.carried(family);
      }
      try (InputStream in = StoriesThroughIntakeTest.class.getResourceAsStream(family + ".yaml")) {
        return Story.read(requireNonNull(in, family).readAllBytes(), family);
      }
    }

    @Override
    public String toString() {
      return family;
    }
  }

  static Stream<Play> plays() {
    List<Play> few = List.of(new Play("burn-in", 1, 6), new Play("false-meters", 1, 6));
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
            new Play("relayed", 2, 36),
            new Play("colluding-landmark", 1, 30),
            new Play("knows-thresholds", 1, 34),
            new Play("false-meters", 1, 12),
            new Play("honest", 1, 30));
    String one = System.getProperty("holdfast.story", "");
    return one.isEmpty()
        ? (Counts.thorough() ? all : few).stream()
        : all.stream().filter(each -> each.family().equals(one));
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
              StagedServer.line(
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("plays")
  void a_story_through_the_intake_gives_the_findings_of_the_fold(Play play) throws Exception {
    StageSettings settings = StageSettings.usual(3).sized(play.hosts(), play.days());
    Alone alone = new Alone();
    alone.tick(Stage.START);
    List<String> findings;
    List<String> cases;
    try (StagedServer served = new StagedServer(folder)) {
      SignedStage signed =
          new SignedStage(3, Duration.ofDays(play.days() + 30L), served.world(), alone);
      var _ = new Stage(settings, play.story()).play(signed);
      findings = served.findings();
      cases = served.cases();
    }
    assertThat(findings).isEqualTo(alone.lines());
    assertThat(cases).isEqualTo(alone.caseLines());
    if (play.family().equals("false-meters")) {
      assertThat(findings).anyMatch(each -> each.startsWith("telemetry-impossible | medium"));
      assertThat(findings).anyMatch(each -> each.startsWith("power-too-small | medium"));
    }
    if (!play.family().equals("honest") && !play.family().equals("knows-thresholds")) {
      assertThat(cases).isNotEmpty();
    }
    var _ =
        HoldfastServer.rebuild(ServerSettings.of(folder, 0), () -> Stage.START, new SecureRandom());
    try (StagedServer again = new StagedServer(folder)) {
      assertThat(again.findings()).isEqualTo(findings);
      assertThat(again.cases()).isEqualTo(cases);
    }
  }
}
