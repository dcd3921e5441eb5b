package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast policy export}: the record as files, to be changed. */
@Command(
    name = "export",
    description =
        "Writes the rules, country groups, accelerators and red flags that Holdfast carries into a"
            + " folder, to be changed and given back by --record. A file that is there already is"
            + " left alone, and nothing is written.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast policy export mine; holdfast policy check --record mine"})
final class PolicyExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FOLDER", description = "made where it is not there")
  private Path folder = Path.of("");

  PolicyExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PolicyFiles files = PolicyFiles.builtIn();
    for (String name : PolicyFiles.NAMES) {
      if (Files.exists(folder.resolve(name))) {
        throw new CodedException(
            Problem.in(
                folder.resolve(name).toString(),
                ErrorCode.USAGE,
                "it is there already; nothing was written"));
      }
    }
    for (String name : PolicyFiles.NAMES) {
      Path file = folder.resolve(name);
      try {
        Files.createDirectories(folder);
        Files.write(file, files.octets(name), StandardOpenOption.CREATE_NEW);
      } catch (IOException e) {
        throw InputFiles.unwritable(file, e);
      }
      surroundings.out().println(file);
    }
    return 0;
  }
}
