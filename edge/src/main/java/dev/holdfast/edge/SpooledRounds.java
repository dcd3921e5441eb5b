package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundVerifier;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rounds as spools hold them: statements in folders named {@code statements}, transcripts by their
 * hash in folders named {@code blobs}, anywhere below one folder. So the spools of many landmarks
 * and hosts can lie side by side.
 */
public final class SpooledRounds {
  private final Map<String, Path> blobs = new HashMap<>();
  private final List<Path> statements = new ArrayList<>();

  private SpooledRounds() {}

  /**
   * Finds what lies below a folder.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE
   */
  public static SpooledRounds below(Path folder) {
    SpooledRounds found = new SpooledRounds();
    if (!Files.isDirectory(folder)) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_NOT_FOUND, "there is no such folder"));
    }
    try {
      List<Path> files = new ArrayList<>();
      FileTree.visit(folder, (file, size) -> files.add(file));
      files.stream().sorted().forEach(found::add);
    } catch (IOException e) {
      throw BoundedFiles.unreadable(folder, e);
    }
    return found;
  }

  /** The spool that a statement's file lies in, as far as its place says so. */
  public static Path spoolOf(Path statement) {
    Path folder = statement.toAbsolutePath().normalize().getParent();
    Path above = folder == null ? null : folder.getParent();
    return above != null && nameOf(folder).equals(Spool.STATEMENTS)
        ? above
        : requireNonNull(folder == null ? statement : folder);
  }

  /** Keeps one more statement, wherever its file is. */
  public void addStatement(Path file) {
    if (statements.stream().noneMatch(each -> isSame(each, file))) {
      statements.add(file);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private void add(Path file) {
    String name = String.valueOf(file.getFileName());
    switch (nameOf(file.getParent())) {
      case Spool.STATEMENTS -> {
        if (name.endsWith(".json")) {
          statements.add(file);
        }
      }
      case Spool.BLOBS -> blobs.putIfAbsent(name, file);
      default -> {}
    }
  }

  private static String nameOf(@org.jspecify.annotations.Nullable Path folder) {
    return folder == null ? "" : String.valueOf(folder.getFileName());
  }

  /** How many statements there are. */
  public int size() {
    return statements.size();
  }

  /**
   * Checks all rounds.
   *
   * @param problems hears of each statement that says nothing, by its file
   * @param each is called for each statement that was read, for a sign of progress
   */
  public List<RoundCheck> check(
      CertificateVerifier certificates, Consumer<Problem> problems, Runnable each) {
    RoundVerifier verifier = new RoundVerifier(certificates);
    for (Path file : statements) {
      try {
        verifier.add(BoundedFiles.read(file, Envelope.LONGEST), file.toString());
      } catch (CodedException e) {
        problems.accept(e.problem());
      }
      each.run();
    }
    return verifier.check(this::transcript);
  }

  /** A transcript that cannot be read is as good as none; its round says so. */
  private Optional<byte[]> transcript(Sha256 hash) {
    Path file = blobs.get(hash.hex());
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(BoundedFiles.read(file, Transcript.LONGEST));
    } catch (CodedException e) {
      return Optional.empty();
    }
  }
}
