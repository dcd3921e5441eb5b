package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as Standard Webhooks 1.0.0 has them; the example is the one of its own tests. */
final class WebhookSecretTest {
  private static final WebhookSecret SECRET =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long SECONDS = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void a_message_is_signed_as_the_standard_has_it() {
    assertThat(SECRET.sign(ID, SECONDS, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void one_good_signature_of_several_is_enough() {
    assertThat(SECRET.isSignedBy("v1a,AAAA v1,BBBB " + SIGNATURE, ID, SECONDS, BODY)).isTrue();
    assertThat(SECRET.isSignedBy("v1,BBBB", ID, SECONDS, BODY)).isFalse();
    assertThat(SECRET.isSignedBy("", ID, SECONDS, BODY)).isFalse();
  }

  @Test
  void another_id_time_body_or_key_is_not_signed() {
    assertThat(SECRET.isSignedBy(SIGNATURE, ID + "x", SECONDS, BODY)).isFalse();
    assertThat(SECRET.isSignedBy(SIGNATURE, ID, SECONDS + 1, BODY)).isFalse();
    assertThat(SECRET.isSignedBy(SIGNATURE, ID, SECONDS, "{\"test\":2432232314}".getBytes(UTF_8)))
        .isFalse();
    assertThat(WebhookSecret.fresh(new SecureRandom()).isSignedBy(SIGNATURE, ID, SECONDS, BODY))
        .isFalse();
  }

  @Test
  void a_fresh_secret_is_read_as_it_is_revealed_and_prints_nothing_of_itself() {
    WebhookSecret secret = WebhookSecret.fresh(new SecureRandom());
    assertThat(secret.reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(WebhookSecret.parse(secret.reveal()).sign(ID, SECONDS, BODY))
        .isEqualTo(secret.sign(ID, SECONDS, BODY));
    assertThat(secret.toString()).isEqualTo("a secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8G",
        "whsec_%%%%",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void what_is_no_secret_is_refused_without_being_told(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSecret.parse(text))
        .withMessage("it is not whsec_ and the base64 of 24 to 64 octets")
        .withNoCause();
  }
}
