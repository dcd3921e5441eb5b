package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleReaderTest {
  @TempDir private Path desk;
  private String good = "";

  @BeforeEach
  void make() {
    try (BundleWorld world = new BundleWorld(desk.resolve("ca"))) {
      good = new String(world.bundle().octets(), UTF_8);
    }
  }

  private static void refusedAs(
      String text, ErrorCode code, @Nullable String field, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> VerdictBundle.parse(text.getBytes(UTF_8), "bundle.json"))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().source()).isEqualTo("bundle.json");
          assertThat(e.problem().field()).isEqualTo(field);
          assertThat(e.problem().reason()).contains(reason);
        });
  }

  private void refused(String old, String now, @Nullable String field, String reason) {
    assertThat(good).contains(old);
    refusedAs(good.replace(old, now), ErrorCode.MALFORMED_VERDICT_BUNDLE, field, reason);
  }

  @Test
  void whatever_is_wrong_is_named_by_its_field() {
    refused("verdict-bundle/v1", "verdict-bundle/v2", "/format", "and not");
    refused("\"subject\":\"key\"", "\"subject\":\"target\"", "/question/subject", "not key");
    refused("\"withinKm\":2000", "\"withinKm\":-1", "/question/claims/0/withinKm", "finite");
    refused("\"withinKm\":2000", "\"withinKm\":1e9", "/question/claims/0/withinKm", "wider");
    String faults = "\"toleratedFaults\":";
    refused(
        faults + "0,\"window\":\"",
        faults + "1001,\"window\":\"",
        "/question/settings/toleratedFaults",
        "greater than 1000");
    String window = "\"window\":\"";
    refused(window + "PT10M", window + "PT0S", "/question/settings/window", "not above zero");
    refused(window + "PT10M", window + "P9999D", "/question/settings/window", "than a year");
    refused(window + "PT10M", window + "soon", "/question/settings/window", "ISO 8601");
    refused("\"index\":0,", "\"index\":-1,", "/entries/0/index", "whole number");
    refused("\"index\":1,", "\"index\":0,", "/entries", "order of the log");
    refused("\"path\":[\"", "\"path\":[\"!", "/entries/0/path/0", "base64");
    refused("\"octets\":\"", "\"octets\":\"!", "/blobs/0/octets", "base64");
    refused("\"checkpoint\":\"", "\"checkpoint\":\"\\n", "/checkpoint", "the line is empty");
    refused("{\"answer\"", "{\"more\":1,\"answer\"", null, "unknown name \"more\"");
    refused("\"id\":\"", "\"id\":\"0", "/question/id", "neither this key, this host");
  }

  @Test
  void what_is_no_json_or_too_large_is_refused() {
    refusedAs("{", ErrorCode.MALFORMED_JSON, null, "");
    byte[] large = new byte[VerdictBundle.LARGEST + 1];
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> VerdictBundle.parse(large, "large"))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.INPUT_TOO_LARGE));
  }
}
