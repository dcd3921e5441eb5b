package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.trust.store.ServerClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast token make}: a token for somebody. */
@Command(
    name = "make",
    description =
        "Makes a token and prints its secret, or writes it into a new file of mode 0600. The server"
            + " keeps a hash alone: the secret is nowhere else.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast token make berlin --role auditor --out berlin.token \\",
      "    --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class TokenMakeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ServerAccess access = new ServerAccess();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", description = "whose it is, as the ledger will name the bearer")
  private String name = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "admin, operator, exporter, auditor, landmark or agent")
  private String role = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a new file for the secret; without one it is printed")
  private @Nullable Path out;

  TokenMakeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record TokenJson(String name, String role, @Nullable String token, @Nullable String file) {}

  @Override
  public Integer call() {
    Path file = out;
    if (file != null) {
      AuthorityOutput.requireFresh(file);
    }
    String secret;
    try (ServerClient client = access.client()) {
      secret = client.makeToken(name, role);
      if (file != null) {
        write(file, secret, client);
      }
    }
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              Json.mapper()
                  .writeValueAsString(
                      new TokenJson(
                          name,
                          role,
                          file == null ? secret : null,
                          file == null ? null : file.toString())));
    } else {
      surroundings.out().println(file == null ? secret : "the token is in " + file);
    }
    return 0;
  }

  /** A token whose secret nobody has got counts no longer. */
  private void write(Path file, String secret, ServerClient client) {
    try {
      OwnersFiles.create(file, (secret + "\n").getBytes(UTF_8));
    } catch (CodedException e) {
      client.revokeToken(name);
      throw e;
    }
  }
}
