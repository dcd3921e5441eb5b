package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.store.ServerClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast fleet declare}: a fleet from a file. */
@Command(
    name = "declare",
    description =
        "Declares parties, authorities, sites, hosts, chips and landmarks from a file of YAML, JSON or"
            + " CSV, by its ending. The server signs that this token's bearer said so.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  holdfast fleet declare fleet.yaml --server http://127.0.0.1:7400/ --token-file admin.token"
    })
final class FleetDeclareCommand implements Callable<Integer> {
  private static final int LARGEST = 32 << 20;

  private final Surroundings surroundings;

  @Mixin private final ServerAccess access = new ServerAccess();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "ends in .yaml, .yml, .json or .csv")
  private Path file = Path.of("");

  FleetDeclareCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record DeclaredJson(List<Long> entries) {}

  @Override
  public Integer call() {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String type =
        name.endsWith(".csv")
            ? "text/csv"
            : name.endsWith(".json")
                ? "application/json"
                : name.endsWith(".yaml") || name.endsWith(".yml") ? "application/yaml" : "";
    if (type.isEmpty()) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.USAGE, "it ends in none of .yaml, .json, .csv"));
    }
    List<Long> entries;
    try (ServerClient client = access.client()) {
      entries = client.declare(BoundedFiles.read(file, LARGEST), type);
    }
    surroundings
        .out()
        .println(
            output.form == OutputOptions.Form.JSON
                ? Json.mapper().writeValueAsString(new DeclaredJson(entries))
                : "declared, in "
                    + (entries.size() == 1
                        ? "entry " + entries.getFirst()
                        : entries.size()
                            + " entries from "
                            + entries.getFirst()
                            + " to "
                            + entries.getLast())
                    + " of the ledger");
    return 0;
  }
}
