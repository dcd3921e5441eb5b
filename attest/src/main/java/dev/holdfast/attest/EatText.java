package dev.holdfast.attest;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words what came of checking a token for people, in one language: the verdict, its reasons, and
 * what the service says of each chip. What strangers wrote cannot drive the terminal.
 */
public final class EatText {
  private final MessageCatalogue catalogue;

  public EatText(MessageCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The lines, the verdict first. */
  public List<String> lines(EatCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(verdict(check));
    check.reasons().forEach(reason -> lines.add("  " + sentence(reason)));
    TokenClaims common = check.token().common();
    lines.add(
        say("token.window", Times.print(common.begins()), Times.print(common.expiresAt()))
            + (common.nonce() == null ? "" : " " + say("token.nonce", common.nonce())));
    check.token().chips().forEach((name, chip) -> lines.addAll(chip(name, chip)));
    return lines;
  }

  private String verdict(EatCheck check) {
    String issuer = check.token().common().issuer();
    String at = Times.print(check.token().common().issuedAt());
    return switch (check) {
      case EatCheck.Verified verified ->
          say("token.verified", issuer, at, String.join(", ", verified.keys()));
      case EatCheck.NotChecked notChecked -> say("token.not-checked", issuer, at);
      case EatCheck.Refused refused -> say("token.refused", issuer, at);
    };
  }

  private List<String> chip(String name, ChipClaims chip) {
    List<String> lines = new ArrayList<>();
    lines.add(
        say(
            "token.chip",
            name,
            told(chip.model()),
            told(chip.ueid() == null ? null : chip.ueid().value()),
            told(chip.driver()),
            told(chip.vbios())));
    lines.add(
        "  "
            + say(
                "token.chip-state",
                told(chip.measurements()),
                told(chip.secureBoot() == null ? null : chip.secureBoot().toString()),
                told(chip.debugStatus()),
                Long.toString(chip.flags().values().stream().filter(holds -> holds).count()),
                Integer.toString(chip.flags().size())));
    if (!chip.others().isEmpty()) {
      lines.add("  " + say("token.chip-others", String.join(", ", chip.others())));
    }
    return lines;
  }

  /** A reason as a sentence. */
  public String sentence(Reason reason) {
    return say(reason.code(), reason.arguments().toArray(String[]::new));
  }

  private String told(@Nullable String value) {
    return value == null ? catalogue.say("token.untold") : value;
  }

  private String say(String key, String... arguments) {
    return catalogue.say(key, Arrays.stream(arguments).map(Problem::printable).toList());
  }
}
