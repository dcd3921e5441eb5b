package dev.holdfast.cli;

import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceFile;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.model.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the evidence of many files together: a report that lies alone finds its chain in the file
 * beside it, and the same report twice is told.
 */
final class EvidenceFiles {
  private final EvidenceVerifier verifier;
  private final Instant at;
  private final byte @Nullable [] nonce;
  private final List<byte[]> chains = new ArrayList<>();
  private final Map<String, String> seen = new HashMap<>();

  /**
   * A check.
   *
   * @param nonce that all evidence must answer; null for whichever each file says
   */
  EvidenceFiles(EvidenceVerifier verifier, Instant at, byte @Nullable [] nonce) {
    this.verifier = verifier;
    this.at = at;
    this.nonce = nonce;
  }

  /**
   * One piece of a file and what became of it.
   *
   * @param piece from 1
   */
  record Checked(String file, int piece, int pieces, EvidenceCheck check) {
    Checked with(EvidenceCheck.Verified good, List<Reason> reasons) {
      return new Checked(
          file,
          piece,
          pieces,
          new EvidenceCheck.Verified(
              good.evidence(),
              good.root(),
              good.nonceChecked(),
              good.revocationsAt(),
              good.simulated(),
              reasons));
    }

    /** How people find it. */
    String name() {
      return pieces == 1 ? file : file + ", " + piece;
    }
  }

  /** A chain for reports that come without one. */
  void addChain(byte[] pem) {
    chains.add(pem);
  }

  /** What a file holds. */
  static EvidenceFile read(Path file) {
    return EvidenceFile.read(BoundedFiles.read(file, EvidenceFile.LONGEST), file.toString());
  }

  /** Checks the reports of a file. */
  List<Checked> check(Path file, EvidenceFile held) {
    List<Checked> all = new ArrayList<>();
    switch (held) {
      case EvidenceFile.Evidence(List<EvidenceFile.Piece> pieces) -> {
        for (EvidenceFile.Piece piece : pieces) {
          byte[] asked = nonce != null ? nonce : piece.nonce();
          add(
              all,
              file,
              pieces.size(),
              piece.report(),
              nonce == null,
              verifier.check(piece.report(), piece.chain(), asked, at));
        }
      }
      case EvidenceFile.Report(byte[] octets) -> add(all, file, 1, octets, false, alone(octets));
      case EvidenceFile.Chain chain -> {
        // Said by whoever prints: it is no report.
      }
    }
    return all;
  }

  private void add(
      List<Checked> all, Path file, int pieces, byte[] report, boolean said, EvidenceCheck check) {
    Checked checked = new Checked(file.toString(), all.size() + 1, pieces, check);
    if (said && check instanceof EvidenceCheck.Verified good) {
      // Only the file says that this nonce was asked for.
      checked = checked.with(good, told(good.reasons()));
    }
    String before = seen.putIfAbsent(HexFormat.of().formatHex(report), checked.name());
    if (before != null && checked.check() instanceof EvidenceCheck.Verified good) {
      List<Reason> reasons = new ArrayList<>(good.reasons());
      reasons.add(1, Reason.of("evidence.duplicate", before));
      checked = checked.with(good, reasons);
    }
    all.add(checked);
  }

  private static List<Reason> told(List<Reason> reasons) {
    return reasons.stream()
        .map(each ->
            each.code().equals("evidence.nonce-fits") ? Reason.of("evidence.nonce-of-file") : each)
        .toList();
  }

  /** A report without certificates, under whichever chain fits. */
  private EvidenceCheck alone(byte[] report) {
    EvidenceCheck answer = new EvidenceCheck.Refused(List.of(Reason.of("evidence.no-chain")));
    for (byte[] chain : chains) {
      EvidenceCheck check = verifier.check(report, chain, nonce, at);
      if (check instanceof EvidenceCheck.Verified) {
        return check;
      }
      answer = check;
    }
    return answer;
  }
}
