package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.EarVerifier;
import dev.holdfast.trust.PossessionProof;
import dev.holdfast.trust.PossessionProof.Purpose;
import dev.holdfast.trust.Sha256;
import java.nio.file.Path;
import java.time.Instant;

/** Tokens in files, and what a proof about one says. */
final class LeaseFile {
  private LeaseFile() {}

  /** The token in a file, without blanks around it. */
  static String read(Path file) {
    return new String(BoundedFiles.read(file, EarVerifier.LONGEST + 2), UTF_8).strip();
  }

  /**
   * What whoever holds a lease says now.
   *
   * @throws CodedException USAGE where audience or nonce cannot be
   */
  static PossessionProof proof(String lease, String audience, String nonce) {
    try {
      return new PossessionProof(
          Purpose.LEASE, audience, nonce, Sha256.of(lease.getBytes(US_ASCII)), Instant.now());
    } catch (IllegalArgumentException e) {
      throw new CodedException(Problem.of(ErrorCode.USAGE, String.valueOf(e.getMessage())), e);
    }
  }
}
