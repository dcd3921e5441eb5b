package dev.holdfast.cli;

import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.trust.store.ServerClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast token list}: the tokens of a server. */
@Command(
    name = "list",
    description = "Lists the tokens of a server: name, role, and since when; never a secret.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast token list --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class TokenListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ServerAccess access = new ServerAccess();
  @Mixin private final OutputOptions output = new OutputOptions();

  TokenListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record TokensJson(List<TokenJson> tokens) {}

  /** One of them. */
  record TokenJson(String name, String role, String since) {}

  @Override
  public Integer call() {
    List<ServerClient.NamedToken> tokens;
    try (ServerClient client = access.client()) {
      tokens = client.tokens();
    }
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new TokensJson(
                          tokens.stream()
                              .map(each ->
                                  new TokenJson(each.name(), each.role(), each.since().toString()))
                              .toList())));
    } else {
      tokens.forEach(each ->
          surroundings
              .out()
              .println(
                  Problem.printable(each.name())
                      + "  "
                      + each.role()
                      + "  since "
                      + Times.print(each.since())));
    }
    return 0;
  }
}
