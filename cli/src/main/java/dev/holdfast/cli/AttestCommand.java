package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast attest}: what chips, and whatever speaks for them, say of themselves. */
@Command(
    name = "attest",
    description = "Reads what is said of chips, offline.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = AttestInventoryCommand.class,
    footer = {"", "Example:", "  holdfast attest inventory nvidia-smi.xml"})
final class AttestCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
