package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Real files of accelerators that the project does not carry. */
final class SharedGpu {
  static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  private SharedGpu() {}

  static byte[] octets(String name) {
    return Captures.read("attestation/" + name);
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
