package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast token}: who may use a server. */
@Command(
    name = "token",
    description = "Makes, lists and revokes the tokens of a server.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {TokenMakeCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
    footer = {
      "",
      "Examples:",
      "  holdfast token make berlin --role auditor --out berlin.token \\",
      "    --server http://127.0.0.1:7400/ --token-file admin.token",
      "  holdfast token list --server http://127.0.0.1:7400/ --token-file admin.token",
      "  holdfast token revoke berlin --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class TokenCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
