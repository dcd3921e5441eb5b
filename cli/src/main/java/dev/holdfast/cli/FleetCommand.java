package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast fleet}: what a fleet is. */
@Command(
    name = "fleet",
    description = "Declares a fleet to a server.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {FleetDeclareCommand.class, FleetRevocationsCommand.class},
    footer = {
      "",
      "Examples:",
      "  holdfast fleet declare fleet.yaml --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class FleetCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
