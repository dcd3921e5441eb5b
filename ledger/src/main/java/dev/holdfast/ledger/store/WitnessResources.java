package dev.holdfast.ledger.store;

import dev.holdfast.ledger.SignedCheckpoint;
import java.util.Optional;

/** A witness over HTTP, whatever the server (C2SP tlog-witness, "HTTP Interface"). */
public final class WitnessResources {
  private static final String CHECKPOINT = "/checkpoint";

  private final Witness witness;

  /** The resources of a witness. */
  public WitnessResources(Witness witness) {
    this.witness = witness;
  }

  /** The answer to a POST to {@code add-checkpoint}. */
  public HttpReply add(byte[] body) {
    WitnessAnswer answer = witness.add(body);
    return HttpReply.of(answer.status(), answer.contentType(), "no-store", answer.body());
  }

  /**
   * The answer to a GET.
   *
   * @param path what follows the monitoring prefix, such as {@code <origin hash>/checkpoint}
   */
  public HttpReply get(String path) {
    Optional<SignedCheckpoint> latest =
        path.endsWith(CHECKPOINT)
            ? witness.latest(path.substring(0, path.length() - CHECKPOINT.length()))
            : Optional.empty();
    return latest
        .map(signed -> HttpReply.of(200, HttpReply.TEXT, "no-cache", signed.octets()))
        .orElseGet(() -> HttpReply.line(404, "the witness has nothing here"));
  }
}
