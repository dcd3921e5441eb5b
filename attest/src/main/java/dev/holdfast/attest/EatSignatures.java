package dev.holdfast.attest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Reason;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks who signed one part of a token: ES384 (RFC 7518 section 3.4) and nothing else, by a key of
 * the reader's own set. A header chooses among the reader's keys; keys and addresses of keys that
 * it brings itself are never looked at (RFC 8725 section 3).
 */
final class EatSignatures {
  private static final String ONLY = "ES384";

  /** The header that a checked signature has; what else the token's own says means nothing here. */
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES384);

  private final @Nullable JsonWebKeys keys;
  private final String source;

  /**
   * @param keys null where nobody handed in any: then the header alone is checked
   */
  EatSignatures(@Nullable JsonWebKeys keys, String source) {
    this.keys = keys;
    this.source = source;
  }

  /** The id of the key that a part names; empty where it names none. */
  Optional<String> keyId(CompactJws jws) {
    JsonFields header = header(jws);
    return header.has("kid") ? Optional.of(header.text("kid")) : Optional.empty();
  }

  /** What is wrong with a part's header or signature; empty where nothing is. */
  Optional<Reason> fault(String part, CompactJws jws) {
    JsonFields header = header(jws);
    String algorithm = header.text("alg");
    if (!algorithm.equals(ONLY)) {
      return Optional.of(Reason.of("reason.token-algorithm", part, algorithm));
    }
    if (header.has("crit")) {
      return Optional.of(Reason.of("reason.token-critical", part));
    }
    Optional<String> id = keyId(jws);
    if (id.isEmpty()) {
      return Optional.of(Reason.of("reason.token-key-unnamed", part));
    }
    return keys == null ? Optional.empty() : fault(part, jws, id.get(), keys);
  }

  private static Optional<Reason> fault(String part, CompactJws jws, String id, JsonWebKeys known) {
    Optional<ECPublicKey> key = known.find(id);
    if (key.isEmpty()) {
      String code = known.isUnfit(id) ? "reason.token-key-unfit" : "reason.token-key-unknown";
      return Optional.of(Reason.of(code, part, id));
    }
    return isSignedBy(key.get(), jws)
        ? Optional.empty()
        : Optional.of(Reason.of("reason.token-signature", part, id));
  }

  private static boolean isSignedBy(ECPublicKey key, CompactJws jws) {
    try {
      return new ECDSAVerifier(key)
          .verify(HEADER, jws.signedOctets(), Base64URL.encode(jws.signature()));
    } catch (JOSEException e) {
      throw new IllegalStateException("this platform lacks ECDSA on P-384", e);
    }
  }

  private JsonFields header(CompactJws jws) {
    return JsonFields.of(jws.header(), source + ", header", ErrorCode.MALFORMED_TOKEN);
  }
}
