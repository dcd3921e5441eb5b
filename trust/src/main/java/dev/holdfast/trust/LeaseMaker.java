package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Subject.Binding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes leases: an {@link Ear} in which every chip is affirmed, with the claims of a JWT (RFC 7519)
 * that say for whom, from when and in whose hands it counts.
 */
public final class LeaseMaker {
  private static final String POLICY = "https://holdfast.dev/policy/lease/v1";

  private final EarMaker maker;
  private final EarProfile profile;
  private final Ear.Verifier verifier;

  public LeaseMaker(SigningKey key, EarProfile profile, Ear.Verifier verifier) {
    this.maker = new EarMaker(key, profile);
    this.profile = profile;
    this.verifier = requireNonNull(verifier, "verifier");
  }

  /**
   * Signs a lease.
   *
   * @throws dev.holdfast.base.CodedException as {@link EarMaker#make}
   */
  public String make(Lease lease) {
    TreeMap<String, EarAppraisal> chips = new TreeMap<>();
    for (String chip : lease.chips()) {
      chips.put(
          chip,
          EarAppraisal.of(
              TrustVector.of(Map.of(TrustClaim.INSTANCE_IDENTITY, TrustVector.AFFIRMED)),
              List.of(POLICY),
              new EarSubject(
                  chip,
                  lease.key().id(),
                  Binding.CHIP_EVIDENCE,
                  true,
                  null,
                  lease.simulated(),
                  null)));
    }
    return maker.make(
        Ear.of(verifier, lease.issued(), lease.expires(), chips, null), beside(lease));
  }

  private Map<String, JsonTree> beside(Lease lease) {
    return Map.of(
        "jti",
        new TextNode(lease.id()),
        "sub",
        new TextNode(lease.host().value()),
        "aud",
        new TextNode(lease.audience()),
        "nbf",
        new NumberNode(lease.issued().getEpochSecond()),
        "cnf",
        ObjectNode.of(Map.of("jwk", JsonWebKeySet.write(lease.key()))),
        profile.name(EarClaim.SITE),
        new TextNode(lease.site()),
        profile.name(EarClaim.LICENCES),
        new ArrayNode(lease.licences().stream().<JsonTree>map(TextNode::new).toList()),
        profile.name(EarClaim.CHECKPOINT),
        new TextNode(lease.checkpoint()));
  }
}
