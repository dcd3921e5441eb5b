package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Names;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier made of one attester, here of one chip (draft-ietf-rats-ear section 3.2).
 *
 * @param status no better than the worst claim of the vector
 * @param vector what was found; null where the verifier does not say
 * @param policies ids of the policies that were applied
 * @param subject what Holdfast adds
 * @param others names of further claims of somebody else's, which are not read
 */
public record EarAppraisal(
    TrustTier status,
    @Nullable TrustVector vector,
    List<String> policies,
    EarSubject subject,
    SortedSet<String> others) {
  public EarAppraisal {
    requireNonNull(status, "status");
    requireNonNull(subject, "subject");
    policies = List.copyOf(policies);
    policies.forEach(policy -> Names.check("policy", policy));
    others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
    if (vector != null && status.isBetterThan(vector.worst())) {
      throw new IllegalArgumentException(
          "the status "
              + status.word()
              + " is better than the worst claim of its vector, "
              + vector.worst().word());
    }
  }

  /** The appraisal whose status is the tier of the worst claim. */
  public static EarAppraisal of(TrustVector vector, List<String> policies, EarSubject subject) {
    return new EarAppraisal(
        vector.worst(), vector, policies, subject, Collections.emptySortedSet());
  }
}
