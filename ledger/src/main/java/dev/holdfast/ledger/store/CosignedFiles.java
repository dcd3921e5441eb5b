package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The memory of a witness: for each log the checkpoint that it cosigned last, in a file named by
 * the SHA-256 of the log's origin.
 *
 * <p>The first line of a file is the SHA-256 of the rest, a signed checkpoint; a file that does not
 * agree with itself is damaged and never taken for none.
 */
final class CosignedFiles {
  private static final String MARK = "sha256 ";
  private static final int FIRST_LINE = MARK.length() + 64 + 1;

  private final Disk disk;
  private final Path folder;
  private final WholeFiles files;

  private CosignedFiles(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
    this.files = new WholeFiles(disk, folder.resolve("tmp"));
  }

  /** Opens a folder that exists, with all that it shows made durable. */
  static CosignedFiles open(Disk disk, Path folder) throws IOException {
    disk.createFolder(folder.resolve("tmp"));
    CosignedFiles opened = new CosignedFiles(disk, folder);
    opened.files.clean();
    // A process that was killed may have left a name that a power cut would still take back.
    disk.syncFolder(folder);
    return opened;
  }

  /** The SHA-256 of a log's name, in lower-case hexadecimal digits. */
  static String originHash(String origin) {
    return TreeHasher.plain(origin.getBytes(UTF_8)).hex();
  }

  /**
   * The checkpoint cosigned last, or empty where there is none.
   *
   * @throws CodedException LOG_DAMAGED
   */
  Optional<SignedCheckpoint> read(String origin) throws IOException {
    Path file = folder.resolve(originHash(origin));
    Optional<byte[]> octets = disk.read(file);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    byte[] all = octets.get();
    byte[] note = Arrays.copyOfRange(all, Math.min(FIRST_LINE, all.length), all.length);
    if (!Arrays.equals(all, octets(note))) {
      throw damaged(file, "it does not hash to what its first line says");
    }
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(note);
    } catch (CodedException e) {
      throw damaged(file, e.problem().reason());
    }
    if (!signed.checkpoint().origin().equals(origin)) {
      throw damaged(file, "it is of the log " + Problem.quote(signed.checkpoint().origin()));
    }
    return Optional.of(signed);
  }

  /** Replaces it, durably, when this returns; when it throws, nobody knows. */
  void write(SignedCheckpoint signed) throws IOException {
    files.write(folder.resolve(originHash(signed.checkpoint().origin())), octets(signed.octets()));
    disk.syncFolder(folder);
  }

  private static byte[] octets(byte[] note) {
    byte[] first = (MARK + TreeHasher.plain(note).hex() + "\n").getBytes(US_ASCII);
    byte[] all = Arrays.copyOf(first, first.length + note.length);
    System.arraycopy(note, 0, all, first.length, note.length);
    return all;
  }

  private static CodedException damaged(Path file, String reason) {
    return new CodedException(Problem.in(file.toString(), ErrorCode.LOG_DAMAGED, reason));
  }
}
