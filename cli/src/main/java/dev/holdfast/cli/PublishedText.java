package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says on standard error what a log has published, and who has not cosigned it. */
final class PublishedText {
  private final Surroundings surroundings;
  private final OutputOptions output;

  PublishedText(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  /** The JSON form. */
  record PublishedJson(
      long size,
      String root,
      String quorum,
      List<String> witnesses,
      Map<String, String> missing,
      List<String> reasons) {}

  /**
   * Prints it.
   *
   * @param troubles why witnesses did not cosign, by their name in the policy
   */
  void print(SignedCheckpoint published, Optional<Policy> policy, Map<String, String> troubles) {
    Checkpoint tree = published.checkpoint();
    Optional<Judgement> judged = policy.map(each -> Judgement.of(published, each));
    List<String> witnesses =
        judged
            .map(each -> each.witnesses().stream().map(Judgement.Seen::name).toList())
            .orElse(List.of());
    Map<String, String> missing = new TreeMap<>();
    policy.ifPresent(each -> {
      for (Policy.Witness witness : each.witnesses()) {
        String name = Policy.shown(witness.name());
        if (!witnesses.contains(name)) {
          missing.put(name, troubles.getOrDefault(witness.name(), "it has not answered"));
        }
      }
    });
    String quorum = judged.map(Judgement::quorum).orElse(Judgement.Quorum.NONE).word();
    List<String> reasons = judged.map(Judgement::reasons).orElse(List.of());
    PrintStream err = surroundings.err();
    if (output.form == OutputOptions.Form.JSON) {
      err.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of(
                      "published",
                      new PublishedJson(
                          tree.size(),
                          tree.root().base64(),
                          quorum,
                          witnesses,
                          missing,
                          reasons))));
      return;
    }
    err.println("published size " + tree.size() + ", root " + tree.root().base64());
    missing.forEach((name, why) ->
        err.println(
            "witness " + Problem.printable(name) + " has not cosigned: " + Problem.printable(why)));
    reasons.forEach(reason -> err.println(Problem.printable(reason)));
  }
}
