package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The log's own policy in its folder: a tlog-policy file whose last line is a comment with the
 * SHA-256 of the lines before it, since a changed name would else go unseen.
 */
final class PolicyFile {
  private static final String MARK = "# sha256 ";
  private static final int LAST_LINE = MARK.length() + 64 + 1;

  private PolicyFile() {}

  static byte[] octets(Policy policy) {
    byte[] lines = policy.text().getBytes(StandardCharsets.ISO_8859_1);
    byte[] last =
        (MARK + TreeHasher.plain(lines).hex() + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(lines, lines.length + last.length);
    System.arraycopy(last, 0, all, lines.length, last.length);
    return all;
  }

  /**
   * Reads it.
   *
   * @throws CodedException LOG_DAMAGED where it is not what was written, MALFORMED_POLICY
   */
  static Optional<Policy> read(Disk disk, LogLayout layout) throws IOException {
    Optional<byte[]> octets = disk.read(layout.policy());
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    byte[] all = octets.get();
    byte[] lines = Arrays.copyOf(all, Math.max(0, all.length - LAST_LINE));
    Policy policy = Policy.parse(lines, layout.policy().toString());
    if (!Arrays.equals(octets(policy), all)) {
      throw new CodedException(
          Problem.in(
              layout.policy().toString(),
              ErrorCode.LOG_DAMAGED,
              "it does not hash to what its last line says"));
    }
    return Optional.of(policy);
  }
}
