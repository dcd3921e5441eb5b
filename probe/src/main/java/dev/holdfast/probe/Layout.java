package dev.holdfast.probe;

/**
 * Where fields stand in packets of the authenticated mode (RFC 8762 sections 4.2.2 and 4.3.2, RFC
 * 8972 section 3), counted in octets from the beginning.
 *
 * <p>Sender and reflector share the first 28 octets and the place of the HMAC; all octets that are
 * not named are zero.
 */
final class Layout {
  /** Octets of a packet without TLVs. */
  static final int BASE = 112;

  /** How many of them the HMAC covers. */
  static final int COVERED = 96;

  static final int SEQUENCE = 0;
  static final int TIMESTAMP = 16;
  static final int ERROR_ESTIMATE = 24;
  static final int SSID = 26;
  static final int HMAC = 96;

  static final int RECEIVED = 32;
  static final int SENDER_SEQUENCE = 48;
  static final int SENDER_TIMESTAMP = 64;
  static final int SENDER_ERROR_ESTIMATE = 72;
  static final int SENDER_TIME_TO_LIVE = 80;

  /** Octets before the value of a TLV: flags, type, length (RFC 8972 section 4). */
  static final int TLV_HEAD = 4;

  static final int FLAG_UNRECOGNISED = 0x80;
  static final int FLAG_MALFORMED = 0x40;
  static final int FLAG_INTEGRITY = 0x20;

  static final int EXTRA_PADDING = 1;
  static final int LOCATION = 2;
  static final int TIMESTAMP_INFORMATION = 3;
  static final int HMAC_TLV = 8;

  private Layout() {}
}
