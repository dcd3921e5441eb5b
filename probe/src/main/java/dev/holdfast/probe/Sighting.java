package dev.holdfast.probe;

/**
 * What a reflector tells of a challenge beside its octets. Asked only where a TLV of the challenge
 * asks, so that nothing is made for others.
 */
public interface Sighting {
  /** Tells nothing: the fields come back as zeroes (RFC 8972 section 4.2.2). */
  Sighting NOTHING =
      new Sighting() {
        private final PeerAddress nowhere = new PeerAddress(0, 0, 0);

        @Override
        public PeerAddress from() {
          return nowhere;
        }

        @Override
        public PeerAddress to() {
          return nowhere;
        }

        @Override
        public TimestampInformation stamps() {
          return TimestampInformation.UNTOLD;
        }
      };

  /** Where it came from. */
  PeerAddress from();

  /** Where it went to; an unspecified address where that is not known. */
  PeerAddress to();

  /** How the reflector takes its stamps. */
  TimestampInformation stamps();
}
