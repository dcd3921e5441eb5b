package dev.holdfast.ledger;

import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks one signed checkpoint against a policy. */
final class PolicyJudge {
  private final Policy policy;

  PolicyJudge(Policy policy) {
    this.policy = policy;
  }

  PolicyCheck check(SignedCheckpoint signed) {
    List<VerifierKey> known =
        Stream.concat(
                policy.logs().stream().map(Policy.LogKey::key),
                policy.witnesses().stream().map(Policy.Witness::key))
            .toList();
    List<SignatureCheck> signatures = SignatureChecks.check(signed, known);
    Set<VerifierKey> signers = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (SignatureCheck signature : signatures) {
      switch (signature) {
        case SignatureCheck.Valid valid -> signers.add(valid.key());
        case SignatureCheck.Wrong each ->
            wrong.add("signature of " + each.key() + ": " + each.reason());
        case SignatureCheck.Unknown unknown -> {}
      }
    }
    if (!wrong.isEmpty()) {
      return new PolicyCheck.WrongSignature(wrong);
    }
    String origin = signed.checkpoint().origin();
    List<VerifierKey> logs =
        policy.logs().stream()
            .map(Policy.LogKey::key)
            .filter(log -> log.name().equals(origin))
            .toList();
    return logs.stream()
        .filter(signers::contains)
        .findFirst()
        .map(log -> judged(log, signers, signatures))
        .orElseGet(() -> noLog(origin, logs));
  }

  private static PolicyCheck noLog(String origin, List<VerifierKey> logs) {
    String shown = Problem.quote(origin);
    return new PolicyCheck.NoLogSignature(
        logs.isEmpty()
            ? List.of("the policy has no log with the origin " + shown)
            : logs.stream().map(log -> "log " + log + " has not signed it").toList());
  }

  private PolicyCheck judged(
      VerifierKey log, Set<VerifierKey> signers, List<SignatureCheck> signatures) {
    Map<String, Boolean> yes = new HashMap<>();
    List<String> cosigned = new ArrayList<>();
    for (Policy.Witness witness : policy.witnesses()) {
      boolean has = signers.contains(witness.key());
      yes.put(witness.name(), has);
      if (has) {
        cosigned.add(witness.name());
      }
    }
    // Members stand before their groups, so one pass from first to last settles all.
    for (Policy.Group group : policy.groups()) {
      yes.put(group.name(), count(group, yes) >= group.threshold());
    }
    return policy.quorum().equals(Policy.NONE) || yes.getOrDefault(policy.quorum(), false)
        ? new PolicyCheck.Accepted(log, cosigned, signatures)
        : new PolicyCheck.QuorumMissing(log, cosigned, statement(yes));
  }

  private static long count(Policy.Group group, Map<String, Boolean> yes) {
    return group.members().stream().filter(member -> yes.getOrDefault(member, false)).count();
  }

  private String statement(Map<String, Boolean> yes) {
    Map<String, Policy.Group> groups = new HashMap<>();
    policy.groups().forEach(group -> groups.put(group.name(), group));
    if (!groups.containsKey(policy.quorum())) {
      return "witness " + shown(policy.quorum()) + " has not cosigned";
    }
    List<String> statements = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(policy.quorum()));
    for (int i = 0; i < open.size(); i++) {
      Policy.Group group = groups.get(open.get(i));
      if (group != null && !yes.getOrDefault(group.name(), false)) {
        statements.add(statement(group, yes));
        open.addAll(group.members());
      }
    }
    return String.join("; ", statements);
  }

  private static String statement(Policy.Group group, Map<String, Boolean> yes) {
    List<String> members =
        group.members().stream()
            .map(member -> shown(member) + (yes.getOrDefault(member, false) ? " yes" : " no"))
            .toList();
    return "group %s has %d of %d: %s"
        .formatted(
            shown(group.name()), count(group, yes), group.threshold(), String.join(", ", members));
  }

  private static String shown(String opaque) {
    return Problem.printable(Policy.shown(opaque));
  }
}
