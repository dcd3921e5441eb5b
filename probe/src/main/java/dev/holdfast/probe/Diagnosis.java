package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a reflector says of the way and of its clock where it was asked for it: its word, which
 * bounds nothing and shortens no bound.
 *
 * @param location where it saw the challenge come from and go to
 * @param stamps how it takes its stamps
 */
public record Diagnosis(Told<Location> location, Told<TimestampInformation> stamps) {
  public Diagnosis {
    requireNonNull(location, "location");
    requireNonNull(stamps, "stamps");
  }

  private static Diagnosis nothing(Told.Reason why) {
    return new Diagnosis(new Told.Unsaid<>(why), new Told.Unsaid<>(why));
  }

  /**
   * Reads the TLVs of an answer, the first of each type: what has flag U is passed over, at flag M
   * the reading ends, with flag I nothing is taken (RFC 8972 section 4). What runs over the end is
   * no TLV.
   */
  static Diagnosis read(byte[] answer, int from, int to) {
    Diagnosis read = nothing(Told.Reason.ABSENT);
    for (int at = from; to - at >= Layout.TLV_HEAD; at = Tlvs.after(answer, at)) {
      if (Tlvs.after(answer, at) > to) {
        break;
      }
      if ((answer[at] & Layout.FLAG_INTEGRITY) != 0) {
        return nothing(Told.Reason.NOT_INTACT);
      }
      read = read.with(answer, at);
      if ((answer[at] & Layout.FLAG_MALFORMED) != 0) {
        break;
      }
    }
    return read;
  }

  private Diagnosis with(byte[] answer, int at) {
    int value = at + Layout.TLV_HEAD;
    int size = Octets.unsignedShort(answer, at + 2);
    int type = answer[at + 1];
    if (type == Layout.LOCATION && isAbsent(location)) {
      return new Diagnosis(told(answer[at], Location.read(answer, value, size)), stamps);
    }
    if (type == Layout.TIMESTAMP_INFORMATION && isAbsent(stamps)) {
      return new Diagnosis(
          location, told(answer[at], TimestampInformation.read(answer, value, size)));
    }
    return this;
  }

  private static boolean isAbsent(Told<?> told) {
    return told instanceof Told.Unsaid<?>(Told.Reason why) && why == Told.Reason.ABSENT;
  }

  private static <T> Told<T> told(int flags, @Nullable T value) {
    if ((flags & Layout.FLAG_MALFORMED) != 0) {
      return new Told.Unsaid<>(Told.Reason.MALFORMED);
    }
    if ((flags & Layout.FLAG_UNRECOGNISED) != 0) {
      return new Told.Unsaid<>(Told.Reason.NOT_UNDERSTOOD);
    }
    return value == null ? new Told.Unsaid<>(Told.Reason.MALFORMED) : new Told.Said<>(value);
  }
}
