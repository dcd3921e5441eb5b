package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Names;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * That somebody has a key now: a short JWT that the key signs, for one audience that asked with a
 * nonce, about one thing alone.
 *
 * @param purpose what is proved by it
 * @param audience who asked
 * @param nonce that the audience chose, 8 to 88 octets
 * @param about the hash of what is shown: the text of a lease, or a certificate in DER
 * @param at when, in whole seconds
 */
public record PossessionProof(
    Purpose purpose, String audience, String nonce, Sha256 about, Instant at) {
  /** What a proof is for; none of one purpose is taken for another. */
  public enum Purpose {
    /** Whoever shows a lease is its holder. */
    LEASE("holdfast-pop+jwt"),
    /** Whoever asks for a lease is the host that a certificate names. */
    REQUEST("holdfast-lease-request+jwt");

    private final String type;

    Purpose(String type) {
      this.type = type;
    }

    /** The type of the token. */
    public String type() {
      return type;
    }
  }

  public PossessionProof {
    requireNonNull(purpose, "purpose");
    Names.check("audience", audience);
    if (!Ear.isNonce(nonce)) {
      throw new IllegalArgumentException("a nonce is 8 to 88 octets long");
    }
    requireNonNull(about, "about");
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The proof, signed. */
  public String sign(SigningKey key) {
    return EarMaker.sign(
        key,
        purpose.type(),
        ObjectNode.of(
            Map.of(
                "aud", new TextNode(audience),
                "nonce", new TextNode(nonce),
                "sha256", new TextNode(about.hex()),
                "iat", new NumberNode(at.getEpochSecond()))));
  }
}
