package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks the signatures of notes and of checkpoints against known keys; never throws for them. */
public final class SignatureChecks {
  private SignatureChecks() {}

  /** One result for each signature line of a checkpoint, in their order. */
  public static List<SignatureCheck> check(SignedCheckpoint signed, Collection<VerifierKey> keys) {
    return signed.note().signatures().stream()
        .map(signature -> check(signed.checkpoint(), signature, keys))
        .toList();
  }

  /** One result for each signature line of a note, which need not be a checkpoint. */
  public static List<SignatureCheck> check(Note note, Collection<VerifierKey> keys) {
    Optional<Checkpoint> checkpoint = checkpoint(note);
    return note.signatures().stream()
        .map(signature -> check(note.text(), checkpoint, signature, keys))
        .toList();
  }

  /** The result for one signature of a checkpoint, such as a witness has just answered. */
  public static SignatureCheck check(
      Checkpoint checkpoint, NoteSignature signature, Collection<VerifierKey> keys) {
    return check(checkpoint.text(), Optional.of(checkpoint), signature, keys);
  }

  private static Optional<Checkpoint> checkpoint(Note note) {
    try {
      return Optional.of(Checkpoint.parse(note.text()));
    } catch (CodedException e) {
      return Optional.empty();
    }
  }

  private static SignatureCheck check(
      String text,
      Optional<Checkpoint> checkpoint,
      NoteSignature signature,
      Collection<VerifierKey> keys) {
    SignatureCheck result = new SignatureCheck.Unknown(signature);
    for (VerifierKey key : keys) {
      if (!key.isNamedBy(signature)) {
        continue;
      }
      Optional<String> fault = fault(text, checkpoint, signature, key);
      if (fault.isEmpty()) {
        return new SignatureCheck.Valid(key, timestamp(signature, key));
      }
      // Goes on: two keys may by chance share name and key id, and one of them may have signed.
      if (result instanceof SignatureCheck.Unknown) {
        result = new SignatureCheck.Wrong(key, fault.get());
      }
    }
    return result;
  }

  private static OptionalLong timestamp(NoteSignature signature, VerifierKey key) {
    return key.algorithm().isCosignature()
        ? OptionalLong.of(ByteBuffer.wrap(signature.signature()).getLong())
        : OptionalLong.empty();
  }

  private static Optional<String> fault(
      String text, Optional<Checkpoint> checkpoint, NoteSignature signature, VerifierKey key) {
    byte[] octets = signature.signature();
    KeyAlgorithm algorithm = key.algorithm();
    if (octets.length != algorithm.signatureLength()) {
      return Optional.of(
          "the signature has %d octets, not %d"
              .formatted(octets.length, algorithm.signatureLength()));
    }
    if (!algorithm.isCosignature()) {
      return key.fault(text.getBytes(UTF_8), octets);
    }
    if (checkpoint.isEmpty()) {
      return Optional.of("the text is not a checkpoint, so it cannot be cosigned");
    }
    long timestamp = ByteBuffer.wrap(octets).getLong();
    if (timestamp < 0) {
      return Optional.of("the time is beyond 2^63 - 1 seconds");
    }
    if (algorithm == KeyAlgorithm.MLDSA44_COSIGNATURE
        && !Cosignature.fits(checkpoint.get().origin())) {
      return Optional.of("the origin has more than the 255 octets of an ML-DSA-44 cosignature");
    }
    return key.fault(
        Cosignature.message(key, checkpoint.get(), timestamp),
        Arrays.copyOfRange(octets, Long.BYTES, octets.length));
  }
}
