package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_KEY;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifierKeyTest {
  private static final VerifierKey KEY = TestKeys.LOG.key();

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_vkey_reads_back_to_the_same_key(KeyAlgorithm algorithm) {
    VerifierKey key = TestKeys.make("läger.example/log", algorithm).key();
    VerifierKey read = VerifierKey.parse(key.vkey());
    assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(read.vkey()).isEqualTo(key.vkey());
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(read.publicKey()).isEqualTo(key.publicKey()).hasSize(algorithm.publicKeyLength());
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void the_key_id_is_the_hash_of_name_newline_type_and_key(KeyAlgorithm algorithm)
      throws GeneralSecurityException {
    VerifierKey key = TestKeys.make("läger.example/log", algorithm).key();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("läger.example/log\n".getBytes(UTF_8));
    digest.update((byte) algorithm.code());
    byte[] id = Arrays.copyOf(digest.digest(key.publicKey()), 4);
    assertThat(HexFormat.of().toHexDigits(key.keyId())).isEqualTo(HexFormat.of().formatHex(id));
    assertThat(key.vkey()).contains("+" + HexFormat.of().formatHex(id) + "+");
  }

  @Test
  void the_same_public_key_has_another_id_for_each_type_and_name() {
    VerifierKey cosigner =
        VerifierKey.of(KEY.name(), KeyAlgorithm.ED25519_COSIGNATURE, KEY.publicKey());
    VerifierKey renamed = VerifierKey.of("other", KEY.algorithm(), KEY.publicKey());
    assertThat(cosigner.keyId()).isNotEqualTo(KEY.keyId());
    assertThat(renamed.keyId()).isNotEqualTo(KEY.keyId());
    assertThat(cosigner.hasSamePublicKeyAs(KEY)).isTrue();
    assertThat(cosigner).isNotEqualTo(KEY);
    assertThat(TestKeys.WITNESS.key().hasSamePublicKeyAs(KEY)).isFalse();
  }

  @Test
  void a_key_id_that_is_not_the_computed_one_is_refused() {
    String id = HexFormat.of().toHexDigits(KEY.keyId());
    String other = HexFormat.of().toHexDigits(KEY.keyId() ^ 1);
    assertThat(refused(MALFORMED_KEY, () -> VerifierKey.parse(KEY.vkey().replace(id, other))))
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("key id"))
        .satisfies(problem -> assertThat(problem.reason()).contains(id, other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "x+", "x+00000000", "+", "++", "x+0000000+AQ==", "x+0000000A+AQ=="})
  void what_is_not_three_parts_is_refused(String vkey) {
    refused(MALFORMED_KEY, () -> VerifierKey.parse(vkey));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x02, 0x03, 0x05, 0x07, 0xfa, 0xfe, 0xff})
  void a_signature_type_that_we_do_not_know_is_refused(int type) {
    byte[] typed = new byte[33];
    typed[0] = (byte) type;
    String vkey = "x+00000000+" + Base64.getEncoder().encodeToString(typed);
    assertThat(refused(MALFORMED_KEY, () -> VerifierKey.parse(vkey)).field())
        .isEqualTo("signature type");
  }

  @Test
  void base64_has_one_spelling() {
    String vkey = KEY.vkey();
    assertThat(vkey).doesNotEndWith("=");
    for (String bad :
        new String[] {
          vkey + "=", vkey + "A", vkey + "AAAA", vkey + "\n", vkey.substring(0, vkey.length() - 1)
        }) {
      refused(MALFORMED_KEY, () -> VerifierKey.parse(bad));
    }
    String padded = TestKeys.PQ_LOG.key().vkey();
    assertThat(padded).endsWith("=");
    String unused = padded.substring(0, padded.indexOf('='));
    char last = unused.charAt(unused.length() - 1);
    String spelledElse =
        unused.substring(0, unused.length() - 1)
            + (char) (last + 1)
            + padded.substring(unused.length());
    refused(MALFORMED_KEY, () -> VerifierKey.parse(spelledElse));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a+b",
        "a\tb",
        "a\nb",
        "a\u0000b",
        "a\u001fb",
        "a\u0085b",
        "a\u00a0b",
        "a\u1680b",
        "a\u2003b",
        "a\u2028b",
        "a\u2029b",
        "a\u202fb",
        "a\u205fb",
        "a\u3000b",
        "a\ud800b"
      })
  void names_with_spaces_plus_or_control_characters_are_refused(String name) {
    assertThat(
            refused(MALFORMED_KEY, () -> VerifierKey.of(name, KEY.algorithm(), KEY.publicKey()))
                .field())
        .isEqualTo("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#", "ключ", "鍵/一", "a=b", "\ud83d\udd11", "a\u007fb", "-----"})
  void any_other_name_is_taken(String name) {
    VerifierKey key = VerifierKey.of(name, KEY.algorithm(), KEY.publicKey());
    assertThat(VerifierKey.parse(key.vkey())).isEqualTo(key);
  }

  @Test
  void the_name_of_an_mldsa_cosigner_has_at_most_255_octets() {
    byte[] publicKey = TestKeys.PQ_LOG.key().publicKey();
    KeyAlgorithm algorithm = KeyAlgorithm.MLDSA44_COSIGNATURE;
    assertThat(VerifierKey.of("é".repeat(127) + "x", algorithm, publicKey).name()).hasSize(128);
    refused(MALFORMED_KEY, () -> VerifierKey.of("é".repeat(128), algorithm, publicKey));
    assertThat(VerifierKey.of("é".repeat(128), KEY.algorithm(), KEY.publicKey()).name())
        .hasSize(128);
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_public_key_of_another_length_is_refused(KeyAlgorithm algorithm) {
    for (int length :
        new int[] {0, algorithm.publicKeyLength() - 1, algorithm.publicKeyLength() + 1}) {
      assertThat(
              refused(MALFORMED_KEY, () -> VerifierKey.of("x", algorithm, new byte[length]))
                  .field())
          .isEqualTo("public key");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Not on the curve.
        "0200000000000000000000000000000000000000000000000000000000000000",
        // y is not below the prime (RFC 8032 section 5.1.3).
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // x is zero with its sign bit set.
        "0100000000000000000000000000000000000000000000000000000000000080"
      })
  void octets_that_are_no_point_are_no_ed25519_key(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    refused(MALFORMED_KEY, () -> VerifierKey.of("x", KeyAlgorithm.ED25519_NOTE, octets));
    refused(MALFORMED_KEY, () -> VerifierKey.of("x", KeyAlgorithm.ED25519_COSIGNATURE, octets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void a_key_with_which_anyone_can_sign_is_refused(String hex) throws GeneralSecurityException {
    byte[] octets = HexFormat.of().parseHex(hex);
    assertThat(forgeable(octets)).as("the JDK takes a forged signature").isTrue();
    assertThat(
            refused(MALFORMED_KEY, () -> VerifierKey.of("x", KeyAlgorithm.ED25519_NOTE, octets))
                .reason())
        .contains("small order");
  }

  /** Whether the JDK takes, for one of many texts, a signature that needs no private key. */
  private static boolean forgeable(byte[] publicKey) throws GeneralSecurityException {
    byte[] forged = new byte[64];
    forged[0] = 1;
    byte[] prefix = KeyAlgorithm.ED25519_NOTE.publicKeyPrefix();
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + publicKey.length);
    System.arraycopy(publicKey, 0, encoded, prefix.length, publicKey.length);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    for (int i = 0; i < 200; i++) {
      signature.update((byte) i);
      if (signature.verify(forged)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void nobody_can_change_a_key_from_outside() {
    byte[] octets = KEY.publicKey();
    VerifierKey key = VerifierKey.of("x", KEY.algorithm(), octets);
    octets[0] ^= 1;
    key.publicKey()[0] ^= 1;
    assertThat(key.publicKey()).isEqualTo(KEY.publicKey());
  }

  @Test
  void a_name_cannot_drive_the_terminal_that_it_is_printed_on() {
    VerifierKey key = VerifierKey.of("a\u009b31m\u202eb", KEY.algorithm(), KEY.publicKey());
    assertThat(key.toString()).startsWith("a\ufffd31m\ufffdb+");
    assertThat(new NoteSignature(key.name(), 1, new byte[1]))
        .hasToString("a\ufffd31m\ufffdb+00000001");
    assertThat(VerifierKey.parse(key.vkey())).isEqualTo(key);
  }
}
