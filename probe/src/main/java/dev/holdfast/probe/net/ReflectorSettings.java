package dev.holdfast.probe.net;

/**
 * How a reflector behaves.
 *
 * @param spinning whether its thread never sleeps: answers leave earlier, a core is never free
 * @param plain whether unauthenticated packets are answered; they bound nothing
 * @param perSession answers a second in one session
 * @param perSource answers a second to one source address in plain mode
 * @param telling whether Location and Timestamp Information TLVs are answered with what is seen, or
 *     with zeroes (RFC 8972 section 4.2.2 asks for this choice)
 */
public record ReflectorSettings(
    boolean spinning, boolean plain, int perSession, int perSource, boolean telling) {
  private static final int MOST = 1_000_000;

  public ReflectorSettings {
    if (perSession < 1 || perSession > MOST || perSource < 1 || perSource > MOST) {
      throw new IllegalArgumentException("a limit is 1 to 1,000,000 a second");
    }
  }

  /** Sleeping, keyed packets only, 2,000 answers a second in a session. */
  public static ReflectorSettings defaults() {
    return new ReflectorSettings(false, false, 2_000, 100, true);
  }

  /** The same, sleeping or not. */
  public ReflectorSettings withSpinning(boolean spins) {
    return new ReflectorSettings(spins, plain, perSession, perSource, telling);
  }

  /** The same, answering unauthenticated packets or not. */
  public ReflectorSettings withPlain(boolean answers) {
    return new ReflectorSettings(spinning, answers, perSession, perSource, telling);
  }

  /** The same, telling what it sees to those who ask, or not. */
  public ReflectorSettings withTelling(boolean tells) {
    return new ReflectorSettings(spinning, plain, perSession, perSource, tells);
  }
}
