package dev.holdfast.cli;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.edge.AgentDaemon;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.edge.Daemon;
import dev.holdfast.edge.DaemonLog;
import dev.holdfast.edge.LandmarkDaemon;
import dev.holdfast.edge.LandmarkSettings;
import dev.holdfast.edge.LogForm;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One site of the demo with real landmarks and a real agent: keyed packets over loopback, signed
 * rounds, countersignatures, spools. Where they are said to be is invented, so they are enrolled as
 * simulated.
 */
final class DemoLoopback implements AutoCloseable {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Position PLACE = new Position(32.9, -96.7);
  private static final String HOST = "loopback-1";

  private record Stand(String name, String operator, double latitude, double longitude) {}

  /**
   * A few hundred metres apart: loopback answers within tens of microseconds, and whoever claims to
   * stand further from the others than light gets in that time is found to lie.
   */
  private static final List<Stand> LANDMARKS =
      List.of(
          new Stand("loopback-north", "loopback-operator-1", 32.904, -96.7),
          new Stand("loopback-south", "loopback-operator-2", 32.896, -96.7),
          new Stand("loopback-west", "loopback-operator-3", 32.9, -96.705));

  private final List<Daemon> daemons = new ArrayList<>();
  private final Path folder;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final DaemonLog log =
      new DaemonLog(
          new PrintStream(OutputStream.nullOutputStream()), LogForm.TEXT, InstantSource.system());

  DemoLoopback(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Enrols them, declares the site, and starts them. */
  synchronized void start(ServerClient server, URI url, Path tokenFile) throws IOException {
    Files.createDirectories(folder);
    try (AuthorityFolder authority =
        AuthorityFolder.init(
            folder.resolve("authority"), "loopback", DAY.multipliedBy(30), clock, random)) {
      server.declare(declaration(TrustFiles.authorities(authority.certificateFile()).getFirst()));
      StringBuilder called = new StringBuilder();
      for (Stand each : LANDMARKS) {
        LandmarkDaemon landmark = landmark(authority, each, url, tokenFile);
        daemons.add(landmark);
        landmark.start();
        called
            .append("  - name: ")
            .append(each.name())
            .append("\n    address: 127.0.0.1:")
            .append(landmark.sessionAddress().getPort())
            .append('\n');
      }
      enrol(authority, new Identity(Role.HOST, HOST, null, Binding.FILE, true));
      Path file =
          settings(
              authority,
              HOST,
              "reflector-address: 127.0.0.1:0\ncountersign-every: 3s\nlandmarks:\n" + called,
              url,
              tokenFile);
      AgentDaemon agent = new AgentDaemon(AgentSettings.read(file), log, clock);
      daemons.add(agent);
      agent.start();
    }
  }

  private LandmarkDaemon landmark(AuthorityFolder authority, Stand stand, URI url, Path tokenFile)
      throws IOException {
    OperatorId operator = new OperatorId(stand.operator());
    IdentityCertificate certificate =
        enrol(authority, new Identity(Role.LANDMARK, stand.name(), operator, Binding.FILE, true));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Landmark place =
        new Landmark(
            new LandmarkId(stand.name()),
            new Position(stand.latitude(), stand.longitude()),
            operator,
            Distance.ofKilometres(1));
    Path position = folder.resolve(stand.name() + ".position.json");
    Files.write(
        position,
        authority
            .position(
                new LandmarkPosition(
                    place, certificate.key().id(), now.minus(DAY), now.plus(DAY), true))
            .octets());
    Path file =
        settings(
            authority,
            stand.name(),
            "position: '"
                + position
                + "'\nsession-address: 127.0.0.1:0\nprobe-address: 127.0.0.1:0\n"
                + "round-every: 10s\nspacing: 5ms\n",
            url,
            tokenFile);
    return new LandmarkDaemon(LandmarkSettings.read(file), log, clock);
  }

  private IdentityCertificate enrol(AuthorityFolder authority, Identity identity)
      throws IOException {
    HeldKey key = HeldKey.generate(random);
    key.write(folder.resolve(identity.name() + ".key"));
    IdentityCertificate certificate = authority.enrol(identity, key.publicKey(), DAY);
    Files.write(folder.resolve(identity.name() + ".pem"), TrustFiles.print(certificate));
    return certificate;
  }

  private Path settings(
      AuthorityFolder authority, String name, String more, URI url, Path tokenFile)
      throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        certificate: '%1$s/%2$s.pem'
        key: '%1$s/%2$s.key'
        authorities: '%3$s'
        spool: '%1$s/spool-%2$s'
        server:
          url: %4$s
          token-file: '%5$s'
        %6$s\
        """
            .formatted(folder, name, authority.certificateFile(), url, tokenFile, more));
    return file;
  }

  private static ObjectNode declaration(AuthorityCertificate authority) {
    List<JsonTree> landmarks = new ArrayList<>();
    for (Stand each : LANDMARKS) {
      landmarks.add(
          ObjectNode.of(
              Map.of(
                  "id", new TextNode(each.name()),
                  "name", new TextNode(each.name()),
                  "operator", new TextNode(each.operator()),
                  "latitude", new NumberNode(each.latitude()),
                  "longitude", new NumberNode(each.longitude()),
                  "uncertaintyKm", new NumberNode(1),
                  "simulated", new TruthNode(true))));
    }
    return ObjectNode.of(
        Map.<String, JsonTree>of(
            "authorities",
            new ArrayNode(
                List.of(
                    ObjectNode.of(
                        Map.of(
                            "certificate",
                            new TextNode(Base64.getEncoder().encodeToString(authority.der())))))),
            "landmarks",
            new ArrayNode(landmarks),
            "sites",
            new ArrayNode(
                List.of(
                    ObjectNode.of(
                        Map.of(
                            "id", new TextNode("loopback"),
                            "name", new TextNode("This machine"),
                            "operator", new TextNode("demo"),
                            "destination", new TextNode("US"),
                            "latitude", new NumberNode(PLACE.latitude()),
                            "longitude", new NumberNode(PLACE.longitude()),
                            "radiusKm", new NumberNode(100),
                            "simulated", new TruthNode(true))))),
            "hosts",
            new ArrayNode(
                List.of(
                    ObjectNode.of(
                        Map.of("id", new TextNode(HOST), "site", new TextNode("loopback"))))),
            "chips",
            new ArrayNode(
                List.of(
                    ObjectNode.of(
                        Map.of(
                            "id", new TextNode("LOOPBACK-1"),
                            "model", new TextNode("none"),
                            "host", new TextNode(HOST),
                            "simulated", new TruthNode(true)))))));
  }

  @Override
  public synchronized void close() {
    for (Daemon each : daemons.reversed()) {
      each.close();
    }
  }
}
