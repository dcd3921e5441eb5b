package dev.holdfast.probe.net;

import java.util.Locale;

/** Why a reflector did not answer a packet. */
public enum Silence {
  /** Longer than any packet it answers. */
  TOO_LONG,
  /** Of no session with that sender, and plain mode is not allowed or the packet too short. */
  NO_SESSION,
  /** Of a session, but its HMAC is wrong, it came before, or it is too old. */
  NOT_AUTHENTIC,
  /** The session, or the source in plain mode, had all its answers for this second. */
  LIMITED,
  /** The answer did not go. */
  NOT_SENT;

  /** The stable word of logs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
