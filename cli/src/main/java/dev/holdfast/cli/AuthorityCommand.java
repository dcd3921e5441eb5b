package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast authority}: who may take part. */
@Command(
    name = "authority",
    description =
        "Says who may take part: certifies the keys of hosts and landmarks, states where landmarks"
            + " stand, and revokes. Whoever checks rounds chooses which authorities to believe.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AuthorityInitCommand.class,
      AuthorityEnrolCommand.class,
      AuthorityPositionCommand.class,
      AuthorityRenewCommand.class,
      AuthorityRevokeCommand.class,
      AuthorityRequestCommand.class
    },
    footer = {
      "",
      "Example:",
      "  holdfast authority init ca --name 'Example operators'",
      "  holdfast authority enrol ca --role landmark --name fra-1 --operator north \\",
      "    --latitude 50.11 --longitude 8.68 --out fra-1",
      "  holdfast authority enrol ca --role host --name rack-7 --out rack-7"
    })
final class AuthorityCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
