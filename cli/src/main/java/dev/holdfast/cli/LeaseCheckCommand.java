package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.JsonWebKeySet;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseCheck;
import dev.holdfast.trust.LeaseVerifier;
import dev.holdfast.trust.PossessionCheck;
import dev.holdfast.trust.PossessionProof;
import dev.holdfast.trust.PossessionVerifier;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.LeaseClient;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast lease check}: whether work may start on the host that shows a lease. */
@Command(
    name = "check",
    description =
        "Says whether work may start: the lease is signed by a key that you trust, for this"
            + " audience, counts now, and whoever shows it has the key that it names. Run it on the"
            + " host with --key, or elsewhere with a --proof that the host made for your --nonce.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status: 0 work may start, 1 it may not, 2 bad input or usage, 3 the server failed.",
      "Whatever is not 0 means that nothing is started. See docs/leases.md.",
      "",
      "Examples:",
      "  holdfast lease check --lease rack-7.lease --audience slurm.example --jwks keys.json \\",
      "    --key rack-7.key",
      "  holdfast lease check --lease rack-7.lease --audience slurm.example \\",
      "    --url https://holdfast.example/ --proof proof --nonce 931d8dd0add203ac --host rack-7"
    })
final class LeaseCheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--lease", required = true, paramLabel = "FILE", description = "the lease")
  private @Nullable Path lease;

  @Option(names = "--audience", required = true, paramLabel = "A", description = "who asks: you")
  private String audience = "";

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Keys keys;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Possession possession;

  @Option(
      names = "--skew",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how far clocks may be apart, 0 to 300 (default: 60)")
  private int skew = 60;

  @Option(
      names = "--host",
      paramLabel = "ID",
      description = "the host that the lease must be about (default: any)")
  private @Nullable String host;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the log and witnesses that you trust; the checkpoint that the lease cites must satisfy it"
              + " (default: it is not checked)")
  private @Nullable Path policy;

  @Option(names = "--simulated", description = "take leases of simulations too")
  private boolean simulated;

  @Mixin private final OutputOptions output = new OutputOptions();

  LeaseCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Whom to believe: one of the two. */
  static final class Keys {
    @Option(
        names = "--jwks",
        required = true,
        paramLabel = "FILE",
        description = "the keys that you trust (RFC 7517), the old and the new while they change")
    private @Nullable Path file;

    @Option(
        names = "--url",
        required = true,
        paramLabel = "URL",
        description = "the server whose keys you trust; take https, or anybody may answer")
    private @Nullable URI url;

    KeyRing read() {
      if (url != null) {
        try (LeaseClient client = new LeaseClient(url)) {
          return client.keys();
        }
      }
      Path from = requireNonNull(file);
      return JsonWebKeySet.read(BoundedFiles.read(from, JsonWebKeySet.LARGEST), from.toString());
    }
  }

  /** That who shows the lease has its key: by using it here, or by what the host says. */
  static final class Possession {
    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "the host's key, a file of its owner alone")
    private @Nullable Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable ChipKeyOptions chip;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Shown shown;
  }

  /** What the host answered. */
  static final class Shown {
    @Option(
        names = "--proof",
        required = true,
        paramLabel = "FILE",
        description = "what the host printed for your nonce")
    private @Nullable Path file;

    @Option(
        names = "--nonce",
        required = true,
        paramLabel = "N",
        description = "what you asked it with, never twice the same")
    private String nonce = "";
  }

  /** The JSON form. */
  record CheckJson(String result, @Nullable LeaseJson lease, List<String> reasons) {}

  /** What a lease says that counts. */
  record LeaseJson(
      String id,
      String host,
      String key,
      String site,
      List<String> chips,
      List<String> licences,
      String audience,
      String issued,
      String expires,
      String signer,
      String checkpoint,
      boolean checkpointChecked,
      boolean simulated) {}

  @Override
  public Integer call() {
    Duration apart = skew();
    String text = LeaseFile.read(requireNonNull(lease));
    LeaseVerifier verifier = new LeaseVerifier(keys.read(), EarProfile.DEFAULT, apart);
    return switch (verifier.check(
        text, requireNonNull(lease).toString(), audience, Instant.now())) {
      case LeaseCheck.Malformed malformed -> throw new CodedException(malformed.problem());
      case LeaseCheck.Refused(Reason reason) -> no(List.of(reason));
      case LeaseCheck.Good good -> {
        List<Reason> against = against(good, text, apart);
        yield against.isEmpty() ? yes(good) : no(against);
      }
    };
  }

  private Duration skew() {
    if (skew < 0 || skew > LeaseVerifier.LONGEST_SKEW.toSeconds()) {
      throw new CodedException(
          new Problem(ErrorCode.USAGE, null, 0, "--skew", skew + " is not from 0 to 300"));
    }
    return Duration.ofSeconds(skew);
  }

  private List<Reason> against(LeaseCheck.Good good, String text, Duration apart) {
    List<Reason> reasons = new ArrayList<>();
    Lease said = good.lease();
    switch (possessed(good, text, apart)) {
      case PossessionCheck.Malformed malformed -> throw new CodedException(malformed.problem());
      case PossessionCheck.Refused(Reason reason) -> reasons.add(reason);
      case PossessionCheck.Good proved -> {}
    }
    if (host != null && !host.equals(said.host().value())) {
      reasons.add(Reason.of("reason.lease-host", said.host().value(), host));
    }
    if (said.simulated() && !simulated) {
      reasons.add(Reason.of("reason.lease-simulated"));
    }
    if (policy != null) {
      Judgement judged =
          Judgement.of(
              InputFiles.parsed(
                  lease + ", checkpoint",
                  () -> SignedCheckpoint.parse(said.checkpoint().getBytes(UTF_8))),
              Policies.read(policy));
      if (!judged.isAccepted()) {
        reasons.add(Reason.of("reason.lease-checkpoint", VerifyOutput.reasons(judged.reasons())));
      }
    }
    return reasons;
  }

  private PossessionCheck possessed(LeaseCheck.Good good, String text, Duration apart) {
    Shown shown = possession.shown;
    PossessionProof expected;
    String proof;
    String source;
    if (shown == null) {
      expected = LeaseFile.proof(text, audience, nonce());
      proof = expected.sign(hostKey().signing());
      source = "the proof";
    } else {
      Path file = requireNonNull(shown.file);
      expected = LeaseFile.proof(text, audience, shown.nonce);
      proof = LeaseFile.read(file);
      source = file.toString();
    }
    return new PossessionVerifier(apart).check(proof, source, good.lease().key(), expected);
  }

  private HeldKey hostKey() {
    ChipKeyOptions chip = possession.chip;
    return chip != null ? chip.key() : HeldKey.read(requireNonNull(possession.file));
  }

  private static String nonce() {
    byte[] octets = new byte[16];
    new SecureRandom().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  private int yes(LeaseCheck.Good good) {
    Lease said = good.lease();
    if (output.form == OutputOptions.Form.JSON) {
      json(new CheckJson("MAY_START", form(good), List.of()));
      return 0;
    }
    say(
        "lease.may-start",
        said.host().value(),
        said.site(),
        String.valueOf(said.chips().size()),
        String.join(", ", said.licences()),
        Times.print(said.expires()));
    if (said.simulated()) {
      say("reason.lease-simulated");
    }
    if (policy == null) {
      say("lease.checkpoint-unchecked");
    }
    return 0;
  }

  private LeaseJson form(LeaseCheck.Good good) {
    Lease said = good.lease();
    return new LeaseJson(
        said.id(),
        said.host().value(),
        said.key().id().hex(),
        said.site(),
        List.copyOf(said.chips()),
        List.copyOf(said.licences()),
        said.audience(),
        said.issued().toString(),
        said.expires().toString(),
        good.signer().id().hex(),
        said.checkpoint(),
        policy != null,
        said.simulated());
  }

  private int no(List<Reason> reasons) {
    if (output.form == OutputOptions.Form.JSON) {
      MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
      json(
          new CheckJson(
              "MAY_NOT_START",
              null,
              reasons.stream().map(each -> english.say(each.code(), each.arguments())).toList()));
      return 1;
    }
    say("lease.may-not-start");
    for (Reason each : reasons) {
      surroundings
          .out()
          .println("  " + Problem.printable(catalogue().say(each.code(), each.arguments())));
    }
    return 1;
  }

  private MessageCatalogue catalogue() {
    return surroundings.catalogue(output.language);
  }

  private void say(String key, String... arguments) {
    surroundings.out().println(Problem.printable(catalogue().say(key, List.of(arguments))));
  }

  private void json(Object answer) {
    surroundings.out().println(Json.mapper().writeValueAsString(answer));
  }
}
