package dev.holdfast.e2e;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A TUN device of Linux: whoever reads it gets the IP packets that the kernel sends into the
 * device. It is there as long as it is held, in whatever network namespace it was moved to.
 */
@SuppressWarnings("restricted") // Devices are made by native calls only.
final class Tun {
  private static final int LONGEST_PACKET = 65_535;
  private static final int READ_AND_WRITE = 2;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TUN_WITHOUT_HEADER = 0x1001;
  private static final int IFREQ = 40;
  private static final int NAME = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle IOCTL =
      handle("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);

  private final int descriptor;

  private Tun(int descriptor) {
    this.descriptor = descriptor;
  }

  private static MethodHandle handle(String name, FunctionDescriptor type, int variadicFrom) {
    MemorySegment symbol =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("no " + name + " in the C library"));
    return variadicFrom < 0
        ? LINKER.downcallHandle(symbol, type)
        : LINKER.downcallHandle(symbol, type, Linker.Option.firstVariadicArg(variadicFrom));
  }

  /** Makes a device in this process's namespace. */
  static Tun make(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_AND_WRITE);
      if (descriptor < 0) {
        throw new IOException("/dev/net/tun cannot be opened");
      }
      MemorySegment request = arena.allocate(IFREQ);
      MemorySegment.copy(
          arena.allocateFrom(name), 0, request, 0, Math.min(name.length(), NAME - 1));
      request.set(JAVA_SHORT, NAME, IFF_TUN_WITHOUT_HEADER);
      if ((int) IOCTL.invokeExact(descriptor, TUNSETIFF, request) < 0) {
        throw new IOException("no TUN device " + name + ": are you root?");
      }
      return new Tun(descriptor);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** One thread's way to read packets. */
  final class Reader {
    private final MemorySegment buffer = Arena.ofAuto().allocate(LONGEST_PACKET);

    /** Waits for a packet. */
    byte[] read() throws IOException {
      try {
        long length = (long) READ.invokeExact(descriptor, buffer, (long) LONGEST_PACKET);
        if (length < 0) {
          throw new IOException("reading a TUN device failed");
        }
        return buffer.asSlice(0, length).toArray(JAVA_BYTE);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One thread's way to write packets. */
  final class Writer {
    private final MemorySegment buffer = Arena.ofAuto().allocate(LONGEST_PACKET);

    /** Hands a packet to the kernel; false where it did not take it. */
    boolean write(byte[] packet) {
      try {
        MemorySegment.copy(packet, 0, buffer, JAVA_BYTE, 0, packet.length);
        return (long) WRITE.invokeExact(descriptor, buffer, (long) packet.length) == packet.length;
      } catch (RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
