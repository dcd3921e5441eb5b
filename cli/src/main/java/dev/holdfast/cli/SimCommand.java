package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast sim}: simulated traffic. */
@Command(
    name = "sim",
    description =
        "Makes simulated fleets and what they say, and simulated dossiers; all of it is called"
            + " simulated.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {SimFleetCommand.class, SimDossierCommand.class, SimSuiteCommand.class},
    footer = {"", "Example:", "  holdfast sim fleet --seed 1 --chips 3000 --out fleet"})
final class SimCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
