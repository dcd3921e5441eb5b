package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast policy}: may this chip go there, on that day, and why. */
@Command(
    name = "policy",
    description =
        "Says whether an accelerator may go to a place on a day by the export rules of the United"
            + " States, as they stood and as they were known, and cites what decides. It supports"
            + " legal advice and does not replace it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      PolicyDecideCommand.class,
      PolicyReplayCommand.class,
      PolicyExplainCommand.class,
      PolicyCheckCommand.class,
      PolicyCatalogueCommand.class,
      PolicyExportCommand.class
    },
    footer = {
      "",
      "Rules, country groups and accelerators are data: docs/policy.md says how to change them.",
      "",
      "Examples:",
      "  holdfast policy decide --item H200 --to CN --date 2026-02-01",
      "  holdfast policy explain H200RULE",
      "  holdfast policy check"
    })
final class PolicyCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed: decide, replay, explain, check, catalogue or export");
  }
}
