package dev.holdfast.e2e;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The lab's authority: keys, certificates and configurations, all of them called simulated. */
final class LabTrust {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;

  LabTrust(Path folder) {
    this.folder = folder;
  }

  Path authorityFile() {
    return folder.resolve("ca/authority.pem");
  }

  void prepare() throws IOException {
    try (AuthorityFolder authority =
        AuthorityFolder.init(
            folder.resolve("ca"), "lab", DAY.multipliedBy(2), InstantSource.system(), RANDOM)) {
      for (LabPlan.LandmarkPlan each : LabPlan.LANDMARKS) {
        landmark(authority, each);
      }
      for (LabPlan.HostPlan each : LabPlan.HOSTS) {
        host(authority, each.name());
        agent(
            each.name(),
            each.name(),
            each.landmarks(),
            each.name().equals("relayed")
                ? landmark -> LabPlan.RELAYED.getOrDefault(landmark, "")
                : LabPlan::addressOf,
            each.more());
      }
      host(authority, "twin");
      agent("twin-a", "twin", List.of("ashburn"), LabPlan::addressOf, "");
      agent("twin-b", "twin", List.of("sydney"), LabPlan::addressOf, "");
      for (Trick trick : LabPlan.TRICKS_AT_THE_OLD_SITE.keySet()) {
        cheat(authority, trick, LabPlan.TRICKS_AT_THE_OLD_SITE.getOrDefault(trick, List.of()));
      }
      cheat(authority, Trick.CLOCKS, List.of("tokyo", "hongkong"));
      host(authority, "boxed");
      agent("boxed", "boxed", List.of("tokyo", "yokohama"), LabPlan::addressOf, "");
    }
  }

  static String nameOf(Trick trick) {
    return trick.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void cheat(AuthorityFolder authority, Trick trick, List<String> landmarks)
      throws IOException {
    host(authority, nameOf(trick));
    agent(nameOf(trick), nameOf(trick), landmarks, LabPlan::addressOf, "");
  }

  private void landmark(AuthorityFolder authority, LabPlan.LandmarkPlan plan) throws IOException {
    OperatorId operator = new OperatorId(plan.operator());
    IdentityCertificate certificate =
        enrol(authority, new Identity(Role.LANDMARK, plan.name(), operator, Binding.FILE, true));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Landmark place =
        new Landmark(
            new LandmarkId(plan.name()),
            new Position(plan.certified()[0], plan.certified()[1]),
            operator,
            Distance.ofKilometres(1));
    Files.write(
        folder.resolve(plan.name() + ".position.json"),
        authority
            .position(
                new LandmarkPosition(
                    place, certificate.key().id(), now.minus(DAY), now.plus(DAY), true))
            .octets());
    configuration(
        plan.name(),
        plan.name(),
        """
        position: %s/%s.position.json
        round-every: 2s
        spacing: 10ms
        patience: 1s
        """
            .formatted(folder, plan.name()));
  }

  private void host(AuthorityFolder authority, String name) throws IOException {
    enrol(authority, new Identity(Role.HOST, name, null, Binding.FILE, true));
  }

  private void agent(
      String file,
      String identity,
      List<String> landmarks,
      Function<String, String> address,
      String more)
      throws IOException {
    StringBuilder text = new StringBuilder("landmarks:\n");
    for (String landmark : landmarks) {
      text.append("  - name: ")
          .append(landmark)
          .append("\n    address: ")
          .append(address.apply(landmark))
          .append(":" + Relay.SESSION_PORT + "\n");
    }
    configuration(file, identity, text + "countersign-every: 3s\n" + more);
  }

  private void configuration(String file, String identity, String more) throws IOException {
    Files.writeString(
        folder.resolve(file + ".yaml"),
        """
        certificate: %1$s/%2$s.pem
        key: %1$s/%2$s.key
        authorities: %1$s/ca/authority.pem
        spool: %1$s/spools/%3$s
        %4$s\
        """
            .formatted(folder, identity, file, more));
  }

  private IdentityCertificate enrol(AuthorityFolder authority, Identity identity)
      throws IOException {
    HeldKey key = HeldKey.generate(RANDOM);
    key.write(folder.resolve(identity.name() + ".key"));
    IdentityCertificate certificate = authority.enrol(identity, key.publicKey(), DAY);
    Files.write(folder.resolve(identity.name() + ".pem"), TrustFiles.print(certificate));
    return certificate;
  }
}
