package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;

/**
 * What a round and its countersignature agree on: one transcript, of one session, between one key
 * of a landmark and one key of a host under its name. The same transcript stated by two landmarks
 * is two rounds, of which one is a lie.
 */
record RoundName(
    Sha256 transcript, SessionId session, KeyId landmarkKey, KeyId hostKey, String host) {
  RoundName {
    requireNonNull(transcript, "transcript");
    requireNonNull(session, "session");
    requireNonNull(landmarkKey, "landmarkKey");
    requireNonNull(hostKey, "hostKey");
    requireNonNull(host, "host");
  }
}
