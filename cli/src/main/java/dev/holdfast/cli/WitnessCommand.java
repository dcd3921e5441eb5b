package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast witness}: cosigns what logs sign, as long as they only grow. */
@Command(
    name = "witness",
    description =
        "A witness of logs (C2SP tlog-witness): cosigns a log's checkpoint only if it continues the"
            + " one that it cosigned before, so that a log cannot show two trees unnoticed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {WitnessInitCommand.class, WitnessServeCommand.class},
    footer = {
      "",
      "Example:",
      "  holdfast witness init --name example.org/witness --key witness.key > witness.vkey",
      "  holdfast witness serve state --key witness.key --log \"$(cat log.vkey)\" --port 7201"
    })
final class WitnessCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: init or serve");
  }
}
