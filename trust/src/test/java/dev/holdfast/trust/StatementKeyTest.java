package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementKeyTest {
  private static final String EDWARDS = "302a300506032b6570032100";
  private static final String NIST = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

  private static Problem refused(byte[] spki) {
    return catchThrowableOfType(CodedException.class, () -> StatementKey.parse(spki)).problem();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** The first key of RFC 8032 section 7.1. */
  @Test
  void the_id_is_the_hash_of_the_subject_public_key_info() {
    byte[] spki = hex(EDWARDS + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    StatementKey key = StatementKey.parse(spki);
    assertThat(key.kind()).isEqualTo(KeyKind.ED25519);
    assertThat(key.id().hex()).isEqualTo(Sha256.of(spki).hex());
    assertThat(key.spki()).isEqualTo(spki);
    assertThat(key).isEqualTo(StatementKey.parse(spki)).hasToString("ED25519 " + key.id());
  }

  @Test
  void the_first_signature_of_rfc8032_verifies() {
    StatementKey key =
        StatementKey.parse(
            hex(EDWARDS + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    byte[] signature =
        hex(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
                + "1cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertThat(key.verifies(new byte[0], signature)).isTrue();
    assertThat(key.verifies(new byte[1], signature)).isFalse();
    assertThat(key.verifies(new byte[0], Arrays.copyOf(signature, 63))).isFalse();
  }

  @Test
  void the_signature_of_rfc6979_verifies_in_its_low_form_only() {
    FixedKey key = FixedKey.p256("any");
    byte[] message = "sample".getBytes(StandardCharsets.UTF_8);
    byte[] signature = NistCurve.lowered(key.sign(message));
    assertThat(key.publicKey().verifies(message, signature)).isTrue();
    byte[] twin = signature.clone();
    BigInteger s = new BigInteger(1, twin, 32, 32);
    System.arraycopy(TinyP256.octets(TinyP256.N.subtract(s)), 0, twin, 32, 32);
    assertThat(key.publicKey().verifies(message, twin)).isFalse();
    assertThat(NistCurve.lowered(twin)).isEqualTo(signature);
    assertThat(NistCurve.lowered(signature)).isEqualTo(signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "secp384r1", "secp521r1", "X25519", "Ed448", "ML-DSA-44"})
  void keys_of_other_algorithms_are_refused(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator;
    if (algorithm.startsWith("secp")) {
      generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(algorithm));
    } else {
      generator = KeyPairGenerator.getInstance(algorithm);
    }
    KeyPair pair = generator.generateKeyPair();
    Problem problem = refused(pair.getPublic().getEncoded());
    assertThat(problem.code()).isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
    assertThat(problem.field()).isEqualTo("key");
  }

  @Test
  void a_key_has_one_encoding() {
    byte[] good = FixedKey.p256("any").publicKey().spki();
    for (int length = 0; length < good.length; length++) {
      assertThat(refused(Arrays.copyOf(good, length)).code())
          .isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
    }
    assertThat(refused(Arrays.copyOf(good, good.length + 1)).reason()).contains("92 octets");
    String point = HexFormat.of().formatHex(good).substring(NIST.length());
    String compressed =
        "3039301306072a8648ce3d020106082a8648ce3d030107032200" + "02" + point.substring(0, 64);
    assertThat(refused(hex(compressed)).code()).isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
  }

  @Test
  void a_point_beside_p256_is_refused() {
    byte[] spki = FixedKey.p256("any").publicKey().spki();
    for (int at : new int[] {27, 58, 59, 90}) {
      byte[] beside = spki.clone();
      beside[at] ^= 1;
      assertThat(refused(beside).reason()).contains("not a point of P-256");
    }
    assertThat(refused(hex(NIST + "00".repeat(64))).reason()).contains("not a point");
    assertThat(refused(hex(NIST + "ff".repeat(64))).reason()).contains("not a point");
  }

  /** Points of small order, points spelled twice, and what is no point at all. */
  @ParameterizedTest
  @CsvSource({
    "order 1, 0100000000000000000000000000000000000000000000000000000000000000",
    "order 2, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4, 0000000000000000000000000000000000000000000000000000000000000000",
    "order 4 too, 0000000000000000000000000000000000000000000000000000000000000080",
    "order 8, 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8 too, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "one by a second spelling, eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "nought by a second spelling, edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "one with a sign, 0100000000000000000000000000000000000000000000000000000000000080",
    "no point, 0200000000000000000000000000000000000000000000000000000000000000"
  })
  void an_edwards_key_of_another_order_is_refused(String what, String point) {
    assertThat(refused(hex(EDWARDS + point)).code())
        .as(what)
        .isEqualTo(ErrorCode.MALFORMED_PUBLIC_KEY);
  }

  @Test
  void an_honest_key_plus_a_point_of_order_two_is_refused() {
    // Adding (0, -1) turns (x, y) into (-x, -y).
    byte[] point = KeyKind.ED25519.point(FixedKey.ed25519("any").publicKey().spki());
    boolean negative = point[31] < 0;
    byte[] reversed = reversed(point);
    reversed[0] &= 0x7F;
    BigInteger y =
        BigInteger.TWO
            .pow(255)
            .subtract(BigInteger.valueOf(19))
            .subtract(new BigInteger(1, reversed));
    byte[] mixed = reversed(TinyP256.octets(y));
    mixed[31] |= (byte) (negative ? 0 : 0x80);
    assertThat(EdwardsCurve.isKey(point)).isTrue();
    assertThat(EdwardsCurve.isKey(mixed)).isFalse();
  }

  static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  @Test
  void a_ring_finds_keys_by_their_own_id_only() {
    StatementKey one = FixedKey.ed25519("one").publicKey();
    StatementKey two = FixedKey.p256("two").publicKey();
    KeyRing ring = KeyRing.of(List.of(one, two, one));
    assertThat(ring.apply(one.id())).contains(one);
    assertThat(ring.apply(FixedKey.p256("three").publicKey().id())).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(Map.of(one.id(), two)));
  }

  @Test
  void a_signing_key_of_the_platform_never_prints_its_secret() {
    FixedKey key = FixedKey.ed25519("secretive");
    assertThat(SigningKey.of(key.privateKey(), key.publicKey()).toString())
        .isEqualTo("signing key for ED25519 " + key.publicKey().id());
  }
}
