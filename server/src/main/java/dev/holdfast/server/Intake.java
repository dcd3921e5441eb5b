package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.store.LogWriter;
import dev.holdfast.model.SourceId;
import dev.holdfast.probe.RoundWord;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.CertifiedWord;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.Succession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Takes statements in: checks form, signature, certificate, sequence and clock, and puts what is
 * good into the ledger. Safe for many threads.
 */
final class Intake {
  /** How far a source's clock may be ahead. */
  static final Duration AHEAD = Duration.ofMinutes(2);

  private final LogWriter log;
  private final LedgerKeeper keeper;
  private final StatementLookup lookup;
  private final Function<Sha256, Optional<byte[]>> blobs;
  private final SigningKey serverKey;
  private final SourceId server;
  private final InstantSource clock;
  private final Map<SourceId, Chain> chains;
  private final Map<Sha256, CompletableFuture<Long>> underWay = new HashMap<>();
  private volatile CertificateMemory certificates;

  /** Finds a statement that the views hold. */
  interface StatementLookup {
    Optional<Long> indexOf(SourceId source, long sequence, Sha256 hash);
  }

  Intake(
      LogWriter log,
      LedgerKeeper keeper,
      StatementLookup lookup,
      Function<Sha256, Optional<byte[]>> blobs,
      SigningKey serverKey,
      SourceId server,
      CertificateVerifier certificates,
      Map<SourceId, Chain> chains,
      InstantSource clock) {
    this.log = requireNonNull(log);
    this.keeper = requireNonNull(keeper);
    this.lookup = requireNonNull(lookup);
    this.blobs = requireNonNull(blobs);
    this.serverKey = requireNonNull(serverKey);
    this.server = requireNonNull(server);
    this.certificates = new CertificateMemory(certificates);
    this.chains = new HashMap<>(chains);
    this.clock = requireNonNull(clock);
  }

  /**
   * What became of a statement.
   *
   * @param index of its entry, once that is durable
   * @param repeated whether it had been taken in before
   */
  record Taken(CompletableFuture<Long> index, boolean repeated) {}

  /** Believes other authorities from now on. */
  void believe(CertificateVerifier now) {
    certificates = new CertificateMemory(now);
  }

  /** As {@link CertificateVerifier#check}, by the authorities that are believed now. */
  CertificateCheck check(
      IdentityCertificate certificate, dev.holdfast.model.Role role, Instant at) {
    return certificates.check(certificate, role, at);
  }

  /**
   * Takes a statement in.
   *
   * @param source the name of the octets for messages
   * @throws CodedException where it is refused, with the field and the reason
   */
  Taken take(byte[] octets, String source) {
    Envelope envelope = Envelope.parse(octets, source);
    Statement statement = Statement.parse(envelope.payload(), source);
    if (statement.time().isAfter(clock.instant().plus(AHEAD))) {
      throw new CodedException(
          new Problem(
              ErrorCode.FROM_THE_FUTURE,
              source,
              0,
              "time",
              "it is more than " + AHEAD.toMinutes() + " minutes ahead of this server's clock"));
    }
    if (!RoundWord.isIn(statement) && !HostWord.isIn(statement)) {
      throw new CodedException(
          new Problem(
              ErrorCode.UNKNOWN_STATEMENT_TYPE,
              source,
              0,
              "type",
              "this server takes in no " + Problem.quote(statement.type().toString())));
    }
    CertificateMemory trusted = certificates;
    CertifiedWord word =
        HostWord.isIn(statement)
            ? HostWord.read(envelope, statement, source, trusted)
            : RoundWord.read(envelope, statement, source, trusted);
    if (trusted.check(word.certificate(), word.role(), statement.time())
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(
          new Problem(ErrorCode.CERTIFICATE_REFUSED, source, 0, "certificate", reason));
    }
    if (word instanceof RoundWord.Stated said) {
      // Here, where many threads are, and not where one applies entry after entry.
      word = said.withTranscripts(hash -> Optional.of(requireBlob(hash, source)));
    }
    if (word instanceof HostWord.Inventory said) {
      var _ = InventoryJson.read(said.inventory(), source);
    }
    return enter(octets, new ReadEntry(envelope, statement, word));
  }

  private byte[] requireBlob(Sha256 blob, String source) {
    return blobs
        .apply(blob)
        .orElseThrow(() ->
            new CodedException(
                new Problem(
                    ErrorCode.BLOB_NOT_FOUND,
                    source,
                    0,
                    "transcript",
                    "put " + blob.hex() + " first (PUT /api/v1/blobs/" + blob.hex() + ")")));
  }

  /** Says something in the server's own name. */
  synchronized Taken say(StatementType type, Instant time, dev.holdfast.trust.Content content) {
    Chain end = chains.computeIfAbsent(server, Chain::beginning);
    try {
      var signed =
          new StatementSigner(serverKey)
              .sign(
                  end,
                  type,
                  time,
                  content,
                  (hash, octets) -> {
                    throw new IOException("what the server says itself fits into an entry");
                  });
      return enter(
          signed.envelope().octets(), new ReadEntry(signed.envelope(), signed.statement(), null));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The order of statements of one source is that of their entries. */
  private synchronized Taken enter(byte[] octets, ReadEntry entry) {
    Statement statement = entry.statement();
    Sha256 hash = entry.envelope().statementHash();
    Chain end = chains.computeIfAbsent(statement.source(), Chain::beginning);
    Succession succession = Succession.of(end, statement);
    if (!(succession instanceof Succession.Follows || succession instanceof Succession.Gap)) {
      CompletableFuture<Long> now = underWay.get(hash);
      if (now != null) {
        return new Taken(now, true);
      }
      Optional<Long> before = lookup.indexOf(statement.source(), statement.sequence(), hash);
      if (before.isPresent()) {
        return new Taken(CompletableFuture.completedFuture(before.get()), true);
      }
    }
    CompletableFuture<Long> index = log.submit(octets);
    if (succession instanceof Succession.Follows
        || succession instanceof Succession.Gap
        || succession instanceof Succession.Fork) {
      chains.put(statement.source(), Chain.after(statement, hash));
    }
    underWay.put(hash, index);
    var _ =
        index.whenComplete((at, failed) -> {
          if (failed == null) {
            keeper.offer(at, octets, entry);
          }
        });
    return new Taken(index, false);
  }

  /** Forgets statements that the views hold by now. */
  synchronized void forgetApplied() {
    long next = keeper.next();
    underWay
        .values()
        .removeIf(each -> each.isCompletedExceptionally() || (each.isDone() && each.join() < next));
  }
}
