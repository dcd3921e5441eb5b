package dev.holdfast.e2e;

import dev.holdfast.base.JsonFields;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.ServedWorld;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.Stage;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** A server whose clock is that of a stage. */
final class StagedServer implements ServedWorld.Clock, AutoCloseable {
  private final AtomicReference<Instant> clock = new AtomicReference<>(Stage.START);
  private final HoldfastServer server;
  private final String admin;
  private final ServedWorld world;

  StagedServer(Path folder) throws IOException {
    ServerSettings settings = ServerSettings.of(folder, 0).withTick(Duration.ofHours(1));
    server = HoldfastServer.start(settings, clock::get, new SecureRandom());
    admin = Files.readString(HoldfastServer.adminToken(folder)).strip();
    world = new ServedWorld(uri(), admin, this, (host, answer) -> {});
  }

  /** Who tells it. */
  SignedStage.World world() {
    return world;
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
