package dev.holdfast.trust.store;

import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import java.util.List;

/** Where statements go, and before them the octets that they name. */
public interface StatementSink {
  /** Takes octets by their hash. */
  void keep(Sha256 name, byte[] octets);

  /** Takes statements; those of one source come in the order of their numbers. */
  void say(List<Envelope> statements);
}
