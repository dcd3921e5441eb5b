package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.base.WriterLock;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches logs, so that none can show two histories: it cosigns a checkpoint only where it
 * continues the one that it cosigned before (C2SP tlog-witness, {@code add-checkpoint} and the
 * monitor's retrieval; {@code sign-subtree}, which is optional, is left out).
 *
 * <p>For each log the check and the new memory are one step, and the memory is durable before the
 * cosignature leaves. After a failure of the disk nobody knows what it remembers, so the witness
 * then refuses everything until it is opened anew. Where the memory of a log is damaged, it refuses
 * that log: to start again from nothing would be to cosign a second history. A folder that was put
 * back from an old copy, or deleted, cannot be told from an honest one: keep it as carefully as the
 * keys.
 *
 * <p>The time in cosignatures of a log never goes back, since the largest tree seen at a time never
 * shrinks: while the clock is behind, the last time is stated again. It is never 0.
 *
 * <p>One instance serves many threads; requests for different logs do not wait for each other.
 */
public final class Witness implements AutoCloseable {
  private static final int MOST_SIGNATURES = 64;
  private static final int LONGEST_ORIGIN = 255;

  /** What the witness knows of one log. */
  private static final class Known {
    private final List<VerifierKey> keys;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CodedException damage;
    private volatile @Nullable SignedCheckpoint latest;
    private long lastTime = 1;

    Known(List<VerifierKey> keys) {
      this.keys = keys;
    }
  }

  private final CosignedFiles files;
  private final List<CheckpointSigner> signers;
  private final InstantSource clock;
  private final @Nullable WriterLock held;
  private final Map<String, Known> byOrigin = new HashMap<>();
  private final Map<String, Known> byHash = new HashMap<>();
  private volatile boolean stopped;

  private Witness(
      CosignedFiles files,
      List<? extends CheckpointSigner> signers,
      InstantSource clock,
      @Nullable WriterLock held) {
    this.files = files;
    this.signers = List.copyOf(signers);
    this.clock = clock;
    this.held = held;
  }

  /**
   * Opens a witness.
   *
   * @param folder its memory, made where it is missing; no other process may use it
   * @param signers its keys, at least one, all of cosignature types; each cosigns every checkpoint
   * @param logs the keys of the logs that it watches; the name of each is the log's origin
   * @param clock for the time in cosignatures
   * @throws CodedException KEY_MISMATCH for keys that cannot cosign these logs, LOG_IN_USE,
   *     FILE_UNWRITABLE
   */
  public static Witness open(
      Path folder,
      List<? extends CheckpointSigner> signers,
      Collection<VerifierKey> logs,
      InstantSource clock) {
    Disk disk = new RealDisk();
    Path absolute = folder.toAbsolutePath();
    WriterLock held = null;
    try {
      Folders.make(disk, absolute);
      held = WriterLock.take(absolute, absolute.resolve("witness.lock"), ErrorCode.LOG_IN_USE);
      return open(disk, absolute, signers, logs, clock, held);
    } catch (IOException e) {
      close(held);
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    } catch (RuntimeException e) {
      close(held);
      throw e;
    }
  }

  static Witness open(
      Disk disk,
      Path folder,
      List<? extends CheckpointSigner> signers,
      Collection<VerifierKey> logs,
      InstantSource clock,
      @Nullable WriterLock held)
      throws IOException {
    requireCosigners(signers);
    Folders.make(disk, folder);
    Witness witness = new Witness(CosignedFiles.open(disk, folder), signers, clock, held);
    Map<String, List<VerifierKey>> keys = new TreeMap<>();
    for (VerifierKey log : logs) {
      List<VerifierKey> same = keys.computeIfAbsent(log.name(), name -> new ArrayList<>());
      if (!same.contains(log)) {
        same.add(log);
      }
    }
    for (Map.Entry<String, List<VerifierKey>> log : keys.entrySet()) {
      witness.know(log.getKey(), log.getValue());
    }
    return witness;
  }

  private static void requireCosigners(List<? extends CheckpointSigner> signers) {
    if (signers.isEmpty()) {
      throw new IllegalArgumentException("a witness needs a key");
    }
    for (int i = 0; i < signers.size(); i++) {
      VerifierKey key = signers.get(i).key();
      if (!key.algorithm().isCosignature()) {
        throw mismatch("the key " + key + " is not one of a cosigner");
      }
      for (int j = 0; j < i; j++) {
        // An Ed25519 cosignature does not commit to the name: one key, one cosigner.
        if (signers.get(j).key().hasSamePublicKeyAs(key)) {
          throw mismatch("the keys " + signers.get(j).key() + " and " + key + " are the same");
        }
      }
    }
  }

  private void know(String origin, List<VerifierKey> keys) throws IOException {
    if (keys.size() + signers.size() > MOST_SIGNATURES) {
      throw mismatch("the log " + Problem.quote(origin) + " has too many keys");
    }
    boolean named = signers.stream().anyMatch(Witness::signsOrigin);
    if (named && origin.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_ORIGIN) {
      throw mismatch(
          "the origin "
              + Problem.quote(origin)
              + " has more than the 255 octets of an ML-DSA-44 cosignature");
    }
    Known known = new Known(List.copyOf(keys));
    try {
      Optional<SignedCheckpoint> latest = files.read(origin);
      if (latest.isPresent()) {
        known.lastTime = lastTime(latest.get());
        known.latest = latest.get();
      }
    } catch (CodedException e) {
      known.damage = e;
    }
    byOrigin.put(origin, known);
    byHash.put(CosignedFiles.originHash(origin), known);
  }

  private static boolean signsOrigin(CheckpointSigner signer) {
    return signer.key().algorithm() == KeyAlgorithm.MLDSA44_COSIGNATURE;
  }

  /** The latest time that a key of this witness has stated; a new key has stated none. */
  private long lastTime(SignedCheckpoint latest) {
    List<VerifierKey> own = signers.stream().map(CheckpointSigner::key).toList();
    long last = 1;
    for (SignatureCheck check : SignatureChecks.check(latest, own)) {
      switch (check) {
        case SignatureCheck.Valid valid -> last = Math.max(last, valid.timestamp().orElse(0));
        case SignatureCheck.Wrong wrong ->
            throw new CodedException(
                Problem.of(
                    ErrorCode.LOG_DAMAGED,
                    "the cosignature of " + wrong.key() + " in it is wrong"));
        case SignatureCheck.Unknown unknown -> {}
      }
    }
    return last;
  }

  private static CodedException mismatch(String reason) {
    return new CodedException(Problem.of(ErrorCode.KEY_MISMATCH, reason));
  }

  /** The keys that check what this witness signs. */
  public List<VerifierKey> keys() {
    return signers.stream().map(CheckpointSigner::key).toList();
  }

  /** Why logs are refused whose memory is damaged, by their origin. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    byOrigin.forEach((origin, known) -> {
      CodedException damage = known.damage;
      if (damage != null) {
        troubles.put(origin, damage.problem().sentence());
      }
    });
    return troubles;
  }

  /**
   * Answers {@code add-checkpoint}; never throws for what a peer sent.
   *
   * @param body the octets of a {@link WitnessRequest}
   */
  public WitnessAnswer add(byte[] body) {
    WitnessRequest request;
    try {
      request = WitnessRequest.parse(body);
    } catch (CodedException e) {
      return new WitnessAnswer.Malformed(e.problem());
    }
    Known known = byOrigin.get(request.checkpoint().checkpoint().origin());
    if (known == null) {
      return new WitnessAnswer.UnknownLog(
          Problem.of(
              ErrorCode.UNKNOWN_LOG,
              "this witness does not watch the log "
                  + Problem.quote(request.checkpoint().checkpoint().origin())));
    }
    return switch (WitnessRules.signatures(request.checkpoint(), known.keys)) {
      case WitnessRules.Signed.Untrusted untrusted -> untrusted.answer();
      case WitnessRules.Signed.Trusted trusted ->
          WitnessRules.sizes(request)
              .orElseGet(() -> inOneStep(known, request, trusted.signatures()));
    };
  }

  private WitnessAnswer inOneStep(
      Known known, WitnessRequest request, List<NoteSignature> logSignatures) {
    known.lock.lock();
    try {
      if (stopped || known.damage != null) {
        return failed(
            stopped
                ? "the witness has stopped since its disk failed"
                : "what the witness remembers of this log is damaged");
      }
      Optional<Checkpoint> latest =
          Optional.ofNullable(known.latest).map(SignedCheckpoint::checkpoint);
      return WitnessRules.consistency(request, latest)
          .orElseGet(() -> cosign(known, request.checkpoint().checkpoint(), logSignatures));
    } finally {
      known.lock.unlock();
    }
  }

  private WitnessAnswer cosign(
      Known known, Checkpoint checkpoint, List<NoteSignature> logSignatures) {
    long time = Math.max(known.lastTime, clock.instant().getEpochSecond());
    List<NoteSignature> cosignatures = new ArrayList<>();
    try {
      for (CheckpointSigner signer : signers) {
        cosignatures.add(signer.sign(checkpoint, Instant.ofEpochSecond(time)));
      }
    } catch (RuntimeException e) {
      return failed("the witness cannot sign");
    }
    // Signatures by keys that the witness does not know are left out: it vouches for none of them.
    List<NoteSignature> all = new ArrayList<>(logSignatures);
    all.addAll(cosignatures);
    SignedCheckpoint cosigned = SignedCheckpoint.of(checkpoint, all);
    if (!isKept(cosigned)) {
      return failed("the witness could not keep the checkpoint, and has stopped");
    }
    known.lastTime = time;
    known.latest = cosigned;
    return new WitnessAnswer.Cosigned(cosignatures);
  }

  private boolean isKept(SignedCheckpoint cosigned) {
    boolean kept = false;
    try {
      files.write(cosigned);
      kept = true;
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      // Whatever went wrong: the disk may hold the old checkpoint or the new one.
      if (!kept) {
        stopped = true;
      }
    }
  }

  private static WitnessAnswer failed(String reason) {
    return new WitnessAnswer.Failed(Problem.of(ErrorCode.LOG_STOPPED, reason));
  }

  /**
   * The checkpoint of a log that was cosigned last, with the log's signatures that were verified
   * and the cosignatures that were answered.
   *
   * @param originHash the SHA-256 of the log's origin in 64 lower-case hexadecimal digits
   * @return empty where this witness does not watch the log, or never cosigned
   * @throws CodedException LOG_DAMAGED where what it remembers of the log is damaged
   */
  public Optional<SignedCheckpoint> latest(String originHash) {
    Known known = byHash.get(originHash);
    if (known == null) {
      return Optional.empty();
    }
    CodedException damage = known.damage;
    if (damage != null) {
      throw damage;
    }
    return Optional.ofNullable(known.latest);
  }

  private static void close(@Nullable WriterLock lock) {
    if (lock != null) {
      lock.close();
    }
  }

  /** Answers nothing more but refusals, and lets the folder go. */
  @Override
  public void close() {
    stopped = true;
    for (Known known : byOrigin.values()) {
      // Whoever is in the middle of the one step ends it before another process may begin.
      known.lock.lock();
      try {
        known.latest = null;
      } finally {
        known.lock.unlock();
      }
    }
    close(held);
  }
}
