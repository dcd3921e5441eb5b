package dev.holdfast.cli;

import dev.holdfast.attest.Inventories;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast attest inventory}: what inventories of other tools say. */
@Command(
    name = "inventory",
    description =
        "Reads inventories as other tools write them: the XML of nvidia-smi -q -x, the JSON of"
            + " NVIDIA's Fleet Intelligence agent, resources of Redfish, and Holdfast's own form."
            + " What they say is somebody's word and no proof.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "A file that is none of them is named with the reason (exit status 2); the others are read.",
      "",
      "Examples:",
      "  nvidia-smi -q -x >rack-7.xml; holdfast attest inventory rack-7.xml",
      "  holdfast attest inventory --output json nodes/*.json"
    })
final class AttestInventoryCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "inventories, of any form each")
  private List<Path> files = List.of();

  @Mixin private final OutputOptions output = new OutputOptions();

  AttestInventoryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    InventoryText text = new InventoryText(surroundings.catalogue(output.language));
    boolean first = true;
    for (Path file : files) {
      try {
        Inventories.Read read =
            Inventories.read(BoundedFiles.read(file, Inventories.LONGEST), file.toString());
        if (output.form == OutputOptions.Form.TEXT && !first) {
          surroundings.out().println();
        }
        print(file, read, text);
        first = false;
      } catch (CodedException e) {
        log.add(e.problem());
      }
    }
    return log.finish();
  }

  private void print(Path file, Inventories.Read read, InventoryText text) {
    if (output.form == OutputOptions.Form.JSON) {
      surroundings
          .out()
          .println(
              InventoryText.json(
                  read.inventory(),
                  Map.of("file", file.toString(), "format", read.format().word())));
      return;
    }
    text.ofFile(read, file).forEach(surroundings.out()::println);
  }
}
