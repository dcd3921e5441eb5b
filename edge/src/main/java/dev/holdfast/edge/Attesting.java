package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.ServerClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the chips of this host sign for the server's newest challenge, and tells what its sources say
 * is in it. One nonce goes to all chips, so that their answers belong together. One thread.
 *
 * <p>A source that is not on this machine is told of once, and asked again each time: a driver may
 * be installed later.
 */
final class Attesting implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final IdentityCertificate own;
  private final StatementSigner signer;
  private final Spool spool;
  private final List<InventorySource> sources;
  private final Supplier<ServerClient.Challenge> challenges;
  private final Duration inventoryEvery;
  private final Duration evidenceEvery;
  private final String session;
  private final DaemonLog log;
  private final InstantSource clock;
  private final Set<String> told = new HashSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("attesting").unstarted(this::run);
  private Instant inventoryDue = Instant.MIN;
  private Instant evidenceDue = Instant.MIN;

  /**
   * What attests.
   *
   * @param challenges asks the server for its newest
   * @param session the id of this run of the daemon
   */
  Attesting(
      IdentityCertificate own,
      StatementSigner signer,
      Spool spool,
      List<InventorySource> sources,
      Supplier<ServerClient.Challenge> challenges,
      Duration inventoryEvery,
      Duration evidenceEvery,
      String session,
      DaemonLog log,
      InstantSource clock) {
    this.own = requireNonNull(own, "own");
    this.signer = requireNonNull(signer, "signer");
    this.spool = requireNonNull(spool, "spool");
    this.sources = List.copyOf(sources);
    this.challenges = requireNonNull(challenges, "challenges");
    this.inventoryEvery = inventoryEvery;
    this.evidenceEvery = evidenceEvery;
    this.session = requireNonNull(session, "session");
    this.log = requireNonNull(log, "log");
    this.clock = requireNonNull(clock, "clock");
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        step();
      } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due. */
  void step() {
    Instant now = clock.instant();
    if (!now.isBefore(inventoryDue)) {
      inventoryDue = now.plus(inventoryEvery);
      sources.forEach(this::inventory);
    }
    if (!now.isBefore(evidenceDue)) {
      evidenceDue = now.plus(evidenceEvery);
      evidence();
    }
  }

  private void inventory(InventorySource source) {
    try {
      Inventory seen = source.look();
      spool.say(
          signer,
          HostWord.Inventory.TYPE,
          clock.instant(),
          new HostWord.Inventory(own, clock.instant(), InventoryJson.write(seen)).content());
      log.tell(
          "inventory",
          Map.of(
              "source", source.kind().word(),
              "chips", String.valueOf(seen.chips().size())));
    } catch (CodedException e) {
      once(e.problem());
    }
  }

  private void evidence() {
    List<EvidenceSource> signing =
        sources.stream()
            .filter(EvidenceSource.class::isInstance)
            .map(EvidenceSource.class::cast)
            .toList();
    if (signing.isEmpty()) {
      return;
    }
    ServerClient.Challenge challenge;
    try {
      challenge = challenges.get();
    } catch (CodedException e) {
      log.problem(e.problem());
      return;
    }
    byte[] nonce = EvidenceNonce.derive(challenge.octets(), own.key().spki(), session);
    for (EvidenceSource each : signing) {
      try {
        EvidenceSource.Gathered gathered = each.evidence(nonce);
        gathered.problems().forEach(this::once);
        gathered.evidence().forEach(chip -> say(chip, challenge));
      } catch (CodedException e) {
        once(e.problem());
      }
    }
  }

  private void say(EvidenceSource.ChipEvidence chip, ServerClient.Challenge challenge) {
    try {
      spool.say(
          signer,
          HostWord.Evidence.TYPE,
          clock.instant(),
          new HostWord.Evidence(
                  own,
                  clock.instant(),
                  challenge.octets(),
                  session,
                  chip.report(),
                  chip.certificates(),
                  chip.signing())
              .content());
      log.tell(
          "evidence",
          Map.of("component", chip.component(), "signing", chip.signing().toMillis() + " ms"));
    } catch (IllegalArgumentException e) {
      log.tell(
          "evidence-refused",
          Map.of("component", chip.component(), "reason", String.valueOf(e.getMessage())));
    }
  }

  private void once(Problem problem) {
    if (told.add(problem.sentence())) {
      log.problem(problem);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    Threads.join(thread);
  }
}
