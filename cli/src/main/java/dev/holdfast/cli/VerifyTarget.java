package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.WitnessRequest;
import dev.holdfast.replay.CaseDossier;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.Envelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What is to be verified, told by its content. */
sealed interface VerifyTarget {
  /** The most octets of a file of any kind: a bundle or a dossier. */
  int LARGEST = Math.max(VerdictBundle.LARGEST, CaseDossier.LARGEST);

  /** The most octets of a file that is no JSON. */
  int LARGEST_TEXT = Math.max(TlogProof.LARGEST, WitnessRequest.LARGEST);

  /** A proof that an entry is in a log. */
  record Proof(TlogProof proof) implements VerifyTarget {}

  /** A checkpoint. */
  record Tree(SignedCheckpoint checkpoint) implements VerifyTarget {}

  /** A proof that a log continued an earlier tree. */
  record Continued(WitnessRequest request) implements VerifyTarget {}

  /** A whole log, in a folder or at an address. */
  record Log(String place) implements VerifyTarget {}

  /** A signed statement: rounds of a landmark. */
  record Rounds() implements VerifyTarget {}

  /** A verdict with all that it follows from. */
  record Bundle(VerdictBundle bundle) implements VerifyTarget {}

  /**
   * A case with all that it stands on.
   *
   * @param page the octets that it was read from
   */
  record Dossier(CaseDossier dossier, byte[] page) implements VerifyTarget {}

  /** The target that a user names. */
  static VerifyTarget at(String name) {
    return LogPlace.isAddress(name) || Files.isDirectory(Path.of(name))
        ? new Log(name)
        : of(name, BoundedFiles.read(Path.of(name), LARGEST));
  }

  /** The target of these octets. */
  static VerifyTarget of(String source, byte[] octets) {
    return InputFiles.parsed(
        source,
        () -> {
          if (begins(octets, "c2sp.org/tlog-proof@")) {
            return new Proof(TlogProof.parse(octets));
          }
          if (begins(octets, "old ")) {
            return new Continued(WitnessRequest.parse(octets));
          }
          if (begins(octets, "<!doctype html>")) {
            return new Dossier(CaseDossier.parse(octets, source), octets);
          }
          if (isObject(octets)) {
            return hasFormat(octets, source)
                ? new Bundle(VerdictBundle.parse(octets, source))
                : new Rounds();
          }
          if (octets.length > LARGEST_TEXT) {
            throw new CodedException(
                Problem.in(
                    source,
                    ErrorCode.INPUT_TOO_LARGE,
                    "it has more than " + LARGEST_TEXT + " octets and is no bundle"));
          }
          return new Tree(SignedCheckpoint.parse(octets));
        });
  }

  /** The hashes of a consistency proof in a file: a witness request's, or hashes alone. */
  static List<Hash> hashes(Path file) {
    byte[] octets = BoundedFiles.read(file, LARGEST_TEXT);
    return InputFiles.parsed(
        file.toString(),
        () -> {
          if (begins(octets, "old ")) {
            return WitnessRequest.parse(octets).proof();
          }
          List<String> lines = new String(octets, US_ASCII).lines().toList();
          return IntStream.range(0, lines.size())
              .mapToObj(
                  i -> Hash.ofBase64(lines.get(i), ErrorCode.MALFORMED_PROOF, "line " + (i + 1)))
              .toList();
        });
  }

  /** Whether it begins as a JSON object does, perhaps after blanks. */
  private static boolean isObject(byte[] octets) {
    for (byte octet : octets) {
      if (octet == '{') {
        return true;
      }
      if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
        return false;
      }
    }
    return false;
  }

  /** Whether it is a bundle of any version; a statement has one spelling, without such a field. */
  private static boolean hasFormat(byte[] octets, String source) {
    if (octets.length > Envelope.LONGEST) {
      return true;
    }
    return BoundedJson.read(octets, source, JsonLimits.ofOctets(Envelope.LONGEST))
            instanceof JsonTree.ObjectNode object
        && object.members().containsKey("format");
  }

  private static boolean begins(byte[] octets, String text) {
    return octets.length >= text.length()
        && new String(octets, 0, text.length(), US_ASCII).equals(text);
  }
}
