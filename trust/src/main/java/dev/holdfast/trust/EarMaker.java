package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes attestation results: an {@link Ear} as a signed JWT (RFC 7519) in compact form.
 *
 * <p>Its header says {@code alg} (EdDSA for Ed25519, RFC 8037; ES256 for P-256, RFC 7518), {@code
 * kid}, the {@link KeyId} of the key, and {@code typ} {@value #TYPE} (RFC 9782).
 */
public final class EarMaker {
  /** The type of the token, so that none of another kind is taken for a result. */
  public static final String TYPE = "eat+jwt";

  private final SigningKey key;
  private final EarProfile profile;

  public EarMaker(SigningKey key, EarProfile profile) {
    this.key = requireNonNull(key, "key");
    this.profile = requireNonNull(profile, "profile");
  }

  /**
   * Signs a result.
   *
   * @throws IllegalArgumentException where it never expires, does not say of every chip whether it
   *     is simulated, holds claims of others, or is longer than {@value EarVerifier#LONGEST}
   * @throws CodedException {@link ErrorCode#KEY_MISMATCH} where what the key made does not verify
   *     under its public half
   */
  public String make(Ear ear) {
    return make(ear, Map.of());
  }

  /** The same with claims that stand beside those of the result. */
  String make(Ear ear, Map<String, JsonTree> beside) {
    check(ear);
    TreeMap<String, JsonTree> claims = new TreeMap<>(EarJson.write(ear, profile).members());
    beside.forEach((name, value) -> {
      if (claims.put(name, value) != null) {
        throw new IllegalArgumentException("the claim " + name + " is the result's own");
      }
    });
    String text = sign(key, TYPE, ObjectNode.of(claims));
    if (text.length() > EarVerifier.LONGEST) {
      throw new IllegalArgumentException("the result is longer than " + EarVerifier.LONGEST);
    }
    return text;
  }

  /** Signs claims as a JWT of a type, in compact form. */
  static String sign(SigningKey key, String type, ObjectNode claims) {
    StatementKey publicKey = key.publicKey();
    JWSHeader header =
        new JWSHeader.Builder(algorithm(publicKey.kind()))
            .type(new JOSEObjectType(type))
            .keyID(publicKey.id().hex())
            .build();
    // The library's own Ed25519 needs another library, so our key signs what it composes.
    byte[] input =
        new JWSObject(header, new Payload(CanonicalJson.octets(claims))).getSigningInput();
    return new String(input, US_ASCII)
        + "."
        + Base64URL.encode(StatementSigner.signature(key, input));
  }

  private static void check(Ear ear) {
    if (ear.expiresAt() == null) {
      throw new IllegalArgumentException("a result must expire");
    }
    boolean foreign = !ear.others().isEmpty();
    for (EarAppraisal each : ear.submodules().values()) {
      if (each.subject().simulated() == null) {
        throw new IllegalArgumentException("a result says whether a chip is simulated");
      }
      foreign |= !each.others().isEmpty();
    }
    if (foreign) {
      throw new IllegalArgumentException("claims of others are known by name only");
    }
  }

  /** The one algorithm of a kind of key. */
  static JWSAlgorithm algorithm(KeyKind kind) {
    return switch (kind) {
      case ED25519 -> JWSAlgorithm.EdDSA;
      case ECDSA_P256 -> JWSAlgorithm.ES256;
    };
  }
}
