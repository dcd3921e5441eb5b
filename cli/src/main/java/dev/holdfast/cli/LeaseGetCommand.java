package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast lease get}: asks a server for a lease. */
@Command(
    name = "get",
    description =
        "Asks the server for a lease of this host, whose key it proves to have, and writes it into a"
            + " file, in the place of the one before. Run it on the host, about twice an hour.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status: 0 it is there, 1 it was refused, with reasons, 2 bad input or usage, 3 the server",
      "failed. What is not 0 leaves the file as it is.",
      "",
      "Example:",
      "  holdfast lease get --url https://holdfast.example/ --audience slurm.example \\",
      "    --key rack-7.key --certificate rack-7.pem --token-file agent.token --out rack-7.lease"
    })
final class LeaseGetCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--url", required = true, paramLabel = "URL", description = "the server")
  private @Nullable URI url;

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "A",
      description = "who will be shown the lease")
  private String audience = "";

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private HostKeyOptions where;

  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "FILE",
      description = "the host's certificate in PEM")
  private @Nullable Path certificate;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "a file of its owner alone with the agent's token in its first line")
  private @Nullable Path tokenFile;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "where it goes")
  private @Nullable Path out;

  @Mixin private final OutputOptions output = new OutputOptions();

  LeaseGetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record GetJson(@Nullable String file, List<String> reasons) {}

  @Override
  public Integer call() {
    try {
      Names.check("--audience", audience);
    } catch (IllegalArgumentException e) {
      throw new CodedException(Problem.of(ErrorCode.USAGE, String.valueOf(e.getMessage())), e);
    }
    String token = ServerClient.token(requireNonNull(tokenFile));
    HeldIdentity identity = HeldIdentity.of(where.key(), requireNonNull(certificate));
    try (LeaseClient client = new LeaseClient(requireNonNull(url))) {
      return switch (client.ask(
          identity.certificate(), identity.key().signing(), audience, token, Instant.now())) {
        case LeaseAnswer.Granted(String lease) -> {
          write(requireNonNull(out), lease);
          yield 0;
        }
        case LeaseAnswer.Refused(List<Reason> reasons) -> {
          refused(reasons);
          yield 1;
        }
      };
    }
  }

  private void write(Path file, String lease) {
    try {
      DurableFiles.replace(file, (lease + "\n").getBytes(US_ASCII));
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
    if (output.form == OutputOptions.Form.JSON) {
      json(new GetJson(file.toString(), List.of()));
    } else {
      say(surroundings.catalogue(output.language), Reason.of("lease.written", file.toString()));
    }
  }

  private void refused(List<Reason> reasons) {
    if (output.form == OutputOptions.Form.JSON) {
      MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
      json(new GetJson(null, reasons.stream().map(each -> sentence(english, each)).toList()));
      return;
    }
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    say(catalogue, Reason.of("lease.refused"));
    reasons.forEach(
        each -> surroundings.out().println("  " + Problem.printable(sentence(catalogue, each))));
  }

  /** A server may know reasons that this program does not. */
  private static String sentence(MessageCatalogue catalogue, Reason reason) {
    return catalogue.keys().contains(reason.code())
        ? catalogue.say(reason.code(), reason.arguments())
        : reason.code() + " " + String.join(", ", reason.arguments());
  }

  private void say(MessageCatalogue catalogue, Reason reason) {
    surroundings.out().println(Problem.printable(sentence(catalogue, reason)));
  }

  private void json(Object answer) {
    surroundings.out().println(Json.mapper().writeValueAsString(answer));
  }
}
