package dev.holdfast.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order inside an array of octets. */
final class Octets {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Octets() {}

  static int unsignedShort(byte[] octets, int at) {
    return (short) SHORT.get(octets, at) & 0xFFFF;
  }

  static void putShort(byte[] octets, int at, int value) {
    SHORT.set(octets, at, (short) value);
  }

  static int integer(byte[] octets, int at) {
    return (int) INT.get(octets, at);
  }

  static void putInteger(byte[] octets, int at, int value) {
    INT.set(octets, at, value);
  }

  static long longInteger(byte[] octets, int at) {
    return (long) LONG.get(octets, at);
  }

  static void putLong(byte[] octets, int at, long value) {
    LONG.set(octets, at, value);
  }
}
