package dev.holdfast.attest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys of an attestation service, by their ids: a JWK set (RFC 7517 section 5).
 *
 * <p>Only keys for ES384 are fit: {@code kty} EC, {@code crv} P-384, and {@code use}, {@code
 * key_ops} and {@code alg} that say nothing else where they are there. Others are passed over, as
 * section 5 of the RFC wants, but remembered, so that a token that names one is told why. Chains of
 * certificates ({@code x5c}) are not looked at: whoever hands in the set vouches for it.
 */
public final class JsonWebKeys {
  /** The most octets of a set. */
  public static final int LARGEST = 1 << 20;

  private static final int MOST = 1_000;

  /** Characters of a coordinate: 48 octets in base64url (RFC 7518 section 6.2.1.2). */
  private static final int COORDINATE = 64;

  private final Map<String, ECPublicKey> fit;
  private final Set<String> unfit;

  private JsonWebKeys(Map<String, ECPublicKey> fit, Set<String> unfit) {
    this.fit = Map.copyOf(fit);
    this.unfit = Set.copyOf(unfit);
  }

  /**
   * Reads a set.
   *
   * @throws CodedException {@link ErrorCode#MALFORMED_KEY_SET} where it is none, or where two fit
   *     keys have one id; as {@link dev.holdfast.base.BoundedJson} where it is no JSON
   */
  public static JsonWebKeys read(byte[] octets, String source) {
    JsonFields set = JsonFields.read(octets, source, LARGEST, ErrorCode.MALFORMED_KEY_SET);
    Map<String, ECPublicKey> fit = new HashMap<>();
    Set<String> unfit = new HashSet<>();
    for (JsonFields key : set.items("keys", MOST)) {
      if (!key.has("kid")) {
        continue;
      }
      String id = key.text("kid");
      Optional<ECPublicKey> read = key(key);
      if (read.isEmpty()) {
        unfit.add(id);
      } else if (fit.put(id, read.get()) != null) {
        throw key.refuse("kid", "two keys for ES384 have this id");
      }
    }
    return new JsonWebKeys(fit, unfit);
  }

  private static Optional<ECPublicKey> key(JsonFields key) {
    if (!says(key, "kty", "EC")
        || !says(key, "crv", "P-384")
        || (key.has("use") && !says(key, "use", "sig"))
        || (key.has("alg") && !says(key, "alg", "ES384"))
        || (key.has("key_ops") && !key.texts("key_ops", MOST).contains("verify"))) {
      return Optional.empty();
    }
    String x = key.text("x");
    String y = key.text("y");
    if (x.length() != COORDINATE || y.length() != COORDINATE) {
      return Optional.empty();
    }
    try {
      // The builder looks whether the point is on the curve.
      return Optional.of(
          new ECKey.Builder(Curve.P_384, new Base64URL(x), new Base64URL(y))
              .build()
              .toECPublicKey());
    } catch (IllegalStateException | IllegalArgumentException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static boolean says(JsonFields key, String name, String wanted) {
    return key.has(name) && key.text(name).equals(wanted);
  }

  /** The key of an id, where there is one that is fit. */
  Optional<ECPublicKey> find(String id) {
    return Optional.ofNullable(fit.get(id));
  }

  /** Whether the only keys of this id are unfit. */
  boolean isUnfit(String id) {
    return !fit.containsKey(id) && unfit.contains(id);
  }

  /** How many fit keys there are. */
  public int size() {
    return fit.size();
  }

  /** The ids of the fit keys. */
  @Override
  public String toString() {
    return "keys for ES384: " + fit.keySet();
  }
}
