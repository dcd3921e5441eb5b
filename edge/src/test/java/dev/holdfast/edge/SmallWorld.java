package dev.holdfast.edge;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An authority in a folder, and settings of landmarks and agents that it has enrolled. */
final class SmallWorld implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration DAY = Duration.ofDays(1);

  final Path folder;
  final AuthorityFolder authority;

  SmallWorld(Path folder) {
    this.folder = folder;
    authority =
        AuthorityFolder.init(
            folder.resolve("authority"), "ca", DAY.multipliedBy(9), InstantSource.system(), RANDOM);
  }

  /** A landmark as the YAML of a user has it, on any free ports of loopback. */
  Path landmark(String name, int port, String more) throws IOException {
    OperatorId operator = new OperatorId("operator-" + name);
    IdentityCertificate certificate =
        enrol(new Identity(Role.LANDMARK, name, operator, Binding.FILE, false));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Landmark place =
        new Landmark(
            new LandmarkId(name), new Position(50.1, 8.7), operator, Distance.ofKilometres(1));
    Files.write(
        folder.resolve(name + ".position.json"),
        authority
            .position(
                new LandmarkPosition(
                    place, certificate.key().id(), now.minus(DAY), now.plus(DAY), false))
            .octets());
    return write(
        name,
        """
        position: %1$s/%2$s.position.json
        session-address: 127.0.0.1:%3$d
        probe-address: 127.0.0.1:0
        round-every: 1s
        spacing: 5ms
        patience: 300ms
        %4$s
        """
            .formatted(folder, name, port, more));
  }

  Path agent(String name, String landmark, InetSocketAddress address) throws IOException {
    enrol(new Identity(Role.HOST, name, null, Binding.FILE, false));
    return write(
        name,
        """
        reflector-address: 127.0.0.1:0
        landmarks:
          - name: %s
            address: 127.0.0.1:%d
        countersign-every: 1s
        """
            .formatted(landmark, address.getPort()));
  }

  private IdentityCertificate enrol(Identity identity) throws IOException {
    HeldKey key = HeldKey.generate(RANDOM);
    key.write(folder.resolve(identity.name() + ".key"));
    IdentityCertificate certificate = authority.enrol(identity, key.publicKey(), DAY);
    Files.write(folder.resolve(identity.name() + ".pem"), TrustFiles.print(certificate));
    return certificate;
  }

  private Path write(String name, String more) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        certificate: %1$s/%2$s.pem
        key: %1$s/%2$s.key
        authorities: %3$s
        spool: %1$s/spools/%2$s
        %4$s\
        """
            .formatted(folder, name, authority.certificateFile(), more));
    return file;
  }

  Path spools() {
    return folder.resolve("spools");
  }

  /** Waits until something holds; what it waits for takes a second or two. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new TimeoutException("this never happened");
      }
      Thread.sleep(20);
    }
  }

  /** The files of a folder of a spool. */
  static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Override
  public void close() {
    authority.close();
  }
}
