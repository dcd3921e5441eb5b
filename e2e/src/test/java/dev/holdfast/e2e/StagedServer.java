package dev.holdfast.e2e;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.ServedWorld;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.SimulatedIdentity;
import dev.holdfast.sim.Stage;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** A server whose clock is that of a stage. */
final class StagedServer implements ServedWorld.Clock, AutoCloseable {
  private final AtomicReference<Instant> clock = new AtomicReference<>(Stage.START);
  private final HoldfastServer server;
  private final String admin;
  private final ServedWorld world;
  private final Path folder;
  private final List<String> authorities = new ArrayList<>();
  private final List<String> deviceRoots = new ArrayList<>();

  StagedServer(Path folder) throws IOException {
    this.folder = folder;
    ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofHours(1));
    server = HoldfastServer.start(settings, clock::get, new SecureRandom());
    admin = Files.readString(HoldfastServer.adminToken(folder)).strip();
    world = new ServedWorld(uri(), admin, this, (host, answer) -> {});
  }

  /** Who tells it; whom it was told to trust is noted. */
  SignedStage.World world() {
    return new SignedStage.World() {
      @Override
      public void declare(ObjectNode fleet) {
        world.declare(fleet);
        JsonFields fields = JsonFields.of(fleet, "fleet", ErrorCode.MALFORMED_FLEET);
        if (fields.has("authorities")) {
          fields.items("authorities", 9).forEach(each -> authorities.add(each.text("certificate")));
        }
        if (fields.has("deviceRoots")) {
          fields.items("deviceRoots", 9).forEach(each -> deviceRoots.add(each.text("certificate")));
        }
      }

      @Override
      public void tell(CustodyWord word) {
        world.tell(word);
      }

      @Override
      public byte[] pass(Instant to) {
        return world.pass(to);
      }

      @Override
      public void at(Instant time) {
        world.at(time);
      }

      @Override
      public void ask(SimulatedIdentity host, Instant at) {
        world.ask(host, at);
      }

      @Override
      public void keep(Sha256 name, byte[] octets) {
        world.keep(name, octets);
      }

      @Override
      public void say(List<Envelope> statements) {
        world.say(statements);
      }
    };
  }

  /** The trust file of a reader who trusts this server, its log, and whoever was declared to it. */
  String trustFile() {
    StatementKey own = HeldKey.read(folder.resolve("keys").resolve("server.key")).publicKey();
    StringBuilder trust = new StringBuilder("authorities:\n");
    authorities.forEach(each -> trust.append("  - ").append(each).append('\n'));
    trust.append("logs:\n  - ").append(get("entries/0").text("vkey")).append('\n');
    trust.append("declarers:\n  - ");
    trust.append(Base64.getEncoder().encodeToString(own.spki())).append("\ndevice-roots:\n");
    deviceRoots.forEach(each -> trust.append("  - |\n").append(each.indent(4)));
    return trust.toString();
  }

  @Override
  public void at(Instant time) {
    clock.set(time);
  }

  @Override
  public void pass(Instant to) {
    clock.set(to);
    try {
      server.passTime();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where it listens. */
  URI uri() {
    return URI.create(server.uri());
  }

  /** The token of its administrator. */
  String token() {
    return admin;
  }

  /** Makes a token and returns its secret. */
  String token(String name, String role) {
    try (ServerClient client = ServerClient.to(uri(), admin)) {
      return client.makeToken(name, role);
    }
  }

  JsonFields get(String path) {
    return world.get(path);
  }

  /** What the watch found; what is about nothing is of the older folds. */
  List<String> findings() {
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

  List<String> cases() {
    return get("cases?limit=200").items("items", 500).stream()
        .map(each -> each.text("severity") + " " + new TreeSet<>(each.texts("sites", 500)))
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    world.close();
    server.close();
  }

  static String line(
      String kind,
      String severity,
      String subject,
      String sentence,
      String at,
      List<String> about) {
    return String.join(
        " | ", kind, severity, subject, sentence, at, new TreeSet<>(about).toString());
  }
}
