package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.AuditReport;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.LogAudit;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeRoot;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Logs on simulated disks, and what must hold of any log. */
final class TestLogs {
  static final String ORIGIN = "log.example/test";
  static final LogLayout LAYOUT = new LogLayout(Path.of("/log"));
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  static final SigningKey KEY = key(ORIGIN, KeyAlgorithm.ED25519_NOTE);

  /** One thread for tiles, so that their operations have an order; hurried. */
  static final LogSettings HURRIED =
      new LogSettings(
          Duration.ofMillis(1), 1 << 17, 1 << 20, 1 << 22, 1, Duration.ofMillis(500), 1 << 20);

  private TestLogs() {}

  static SigningKey key(String name, KeyAlgorithm algorithm) {
    try {
      String generator = algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE ? "ML-DSA-44" : "Ed25519";
      return SigningKey.of(
          name, algorithm, KeyPairGenerator.getInstance(generator).generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells what is signed, when it is signed. */
  static CheckpointSigner watched(Consumer<SignedCheckpoint> watcher) {
    return new CheckpointSigner() {
      @Override
      public VerifierKey key() {
        return KEY.key();
      }

      @Override
      public NoteSignature sign(Checkpoint checkpoint, Instant at) {
        NoteSignature signature = KEY.sign(checkpoint, at);
        watcher.accept(SignedCheckpoint.of(checkpoint, List.of(signature)));
        return signature;
      }
    };
  }

  static LogWriter open(Disk disk, CheckpointSigner signer, LogSettings settings)
      throws IOException {
    return LogWriter.open(
        disk,
        LAYOUT,
        List.of(signer),
        Witnesses.none(),
        settings,
        CLOCK,
        new SplittableRandom(1),
        null);
  }

  static void create(Disk disk) throws IOException {
    LogFolder.create(disk, LAYOUT, ORIGIN, Optional.empty());
  }

  static byte[] entry(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Everything that a log on disk must be, whatever happened to it; returns its entries. */
  static List<byte[]> requireSound(Disk disk) throws IOException {
    FsckReport report = Fsck.run(disk, LAYOUT, KEY.key(), Optional.empty(), done -> {});
    assertThat(report.findings()).as("fsck").isEmpty();
    TileSource source = new DiskTiles(disk, LAYOUT);
    SignedCheckpoint signed = SignedCheckpoint.parse(source.checkpoint().orElseThrow());
    long size = signed.checkpoint().size();
    AuditReport audit = LogAudit.run(size, signed.checkpoint().root(), source, done -> {});
    assertThat(audit.findings()).as("audit").isEmpty();
    return entries(source, size);
  }

  static List<byte[]> entries(TileSource source, long size) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (long index = 0; index * TileId.FULL < size; index++) {
      int width = (int) Math.min(TileId.FULL, size - index * TileId.FULL);
      entries.addAll(
          EntryBundle.entries(source.tileOrCut(TileId.bundle(index, width)).orElseThrow(), width));
    }
    return entries;
  }

  /** The tree of the log, cut to the size of an earlier checkpoint, has that one's root. */
  static void requireContinues(Disk disk, Checkpoint earlier) throws IOException {
    requireContinues(new DiskTiles(disk, LAYOUT), earlier);
  }

  static void requireContinues(TileSource source, Checkpoint earlier) throws IOException {
    Checkpoint now = SignedCheckpoint.parse(source.checkpoint().orElseThrow()).checkpoint();
    assertThat(now.size())
        .as("no tree that was signed is lost")
        .isGreaterThanOrEqualTo(earlier.size());
    Hash root = TreeRoot.of(earlier.size(), new TileHashes(source, now.size()));
    assertThat(root).as("no fork at size " + earlier.size()).isEqualTo(earlier.root());
  }

  /** Runs something that may find the writer stopped. */
  static boolean survives(Runnable step) {
    try {
      step.run();
      return true;
    } catch (CodedException e) {
      return false;
    }
  }
}
