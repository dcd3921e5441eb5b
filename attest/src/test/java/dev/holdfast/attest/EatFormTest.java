package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Octets that are no token at all get a coded error that says where. */
final class EatFormTest {
  private static void malformed(byte[] octets, ErrorCode code, String hint) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> EatVerifier.check(octets, "token", TokenMaker.expected()))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().sentence()).contains(hint).startsWith(code.code() + " token");
        });
  }

  private static void bent(Consumer<TokenMaker> bend, String hint) {
    TokenMaker maker = TokenMaker.ofChips(2);
    bend.accept(maker);
    malformed(maker.make(), ErrorCode.MALFORMED_TOKEN, hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[\"JWT\",\"a.b.c\"]]",
        "[[\"JWT\",\"a.b.c\"],{},{}]",
        "[[\"CWT\",\"a.b.c\"],{}]",
        "[[\"JWT\",7],{}]",
        "[[\"JWT\",\"a.b.c\",1],{}]",
        "[[\"JWT\",\"a.b.c\"],[]]",
        "\"a.b.c\""
      })
  void another_form_is_refused(String text) {
    malformed(text.getBytes(UTF_8), ErrorCode.MALFORMED_TOKEN, "GPU-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "[[\"JWT\",\"a.b.c\"],{}] {}",
        "[[\"JWT\",\"a\"],{\"a\":1,\"a\":1}]"
      })
  void what_is_no_json_is_refused(String text) {
    malformed(text.getBytes(UTF_8), ErrorCode.MALFORMED_JSON, "");
  }

  @Test
  void too_many_octets_are_not_read() {
    malformed(new byte[DetachedEat.LARGEST + 1], ErrorCode.INPUT_TOO_LARGE, "octets");
  }

  @Test
  void a_jwt_has_three_parts_in_the_one_spelling_of_base64url() {
    bent(maker -> maker.submodule = text -> text + ".", "parts");
    bent(maker -> maker.submodule = text -> text.substring(0, text.lastIndexOf('.')), "parts");
    bent(maker -> maker.submodule = text -> text + "=", "signature");
    bent(maker -> maker.submodule = text -> text.replaceFirst("\\.", ".+"), "payload");
    bent(maker -> maker.submodule = text -> "." + text.split("\\.", -1)[1] + ".", "header");
    String list = Base64URL.encode("[1]").toString();
    bent(maker -> maker.submodule = text -> list + text.substring(text.indexOf('.')), "header");
    // 96 octets end on a whole group, 97 would leave four bits that must be zero.
    bent(maker -> maker.submodule = text -> text + "AB", "one spelling");
  }

  @Test
  void a_name_may_not_stand_twice_in_what_is_signed() {
    String twice = Base64URL.encode("{\"iss\":\"a\",\"iss\":\"b\"}").toString();
    TokenMaker maker = TokenMaker.ofChips(1);
    maker.submodule = text -> text.replaceFirst("\\.[^.]*\\.", "." + twice + ".");
    malformed(maker.make(), ErrorCode.MALFORMED_JSON, "twice");
  }

  @Test
  void digests_have_one_form() {
    for (Object wrong :
        List.of(
            "text",
            List.of("DIGEST"),
            List.of("JWT", List.of("SHA-256", "00".repeat(32))),
            List.of("DIGEST", List.of("SHA-512", "00".repeat(32))),
            List.of("DIGEST", List.of("SHA-256", "00".repeat(31))),
            List.of("DIGEST", List.of("SHA-256", "0G".repeat(32))),
            List.of("DIGEST", List.of("SHA-256", "0A".repeat(32))))) {
      bent(maker -> maker.digests.put("GPU-0", wrong), "DIGEST");
    }
    bent(maker -> maker.overall.put("submods", Map.of()), "submods");
    bent(maker -> maker.overall.put("submods", "none"), "submods");
  }

  @Test
  void names_of_submodules_are_names() {
    bent(maker -> maker.chips.put(" GPU", maker.chip(0)), "submodule");
    bent(maker -> maker.chips.put("", maker.chip(0)), "submodule");
    bent(maker -> maker.chips.put("G\u0007", maker.chip(0)), "submodule");
  }

  @Test
  void claims_have_their_types() {
    bent(maker -> maker.overall.put("iss", 7), "iss");
    bent(maker -> maker.overall.remove("iat"), "iat");
    bent(maker -> maker.chip(1).remove("exp"), "exp");
    bent(maker -> maker.chip(1).put("exp", "soon"), "exp");
    bent(maker -> maker.chip(1).put("exp", 1.5), "exp");
    bent(maker -> maker.chip(1).put("iat", -1), "iat");
    bent(maker -> maker.chip(1).put("ueid", 478), "ueid");
    bent(maker -> maker.chip(1).put("ueid", " 478"), "ueid");
    bent(maker -> maker.chip(1).put("secboot", "true"), "secboot");
    bent(maker -> maker.chip(1).put("dbgstat", 1), "dbgstat");
    bent(maker -> maker.overall.put("x-nvidia-overall-att-result", "true"), "x-nvidia-overall");
  }

  @Test
  void the_nested_bundle_of_the_vendors_own_library_is_refused_as_another_form() {
    TokenMaker maker = TokenMaker.ofChips(1);
    byte[] octets =
        TokenMaker.bundle(
            maker.sign(Map.of("iss", "NV-Attestation-SDK")),
            Map.of("REMOTE_GPU_CLAIMS", List.of(List.of("JWT", "a.b.c"), Map.of())));
    malformed(octets, ErrorCode.MALFORMED_TOKEN, "submods");
  }
}
