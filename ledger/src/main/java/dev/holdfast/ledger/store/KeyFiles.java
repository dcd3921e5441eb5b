package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.KeyFileText;
import dev.holdfast.ledger.SigningKey;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Set;

/**
 * Makes private keys and keeps them in files that nobody but their owner may read.
 *
 * <p>Where the file system has POSIX permissions, a key file has the mode 0600 from its first
 * moment, and one that others may read or write is refused, as ssh does. Where it has none
 * (Windows), the file is set to be its owner's alone by {@link File}, before the secret is in it,
 * as well as the system can; whether others could read it is then <b>not</b> looked at.
 *
 * <p>No message holds any of a secret.
 */
public final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyFiles() {}

  /**
   * A new key, made with the chance of this machine.
   *
   * @param name who signs: for a log its origin
   * @throws CodedException MALFORMED_KEY where it is no name of a key
   */
  public static SigningKey generate(String name, KeyAlgorithm algorithm) {
    try {
      return SigningKey.of(
          name, algorithm, KeyPairGenerator.getInstance(algorithm.jdkName()).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has " + algorithm.jdkName(), e);
    }
  }

  /**
   * Writes a key to a new file, durably.
   *
   * @throws CodedException BAD_KEY_FILE where there is a file already, which is left alone;
   *     FILE_UNWRITABLE
   */
  public static void write(Path file, SigningKey key) {
    byte[] octets = KeyFileText.print(key).getBytes(UTF_8);
    try {
      boolean posix = OwnersFiles.isPosix(file);
      FileAttribute<?>[] attributes =
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[0];
      try (FileChannel channel =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
        fill(file, channel, octets, posix);
      }
      if (posix) {
        new RealDisk().syncFolder(folderOf(file));
      }
    } catch (FileAlreadyExistsException e) {
      throw new CodedException(
          problem(
              file, ErrorCode.BAD_KEY_FILE, "there is a file already; a key is never overwritten"),
          e);
    } catch (IOException e) {
      throw new CodedException(problem(file, ErrorCode.FILE_UNWRITABLE, reason(e)), e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static void fill(Path file, FileChannel channel, byte[] octets, boolean posix)
      throws IOException {
    boolean whole = false;
    try {
      if (!posix) {
        closeToOthers(file.toFile());
      }
      ByteBuffer left = ByteBuffer.wrap(octets);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What the system cannot do of this it answers with false, which changes nothing here. */
  private static void closeToOthers(File file) {
    file.setReadable(false, false);
    file.setReadable(true, true);
    file.setWritable(false, false);
    file.setWritable(true, true);
  }

  /**
   * Reads a key.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_KEY_FILE where group or others
   *     may read or write it, or it is too large or malformed
   */
  public static SigningKey read(Path file) {
    byte[] octets = new byte[0];
    try {
      // Permissions first: a secret that others could have read is not even looked at.
      OwnersFiles.requireOwnersAlone(file);
      try (InputStream in = Files.newInputStream(file)) {
        octets = in.readNBytes(KeyFileText.LARGEST + 1);
      }
      return KeyFileText.parse(octets);
    } catch (NoSuchFileException e) {
      throw new CodedException(problem(file, ErrorCode.FILE_NOT_FOUND, "there is no such file"), e);
    } catch (IOException e) {
      throw new CodedException(problem(file, ErrorCode.FILE_UNREADABLE, reason(e)), e);
    } catch (CodedException e) {
      Problem found = e.problem();
      throw found.source() != null
          ? e
          : new CodedException(
              new Problem(
                  found.code(), file.toString(), found.line(), found.field(), found.reason()),
              e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static Problem problem(Path file, ErrorCode code, String reason) {
    return Problem.in(file.toString(), code, reason);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage());
  }
}
