package dev.holdfast.trust;

import java.io.IOException;

/** Where contents go that are too large for an envelope: a store of blobs by hash. */
@FunctionalInterface
public interface LargePayloads {
  /**
   * Keeps octets so that they survive a crash. Called before the statement that names them is
   * signed, so that no signed statement ever names what was not kept.
   *
   * @throws IOException where they could not be kept; then nothing is signed
   */
  void keep(Sha256 name, byte[] octets) throws IOException;
}
