package dev.holdfast.ledger.store;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.ConsistencyProof;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Note;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the witnesses of a policy, all at once, and keeps what holds.
 *
 * <p>A witness that is slow is not waited for beyond the log's patience; its late answer is kept,
 * and taken the next time where the checkpoint is still the same. One that failed is left alone for
 * a while.
 */
final class CosignatureCollector implements AutoCloseable {
  private static final int TRIES = 3;
  private static final long FIRST_REST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_REST = Duration.ofMinutes(1).toNanos();

  /** What the log knows of one witness. */
  private static final class Known {
    private final VerifierKey key;
    private final WitnessClient client;
    private long size;
    private long rest;
    private long restUntil;
    private boolean busy;
    private String state = "not asked yet";
    private @Nullable Checkpoint cosigned;
    private List<NoteSignature> cosignatures = List.of();

    Known(VerifierKey key, WitnessClient client) {
      this.key = key;
      this.client = client;
    }
  }

  private final Policy policy;
  private final TileSource tiles;
  private final Duration patience;
  private final Map<String, Known> witnesses = new LinkedHashMap<>();

  /**
   * Asks nobody until told.
   *
   * @param clients one for each witness of the policy that can be reached, by its name there
   */
  CosignatureCollector(
      Policy policy, Map<String, WitnessClient> clients, TileSource tiles, Duration patience) {
    this.policy = policy;
    this.tiles = tiles;
    this.patience = patience;
    for (Policy.Witness witness : policy.witnesses()) {
      WitnessClient client = clients.get(witness.name());
      if (client != null) {
        witnesses.put(witness.name(), new Known(witness.key(), client));
      }
    }
  }

  /** The policy that it collects for. */
  Policy policy() {
    return policy;
  }

  /**
   * Whether somebody who has not cosigned a checkpoint may be asked now.
   *
   * @param now nanoseconds of a clock that never goes back
   */
  boolean hasSomebodyToAsk(SignedCheckpoint signed, long now) {
    return witnesses.values().stream().anyMatch(known -> isDue(known, signed, now));
  }

  private static boolean isDue(Known known, SignedCheckpoint signed, long now) {
    synchronized (known) {
      return !known.busy
          && (known.rest == 0 || now - known.restUntil >= 0)
          && hasRoom(signed)
          && !hasSigned(known.key, signed);
    }
  }

  /** A note has a limit, which a policy with many witnesses can reach. */
  private static boolean hasRoom(SignedCheckpoint signed) {
    return signed.note().signatures().size() < Note.MOST_SIGNATURES;
  }

  private static boolean hasSigned(VerifierKey key, SignedCheckpoint signed) {
    return SignatureChecks.check(signed, List.of(key)).stream()
        .anyMatch(SignatureCheck.Valid.class::isInstance);
  }

  /** The checkpoint with the cosignatures that could be had in time. */
  SignedCheckpoint collect(SignedCheckpoint signed, long now) {
    List<CompletableFuture<List<NoteSignature>>> asked = new ArrayList<>();
    List<NoteSignature> collected = new ArrayList<>();
    for (Known known : witnesses.values()) {
      if (isDue(known, signed, now)) {
        synchronized (known) {
          if (signed.checkpoint().equals(known.cosigned)) {
            collected.addAll(known.cosignatures);
            continue;
          }
          known.busy = true;
        }
        CompletableFuture<List<NoteSignature>> answer = new CompletableFuture<>();
        Thread.ofVirtual()
            .name("ledger-witness")
            .start(() -> answer.complete(ask(known, signed, now)));
        asked.add(answer);
      }
    }
    long deadline = System.nanoTime() + patience.toNanos();
    for (CompletableFuture<List<NoteSignature>> answer : asked) {
      collected.addAll(before(deadline, answer));
    }
    SignedCheckpoint all = signed;
    for (NoteSignature signature : collected) {
      all = hasRoom(all) ? all.with(signature) : all;
    }
    return all;
  }

  private static List<NoteSignature> before(
      long deadline, CompletableFuture<List<NoteSignature>> answer) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<NoteSignature> ask(Known known, SignedCheckpoint signed, long now) {
    List<NoteSignature> good = List.of();
    String state;
    try {
      long size = known.size;
      state = "it kept naming other sizes";
      for (int i = 0; i < TRIES; i++) {
        WitnessClient.Answer answer = known.client.ask(request(size, signed));
        if (answer instanceof WitnessClient.Answer.OtherSize other) {
          size = other.size();
          if (size > signed.checkpoint().size()) {
            state =
                "it has cosigned a tree of size "
                    + size
                    + ", greater than this log: the log has lost entries or has two writers";
            break;
          }
          continue;
        }
        state =
            switch (answer) {
              case WitnessClient.Answer.Failed failed -> failed.reason();
              case WitnessClient.Answer.OtherSize other -> "size " + other.size();
              case WitnessClient.Answer.Cosigned cosigned -> {
                good = valid(known.key, signed, cosigned.signatures());
                yield good.isEmpty() ? "its answer holds no valid cosignature" : "";
              }
            };
        break;
      }
    } catch (IOException | RuntimeException e) {
      state = String.valueOf(e.getMessage());
    }
    synchronized (known) {
      known.busy = false;
      known.state = good.isEmpty() ? state : "";
      if (good.isEmpty()) {
        known.rest = Math.clamp(2 * known.rest, FIRST_REST, LONGEST_REST);
        known.restUntil = now + known.rest;
      } else {
        known.size = signed.checkpoint().size();
        known.cosigned = signed.checkpoint();
        known.cosignatures = good;
        known.rest = 0;
      }
    }
    return good;
  }

  private WitnessRequest request(long oldSize, SignedCheckpoint signed) throws IOException {
    long size = signed.checkpoint().size();
    List<Hash> proof =
        oldSize == 0 || oldSize == size
            ? List.of()
            : ConsistencyProof.make(oldSize, size, new TileHashes(tiles, size)).path();
    return new WitnessRequest(oldSize, proof, signed);
  }

  private static List<NoteSignature> valid(
      VerifierKey key, SignedCheckpoint signed, List<NoteSignature> signatures) {
    List<NoteSignature> good = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      if (hasSigned(key, signed.with(signature))) {
        good.add(signature);
        break;
      }
    }
    return good;
  }

  /** Why each witness that can be asked and failed last time did not cosign. */
  Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    witnesses.forEach((name, known) -> {
      synchronized (known) {
        if (!known.state.isEmpty()) {
          troubles.put(name, known.state);
        }
      }
    });
    return troubles;
  }

  @Override
  public void close() {
    // Virtual threads that still wait for a witness end with the witness's own time limit.
  }
}
