package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

/**
 * What a reflector keeps of one session: its key, its own next sequence number, and which
 * challenges it has seen.
 *
 * <p>Stateful as RFC 8762 section 4.3 allows: its own numbers begin at a random one and grow by one
 * with each answer. Belongs to one thread, but for the log of what was answered.
 */
public class ReflectorSession {
  private final int ssid;
  private final StampMac mac;
  private final AnsweredLog answered = new AnsweredLog();
  private int nextSequence;
  private int highest;
  private long seen;

  /**
   * A session.
   *
   * @param ssid the sender's id of it, 16 bits
   * @param mac under the session key; for this session alone
   * @param firstSequence the first own number, random
   */
  public ReflectorSession(int ssid, StampMac mac, int firstSequence) {
    if (ssid < 0 || ssid > 0xFFFF) {
      throw new IllegalArgumentException("a session-sender id has 16 bits");
    }
    this.ssid = ssid;
    this.mac = requireNonNull(mac, "mac");
    this.nextSequence = firstSequence;
  }

  /** The sender's id of the session. */
  public int ssid() {
    return ssid;
  }

  /** What was answered lately. */
  public AnsweredLog answered() {
    return answered;
  }

  StampMac mac() {
    return mac;
  }

  int takeSequence(int unlike) {
    int taken = nextSequence++;
    // An answer may not have the challenge's number; the sender would refuse it.
    return taken == unlike ? nextSequence++ : taken;
  }

  /** Whether a challenge with this number is new, and notes it. Asked once its HMAC was good. */
  boolean isNew(int sequence) {
    if (!ReplayWindow.isNew(highest, seen, sequence)) {
      return false;
    }
    long now = ReplayWindow.seen(highest, seen, sequence);
    highest = ReplayWindow.highest(highest, seen, sequence);
    seen = now;
    return true;
  }
}
