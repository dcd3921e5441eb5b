package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.replay.BundleTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast verify}: checks proofs, checkpoints and logs, ours or anybody's. */
@Command(
    name = "verify",
    description =
        "Checks what a log shows, ours or anybody's, against keys of your own. What TARGET is, its"
            + " content says: a proof that an entry is in a log (C2SP tlog-proof), a checkpoint, two"
            + " checkpoints, a proof that a log continued (as ledger prove --from prints it), a whole"
            + " log in a folder or at an address, rounds that a landmark signed, a verdict with all that it"
            + " follows from, or the dossier of a case.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Nothing vouches for itself: --vkey says which log is believed, or --policy says which logs",
      "and which witnesses; of rounds, --authority says who may certify landmarks and hosts; of a",
      "verdict or dossier, --trust says all of that. Where too few witnesses of the policy cosigned, the answer",
      "is no: the log could be showing others another tree. An extra line in a proof is not protected",
      "by anything and is not looked at.",
      "",
      "Exit status 1 if the answer is no: not proved, forked, damaged, the quorum is missing, a round",
      "bounds nothing, another verdict follows than the stated one, or none, or a dossier says something",
      "else than its data do.",
      "",
      "Examples:",
      "  holdfast verify first.tlog-proof --vkey \"$(cat log.vkey)\" --entry statement.json",
      "  holdfast verify checkpoint.monday checkpoint.friday --log log --vkey \"$(cat log.vkey)\"",
      "  holdfast verify https://log.example.com/ --policy witnesses.policy",
      "  holdfast verify spool/statements/ROUNDS.json --authority ca/authority.pem",
      "  holdfast verify verdict.json --trust trust.yaml",
      "  holdfast verify case-3.html --trust trust.yaml"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "TARGET",
      description = "file, - for standard input, folder, or http or https address")
  private List<String> targets = List.of();

  @Option(
      names = "--vkey",
      paramLabel = "VKEY",
      description = "a log that is believed; may be given again")
  private List<String> vkeys = List.of();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "tlog-policy: the logs and witnesses that are believed, and the quorum")
  private @Nullable Path policyFile;

  @Option(
      names = "--entry",
      paramLabel = "FILE",
      description = "with a proof: the entry itself; - for standard input")
  private @Nullable String entry;

  @Option(
      names = "--leaf-hash",
      paramLabel = "BASE64",
      description = "with a proof: the leaf hash in the place of the entry (RFC 6962)")
  private @Nullable String leafHash;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description =
          "with two checkpoints: the proof that the larger continues the smaller, as ledger prove"
              + " --from prints it, or its hashes alone in base64, one a line")
  private @Nullable Path proof;

  @Option(
      names = "--log",
      paramLabel = "DIR|URL",
      description = "with two checkpoints: the log, to compute that proof from")
  private @Nullable String log;

  @Option(
      names = "--from",
      paramLabel = "CHECKPOINT-FILE",
      description = "with a proof that a log continued: the checkpoint that it begins with")
  private @Nullable Path from;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description =
          "with rounds: where their transcripts and countersignatures are (default: the spool that the"
              + " file lies in)")
  private @Nullable Path spool;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "with a verdict or a dossier: whom you trust, in YAML or JSON: authorities, revocations, logs, policy,"
              + " operators, declarers, device-roots, device-revocations")
  private @Nullable Path trust;

  @Mixin private final AuthorityOptions believed = new AuthorityOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Optional<Policy> given = policy();
    VerifyTarget first = target(targets.getFirst());
    if (targets.size() == 1 && first instanceof VerifyTarget.Rounds) {
      only("rounds", "--authority", "--revocations", "--spool");
      if (given.isPresent()) {
        throw usage("rounds are in no log: --vkey and --policy have no meaning with them");
      }
      return new VerifyRounds(surroundings, output)
          .run(Path.of(targets.getFirst()), spool, believed.verifier(spec));
    }
    if (targets.size() == 1 && first instanceof VerifyTarget.Bundle it) {
      only("a verdict", "--trust");
      if (given.isPresent()) {
        throw usage("--trust says which log is believed: --vkey and --policy have no meaning");
      }
      return new VerifyBundle(surroundings, output).run(it.bundle(), bundleTrust());
    }
    if (targets.size() == 1 && first instanceof VerifyTarget.Dossier it) {
      only("a dossier", "--trust");
      if (given.isPresent()) {
        throw usage("--trust says which log is believed: --vkey and --policy have no meaning");
      }
      return new VerifyDossier(surroundings, output).run(it.dossier(), it.page(), bundleTrust());
    }
    Policy policy =
        given.orElseThrow(() ->
            usage(
                "nothing vouches for itself: give the key of the log that you believe with"
                    + " --vkey=VKEY, or logs and witnesses with --policy=FILE"));
    VerifyOutput say =
        new VerifyOutput(surroundings, output, surroundings.catalogue(output.language));
    if (targets.size() == 1) {
      return switch (first) {
        case VerifyTarget.Rounds it -> throw new IllegalStateException("answered above");
        case VerifyTarget.Bundle it -> throw new IllegalStateException("answered above");
        case VerifyTarget.Dossier it -> throw new IllegalStateException("answered above");
        case VerifyTarget.Proof it -> {
          only("a proof", "--entry", "--leaf-hash");
          yield new VerifyProof(say, policy).run(it.proof(), leaf());
        }
        case VerifyTarget.Tree it -> {
          only("one checkpoint");
          yield new VerifyTree(say, policy).run(it.checkpoint());
        }
        case VerifyTarget.Continued it -> {
          only("a proof that a log continued", "--from");
          yield new VerifyPair(say, policy)
              .run(checkpoint(required("--from=CHECKPOINT-FILE", from)), it.request());
        }
        case VerifyTarget.Log it -> {
          only("a log");
          yield new VerifyLog(say, policy, surroundings).run(it.place());
        }
      };
    }
    if (first instanceof VerifyTarget.Tree one
        && target(targets.getLast()) instanceof VerifyTarget.Tree other) {
      only("two checkpoints", "--proof", "--log");
      return pair(say, policy, one.checkpoint(), other.checkpoint());
    }
    throw usage("two TARGETs are two checkpoints; give anything else alone");
  }

  private int pair(VerifyOutput say, Policy policy, SignedCheckpoint one, SignedCheckpoint other) {
    boolean swap = one.checkpoint().size() > other.checkpoint().size();
    SignedCheckpoint older = swap ? other : one;
    SignedCheckpoint newer = swap ? one : other;
    VerifyPair verify = new VerifyPair(say, policy);
    if (proof != null && log != null) {
      throw usage("--proof and --log exclude each other");
    }
    if (proof != null) {
      return verify.run(older, newer, VerifyTarget.hashes(proof));
    }
    if (log != null) {
      try (LogPlace place = LogPlace.of(log)) {
        return verify.run(older, newer, place);
      }
    }
    if (older.checkpoint().size() != newer.checkpoint().size() && older.checkpoint().size() != 0) {
      throw usage(
          "checkpoints of different sizes need --proof=FILE, or --log=DIR or URL to compute it from");
    }
    return verify.run(older, newer, List.of());
  }

  private BundleTrust bundleTrust() {
    if (trust == null) {
      throw usage("nothing vouches for itself: say whom you trust with --trust=FILE");
    }
    return BundleTrust.parse(BoundedFiles.read(trust, BundleTrust.LARGEST), trust.toString());
  }

  private Optional<Policy> policy() {
    if (policyFile != null && !vkeys.isEmpty()) {
      throw usage("--vkey and --policy exclude each other: the policy names the logs too");
    }
    if (policyFile != null) {
      return Optional.of(Policies.read(policyFile));
    }
    return vkeys.isEmpty() ? Optional.empty() : Optional.of(Policies.ofLogs("--vkey", vkeys));
  }

  private VerifyTarget target(String name) {
    return name.equals(STANDARD_INPUT)
        ? VerifyTarget.of("standard input", standardInput(VerifyTarget.LARGEST))
        : VerifyTarget.at(name);
  }

  private byte[] standardInput(int most) {
    try {
      return BoundedFiles.read(surroundings.in(), most, "standard input");
    } catch (IOException e) {
      throw new CodedException(
          Problem.in("standard input", ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  private SignedCheckpoint checkpoint(Path file) {
    if (VerifyTarget.at(file.toString()) instanceof VerifyTarget.Tree tree) {
      return tree.checkpoint();
    }
    throw usage(file + " is not a checkpoint");
  }

  private Hash leaf() {
    if ((entry == null) == (leafHash == null)) {
      throw usage("a proof needs the entry that it is about: --entry=FILE or --leaf-hash=BASE64");
    }
    if (leafHash != null) {
      return Hash.ofBase64(leafHash, ErrorCode.USAGE, "--leaf-hash");
    }
    String file = required("--entry=FILE", entry);
    byte[] octets =
        file.equals(STANDARD_INPUT)
            ? standardInput(EntryBundle.LONGEST_ENTRY)
            : BoundedFiles.read(Path.of(file), EntryBundle.LONGEST_ENTRY);
    return new TreeHasher().leaf(octets);
  }

  /** Refuses options that would be ignored with a kind of target. */
  private void only(String kind, String... allowed) {
    Map<String, Optional<?>> given = new TreeMap<>();
    given.put("--entry", Optional.ofNullable(entry));
    given.put("--leaf-hash", Optional.ofNullable(leafHash));
    given.put("--proof", Optional.ofNullable(proof));
    given.put("--log", Optional.ofNullable(log));
    given.put("--from", Optional.ofNullable(from));
    given.put("--spool", Optional.ofNullable(spool));
    given.put("--trust", Optional.ofNullable(trust));
    given.put("--authority", Optional.ofNullable(believed.authority));
    given.put("--revocations", Optional.ofNullable(believed.revocations));
    List<String> meant = List.of(allowed);
    given.forEach((name, value) -> {
      if (value.isPresent() && !meant.contains(name)) {
        throw usage(name + " has no meaning with " + kind);
      }
    });
  }

  private <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw usage("Missing required option: '" + option + "'");
    }
    return value;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
