package dev.holdfast.probe.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Set;

/**
 * The system calls of Linux that sockets with stamps need, through the foreign function interface.
 *
 * <p>Numbers and layouts are those of 64-bit little-endian Linux, the same on x86_64 and aarch64.
 * Pointers are passed as numbers; who passes one keeps the memory alive. A result below zero is the
 * negative error number, as the kernel itself gives it.
 *
 * <p>Calls that return at once keep the thread in Java ({@link Linker.Option#critical}), which
 * saves most of the cost of a call; a collection of garbage has to wait for them. So datagrams go
 * and come with {@code MSG_DONTWAIT} only.
 */
@SuppressWarnings("restricted") // The one place that calls native functions.
final class Linux {
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;

  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = slow("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = slow("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      slow("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SETSOCKOPT =
      slow("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = slow("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = slow("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = slow("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle WRITE =
      slow("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle PPOLL =
      slow("ppoll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle RECVMSG =
      quick("recvmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SENDTO =
      quick("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOCK_GETTIME =
      LINKER.downcallHandle(
          symbol("clock_gettime"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
          Linker.Option.critical(false));

  private Linux() {}

  /** Whether this class can be used here; asked of the platform, without loading it. */
  static final class Platform {
    private Platform() {}

    static boolean isKnown() {
      String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      return System.getProperty("os.name", "").equals("Linux")
          && Set.of("amd64", "x86_64", "aarch64").contains(processor);
    }
  }

  /** Memory for the error number of a call; for one thread at a time. */
  static StructLayout state() {
    return STATE;
  }

  static int socket(MemorySegment state, int family, int type) {
    try {
      return orError((int) SOCKET.invokeExact(state, family, type, 0), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int bind(MemorySegment state, int socket, long address, int length) {
    try {
      return orError((int) BIND.invokeExact(state, socket, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getsockname(MemorySegment state, int socket, long address, long length) {
    try {
      return orError((int) GETSOCKNAME.invokeExact(state, socket, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int setsockopt(
      MemorySegment state, int socket, int level, int name, long value, int length) {
    try {
      return orError(
          (int) SETSOCKOPT.invokeExact(state, socket, level, name, value, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(MemorySegment state, int descriptor) {
    try {
      return orError((int) CLOSE.invokeExact(state, descriptor), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int eventfd(MemorySegment state, int flags) {
    try {
      return orError((int) EVENTFD.invokeExact(state, 0, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int read(MemorySegment state, int descriptor, long buffer, long length) {
    try {
      return orError((int) (long) READ.invokeExact(state, descriptor, buffer, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int write(MemorySegment state, int descriptor, long buffer, long length) {
    try {
      return orError((int) (long) WRITE.invokeExact(state, descriptor, buffer, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int ppoll(MemorySegment state, long descriptors, long count, long timeout) {
    try {
      return orError((int) PPOLL.invokeExact(state, descriptors, count, timeout, 0L), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Flags have to hold {@link #MSG_DONTWAIT}. */
  static int recvmsg(MemorySegment state, int socket, long message, int flags) {
    try {
      return orError((int) (long) RECVMSG.invokeExact(state, socket, message, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int sendto(
      MemorySegment state, int socket, long octets, long length, long address, int size) {
    try {
      return orError(
          (int)
              (long) SENDTO.invokeExact(state, socket, octets, length, MSG_DONTWAIT, address, size),
          state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void clockGettime(int clock, long time) {
    try {
      if ((int) CLOCK_GETTIME.invokeExact(clock, time) != 0) {
        throw new IllegalStateException("this kernel has no clock " + clock);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int orError(int result, MemorySegment state) {
    return result >= 0 ? result : -state.get(JAVA_INT, ERRNO);
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(thrown);
    };
  }

  private static MethodHandle slow(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        symbol(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle quick(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        symbol(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.critical(false));
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }
}
