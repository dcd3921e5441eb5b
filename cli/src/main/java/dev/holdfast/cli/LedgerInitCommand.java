package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.store.KeyFiles;
import dev.holdfast.ledger.store.LogFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger init}: makes an empty log and its key. */
@Command(
    name = "init",
    description =
        "Makes an empty log in a new folder, and its Ed25519 key in a new file that only its owner may"
            + " read. Prints the vkey alone: give that to whoever shall check the log.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The key must lie outside of the folder, which is shown to everybody. Nothing is overwritten,",
      "and where the log cannot be made the key is removed again.",
      "",
      "Example:",
      "  holdfast ledger init log --origin example.com/log --key log.key > log.vkey"
    })
final class LedgerInitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of the log; new, or empty")
  private @Nullable Path folder;

  @Option(
      names = "--origin",
      required = true,
      paramLabel = "NAME",
      description =
          "the log's name, never to change, best an address without a scheme that its operator owns:"
              + " no spaces, no plus")
  private @Nullable String origin;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "new file for the private key, outside of DIR")
  private @Nullable Path keyFile;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "tlog-policy: the witnesses that the log shall ask, and the quorum that it aims for")
  private @Nullable Path policyFile;

  @Mixin private final OutputOptions output = new OutputOptions();

  LedgerInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form. */
  record LogJson(String origin, String vkey, String folder) {}

  @Override
  public Integer call() {
    if (folder == null || origin == null || keyFile == null) {
      throw new ParameterException(spec.commandLine(), "DIR, --origin and --key are needed");
    }
    return make(folder, origin, keyFile);
  }

  private int make(Path folder, String origin, Path keyFile) {
    requireOutside(keyFile, folder);
    Optional<Policy> given = Optional.ofNullable(policyFile).map(Policies::read);
    SigningKey key =
        InputFiles.parsed("--origin", () -> KeyFiles.generate(origin, KeyAlgorithm.ED25519_NOTE));
    KeyFiles.write(keyFile, key);
    boolean made = false;
    boolean ours = false;
    try {
      ours = makeFolder(folder);
      LogFolder.create(
          folder,
          List.of(key),
          given.map(policy -> Policies.withLog(policy, key.key())),
          InstantSource.system());
      made = true;
    } finally {
      if (!made) {
        remove(keyFile);
        if (ours) {
          removeAll(folder);
        }
      }
    }
    String vkey = key.key().vkey();
    surroundings
        .out()
        .println(
            output.form == OutputOptions.Form.JSON
                ? Json.mapper().writeValueAsString(new LogJson(origin, vkey, folder.toString()))
                : vkey);
    return 0;
  }

  /** Refuses a key that would be in the log's folder, by whatever way round. */
  private static void requireOutside(Path keyFile, Path folder) {
    try {
      if (real(keyFile).startsWith(real(folder))) {
        throw new CodedException(
            new Problem(
                ErrorCode.BAD_KEY_FILE,
                keyFile.toString(),
                0,
                "--key",
                "it would lie in the log's folder, which is shown to everybody"));
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(keyFile, e);
    }
  }

  /** Where a path leads, links followed as far as there is something. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    if (Files.exists(absolute)) {
      return absolute.toRealPath();
    }
    if (Files.isSymbolicLink(absolute)) {
      // A link to what is not there yet: what it will lead to is what counts.
      return real(absolute.resolveSibling(Files.readSymbolicLink(absolute)));
    }
    Path above = absolute.getParent();
    Path name = absolute.getFileName();
    if (above == null || name == null) {
      return absolute.normalize();
    }
    return real(above).resolve(name).normalize();
  }

  /** Makes the folder; false where there is one already, which is then not ours to remove. */
  private static boolean makeFolder(Path folder) {
    Path above = folder.toAbsolutePath().getParent();
    try {
      if (above != null) {
        Files.createDirectories(above);
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(above, e);
    }
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return false;
      }
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.LOG_EXISTS, "this is a file, not a folder"), e);
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
  }

  private static void removeAll(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }
}
