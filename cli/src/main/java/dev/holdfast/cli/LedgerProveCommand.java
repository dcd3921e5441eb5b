package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.ledger.ProofCheck;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger prove}: proofs that others can check without the log. */
@Command(
    name = "prove",
    description =
        "Prints a proof that an entry is in a log (C2SP tlog-proof), or with --from that the log still"
            + " begins with what it was earlier. The proof is checked before it is printed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The log's policy, or the one given, says which witnesses have to have seen the checkpoint.",
      "Where they have not, the proof says so in its extra line, and so does standard error. The",
      "extra line is JSON in base64; the format does not protect it, so whoever checks the proof",
      "counts the cosignatures anew with a policy of their own: holdfast verify does.",
      "",
      "A proof with --from has the form of a witness request: the old size, hashes, the checkpoint.",
      "",
      "Exit status 1 if the log does not continue the checkpoint of --from.",
      "",
      "Examples:",
      "  holdfast ledger prove log 0 > first.tlog-proof",
      "  holdfast ledger prove https://log.example.com/ 4711 --policy witnesses.policy",
      "  holdfast ledger prove log --from checkpoint.yesterday > continued"
    })
final class LedgerProveCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DIR|URL",
      description = "folder of the log, or its http or https address")
  private @Nullable String place;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INDEX",
      description = "which entry, from 0")
  private @Nullable Long index;

  @Option(
      names = "--from",
      paramLabel = "SIZE|CHECKPOINT-FILE",
      description = "proves that the log continues the tree of this size, or of this checkpoint")
  private @Nullable String from;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "tlog-policy in the place of the log's own")
  private @Nullable Path policyFile;

  @Mixin private final OutputOptions output = new OutputOptions();

  LedgerProveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form of a proof that an entry is in a log. */
  record ProofJson(
      long index,
      String leafHash,
      String origin,
      long size,
      String root,
      List<String> path,
      String quorum,
      String statement,
      String proof) {}

  /** What stands in the extra line of a proof. */
  record ExtraJson(String holdfast, String quorum, String statement) {}

  /** How far the witnesses agreed, in a word and a sentence. */
  private record Standing(String quorum, String statement) {}

  @Override
  public Integer call() {
    if (place == null || (index == null) == (from == null)) {
      throw new ParameterException(
          spec.commandLine(), "DIR and either an INDEX or --from are needed");
    }
    Optional<Policy> given = Optional.ofNullable(policyFile).map(Policies::read);
    try (LogPlace log = LogPlace.of(place)) {
      SignedCheckpoint signed = log.checkpoint();
      if (from != null) {
        return new Continuation(surroundings, output).print(log, signed, from);
      }
      Standing standing = standing(signed, given, log);
      return print(log, signed, index, standing);
    }
  }

  /** The proof of an index; the index is there by now. */
  private int print(
      LogPlace log, SignedCheckpoint signed, @Nullable Long index, Standing standing) {
    Checkpoint tree = signed.checkpoint();
    if (index == null || index < 0) {
      throw new ParameterException(spec.commandLine(), "INDEX is from 0");
    }
    if (index >= tree.size()) {
      throw new CodedException(
          Problem.in(
              log.toString(),
              ErrorCode.NOT_PUBLISHED,
              "entry "
                  + index
                  + " is not published: the checkpoint has "
                  + tree.size()
                  + " entries, counted from 0"));
    }
    Hash leaf = leaf(log, tree.size(), index);
    InclusionProof proof =
        log.reading(() ->
            InclusionProof.make(index, tree.size(), new TileHashes(log.files(), tree.size())));
    if (proof.check(leaf, tree.root()) instanceof ProofCheck.Invalid invalid) {
      throw new CodedException(
          Problem.in(
              log.toString(),
              ErrorCode.LOG_DAMAGED,
              "the log does not lead from entry "
                  + index
                  + " to its signed root: "
                  + invalid.reason()));
    }
    byte[] extra =
        Json.mapper()
            .writeValueAsString(new ExtraJson("proof", standing.quorum(), standing.statement()))
            .getBytes(StandardCharsets.UTF_8);
    String text = new TlogProof(Optional.of(extra), index, proof.path(), signed).text();
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new ProofJson(
                          index,
                          leaf.base64(),
                          tree.origin(),
                          tree.size(),
                          tree.root().base64(),
                          proof.path().stream().map(Hash::base64).toList(),
                          standing.quorum(),
                          standing.statement(),
                          text)));
    } else {
      surroundings.out().print(text);
    }
    if (standing.quorum().equals(Judgement.Quorum.MISSING.word())) {
      new ProblemLog(surroundings.err(), output.form)
          .warn("The quorum is missing: " + standing.statement());
    }
    return 0;
  }

  /** The leaf hash of an entry, made of the entry itself. */
  private static Hash leaf(LogPlace log, long size, long index) {
    long bundle = index / TileId.FULL;
    int width = (int) Math.min(TileId.FULL, size - bundle * TileId.FULL);
    TileId id = TileId.bundle(bundle, width);
    byte[] octets =
        log.reading(() -> log.files().tileOrCut(id))
            .orElseThrow(() ->
                new CodedException(
                    Problem.in(
                        id.path(), ErrorCode.LOG_DAMAGED, "the log lacks this entry bundle")));
    List<byte[]> entries = InputFiles.parsed(id.path(), () -> EntryBundle.entries(octets, width));
    return new TreeHasher().leaf(entries.get((int) (index % TileId.FULL)));
  }

  private static Standing standing(SignedCheckpoint signed, Optional<Policy> given, LogPlace log) {
    Optional<Policy> own = log.ownPolicy();
    Optional<Policy> policy = given.or(() -> own);
    if (policy.isEmpty()) {
      return new Standing(
          Judgement.Quorum.NONE.word(),
          "no policy was given and the log has none, so no witness was asked for");
    }
    // A policy that was handed round may name witnesses only; the log's own knows the log's key.
    Policy full = policy.get();
    for (Policy.LogKey key : own.map(Policy::logs).orElse(List.of())) {
      full = Policies.withLog(full, key.key());
    }
    Judgement judged = Judgement.of(signed, full);
    List<String> statement = new ArrayList<>();
    if (judged.isAccepted()) {
      statement.add(
          judged.witnesses().isEmpty()
              ? "no witness cosigned, and the policy asks for none"
              : "cosigned by "
                  + String.join(
                      ", ", judged.witnesses().stream().map(Judgement.Seen::name).toList()));
    } else if (judged.check() instanceof PolicyCheck.QuorumMissing missing) {
      statement.add(missing.statement());
    } else {
      statement.addAll(judged.reasons());
    }
    return new Standing(judged.quorum().word(), Problem.printable(String.join("; ", statement)));
  }
}
