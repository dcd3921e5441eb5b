package dev.holdfast.cli;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.EatCheck;
import dev.holdfast.attest.EatExpectations;
import dev.holdfast.attest.EatJson;
import dev.holdfast.attest.EatText;
import dev.holdfast.attest.EatVerifier;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceFile;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.attest.EvidenceVerifier.ChainCheck;
import dev.holdfast.attest.JsonWebKeys;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast attest verify}: what chips, and services that speak for them, signed. */
@Command(
    name = "verify",
    description =
        "Checks what chips signed, offline: form, certificates to a root that you trust, validity,"
            + " revocation, signature and nonce. What a FILE is, its content says: evidence as"
            + " NVIDIA's attestation SDK, its remote service's requests or its Fleet Intelligence"
            + " agent write it, one report in hexadecimal digits or octets, a chain in PEM, or a"
            + " token of NVIDIA's service.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A report that lies alone takes its chain from another FILE or from --chain. A relay is never",
      "excluded: the chip signed, wherever it is. See docs/identity.md.",
      "",
      "Exit status 1 where something does not verify, a token's unchecked signature too; 2 where a",
      "file is none of these, and the others are checked all the same.",
      "",
      "Examples:",
      "  holdfast attest verify evidence.json",
      "  holdfast attest verify report.txt chain.pem --nonce 931d8dd0add203ac3d8b4fbde75e1152…",
      "  holdfast attest verify evidence.json --revocations crls --output json",
      "  holdfast attest verify token.json --jwks keys.json --at 2025-06-11T00:31:00Z"
    })
final class AttestVerifyCommand implements Callable<Integer> {
  private static final int NONCE = 32;

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "of any of these forms each")
  private List<Path> files = List.of();

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      description =
          "what all evidence must answer, 64 hexadecimal digits (default: what each file says that"
              + " it answers)")
  private @Nullable String nonce;

  @Option(
      names = "--chain",
      paramLabel = "PEM",
      description = "the certificates of reports that lie alone")
  private @Nullable Path chain;

  @Option(
      names = "--jwks",
      paramLabel = "FILE",
      description =
          "the keys of the service whose tokens are checked (RFC 7517); without them a token's"
              + " signature is not checked")
  private @Nullable Path keys;

  @Mixin private final DeviceOptions trusted = new DeviceOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  AttestVerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What a file turned out to be. */
  private sealed interface Held {
    record OfChips(EvidenceFile file) implements Held {}

    record Token(byte[] octets) implements Held {}
  }

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    EvidenceVerifier verifier = trusted.verifier();
    EvidenceFiles evidence = new EvidenceFiles(verifier, trusted.at(), asked());
    if (chain != null) {
      evidence.addChain(BoundedFiles.read(chain, EvidenceFile.LONGEST));
    }
    Map<Path, Held> held = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        Held found = read(file);
        held.put(file, found);
        if (found instanceof Held.OfChips(EvidenceFile.Chain(byte[] pem))) {
          evidence.addChain(pem);
        }
      } catch (CodedException e) {
        log.add(e.problem());
      }
    }
    return Math.max(answer(held, evidence, verifier, log), log.finish());
  }

  private static Held read(Path file) {
    byte[] octets = BoundedFiles.read(file, EvidenceFile.LONGEST);
    return EatVerifier.looksLikeToken(octets)
        ? new Held.Token(octets)
        : new Held.OfChips(EvidenceFile.read(octets, file.toString()));
  }

  private byte @Nullable [] asked() {
    if (nonce == null) {
      return null;
    }
    try {
      byte[] octets = HexFormat.of().parseHex(nonce);
      if (octets.length == NONCE) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      throw wrongNonce();
    }
    throw wrongNonce();
  }

  private ParameterException wrongNonce() {
    return new ParameterException(
        spec.commandLine(), "--nonce has " + 2 * NONCE + " hexadecimal digits");
  }

  private int answer(
      Map<Path, Held> held, EvidenceFiles evidence, EvidenceVerifier verifier, ProblemLog log) {
    EvidenceBoards boards = new EvidenceBoards();
    Map<Path, List<EvidenceFiles.Checked>> checked = new LinkedHashMap<>();
    held.forEach((file, what) -> {
      if (what instanceof Held.OfChips(EvidenceFile ofChips)) {
        List<EvidenceFiles.Checked> all = evidence.check(file, ofChips);
        checked.put(file, all);
        boards.file(file.toString());
        for (EvidenceFiles.Checked each : all) {
          if (each.check() instanceof EvidenceCheck.Verified good) {
            boards.take(good);
          }
        }
      }
    });
    boolean good = true;
    for (Map.Entry<Path, Held> each : held.entrySet()) {
      switch (each.getValue()) {
        case Held.Token(byte[] octets) -> {
          try {
            good &= token(each.getKey(), octets);
          } catch (CodedException e) {
            log.add(e.problem());
          }
        }
        case Held.OfChips(EvidenceFile.Chain(byte[] pem)) ->
            good &= chain(each.getKey(), verifier.check(pem, trusted.at()));
        case Held.OfChips ofChips -> {
          for (EvidenceFiles.Checked one : checked.getOrDefault(each.getKey(), List.of())) {
            good &= print(one, boards);
          }
        }
      }
    }
    return good ? 0 : 1;
  }

  // ---- a report

  private boolean print(EvidenceFiles.Checked checked, EvidenceBoards boards) {
    @Nullable Board board =
        checked.check() instanceof EvidenceCheck.Verified good ? boards.of(good) : null;
    if (output.form == OutputOptions.Form.JSON) {
      json(AttestedJson.of(checked, board));
      return checked.check() instanceof EvidenceCheck.Verified;
    }
    return switch (checked.check()) {
      case EvidenceCheck.Verified good -> {
        line("attest.verified", checked.name(), good.evidence().model(), good.evidence().id());
        reasons(good.reasons());
        names(good.evidence().aliases());
        if (board != null) {
          surroundings
              .out()
              .println(
                  "  "
                      + say(
                          "attest.on-board",
                          board.id(),
                          say("grade." + board.grade().word()),
                          String.valueOf(board.members().size()),
                          String.valueOf(board.marks().size())));
        }
        yield true;
      }
      case EvidenceCheck.Refused refused -> {
        line("attest.refused", checked.name());
        reasons(refused.reasons());
        yield false;
      }
    };
  }

  private void names(List<Alias> aliases) {
    for (Alias each : aliases) {
      surroundings
          .out()
          .println("  %-12s %s".formatted(each.kind().word(), Problem.printable(each.value())));
    }
  }

  private void reasons(List<Reason> reasons) {
    for (Reason each : reasons) {
      surroundings
          .out()
          .println("  " + Problem.printable(catalogue().say(each.code(), each.arguments())));
    }
  }

  // ---- a chain

  private boolean chain(Path file, ChainCheck check) {
    if (output.form == OutputOptions.Form.JSON) {
      json(AttestedJson.of(file.toString(), check));
      return check instanceof ChainCheck.Trusted;
    }
    return switch (check) {
      case ChainCheck.Trusted good -> {
        line("attest.verified", file.toString(), good.model(), good.id());
        reasons(good.reasons());
        names(good.aliases());
        yield true;
      }
      case ChainCheck.Refused(Reason reason) -> {
        line("attest.refused", file.toString());
        reasons(List.of(reason));
        yield false;
      }
    };
  }

  // ---- a token

  private boolean token(Path file, byte[] octets) {
    EatExpectations expected = EatExpectations.at(trusted.at());
    if (keys != null) {
      expected =
          expected.with(
              JsonWebKeys.read(BoundedFiles.read(keys, JsonWebKeys.LARGEST), keys.toString()));
    }
    if (nonce != null) {
      expected = expected.withNonce(nonce.toLowerCase(Locale.ROOT));
    }
    EatCheck check = EatVerifier.check(octets, file.toString(), expected);
    if (output.form == OutputOptions.Form.JSON) {
      MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
      json(
          EatJson.of(
              file.toString(), check, reason -> english.say(reason.code(), reason.arguments())));
    } else {
      surroundings.out().println(Problem.printable(file.toString()) + ":");
      new EatText(catalogue())
          .lines(check)
          .forEach(each -> surroundings.out().println("  " + each));
    }
    return check instanceof EatCheck.Verified;
  }

  // ---- words

  private MessageCatalogue catalogue() {
    return surroundings.catalogue(output.language);
  }

  private String say(String key, String... arguments) {
    return catalogue().say(key, Arrays.stream(arguments).map(Problem::printable).toList());
  }

  private void line(String key, String... arguments) {
    surroundings.out().println(say(key, arguments));
  }

  private void json(Object answer) {
    surroundings.out().println(Json.mapper().writeValueAsString(answer));
  }
}
