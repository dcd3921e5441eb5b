package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.store.KeyFiles;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.ledger.store.LogSettings;
import dev.holdfast.ledger.store.LogWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger append}: puts entries into a log. */
@Command(
    name = "append",
    description =
        "Appends entries to a log: each file is one, or with --lines each line. Prints the index of"
            + " each as soon as it is safe on disk, in the order of the input.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "An entry is at most 65,535 octets; one that is longer is refused and named, the others are",
      "appended. Octets are taken as they are: with --lines an entry is a line without its newline,",
      "and a carriage return before that belongs to it; an empty line is an empty entry; the last",
      "line counts without a newline too. The same octets twice are two entries.",
      "",
      "At the end the log is published: its checkpoint then holds all entries. Standard error says",
      "its size and root, and which witnesses have not cosigned it.",
      "",
      "Exit status 2 if an entry was refused, 3 if the log cannot be written; what was printed is",
      "in the log in any case.",
      "",
      "Examples:",
      "  holdfast ledger append log --key log.key statement.json",
      "  cat statements.ndjson | holdfast ledger append log --key log.key --lines --output json"
    })
final class LedgerAppendCommand implements Callable<Integer> {
  /** Nobody else waits for the publication, so witnesses get more time than a server gives them. */
  private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(10);

  private static final String STANDARD_INPUT = "-";

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "folder of the log")
  private @Nullable Path folder;

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      description = "what to append; - or none for standard input")
  private List<String> files = List.of();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the log's private key")
  private @Nullable Path keyFile;

  @Option(names = "--lines", description = "each line is one entry")
  private boolean lines;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "tlog-policy that replaces the one that the log has: which witnesses it asks")
  private @Nullable Path policyFile;

  @Mixin private final OutputOptions output = new OutputOptions();

  LedgerAppendCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (folder == null || keyFile == null) {
      throw new ParameterException(spec.commandLine(), "DIR and --key are needed");
    }
    return append(folder, KeyFiles.read(keyFile));
  }

  private int append(Path folder, SigningKey key) {
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    LogFolder stored = LogFolder.at(folder);
    Optional<Policy> given =
        Optional.ofNullable(policyFile)
            .map(file -> Policies.withLog(Policies.read(file), key.key()));
    Optional<Policy> policy = given.or(() -> stored(stored, folder));
    AskedWitnesses witnesses = AskedWitnesses.of(policy);
    LogWriter writer =
        LogWriter.open(
            folder,
            List.of(key),
            witnesses.witnesses(),
            LogSettings.defaults().withWitnessPatience(WITNESS_PATIENCE),
            InstantSource.system());
    try (writer) {
      // Only now: whoever may not write may not change the policy either.
      given.ifPresent(each -> store(each, stored, folder));
      appendAll(writer, log);
    }
    SignedCheckpoint published = writer.checkpoint();
    new PublishedText(surroundings, output)
        .print(published, policy, witnesses.troubles(writer.witnessTroubles()));
    return log.finish();
  }

  private void appendAll(LogWriter writer, ProblemLog log) {
    boolean json = output.form == OutputOptions.Form.JSON;
    TreeHasher hasher = new TreeHasher();
    try (Acknowledgements printed = new Acknowledgements(surroundings.out(), log);
        Progress progress = new Progress(surroundings, "Appending", "entries", -1)) {
      long[] count = {0};
      for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
        try {
          read(
              file,
              log,
              entry -> {
                if (printed.stopped()) {
                  throw new StoppedException();
                }
                Hash leafHash = json ? hasher.leaf(entry) : null;
                printed.add(submit(writer, entry), leafHash);
                progress.step(++count[0]);
              });
        } catch (StoppedException e) {
          // The reason is in the log of problems already, from the entry that met it first.
          return;
        } catch (CodedException e) {
          log.add(e.problem());
          if (e.problem().code() == ErrorCode.LOG_STOPPED) {
            return;
          }
        }
      }
    }
  }

  /** Nothing more can be appended. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the log has stopped");
    }
  }

  private static Future<Long> submit(LogWriter writer, byte[] entry) {
    return writer.submit(entry);
  }

  private void read(String file, ProblemLog log, Consumer<byte[]> entries) {
    boolean standard = file.equals(STANDARD_INPUT);
    EntryReader reader = new EntryReader(standard ? "standard input" : file, log, entries);
    try {
      if (standard) {
        read(reader, surroundings.in());
      } else {
        try (InputStream in = BoundedFiles.open(Path.of(file))) {
          read(reader, in);
        }
      }
    } catch (IOException e) {
      throw reader.failed(e);
    }
  }

  private void read(EntryReader reader, InputStream in) throws IOException {
    if (lines) {
      reader.lines(in);
    } else {
      reader.whole(in);
    }
  }

  private static Optional<Policy> stored(LogFolder log, Path folder) {
    try {
      return log.policy();
    } catch (IOException e) {
      throw BoundedFiles.unreadable(folder, e);
    }
  }

  private static void store(Policy policy, LogFolder log, Path folder) {
    try {
      log.setPolicy(policy);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.FILE_UNWRITABLE,
              "the policy cannot be kept: " + String.valueOf(e.getMessage())),
          e);
    }
  }
}
