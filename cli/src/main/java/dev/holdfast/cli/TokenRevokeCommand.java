package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.trust.store.ServerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast token revoke}: a token that counts no longer. */
@Command(
    name = "revoke",
    description = "Revokes a token by its name; what its bearer said before stays in the ledger.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast token revoke berlin --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class TokenRevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ServerAccess access = new ServerAccess();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", description = "whose it is")
  private String name = "";

  TokenRevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record RevokedJson(String revoked) {}

  @Override
  public Integer call() {
    try (ServerClient client = access.client()) {
      client.revokeToken(name);
    }
    surroundings
        .out()
        .println(
            output.form == OutputOptions.Form.JSON
                ? Json.mapper().writeValueAsString(new RevokedJson(name))
                : "the token of " + Problem.printable(name) + " counts no longer");
    return 0;
  }
}
