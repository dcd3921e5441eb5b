package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast lease prove}: that this host has the key of a lease. */
@Command(
    name = "prove",
    description =
        "Answers a relying party's nonce with the host's key and prints the proof, which is good for"
            + " two minutes, for that lease, that audience and that nonce.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast lease prove --lease rack-7.lease --audience slurm.example --key rack-7.key \\",
      "    --nonce 931d8dd0add203ac"
    })
final class LeaseProveCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--lease", required = true, paramLabel = "FILE", description = "the lease")
  private @Nullable Path lease;

  @Option(names = "--audience", required = true, paramLabel = "A", description = "who asked")
  private String audience = "";

  @Option(
      names = "--nonce",
      required = true,
      paramLabel = "N",
      description = "what the audience asked with, 8 to 88 octets")
  private String nonce = "";

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private HostKeyOptions where;

  LeaseProveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings
        .out()
        .println(
            LeaseFile.proof(LeaseFile.read(requireNonNull(lease)), audience, nonce)
                .sign(where.key().signing()));
    return 0;
  }
}
