package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast attest}: what chips, and whatever speaks for them, say of themselves. */
@Command(
    name = "attest",
    description =
        "Checks what chips sign and reads what is said of them, offline: which chip it is, and whether"
            + " its board is still whole.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AttestVerifyCommand.class,
      AttestBoardCommand.class,
      AttestInventoryCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  holdfast attest verify evidence.json",
      "  holdfast attest board january.json july.json",
      "  holdfast attest inventory nvidia-smi.xml"
    })
final class AttestCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed: verify, board or inventory");
  }
}
