package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.MessageCatalogue;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EatOutputTest {
  private static final EatText ENGLISH = new EatText(MessageCatalogue.in(Locale.ENGLISH));

  private static EatCheck check(TokenMaker maker, EatExpectations expected) {
    return EatVerifier.check(maker.make(), "token", expected);
  }

  private static JsonNode json(EatCheck check) {
    return TokenMaker.JSON.valueToTree(EatJson.of("a-file", check, ENGLISH::sentence));
  }

  @Test
  void a_verified_token_reads_as_sentences() {
    assertThat(ENGLISH.lines(check(TokenMaker.ofChips(1), TokenMaker.expected())))
        .containsExactly(
            "Verified: https://nras.attestation.nvidia.com signed this at 2026-03-01 10:00:00 UTC,"
                + " with the key kid-one.",
            "Valid from 2026-03-01 10:00:00 UTC to 2026-03-01 11:00:00 UTC. Nonce "
                + TokenMaker.NONCE
                + ".",
            "GPU-0: GH100 A01 GSP BROM, ueid 47817637928608218660, driver 550.90.07, VBIOS"
                + " 96.00.9F.00.01.",
            "  Measurements: success; secure boot: true; debugging: disabled; 2 of 2 findings of"
                + " the service are good.",
            "  Not read further: jti, x-nvidia-attestation-warning.");
  }

  @Test
  void what_is_wrong_or_not_checked_stands_below_the_verdict() {
    TokenMaker maker = TokenMaker.ofChips(1);
    maker.overall.put("x-nvidia-overall-att-result", false);
    maker.chip(0).put("hwmodel", null);
    List<String> lines = ENGLISH.lines(check(maker, EatExpectations.at(TokenMaker.NOW)));
    assertThat(lines.getFirst()).startsWith("Refused: ");
    assertThat(lines.subList(1, 4))
        .containsExactly(
            "  The service does not say that it found everything in order.",
            "  Not checked: who signed it; no keys of the service were given.",
            "  Not checked: whether it is an old one shown again; no nonce was given to compare.");
    assertThat(lines).anyMatch(line -> line.startsWith("GPU-0: not told, "));
    assertThat(
            ENGLISH
                .lines(check(TokenMaker.ofChips(1), EatExpectations.at(TokenMaker.NOW)))
                .getFirst())
        .startsWith("Not checked: ");
  }

  @Test
  void every_language_has_its_own_words() {
    EatCheck check = check(TokenMaker.ofChips(2), EatExpectations.at(TokenMaker.NOW));
    for (Locale language : List.of(Locale.CHINESE, Locale.JAPANESE)) {
      List<String> lines = new EatText(MessageCatalogue.in(language)).lines(check);
      assertThat(lines).hasSize(ENGLISH.lines(check).size());
      assertThat(lines).doesNotContainAnyElementsOf(ENGLISH.lines(check));
    }
  }

  @Test
  void nothing_of_a_token_drives_the_terminal() {
    TokenMaker maker = TokenMaker.ofChips(1);
    maker.overall.put("iss", "\u001b[2J\u202e");
    maker.chip(0).put("hwmodel", "a\nb\u0007");
    maker.chip(0).put("x-\u001b", 1);
    assertThat(String.join("", ENGLISH.lines(check(maker, TokenMaker.expected()))).codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @Test
  void machines_read_one_object() {
    JsonNode json = json(check(TokenMaker.ofChips(2), TokenMaker.expected()));
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "source",
            "kind",
            "result",
            "reasons",
            "keys",
            "issuer",
            "issuedAt",
            "notBefore",
            "expiresAt",
            "nonce",
            "attested",
            "version",
            "chips");
    assertThat(json.get("result").asString()).isEqualTo("VERIFIED");
    assertThat(json.get("keys").get(0).asString()).isEqualTo("kid-one");
    assertThat(json.get("issuedAt").asString()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(json.get("chips").get(1).get("name").asString()).isEqualTo("GPU-1");
    assertThat(json.get("chips").get(1).get("ueid").asString()).isEqualTo("47817637928608218661");
    JsonNode open = json(check(TokenMaker.ofChips(1), EatExpectations.at(TokenMaker.NOW)));
    assertThat(open.get("result").asString()).isEqualTo("NOT_CHECKED");
    assertThat(open.get("keys")).isEmpty();
    assertThat(open.get("reasons").get(0).get("code").asString())
        .isEqualTo("reason.token-signature-unchecked");
    assertThat(open.get("reasons").get(0).get("sentence").asString()).contains("who signed it");
    assertThat(
            json(check(TokenMaker.ofChips(1), TokenMaker.expected().withIssuer("x")))
                .get("result")
                .asString())
        .isEqualTo("REFUSED");
  }
}
