package dev.holdfast.edge;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.SourceId;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.store.ChainJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Statements and blobs on disk until somebody takes them away, and the chain of what this source
 * has said. One process at a time; for any number of its threads.
 *
 * <p>{@code statements/SOURCE-SEQUENCE.json} holds envelopes, {@code blobs/SHA256} what they name,
 * {@code chain.json} where the own chain ends. A statement is durable here before anybody else sees
 * it, so no number is ever given twice, also after a loss of power. Whoever takes a file away
 * deletes it; {@code chain.json} stays. {@code refused/} holds statements that a server refused.
 */
public final class Spool implements AutoCloseable {
  static final String STATEMENTS = "statements";
  static final String BLOBS = "blobs";
  private static final String CHAIN = "chain.json";
  private static final String REFUSED = "refused";
  private static final int LARGEST_CHAIN = 4096;
  private static final int LARGEST_BLOB = 4 << 20;

  private final Path folder;
  private final SourceId source;
  private final long limit;
  private final FileChannel lock;
  private Chain chain;
  private long size;
  private boolean measured;
  private boolean inDoubt;

  private Spool(Path folder, SourceId source, long limit, FileChannel lock, Chain chain) {
    this.folder = folder;
    this.source = source;
    this.limit = limit;
    this.lock = lock;
    this.chain = chain;
  }

  /**
   * Opens a spool, which is made where it is missing.
   *
   * @param source whose chain it keeps
   * @param limit octets that it may hold
   * @throws CodedException SPOOL_IN_USE, FILE_UNREADABLE or FILE_UNWRITABLE; MALFORMED_STATEMENT
   *     where the chain is damaged or of another source
   */
  public static Spool open(Path folder, SourceId source, long limit) {
    try {
      Files.createDirectories(folder.resolve(STATEMENTS));
      Files.createDirectories(folder.resolve(BLOBS));
      FileChannel lock = lock(folder);
      try {
        removeUnfinished(folder.resolve(STATEMENTS));
        removeUnfinished(folder.resolve(BLOBS));
        return new Spool(folder, source, limit, lock, chain(folder, source));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      channel.close();
      throw new CodedException(
          Problem.in(
              folder.toString(), ErrorCode.SPOOL_IN_USE, "another process works with this spool"));
    }
    return channel;
  }

  private static void removeUnfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(DurableFiles::isUnfinished).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The chain as it was written down, and statements behind it that a crash came after. */
  private static Chain chain(Path folder, SourceId source) throws IOException {
    Path file = folder.resolve(CHAIN);
    Chain chain = Chain.beginning(source);
    if (Files.exists(file)) {
      chain = ChainJson.read(BoundedFiles.read(file, LARGEST_CHAIN), file.toString());
    }
    if (!chain.source().equals(source)) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.MALFORMED_STATEMENT,
              "it is the chain of " + Problem.quote(chain.source().value())));
    }
    for (Path next = file(folder, source, chain.length() + 1);
        Files.exists(next);
        next = file(folder, source, chain.length() + 1)) {
      Envelope envelope =
          Envelope.parse(BoundedFiles.read(next, Envelope.LONGEST), next.toString());
      chain = Chain.after(Statement.parse(envelope.payload(), next.toString()));
    }
    return chain;
  }

  /**
   * Signs the next statement of this source and keeps it.
   *
   * @throws CodedException SPOOL_FULL, FILE_UNWRITABLE; then nothing was said
   */
  public synchronized SignedStatement say(
      StatementSigner signer, StatementType type, Instant time, Content content) {
    requireRoom();
    try {
      if (inDoubt) {
        // A write that failed may have left a statement behind: its number is taken.
        chain = chain(folder, source);
      }
      inDoubt = true;
      SignedStatement signed = signer.sign(chain, type, time, content, this::blob);
      write(file(folder, source, signed.statement().sequence()), signed.envelope().octets());
      // From here on the number is taken, even if the next line fails.
      chain = signed.next();
      DurableFiles.replace(folder.resolve(CHAIN), ChainJson.print(chain));
      inDoubt = false;
      return signed;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Keeps a statement of another source; the same again changes nothing. */
  public synchronized void keep(Statement statement, Envelope envelope) {
    requireRoom();
    try {
      write(file(folder, statement.source(), statement.sequence()), envelope.octets());
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Keeps octets under their hash. */
  public synchronized void keep(byte[] octets) {
    requireRoom();
    try {
      blob(Sha256.of(octets), octets);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private void blob(Sha256 name, byte[] octets) throws IOException {
    write(folder.resolve(BLOBS).resolve(name.hex()), octets);
  }

  private void write(Path file, byte[] octets) throws IOException {
    DurableFiles.replace(file, octets);
    size += octets.length;
  }

  /** Others take files away, so the size is looked up again once it seems too large. */
  private void requireRoom() {
    if (!measured || size > limit) {
      try {
        long[] sum = {0};
        FileTree.visit(folder, (file, octets) -> sum[0] += octets);
        size = sum[0];
        measured = true;
      } catch (IOException e) {
        throw failed(folder, e);
      }
    }
    if (size > limit) {
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.SPOOL_FULL,
              "it holds " + size + " octets, more than " + limit + "; nobody takes them away"));
    }
  }

  private static Path file(Path folder, SourceId source, long sequence) {
    String safe = source.value().replaceAll("[^A-Za-z0-9._-]", "_");
    String hash = Sha256.of(source.value().getBytes(StandardCharsets.UTF_8)).hex();
    return folder
        .resolve(STATEMENTS)
        .resolve(
            String.format(
                Locale.ROOT,
                "%s.%s-%020d.json",
                safe.substring(0, Math.min(safe.length(), 80)),
                hash.substring(0, 8),
                sequence));
  }

  private static CodedException failed(Path folder, IOException e) {
    return new CodedException(
        Problem.in(
            folder.toString(),
            ErrorCode.FILE_UNWRITABLE,
            e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  /**
   * A statement that nobody has taken yet.
   *
   * @param blobs what it names
   */
  record Waiting(Path file, Envelope envelope, List<Sha256> blobs) {}

  /**
   * The oldest statements of each source that wait, some of them.
   *
   * <p>A statement whose number may not be written down yet is none of them: it must not leave
   * before.
   */
  synchronized List<Waiting> waiting(int most) {
    if (inDoubt) {
      return List.of();
    }
    List<Waiting> waiting = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(STATEMENTS))) {
      for (Path file :
          files.filter(file -> file.toString().endsWith(".json")).sorted().limit(most).toList()) {
        Envelope envelope =
            Envelope.parse(BoundedFiles.read(file, Envelope.LONGEST), file.toString());
        waiting.add(new Waiting(file, envelope, named(envelope, file.toString())));
      }
      return waiting;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static List<Sha256> named(Envelope envelope, String source) {
    Statement statement = Statement.parse(envelope.payload(), source);
    if (statement.content() instanceof Content.Blob blob) {
      return List.of(blob.reference().sha256());
    }
    return statement.type().equals(RoundsStatement.TYPE)
        ? RoundsStatement.read(statement, source).rounds().stream()
            .map(round -> round.transcript().sha256())
            .toList()
        : List.of();
  }

  /** The octets of a blob that it keeps. */
  synchronized Optional<byte[]> blob(Sha256 name) {
    Path file = folder.resolve(BLOBS).resolve(name.hex());
    return Files.exists(file)
        ? Optional.of(BoundedFiles.read(file, LARGEST_BLOB))
        : Optional.empty();
  }

  /** Somebody has taken a statement and what it names: they go. */
  synchronized void taken(Waiting statement) {
    try {
      Files.deleteIfExists(statement.file());
      for (Sha256 name : statement.blobs()) {
        Files.deleteIfExists(folder.resolve(BLOBS).resolve(name.hex()));
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Somebody refused a statement: it is laid aside, with what it names. */
  synchronized void refused(Waiting statement) {
    move(statement.file(), folder.resolve(REFUSED));
  }

  /** Puts what was laid aside back. */
  synchronized void tryRefusedAgain() {
    Path refused = folder.resolve(REFUSED);
    if (!Files.isDirectory(refused)) {
      return;
    }
    try (Stream<Path> files = Files.list(refused)) {
      files.toList().forEach(file -> move(file, folder.resolve(STATEMENTS)));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private void move(Path file, Path to) {
    try {
      Files.createDirectories(to);
      Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Lets go of the folder. */
  @Override
  public synchronized void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }
}
