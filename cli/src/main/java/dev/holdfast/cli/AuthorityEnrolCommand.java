package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast authority enrol}: certifies a host or a landmark. */
@Command(
    name = "enrol",
    description =
        "Certifies the key of a host or a landmark for a short time. Without --request a key is made"
            + " too, in a file that only its owner may read.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "--out NAME writes NAME.pem, NAME.key where a key is made, and NAME.position.json for a",
      "landmark with a place. Nothing is overwritten.",
      "",
      "A key in a file can be copied, so its verdicts are about the key alone; --binding tpm says",
      "that you have seen it made in a security chip that does not let it out.",
      "",
      "Examples:",
      "  holdfast authority enrol ca --role host --name rack-7 --out rack-7",
      "  holdfast authority enrol ca --role host --name rack-8 --binding tpm \\",
      "    --request rack-8.csr --out rack-8",
      "  holdfast authority enrol ca --role landmark --name fra-1 --operator north \\",
      "    --latitude 50.11 --longitude 8.68 --uncertainty-km 0.5 --out fra-1"
    })
final class AuthorityEnrolCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of the authority")
  private @Nullable Path folder;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "host|landmark",
      description = "what the key may do")
  private @Nullable Role role;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "its name")
  private @Nullable String name;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "who runs it; needed for a landmark: faults are counted by operator")
  private @Nullable String operator;

  @Option(
      names = "--binding",
      paramLabel = "file|tpm",
      defaultValue = "file",
      description = "where the key is kept, as you have seen for yourself (default: file)")
  private String binding = "file";

  @Option(
      names = "--simulated",
      description = "it belongs to a simulation; whatever it measures is called simulated")
  private boolean simulated;

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      defaultValue = "30d",
      converter = DurationConverter.class,
      description = "how long the certificate holds (default: 30d)")
  private @Nullable Duration lifetime;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "a request for a certificate (PKCS #10), as authority request makes")
  private @Nullable Path request;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "NAME",
      description = "where to write, without an ending")
  private @Nullable Path out;

  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  AuthorityEnrolCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Identity identity;
    try {
      identity = identity();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    Path base = requireNonNull(out);
    Path certificateFile = AuthorityOutput.fresh(base, ".pem");
    Path keyFile = AuthorityOutput.fresh(base, ".key");
    Path positionFile = AuthorityOutput.fresh(base, ".position.json");
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    AuthorityOutput say = new AuthorityOutput(surroundings, output);
    try (AuthorityFolder authority = AuthorityFolder.open(requireNonNull(folder), clock, random)) {
      StatementKey key = key(keyFile, random, say);
      IdentityCertificate made = authority.enrol(identity, key, requireNonNull(lifetime));
      say.write("certificate", certificateFile, TrustFiles.print(made));
      if (place.given()) {
        say.write("position", positionFile, place.statement(authority, made, clock));
      }
      say.say("until", made.until().toString());
    }
    say.finish();
    return 0;
  }

  private Identity identity() {
    Role as = requireNonNull(role);
    if (place.given()) {
      if (as != Role.LANDMARK) {
        throw new IllegalArgumentException("only a landmark has a place that is believed");
      }
      place.check();
    }
    Binding bound = Binding.of(binding);
    if (bound == Binding.CHIP_EVIDENCE) {
      throw new IllegalArgumentException(
          "an authority sees a file or a TPM, not a chip's evidence");
    }
    return new Identity(
        as,
        requireNonNull(name),
        operator == null ? null : new OperatorId(operator),
        bound,
        simulated);
  }

  private StatementKey key(Path keyFile, SecureRandom random, AuthorityOutput say) {
    if (request != null) {
      return TrustFiles.request(request).key();
    }
    HeldKey made = HeldKey.generate(random);
    made.write(keyFile);
    say.wrote("key", keyFile);
    return made.publicKey();
  }
}
