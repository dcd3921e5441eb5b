package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.VerifierKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whom the user of a command believes: policies from files and from single keys. */
final class Policies {
  private Policies() {}

  /** The policy of a file. */
  static Policy read(Path file) {
    return Policy.parse(BoundedFiles.read(file, Policy.LARGEST), file.toString());
  }

  /** The key of an option's vkey text. */
  static VerifierKey key(String option, String vkey) {
    return InputFiles.parsed(option, () -> VerifierKey.parse(vkey));
  }

  /** The policy that believes these logs, without any witness. */
  static Policy ofLogs(String option, List<String> vkeys) {
    try {
      return new Policy(
          vkeys.stream().map(vkey -> new Policy.LogKey(key(option, vkey), null)).toList(),
          List.of(),
          List.of(),
          Policy.NONE);
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(option, ErrorCode.USAGE, String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * The policy with a log among those that it believes: a policy that is handed round may name
   * witnesses only.
   */
  static Policy withLog(Policy policy, VerifierKey log) {
    if (policy.logs().stream().anyMatch(known -> known.key().hasSamePublicKeyAs(log))) {
      return policy;
    }
    List<Policy.LogKey> logs = new ArrayList<>(policy.logs());
    logs.add(new Policy.LogKey(log, null));
    return new Policy(logs, policy.witnesses(), policy.groups(), policy.quorum());
  }
}
