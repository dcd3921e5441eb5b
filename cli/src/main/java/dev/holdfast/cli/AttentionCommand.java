package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast attention}: long texts are read by their relevant part. */
@Command(
    name = "attention",
    description =
        "Reads long texts by the part that matters, and shows what that costs and misses.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {AttentionCompareCommand.class},
    footer = {
      "",
      "Examples:",
      "  holdfast attention compare dossier/passages --question \"Who signed?\""
    })
final class AttentionCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: compare");
  }
}
