package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Real files of accelerators that the project does not carry. */
final class SharedGpu {
  static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  private SharedGpu() {}

  static byte[] octets(String name) {
    Path file =
        Path.of(System.getProperty("holdfast.shared", "../shared"), "data", "gpu", "attestation")
            .resolve(name);
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A report that lies there in hexadecimal digits. */
  static byte[] report(String name) {
    return HexFormat.of().parseHex(new String(octets(name), US_ASCII).strip());
  }

  static List<EvidenceFile.Piece> pieces(String name) {
    return ((EvidenceFile.Evidence) EvidenceFile.read(octets(name), name)).pieces();
  }

  static EvidenceVerifier verifier() {
    return new EvidenceVerifier(DeviceRoots.ofNvidia(), DeviceRevocations.NONE);
  }
}
