package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast landmarks}: what concerns landmarks as such. */
@Command(
    name = "landmarks",
    description = "Checks landmarks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = LandmarksAuditCommand.class,
    footer = {
      "",
      "Example:",
      "  holdfast landmarks audit --landmarks landmarks.csv --delays delays.csv"
    })
final class LandmarksCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: audit");
  }
}
