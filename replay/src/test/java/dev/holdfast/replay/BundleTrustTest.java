package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.OperatorId;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleTrustTest {
  @TempDir private Path desk;
  private BundleWorld world;

  @BeforeEach
  void make() {
    world = new BundleWorld(desk.resolve("ca"));
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static BundleTrust parse(String text) {
    return BundleTrust.parse(text.getBytes(UTF_8), "trust.yaml");
  }

  private String authority() {
    return Base64.getEncoder().encodeToString(world.authority.authority().der());
  }

  private String declarer() {
    return Base64.getEncoder().encodeToString(world.host.key().publicKey().spki());
  }

  @Test
  void yaml_and_json_say_the_same() {
    String yaml =
        "authorities: ['%s']\nlogs:\n- %s\noperators:\n- north\ndeclarers: [%s]\n"
            .formatted(authority(), world.log.key().vkey(), declarer());
    String json =
        "{\"authorities\":[\"%s\"],\"logs\":[\"%s\"],\"operators\":[\"north\"],\"declarers\":[\"%s\"]}"
            .formatted(authority(), world.log.key().vkey(), declarer());
    for (BundleTrust trust : new BundleTrust[] {parse(yaml), parse(json)}) {
      assertThat(trust.evidence().certificates().authorities())
          .containsExactly(world.authority.authority());
      assertThat(trust.policy().logs()).hasSize(1);
      assertThat(trust.evidence().operators()).containsExactly(new OperatorId("north"));
      assertThat(trust.evidence().declarers()).containsExactly(world.host.key().publicKey());
    }
  }

  @Test
  void logs_and_a_policy_that_names_witnesses_go_together() {
    BundleTrust trust =
        parse(
            "authorities: ['%s']\nlogs: ['%s']\npolicy: |\n  witness w %s\n  quorum w\n"
                .formatted(authority(), world.log.key().vkey(), world.witness.key().vkey()));
    assertThat(trust.policy().logs()).hasSize(1);
    assertThat(trust.policy().quorum()).isEqualTo("w");
  }

  private void refused(String text, String place, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> parse(text.replace("[CA]", "[" + authority() + "]")))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_TRUST_FILE);
          assertThat(e.problem().place()).contains("trust.yaml" + place);
          assertThat(e.problem().reason()).contains(reason);
        });
  }

  @Test
  void whatever_is_wrong_is_named() {
    refused("", "", "it is empty");
    refused("[1]", ":1", "not one document of keys");
    refused("a: 1\na: 2", ":2", "stands here twice");
    refused("a: &x [1]\nb: *x", ":2", "alias");
    refused("a: [[[[[[[[[[1]]]]]]]]]]", ":1", "nested deeper");
    refused("a: [", "", "not YAML");
    refused("logs: [x]", ": /authorities", "missing");
    refused("authorities: []", ": /authorities", "no authority");
    refused("authorities: ['x!']", ": /authorities/0", "neither base64 nor PEM");
    refused("authorities: [CA]", ": /logs", "which log is believed");
    refused("authorities: [CA]\nlogs: [x]", ": /logs/0", "key id");
    refused("authorities: [CA]\npolicy: quorum", ": /policy", "");
    refused("authorities: [CA]\nrevocations: [CA]", ": /revocations/0", "no list");
    String vkey = "authorities: [CA]\nlogs: ['" + world.log.key().vkey() + "']\n";
    refused(vkey + "operators: []", ": /operators", "accepts nobody");
    refused(vkey + "declarers: [AAAA]", ": /declarers/0", "SubjectPublicKeyInfo");
    refused(vkey + "device-roots: []", ": /device-roots", "trusts no manufacturer");
    refused(vkey + "device-roots: [AAAA]", ": /device-roots/0", "");
    refused(vkey + "device-revocations: [CA]", ": /device-revocations/0", "no list");
    refused(vkey + "trustees: []", "", "unknown name \"trustees\"");
  }
}
