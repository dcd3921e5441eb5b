package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast lease}: whether a host may start work now. */
@Command(
    name = "lease",
    description =
        "Gets leases for a host, proves whose they are and checks them. A lease says for an hour at"
            + " most that a host was found where it may be. Without one work is not started; nothing"
            + " that runs is stopped.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      LeaseCheckCommand.class,
      LeaseProveCommand.class,
      LeaseGetCommand.class,
      LeaseRotateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  holdfast lease get --url https://holdfast.example/ --audience slurm.example \\",
      "    --key rack-7.key --certificate rack-7.pem --token-file agent.token --out rack-7.lease",
      "  holdfast lease check --lease rack-7.lease --audience slurm.example --jwks keys.json \\",
      "    --key rack-7.key",
      "  holdfast lease prove --lease rack-7.lease --audience slurm.example --key rack-7.key \\",
      "    --nonce 931d8dd0add203ac"
    })
final class LeaseCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed: check, prove, get or rotate");
  }
}
