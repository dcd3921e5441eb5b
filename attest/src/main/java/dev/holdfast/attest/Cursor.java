package dev.holdfast.attest;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.Arrays;

/** Reads octets from front to back; numbers are little-endian, as SPDM has them. */
final class Cursor {
  private final byte[] octets;
  private final int end;
  private final String source;
  private int at;

  Cursor(byte[] octets, int from, int end, String source) {
    this.octets = octets;
    this.at = from;
    this.end = end;
    this.source = source;
  }

  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  /** An unsigned number of one to three octets. */
  int number(String field, int size) {
    require(field, size);
    int value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (octets[at + i] & 0xFF);
    }
    at += size;
    return value;
  }

  void expect(String field, int expected) {
    int value = number(field, 1);
    if (value != expected) {
      throw refuse(
          field, "it is 0x%02x, where this version reads 0x%02x".formatted(value, expected));
    }
  }

  byte[] take(String field, int size) {
    require(field, size);
    at += size;
    return Arrays.copyOfRange(octets, at - size, at);
  }

  /** The octets of a part; this goes on behind it. */
  Cursor part(String field, int size) {
    require(field, size);
    at += size;
    return new Cursor(octets, at - size, at, source);
  }

  private void require(String field, int size) {
    if (size > left()) {
      throw refuse(field, "it needs " + size + " octets where " + left() + " are left");
    }
  }

  CodedException refuse(String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_EVIDENCE, source, 0, field, reason));
  }
}
