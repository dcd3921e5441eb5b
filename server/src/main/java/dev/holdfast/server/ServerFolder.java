package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.store.KeyFiles;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a server keeps in its folder: {@code log/} (the truth), {@code blobs/}, {@code keys/} (of
 * mode 0600: the log's, the one it signs its own statements with, and those of leases), {@code
 * tokens.json}, and {@code views.db}, which can be deleted.
 */
record ServerFolder(Path root) {
  Path log() {
    return root.resolve("log");
  }

  Path blobs() {
    return root.resolve("blobs");
  }

  Path keys() {
    return root.resolve("keys");
  }

  Path logKey() {
    return keys().resolve("log.key");
  }

  Path serverKey() {
    return keys().resolve("server.key");
  }

  /** Makes what is missing. */
  void prepare(String origin, SecureRandom random, InstantSource clock) {
    try {
      Files.createDirectories(keys());
      Files.createDirectories(blobs());
      if (!Files.exists(serverKey())) {
        HeldKey.generate(random).write(serverKey());
      }
      if (!Files.exists(logKey())) {
        KeyFiles.write(logKey(), KeyFiles.generate(origin, KeyAlgorithm.ED25519_NOTE));
      }
      if (!Files.exists(log().resolve("checkpoint"))) {
        var _ = LogFolder.create(log(), List.of(logSigner()), Optional.empty(), clock);
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(root.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  CheckpointSigner logSigner() {
    return KeyFiles.read(logKey());
  }
}
