package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.VerifierKey;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A writer in a process of its own, to be killed. What it says on its output is said only when it
 * is so: a line is handed to the system at once.
 */
final class ChildWriter {
  private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);

  private ChildWriter() {}

  /** Writes {@link TestLogs#KEY} where a child can read it. */
  static Path writeKey(Path temporary) throws IOException {
    String text =
        TestLogs.KEY.key().vkey()
            + "\n"
            + Base64.getEncoder().encodeToString(TestLogs.KEY.pkcs8())
            + "\n";
    return Files.writeString(temporary.resolve("key"), text);
  }

  /** What to do, the log, the key; then what the task wants. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    List<String> key = Files.readAllLines(Path.of(arguments[2]));
    SigningKey signer =
        SigningKey.of(VerifierKey.parse(key.get(0)), Base64.getDecoder().decode(key.get(1)));
    if (signer.key().algorithm() != KeyAlgorithm.ED25519_NOTE) {
      throw new IllegalArgumentException("not a key of a log");
    }
    switch (arguments[0]) {
      case "hold" -> hold(folder, signer);
      case "append" -> append(folder, signer, Long.parseLong(arguments[3]));
      case "fill" -> fill(folder, signer);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static LogWriter open(Path folder, SigningKey signer) {
    return LogWriter.open(
        folder, List.of(signer), Witnesses.none(), RealLogs.QUICK, InstantSource.system());
  }

  private static void hold(Path folder, SigningKey signer) throws InterruptedException {
    try {
      LogWriter writer = open(folder, signer);
      say("open " + writer.checkpoint().checkpoint().size());
      TimeUnit.HOURS.sleep(1);
    } catch (CodedException e) {
      say("refused " + e.problem().code().code() + " " + e.problem().reason());
    }
  }

  /** Many callers, until the end. */
  private static void append(Path folder, SigningKey signer, long seed)
      throws InterruptedException {
    say("opening");
    LogWriter writer = open(folder, signer);
    say("open " + writer.checkpoint().checkpoint().size());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 48; i++) {
      SplittableRandom own = random.split();
      Thread.startVirtualThread(() -> call(writer, own));
    }
    TimeUnit.HOURS.sleep(1);
  }

  private static void call(LogWriter writer, SplittableRandom random) {
    while (true) {
      byte[] entry = RealLogs.random(random, random.nextInt(8) == 0 ? random.nextInt(9000) : 40);
      acknowledged(writer.append(entry), entry);
      if (random.nextInt(4) == 0) {
        try {
          long size = writer.awaitPublished(0).checkpoint().size();
          TimeUnit.MILLISECONDS.sleep(size % 3);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  /**
   * On a small disk with a file {@code ballast} beside the log: appends until the disk is full,
   * takes the file away, and does the same again.
   */
  private static void fill(Path folder, SigningKey signer) throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    Path ballast = folder.resolveSibling("ballast");
    Files.write(ballast, new byte[8 << 20]);
    LogFolder.create(folder, List.of(signer), Optional.empty(), InstantSource.system());
    for (int round = 0; round < 2; round++) {
      LogWriter writer = open(folder, signer);
      say("open " + writer.checkpoint().checkpoint().size());
      try {
        while (true) {
          byte[] entry = RealLogs.random(random, 4000);
          acknowledged(writer.append(entry), entry);
        }
      } catch (CodedException e) {
        say("stopped " + e.problem().code().code() + " " + e.problem().reason());
      }
      try {
        writer.close();
        say("closed without a word");
      } catch (CodedException e) {
        say("closing " + e.problem().code().code());
      }
      tryToOpen(folder, signer);
      Files.deleteIfExists(ballast);
    }
  }

  /** While the disk is full: it opens or says why not, and harms nothing. */
  private static void tryToOpen(Path folder, SigningKey signer) {
    try {
      open(folder, signer).close();
      say("opened on a full disk");
    } catch (CodedException e) {
      say("not opened " + e.problem().code().code() + " " + e.problem().reason());
    }
  }

  private static void acknowledged(long index, byte[] entry) {
    say(index + " " + TreeHasher.plain(entry).hex());
  }

  private static synchronized void say(String line) {
    try {
      OUTPUT.write((line + "\n").getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
