package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatementSignerTest {
  private static final Chain START = Chain.beginning(Samples.SOURCE);

  private static SigningKey counting(FixedKey key, List<String> log) {
    return new SigningKey() {
      @Override
      public StatementKey publicKey() {
        return key.publicKey();
      }

      @Override
      public byte[] sign(byte[] message) {
        log.add("signed");
        return key.sign(message);
      }
    };
  }

  /** A content whose statement, as the first of its source, has so many octets. */
  private static Content filling(int octets) {
    int empty =
        Samples.sign(Samples.EDWARDS, START, Samples.content("")).statement().octets().length;
    return Samples.content("x".repeat(octets - empty));
  }

  @Test
  void statements_of_a_source_form_a_chain() {
    for (FixedKey key : List.of(Samples.EDWARDS, Samples.NIST)) {
      Chain chain = START;
      for (int i = 1; i <= 5; i++) {
        SignedStatement signed = Samples.sign(key, chain, Samples.content("number " + i));
        assertThat(signed.statement().sequence()).isEqualTo(i);
        assertThat(signed.statement().previous()).isEqualTo(chain.last());
        assertThat(signed.envelope().statementHash()).isEqualTo(signed.statement().hash());
        assertThat(Samples.verifier().check(signed.envelope().octets(), "e"))
            .isEqualTo(
                new StatementCheck.Valid(
                    signed.statement(), signed.statement().hash(), key.publicKey()));
        chain = signed.next();
      }
    }
  }

  @Test
  void the_time_is_cut_to_milliseconds() throws IOException {
    SignedStatement signed =
        new StatementSigner(Samples.EDWARDS)
            .sign(
                START,
                Samples.TYPE,
                Instant.parse("2026-01-31T08:00:00.125999999Z"),
                Samples.content("x"),
                Samples.NONE);
    assertThat(signed.statement().time()).isEqualTo(Samples.TIME);
  }

  @Test
  void a_content_that_just_fits_stays_inside() {
    SignedStatement signed = Samples.sign(Samples.EDWARDS, START, filling(Statement.LONGEST));
    assertThat(signed.envelope().payload()).hasSize(Statement.LONGEST);
    assertThat(signed.envelope().octets().length).isLessThanOrEqualTo(Envelope.LONGEST);
    assertThat(Samples.verifier().check(signed.envelope().octets(), "e"))
        .isInstanceOf(StatementCheck.Valid.class);
  }

  @Test
  void a_content_one_octet_too_long_is_kept_as_a_blob_before_anything_is_signed()
      throws IOException {
    Content content = filling(Statement.LONGEST + 1);
    List<String> log = new ArrayList<>();
    Map<Sha256, byte[]> kept = new LinkedHashMap<>();
    SignedStatement signed =
        new StatementSigner(counting(Samples.EDWARDS, log))
            .sign(
                START,
                Samples.TYPE,
                Samples.TIME,
                content,
                (name, octets) -> {
                  log.add("kept");
                  kept.put(name, octets);
                });
    assertThat(log).containsExactly("kept", "signed");
    assertThat(signed.statement().content()).isInstanceOf(Content.Blob.class);
    BlobReference reference = ((Content.Blob) signed.statement().content()).reference();
    assertThat(reference.mediaType()).isEqualTo("application/json");
    assertThat(kept).containsOnlyKeys(reference.sha256());
    assertThat(kept.values()).allMatch(reference::names);
    assertThat(kept.values())
        .first()
        .isEqualTo(CanonicalJson.octets(((Content.Inline) content).object()));
  }

  @Test
  void what_could_not_be_kept_is_not_signed() {
    List<String> log = new ArrayList<>();
    StatementSigner signer = new StatementSigner(counting(Samples.EDWARDS, log));
    assertThatThrownBy(
            () -> signer.sign(START, Samples.TYPE, Samples.TIME, filling(50_000), Samples.NONE))
        .isInstanceOf(IOException.class);
    assertThat(log).isEmpty();
  }

  @Test
  void ecdsa_signatures_leave_with_the_lesser_s_and_the_platforms_too() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    SigningKey platform = SigningKey.of(pair.getPrivate(), StatementKey.of(pair.getPublic()));
    for (SigningKey key : List.of(Samples.NIST, platform)) {
      boolean raised = false;
      for (int i = 0; i < 30; i++) {
        SignedStatement signed = Samples.sign(key, START, Samples.content("number " + i));
        byte[] signature = signed.envelope().signature();
        assertThat(new BigInteger(1, signature, 32, 32).shiftLeft(1)).isLessThan(TinyP256.N);
        assertThat(key.publicKey().verifies(signed.envelope().signedOctets(), signature)).isTrue();
        raised |= !NistCurve.isLow(key.sign(signed.envelope().signedOctets()));
      }
      assertThat(raised).as("some raw signatures had the greater s").isTrue();
    }
  }

  @Test
  void the_same_statement_signed_twice_has_one_hash() {
    KeyPair pair = pair();
    SigningKey key = SigningKey.of(pair.getPrivate(), StatementKey.of(pair.getPublic()));
    SignedStatement one = Samples.sign(key, START, Samples.content("x"));
    SignedStatement two = Samples.sign(key, START, Samples.content("x"));
    assertThat(one.envelope()).isNotEqualTo(two.envelope());
    assertThat(one.statement().hash()).isEqualTo(two.statement().hash());
    assertThat(one.envelope().statementHash()).isEqualTo(two.envelope().statementHash());
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void halves_that_do_not_belong_together_are_found_out() {
    SigningKey wrong =
        SigningKey.of(FixedKey.ed25519("another").privateKey(), Samples.EDWARDS.publicKey());
    CodedException e =
        catchThrowableOfType(
            CodedException.class, () -> Samples.sign(wrong, START, Samples.content("x")));
    assertThat(e.problem().code()).isEqualTo(ErrorCode.KEY_MISMATCH);
    SigningKey other = SigningKey.of(Samples.EDWARDS.privateKey(), Samples.NIST.publicKey());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.sign(other, START, Samples.content("x")));
  }

  @Test
  void a_full_chain_ends() {
    Chain last =
        new Chain(Samples.SOURCE, Statement.LAST_SEQUENCE - 1, new Sha256("cd".repeat(32)));
    SignedStatement signed = Samples.sign(Samples.EDWARDS, last, Samples.content("x"));
    assertThat(signed.statement().sequence()).isEqualTo(9_007_199_254_740_991L);
    assertThat(Samples.verifier().check(signed.envelope().octets(), "e"))
        .isInstanceOf(StatementCheck.Valid.class);
    assertThatThrownBy(() -> Samples.sign(Samples.EDWARDS, signed.next(), Samples.content("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_blob_handed_in_is_named_as_it_is() {
    BlobReference reference = BlobReference.to(new byte[] {1, 2, 3}, "application/octet-stream");
    SignedStatement signed = Samples.sign(Samples.NIST, START, new Content.Blob(reference));
    assertThat(signed.statement().content()).isEqualTo(new Content.Blob(reference));
  }

  @Test
  void a_chain_has_a_last_hash_where_it_has_statements() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Chain(Samples.SOURCE, 1, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chain(Samples.SOURCE, 0, new Sha256("cd".repeat(32))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Chain(Samples.SOURCE, -1, null));
  }

  @Test
  void a_content_too_deep_for_json_is_refused_before_it_is_kept() {
    ObjectNode object = ObjectNode.of(Map.of("a", new TextNode("x".repeat(50_000))));
    for (int i = 0; i < 30; i++) {
      object = ObjectNode.of(Map.of("a", object));
    }
    ObjectNode deepest = object;
    assertThat(new Content.Inline(deepest).object()).isEqualTo(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Content.Inline(ObjectNode.of(Map.of("a", deepest))));
  }
}
