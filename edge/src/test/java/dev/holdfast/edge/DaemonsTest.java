package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.trust.store.TrustFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agent and landmark with real sockets, keys and files, on loopback. */
final class DaemonsTest {
  @TempDir private Path desk;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final DaemonLog log =
      new DaemonLog(new PrintStream(told, true, UTF_8), LogForm.TEXT, InstantSource.system());
  private SmallWorld world;

  @BeforeEach
  void begin() {
    world = new SmallWorld(desk);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private LandmarkDaemon landmark(Path settings) {
    return new LandmarkDaemon(LandmarkSettings.read(settings), log, InstantSource.system());
  }

  private AgentDaemon agent(Path settings) {
    return new AgentDaemon(AgentSettings.read(settings), log, InstantSource.system());
  }

  private List<RoundCheck> rounds() {
    List<Problem> problems = new ArrayList<>();
    List<RoundCheck> checks =
        SpooledRounds.below(world.spools())
            .check(
                TrustFiles.verifier(world.authority.certificateFile(), null),
                problems::add,
                () -> {});
    assertThat(problems).isEmpty();
    return checks;
  }

  private long bounding() {
    return rounds().stream().filter(RoundCheck.Bounds.class::isInstance).count();
  }

  private String told() {
    return told.toString(UTF_8);
  }

  @Test
  void roundsBetweenThemBoundWhereTheHostsKeyIs() throws Exception {
    try (LandmarkDaemon landmark = landmark(world.landmark("fra-1", 0, ""))) {
      landmark.start();
      try (AgentDaemon agent = agent(world.agent("rack-7", "fra-1", landmark.sessionAddress()))) {
        agent.start();
        // What a host signed is in its spool a little before the landmark has taken it.
        SmallWorld.await(() -> bounding() >= 2 && told().contains("countersigned"));
      }
    }
    RoundCheck.Bounds bounds =
        (RoundCheck.Bounds)
            rounds().stream().filter(RoundCheck.Bounds.class::isInstance).findFirst().orElseThrow();
    assertThat(bounds.hostCertificate().identity().name()).isEqualTo("rack-7");
    assertThat(bounds.landmark().id().value()).isEqualTo("fra-1");
    assertThat(bounds.round().timings().accepted()).isGreaterThanOrEqualTo(10);
    assertThat(bounds.revocationsAt()).isNull();
    assertThat(told()).contains("started", "session", "round", "countersigned", "stopped");
  }

  @Test
  void anAgentOpensANewSessionWhereItsLandmarkStartedAgain() throws Exception {
    int port;
    Path settings;
    try (LandmarkDaemon first = landmark(world.landmark("fra-1", 0, ""))) {
      port = first.sessionAddress().getPort();
    }
    settings = world.landmark("fra-1b", port, "");
    Path agentSettings =
        world.agent(
            "rack-7", "fra-1b", new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    long before;
    try (AgentDaemon agent = agent(agentSettings)) {
      agent.start();
      // The landmark is not there yet: the agent tries again.
      SmallWorld.await(() -> told().contains("problem  code: HF-3019"));
      try (LandmarkDaemon landmark = landmark(settings)) {
        landmark.start();
        SmallWorld.await(() -> bounding() >= 1);
      }
      before = bounding();
      try (LandmarkDaemon landmark = landmark(settings)) {
        landmark.start();
        SmallWorld.await(() -> bounding() > before);
      }
    }
    assertThat(told().split("session  landmark", -1)).hasSizeGreaterThan(2);
  }

  @Test
  void aLandmarkChallengesFromSeveralPorts() throws Exception {
    try (LandmarkDaemon landmark = landmark(world.landmark("fra-1", 0, "probe-ports: 2"))) {
      landmark.start();
      InetSocketAddress address = landmark.sessionAddress();
      try (AgentDaemon one = agent(world.agent("rack-7", "fra-1", address));
          AgentDaemon other = agent(world.agent("rack-8", "fra-1", address))) {
        one.start();
        other.start();
        SmallWorld.await(() -> hosts().containsAll(List.of("rack-7", "rack-8")));
      }
    }
    assertThat(told()).containsPattern("challenges: 127.0.0.1:[0-9]+ 127.0.0.1:[0-9]+ ");
  }

  private List<String> hosts() {
    return rounds().stream()
        .filter(RoundCheck.Bounds.class::isInstance)
        .map(each -> each.round().host())
        .toList();
  }

  @Test
  void aDaemonRefusesACertificateOfTheOtherRole() throws IOException {
    Path settings = world.landmark("fra-1", 0, "");
    Path agent =
        world.agent("rack-7", "fra-1", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    String text = java.nio.file.Files.readString(agent).replace("rack-7.", "fra-1.");
    java.nio.file.Files.writeString(agent, text);
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> agent(agent))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.CERTIFICATE_REFUSED));
    assertThat(settings).exists();
  }

  @Test
  void nothingThatADaemonTellsIsASecret() throws Exception {
    try (LandmarkDaemon landmark = landmark(world.landmark("fra-1", 0, ""))) {
      landmark.start();
      try (AgentDaemon agent = agent(world.agent("rack-7", "fra-1", landmark.sessionAddress()))) {
        agent.start();
        SmallWorld.await(() -> bounding() >= 1);
      }
    }
    // The only long hexadecimal words are session ids, which are no secret.
    assertThat(told().lines().filter(line -> line.matches(".*[0-9a-f]{33,}.*"))).isEmpty();
  }
}
