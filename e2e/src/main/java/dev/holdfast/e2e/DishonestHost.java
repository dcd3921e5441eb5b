package dev.holdfast.e2e;

import dev.holdfast.base.CodedException;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.model.Role;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Transcript;
import dev.holdfast.probe.net.SessionClient;
import dev.holdfast.probe.net.SessionClient.OpenedSession;
import dev.holdfast.probe.net.SessionTls;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Hosts that cheat, all at one place: each opens sessions as an agent does, answers by a {@link
 * Trick}, and countersigns whatever it is shown.
 *
 * <p>Arguments: {@code TRICK=CONFIG} for a host that does both; {@code OPEN=CONFIG=FILE} for one
 * that only opens sessions and writes their keys into a file, {@code BOX=FILE} for the box that
 * answers with those.
 */
final class DishonestHost {
  private static final int COUNTERSIGN_EVERY_MS = 2000;

  private final AgentSettings settings;
  private final HeldIdentity identity;
  private final SessionClient client;
  private final StatementSigner signer;
  private Chain chain;

  private DishonestHost(Path configuration) {
    settings = AgentSettings.read(configuration);
    identity = settings.identity().load(Role.HOST);
    client =
        new SessionClient(
            new SessionTls(
                identity,
                TrustFiles.verifier(settings.authorities(), null),
                Role.LANDMARK,
                InstantSource.system()));
    signer = new StatementSigner(identity.key().signing());
    chain = Chain.beginning(identity.certificate().identity().source());
  }

  /** Runs them until the process is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (String argument : arguments) {
      String[] parts = argument.split("=", -1);
      switch (parts[0]) {
        case "OPEN" ->
            Thread.ofVirtual()
                .start(() -> new DishonestHost(Path.of(parts[1])).handOver(Path.of(parts[2])));
        case "BOX" -> Thread.ofVirtual().start(() -> box(Path.of(parts[1])));
        default ->
            Thread.ofVirtual()
                .start(() ->
                    new DishonestHost(Path.of(parts[1]))
                        .cheat(Trick.valueOf(parts[0].toUpperCase(Locale.ROOT))));
      }
    }
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private void cheat(Trick trick) {
    try {
      List<OpenedSession> opened = open();
      DishonestAnswers answers = new DishonestAnswers(trick);
      opened.forEach(each -> answers.add(KeptSession.of(each)));
      answers.start();
      countersign(opened);
    } catch (IOException | InterruptedException e) {
      System.out.println("dishonest: " + e);
    }
  }

  private void handOver(Path file) {
    try {
      List<OpenedSession> opened = open();
      Path part = file.resolveSibling("part");
      Files.write(part, opened.stream().map(each -> KeptSession.of(each).line()).toList());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      countersign(opened);
    } catch (IOException | InterruptedException e) {
      System.out.println("dishonest: " + e);
    }
  }

  private static void box(Path file) {
    try {
      while (!Files.exists(file)) {
        Thread.sleep(100);
      }
      DishonestAnswers answers = new DishonestAnswers(Trick.ANSWERED);
      Files.readAllLines(file).forEach(line -> answers.add(KeptSession.parse(line)));
      answers.start();
    } catch (IOException | InterruptedException e) {
      System.out.println("dishonest: " + e);
    }
  }

  private List<OpenedSession> open() throws InterruptedException {
    List<OpenedSession> opened = new ArrayList<>();
    for (AgentSettings.Called landmark : settings.landmarks()) {
      while (true) {
        try {
          opened.add(client.open(landmark.address().address(), landmark.name()));
          break;
        } catch (CodedException e) {
          System.out.println("dishonest: " + e.problem().sentence());
          Thread.sleep(1000);
        }
      }
    }
    return opened;
  }

  private void countersign(List<OpenedSession> opened) throws InterruptedException {
    while (true) {
      Thread.sleep(COUNTERSIGN_EVERY_MS);
      for (int i = 0; i < opened.size(); i++) {
        AgentSettings.Called landmark = settings.landmarks().get(i);
        try {
          var _ =
              client.countersign(
                  landmark.address().address(),
                  landmark.name(),
                  opened.get(i).terms().id(),
                  this::sign);
        } catch (CodedException e) {
          System.out.println("dishonest: " + e.problem().sentence());
        }
      }
    }
  }

  /** Signs for all of it, whether it was answered or not. */
  private Optional<Envelope> sign(IdentityCertificate landmark, List<byte[]> transcripts) {
    List<Countersignatures.Answered> all =
        transcripts.stream()
            .map(octets ->
                new Countersignatures.Answered(
                    landmark.key().id(),
                    Transcript.parse(octets, "transcript").session(),
                    Sha256.of(octets)))
            .toList();
    try {
      SignedStatement signed =
          signer.sign(
              chain,
              Countersignatures.TYPE,
              Instant.now(),
              new Countersignatures(identity.certificate(), all).content(),
              (name, octets) -> {});
      chain = signed.next();
      return Optional.of(signed.envelope());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
