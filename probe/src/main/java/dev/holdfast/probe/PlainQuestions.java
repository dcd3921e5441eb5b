package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Questions of the unauthenticated mode (RFC 8762 section 4.2.1), which anybody can answer, and
 * before they came.
 *
 * @param diagnosing whether Location and Timestamp Information TLVs go with them; 100 octets then,
 *     not 44
 */
public record PlainQuestions(boolean diagnosing) implements Questions {
  private static final int LOCATION = PlainStamp.LENGTH;
  private static final int STAMPS = LOCATION + Location.LENGTH;

  @Override
  public int length() {
    return diagnosing ? STAMPS + TimestampInformation.LENGTH : PlainStamp.LENGTH;
  }

  @Override
  public boolean keyed() {
    return false;
  }

  @Override
  public byte[] write(int sequence, StampTimestamp timestamp) {
    byte[] packet = new byte[length()];
    PlainStamp.write(packet, sequence, timestamp, 0);
    if (diagnosing) {
      Location.ask(packet, LOCATION);
      TimestampInformation.ask(packet, STAMPS);
    }
    return packet;
  }

  @Override
  public int shortestAnswer() {
    return PlainStamp.LENGTH;
  }

  @Override
  public int answered(byte[] answer) {
    return read(answer, PlainStamp.LENGTH).answered();
  }

  private static PlainStamp.Reply read(byte[] answer, int length) {
    return requireNonNull(PlainStamp.read(answer, length), "an answer has 44 octets");
  }

  @Override
  public @Nullable Refusal refusal(byte[] question, byte[] answer, int length) {
    return read(answer, length).sent().equals(PlainStamp.timestampOf(question))
        ? null
        : Refusal.OTHER_TIMESTAMP;
  }

  @Override
  public Timings.Answer answer(int number, long roundTripNanoseconds, byte[] answer, int length) {
    Diagnosis diagnosis = diagnosing ? Diagnosis.read(answer, PlainStamp.LENGTH, length) : null;
    return new Timings.Answer(number, roundTripNanoseconds, read(answer, length).word(), diagnosis);
  }
}
