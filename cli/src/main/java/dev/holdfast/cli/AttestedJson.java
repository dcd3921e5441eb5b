package dev.holdfast.cli;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.ChipEvidence;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceVerifier.ChainCheck;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of what {@code attest verify} answers of one report or chain.
 *
 * @param piece its place in the file, from 1
 * @param kind {@code evidence} or {@code chain}
 * @param verdict {@code verified} or {@code refused}
 * @param chip null where it is refused
 * @param board null where the chip names no switches
 */
record AttestedJson(
    String file,
    int piece,
    String kind,
    String verdict,
    List<ReasonJson> reasons,
    @Nullable ChipJson chip,
    @Nullable BoardJson board,
    @Nullable Boolean nonceChecked,
    @Nullable Instant revocationsAt,
    boolean simulated) {

  /** One reason; the sentence is English whatever the language of the terminal. */
  record ReasonJson(String code, String sentence) {
    static ReasonJson of(Reason reason) {
      return new ReasonJson(
          reason.code(),
          MessageCatalogue.in(Locale.ENGLISH).say(reason.code(), reason.arguments()));
    }
  }

  /** A name of a chip and who stands behind it. */
  record AliasJson(Alias.Kind kind, String value, Alias.Strength strength) {
    static AliasJson of(Alias alias) {
      return new AliasJson(alias.kind(), alias.value(), alias.kind().strength());
    }
  }

  /** A chip as it says itself. */
  record ChipJson(
      String id,
      @Nullable String kind,
      String model,
      List<AliasJson> aliases,
      @Nullable String driver,
      @Nullable String vbios,
      @Nullable String nonce,
      @Nullable List<String> neighbours) {
    static ChipJson of(ChipEvidence chip) {
      return new ChipJson(
          chip.id(),
          chip.kind().word(),
          chip.model(),
          chip.aliases().stream().map(AliasJson::of).toList(),
          chip.driver(),
          chip.vbios(),
          chip.nonce(),
          chip.neighbours() == null ? null : List.copyOf(chip.neighbours()));
    }
  }

  /** The board of a chip, from all files of the same call. */
  record BoardJson(
      String id, Board.Basis basis, List<String> members, List<String> switches, String grade) {
    static BoardJson of(Board board) {
      return new BoardJson(
          board.id(),
          board.basis(),
          List.copyOf(board.members().keySet()),
          List.copyOf(board.marks()),
          board.grade().word());
    }
  }

  static AttestedJson of(EvidenceFiles.Checked checked, @Nullable Board board) {
    List<ReasonJson> reasons = checked.check().reasons().stream().map(ReasonJson::of).toList();
    return switch (checked.check()) {
      case EvidenceCheck.Verified good ->
          new AttestedJson(
              checked.file(),
              checked.piece(),
              "evidence",
              good.word(),
              reasons,
              ChipJson.of(good.evidence()),
              board == null ? null : BoardJson.of(board),
              good.nonceChecked(),
              good.revocationsAt(),
              good.simulated());
      case EvidenceCheck.Refused refused ->
          new AttestedJson(
              checked.file(),
              checked.piece(),
              "evidence",
              refused.word(),
              reasons,
              null,
              null,
              null,
              null,
              false);
    };
  }

  /** That of a chain alone. */
  static AttestedJson of(String file, ChainCheck check) {
    return switch (check) {
      case ChainCheck.Trusted good ->
          ofChain(
              file,
              "verified",
              good.reasons(),
              new ChipJson(
                  good.id(),
                  null,
                  good.model(),
                  good.aliases().stream().map(AliasJson::of).toList(),
                  null,
                  null,
                  null,
                  null));
      case ChainCheck.Refused(Reason reason) -> ofChain(file, "refused", List.of(reason), null);
    };
  }

  private static AttestedJson ofChain(
      String file, String verdict, List<Reason> reasons, @Nullable ChipJson chip) {
    return new AttestedJson(
        file,
        1,
        "chain",
        verdict,
        reasons.stream().map(ReasonJson::of).toList(),
        chip,
        null,
        null,
        null,
        false);
  }
}
