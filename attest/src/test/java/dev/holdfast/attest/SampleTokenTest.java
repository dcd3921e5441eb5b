package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token that NVIDIA's service made; the keys of its day are not at hand. */
final class SampleTokenTest {
  private static final String FILE = "hopperClaimsv3_detached_eat.json";
  private static final Instant DURING = Instant.ofEpochSecond(1_749_602_000);

  private static EatCheck check(EatExpectations expected) {
    return EatVerifier.check(SharedGpu.octets(FILE), FILE, expected);
  }

  @Test
  void its_digests_match_and_all_that_is_left_open_is_who_signed() {
    EatCheck check =
        check(
            EatExpectations.at(DURING)
                .withNonce("931d8dd0add203ac3d8b4fbde75e115278eefcdceac5b87671a748f32364dfcb"));
    assertThat(check).isInstanceOf(EatCheck.NotChecked.class);
    assertThat(check.reasons()).containsExactly(Reason.of("reason.token-signature-unchecked"));
    assertThat(EatVerifier.looksLikeToken(SharedGpu.octets(FILE))).isTrue();
  }

  @Test
  void another_services_keys_and_a_later_day_refuse_it() {
    assertThat(check(EatExpectations.at(DURING).with(TokenMaker.keys(TokenMaker.KEY))).reasons())
        .extracting(Reason::code)
        .contains("reason.token-key-unknown");
    assertThat(check(EatExpectations.at(SharedGpu.NOW)))
        .isInstanceOf(EatCheck.Refused.class)
        .extracting(EatCheck::reasons)
        .asInstanceOf(list(Reason.class))
        .extracting(Reason::code)
        .contains("reason.token-expired");
  }

  @Test
  void its_claims_are_those_of_the_decoded_file() {
    JsonNode decoded =
        new JsonMapper().readTree(SharedGpu.octets("hopperClaimsv3_decoded.json")).get("GPU-0");
    EatToken token = check(EatExpectations.at(DURING)).token();
    assertThat(token.chips()).containsOnlyKeys("GPU-0");
    ChipClaims chip = token.chips().values().iterator().next();
    Map<String, Object> told = new TreeMap<>(chip.flags());
    chip.others().forEach(name -> told.put(name, "only its name"));
    told.put("iss", chip.common().issuer());
    told.put("iat", chip.common().issuedAt().getEpochSecond());
    told.put("nbf", String.valueOf(chip.common().notBefore()));
    told.put("exp", chip.common().expiresAt().getEpochSecond());
    told.put("eat_nonce", String.valueOf(chip.common().nonce()));
    told.put("ueid", chip.ueid() == null ? "" : chip.ueid().value());
    told.put("hwmodel", String.valueOf(chip.model()));
    told.put("oemid", String.valueOf(chip.manufacturer()));
    told.put("measres", String.valueOf(chip.measurements()));
    told.put("secboot", String.valueOf(chip.secureBoot()));
    told.put("dbgstat", String.valueOf(chip.debugStatus()));
    told.put("x-nvidia-gpu-driver-version", String.valueOf(chip.driver()));
    told.put("x-nvidia-gpu-vbios-version", String.valueOf(chip.vbios()));
    assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(decoded.propertyNames());
    decoded
        .properties()
        .forEach(each -> {
          String value = String.valueOf(told.get(each.getKey()));
          switch (each.getKey()) {
            case "nbf" ->
                assertThat(value)
                    .isEqualTo(Instant.ofEpochSecond(each.getValue().asLong()).toString());
            default -> {
              if (!value.equals("only its name")) {
                assertThat(value).as(each.getKey()).isEqualTo(each.getValue().asString());
              }
            }
          }
        });
    assertThat(chip.flags()).hasSize(16);
    assertThat(chip.others())
        .containsExactly(
            "jti",
            "x-nvidia-attestation-warning",
            "x-nvidia-gpu-attestation-report-cert-chain",
            "x-nvidia-gpu-driver-rim-cert-chain",
            "x-nvidia-gpu-vbios-rim-cert-chain");
    assertThat(chip.against()).isEmpty();
  }
}
