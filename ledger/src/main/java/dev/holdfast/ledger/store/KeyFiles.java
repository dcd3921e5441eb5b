package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.KeyFileText;
import dev.holdfast.ledger.SigningKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;

/** Makes private keys and keeps them in {@linkplain OwnersFiles files of their owner alone}. */
public final class KeyFiles {
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
      OwnersFiles.create(file, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Reads a key.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_KEY_FILE where group or others
   *     may read or write it, or it is too large or malformed
   */
  public static SigningKey read(Path file) {
    byte[] octets = OwnersFiles.read(file, KeyFileText.LARGEST);
    try {
      return KeyFileText.parse(octets);
    } catch (CodedException e) {
      Problem found = e.problem();
      throw new CodedException(
          new Problem(found.code(), file.toString(), found.line(), found.field(), found.reason()),
          e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
