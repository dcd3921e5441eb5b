package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast fleet revocations}: which certificates count no longer. */
@Command(
    name = "revocations",
    description =
        "Hands an authority's list of revoked certificates to a server: from then on they count no"
            + " longer, and verdicts say how old the list is.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast fleet revocations ca/revocations.pem --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class FleetRevocationsCommand implements Callable<Integer> {
  private static final int LONGEST = 30_000;

  private final Surroundings surroundings;

  @Mixin private final ServerAccess access = new ServerAccess();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "the list in PEM, as authority revoke writes it")
  private Path file = Path.of("");

  @Option(
      names = "--devices",
      description =
          "it is a manufacturer's, about its chips, PEM or DER: it counts where a chip's chain holds"
              + " the key that signed it")
  private boolean devices;

  FleetRevocationsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record TakenJson(List<Long> entries) {}

  @Override
  public Integer call() {
    List<Long> entries = new ArrayList<>();
    try (ServerClient client = access.client()) {
      if (devices) {
        entries.add(client.revokeDevices(BoundedFiles.read(file, LONGEST)));
      } else {
        for (byte[] list : TrustFiles.revocations(file)) {
          entries.add(client.revoke(list));
        }
      }
    }
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(Json.mapper().writeValueAsString(new TakenJson(entries)));
    } else {
      entries.forEach(
          entry -> surroundings.out().println("the list is in entry " + entry + " of the ledger"));
    }
    return 0;
  }
}
