package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.trust.StatementCheck.KeyMismatch;
import dev.holdfast.trust.StatementCheck.Malformed;
import dev.holdfast.trust.StatementCheck.NotCanonical;
import dev.holdfast.trust.StatementCheck.Part;
import dev.holdfast.trust.StatementCheck.Refused;
import dev.holdfast.trust.StatementCheck.SecondSpelling;
import dev.holdfast.trust.StatementCheck.UnknownKey;
import dev.holdfast.trust.StatementCheck.Valid;
import dev.holdfast.trust.StatementCheck.WrongSignature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementVerifierTest {
  private static final Chain START = Chain.beginning(Samples.SOURCE);
  private static final StatementVerifier VERIFIER = Samples.verifier();

  /** Every bit in the thorough run, every eleventh in the gate. */
  private static final int STEP = Samples.count(1) > 1 ? 1 : 11;

  private static StatementCheck check(String text) {
    return VERIFIER.check(text.getBytes(StandardCharsets.UTF_8), "e");
  }

  /** An envelope around a payload that the key signs, whatever it is. */
  private static Envelope signed(FixedKey key, String payload) {
    byte[] octets = payload.getBytes(StandardCharsets.UTF_8);
    return Envelope.of(octets, key.publicKey().id(), key.sign(Envelope.signedOctets(octets)));
  }

  @Test
  void random_statements_verify_and_come_out_as_they_went_in() {
    SplittableRandom random = new SplittableRandom(3);
    Chain edwards = START;
    Chain nist = START;
    for (int i = 0; i < Samples.count(60); i++) {
      Content content = new Content.Inline(Samples.randomObject(random, 5));
      SignedStatement one = Samples.sign(Samples.EDWARDS, edwards, content);
      SignedStatement two = Samples.sign(Samples.NIST, nist, content);
      edwards = one.next();
      nist = two.next();
      for (SignedStatement signed : List.of(one, two)) {
        byte[] octets = signed.envelope().octets();
        assertThat(Envelope.parse(octets, "e").octets()).isEqualTo(octets);
        assertThat(VERIFIER.check(octets, "e"))
            .isInstanceOfSatisfying(
                Valid.class,
                valid -> {
                  assertThat(valid.statement()).isEqualTo(signed.statement());
                  assertThat(valid.statement().content()).isEqualTo(content);
                  assertThat(valid.hash()).isEqualTo(signed.statement().hash());
                });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void any_flipped_bit_is_refused(boolean edwards) {
    FixedKey key = edwards ? Samples.EDWARDS : Samples.NIST;
    byte[] good = Samples.sign(key, START, Samples.content("é")).envelope().octets();
    for (int bit = 0; bit < good.length * 8; bit += STEP) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(VERIFIER.check(flipped, "e")).as("bit " + bit).isInstanceOf(Refused.class);
    }
  }

  @Test
  void any_flipped_bit_of_the_signature_or_of_what_is_signed_is_refused() {
    for (FixedKey key : List.of(Samples.EDWARDS, Samples.NIST)) {
      Envelope good = Samples.sign(key, START, Samples.content("x")).envelope();
      for (int bit = 0; bit < 512; bit++) {
        byte[] signature = good.signature();
        signature[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(VERIFIER.check(Envelope.of(good.payload(), good.key(), signature), "e"))
            .isInstanceOfAny(WrongSignature.class, SecondSpelling.class);
      }
      for (int bit = 0; bit < good.payload().length * 8; bit += STEP) {
        byte[] payload = good.payload();
        payload[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(VERIFIER.check(Envelope.of(payload, good.key(), good.signature()), "e"))
            .isInstanceOf(WrongSignature.class);
      }
    }
  }

  @Test
  void a_key_that_nobody_trusts_is_named() {
    FixedKey stranger = FixedKey.ed25519("stranger");
    Envelope envelope = Samples.sign(stranger, START, Samples.content("x")).envelope();
    assertThat(VERIFIER.check(envelope, "e")).isEqualTo(new UnknownKey(stranger.publicKey().id()));
  }

  @Test
  void a_lookup_that_gives_another_key_is_not_believed() {
    Envelope envelope = Samples.sign(Samples.EDWARDS, START, Samples.content("x")).envelope();
    StatementVerifier careless = new StatementVerifier(id -> Optional.of(Samples.NIST.publicKey()));
    assertThat(careless.check(envelope, "e")).isInstanceOf(UnknownKey.class);
  }

  @Test
  void the_twin_of_an_ecdsa_signature_is_refused() {
    Envelope good = Samples.sign(Samples.NIST, START, Samples.content("x")).envelope();
    byte[] twin = Vectors.twin(good.signature());
    assertThat(VERIFIER.check(Envelope.of(good.payload(), good.key(), twin), "e"))
        .isEqualTo(new SecondSpelling(Samples.NIST.publicKey()));
  }

  @Test
  void a_signature_does_not_pass_from_key_to_key() {
    Envelope good = Samples.sign(Samples.EDWARDS, START, Samples.content("x")).envelope();
    Envelope moved = Envelope.of(good.payload(), Samples.NIST.publicKey().id(), good.signature());
    assertThat(VERIFIER.check(moved, "e")).isInstanceOf(Refused.class);
  }

  @Test
  void a_statement_that_names_another_key_is_refused() {
    Statement statement = Samples.sign(Samples.EDWARDS, START, Samples.content("x")).statement();
    String payload = new String(statement.octets(), StandardCharsets.UTF_8);
    Envelope envelope = signed(FixedKey.p256("samples nist"), payload);
    assertThat(
            VERIFIER.check(
                Envelope.of(
                    envelope.payload(), envelope.key(), NistCurve.lowered(envelope.signature())),
                "e"))
        .isEqualTo(
            new KeyMismatch(Samples.NIST.publicKey().id(), Samples.EDWARDS.publicKey().id()));
  }

  @Test
  void a_signed_payload_must_be_a_statement_in_canonical_form() {
    String good =
        new String(
            Samples.sign(Samples.EDWARDS, START, Samples.content("x")).statement().octets(),
            StandardCharsets.UTF_8);
    assertThat(VERIFIER.check(signed(Samples.EDWARDS, good), "e")).isInstanceOf(Valid.class);
    assertThat(VERIFIER.check(signed(Samples.EDWARDS, good + " "), "e"))
        .isEqualTo(new NotCanonical(Part.STATEMENT));
    assertThat(VERIFIER.check(signed(Samples.EDWARDS, "{}"), "e"))
        .isInstanceOfSatisfying(
            Malformed.class, bad -> assertThat(bad.part()).isEqualTo(Part.STATEMENT));
  }

  @Test
  void an_envelope_must_be_one_in_canonical_form() {
    String good =
        new String(
            Samples.sign(Samples.EDWARDS, START, Samples.content("x")).envelope().octets(),
            StandardCharsets.UTF_8);
    assertThat(check(good)).isInstanceOf(Valid.class);
    assertThat(check(good + "\n")).isEqualTo(new NotCanonical(Part.ENVELOPE));
    assertThat(check("x"))
        .isInstanceOfSatisfying(
            Malformed.class, bad -> assertThat(bad.part()).isEqualTo(Part.ENVELOPE));
  }

  @Test
  void every_refusal_says_why() {
    KeyId id = Samples.NIST.publicKey().id();
    for (Refused refused :
        List.of(
            (Refused) check("x"),
            new NotCanonical(Part.ENVELOPE),
            new NotCanonical(Part.STATEMENT),
            new UnknownKey(id),
            new SecondSpelling(Samples.EDWARDS.publicKey()),
            new SecondSpelling(Samples.NIST.publicKey()),
            new WrongSignature(Samples.NIST.publicKey()),
            new KeyMismatch(id, id))) {
      assertThat(refused.reason()).isNotBlank();
    }
  }
}
