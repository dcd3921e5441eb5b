package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CertificateSignerTest {
  private static final Instant FROM = Instant.parse("2026-01-31T08:00:00Z");
  private static final Instant UNTIL = FROM.plus(Duration.ofDays(1));

  private static AuthorityCertificate authority(SigningKey key) {
    return CertificateMaker.authority("any", key, BigInteger.ONE, FROM, UNTIL);
  }

  private static IdentityCertificate host(SigningKey key) {
    return new CertificateMaker(key, authority(key))
        .certificate(
            new Identity(Role.HOST, "rack 7", null, Binding.FILE, true),
            FixedKey.p256("rack 7").publicKey(),
            BigInteger.TWO,
            FROM,
            UNTIL);
  }

  @Test
  void certificates_of_an_authority_whose_key_is_anything_that_signs_are_as_good_as_others() {
    SigningKey key = FixedKey.p256("authority");
    assertThat(
            new CertificateVerifier(List.of(authority(key)), Map.of())
                .check(host(key), Role.HOST, FROM.plusSeconds(1)))
        .isInstanceOf(CertificateCheck.Valid.class);
  }

  @Test
  void where_the_key_signs_the_same_way_twice_the_certificates_are_the_same_octets() {
    SigningKey key = FixedKey.p256("authority");
    assertThat(host(key).der()).isEqualTo(host(key).der());
  }

  @Test
  void a_key_of_another_kind_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> authority(FixedKey.ed25519("authority")));
  }
}
