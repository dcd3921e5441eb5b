package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Questions under a session key that ask for a diagnosis: a {@link Challenge} with Location and
 * Timestamp Information TLVs between nonce and HMAC TLV, 208 octets.
 *
 * <p>An answer is checked as that of a challenge, so that only a holder of the key can have made
 * it, after the question came. But since it is longer, no round and no transcript takes it in, and
 * no reflector of ours countersigns it.
 */
public final class KeyedQuestions implements Questions {
  private static final int LOCATION = Challenge.MAC_TLV;
  private static final int STAMPS = LOCATION + Location.LENGTH;
  private static final int MAC_TLV = STAMPS + TimestampInformation.LENGTH;
  private static final int LENGTH = MAC_TLV + Layout.TLV_HEAD + StampMac.LENGTH;

  private final int ssid;
  private final StampMac mac;
  private final RandomGenerator secret;

  /**
   * Questions of one session.
   *
   * @param ssid the session, 1 to 65,535
   * @param mac under the session key; for these questions alone
   * @param secret draws nonces; nobody else may be able to guess them
   */
  public KeyedQuestions(int ssid, StampMac mac, RandomGenerator secret) {
    if (ssid < 1 || ssid > 0xFFFF) {
      throw new IllegalArgumentException("a session-sender id is 1 to 65,535");
    }
    this.ssid = ssid;
    this.mac = requireNonNull(mac, "mac");
    this.secret = requireNonNull(secret, "secret");
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public boolean keyed() {
    return true;
  }

  @Override
  public byte[] write(int sequence, StampTimestamp timestamp) {
    byte[] nonce = new byte[Nonce.LENGTH];
    secret.nextBytes(nonce);
    byte[] packet = new byte[LENGTH];
    new Challenge(ssid, sequence, timestamp, ErrorEstimate.UNKNOWN, Nonce.copyOf(nonce, 0))
        .write(packet, 0, mac);
    Location.ask(packet, LOCATION);
    TimestampInformation.ask(packet, STAMPS);
    Tlvs.ask(packet, MAC_TLV, Layout.HMAC_TLV, StampMac.LENGTH);
    mac.tag(
        packet,
        Layout.SEQUENCE,
        4,
        Layout.BASE,
        MAC_TLV - Layout.BASE,
        packet,
        MAC_TLV + Layout.TLV_HEAD);
    return packet;
  }

  @Override
  public int shortestAnswer() {
    return Layout.BASE;
  }

  @Override
  public int answered(byte[] answer) {
    return ReplyChecker.answeredSequence(answer);
  }

  @Override
  public @Nullable Refusal refusal(byte[] question, byte[] answer, int length) {
    Challenge sent =
        new Challenge(
            ssid,
            sequenceAt(question, 0),
            new StampTimestamp(Octets.longInteger(question, Layout.TIMESTAMP)),
            ErrorEstimate.UNKNOWN,
            Nonce.copyOf(question, Challenge.NONCE));
    return ReplyChecker.check(sent, answer, length, mac, MAC_TLV)
            instanceof ReplyCheck.Refused(Refusal why)
        ? why
        : null;
  }

  @Override
  public Timings.Answer answer(int number, long roundTripNanoseconds, byte[] answer, int length) {
    return new Timings.Answer(
        number,
        roundTripNanoseconds,
        ReflectorWord.of(answer),
        Diagnosis.read(answer, Layout.BASE, length));
  }
}
