package dev.holdfast.edge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of NVIDIA's management library, through the foreign function interface.
 *
 * <p>Every function may be missing, since each driver has its own set: a call of one that is not
 * there gives {@link #FUNCTION_NOT_FOUND}, as the library itself says of what it does not know.
 * Results are those of {@code nvmlReturn_t}. For one thread.
 */
@SuppressWarnings("restricted") // With Linux of the probe the only callers of native functions.
final class Nvml {
  static final int SUCCESS = 0;
  static final int FUNCTION_NOT_FOUND = 13;
  static final int ARGUMENT_VERSION_MISMATCH = 25;

  private static final int LONGEST_ERROR = 200;
  private static final FunctionDescriptor NOTHING = FunctionDescriptor.of(JAVA_INT);
  private static final FunctionDescriptor POINTER = FunctionDescriptor.of(JAVA_INT, ADDRESS);
  private static final FunctionDescriptor POINTER_LENGTH =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
  private static final FunctionDescriptor INDEX_POINTER =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
  private static final FunctionDescriptor DEVICE_POINTER =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
  private static final FunctionDescriptor DEVICE_POINTER_LENGTH =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final FunctionDescriptor TEXT_OF_ERROR = FunctionDescriptor.of(ADDRESS, JAVA_INT);

  private final String name;
  private final SymbolLookup symbols;
  private final Map<String, Optional<MethodHandle>> functions = new HashMap<>();

  private Nvml(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /**
   * Loads the library, for good: nothing says that it can be unloaded while its threads run.
   *
   * @param name a path, or the name of a file where the system keeps libraries
   * @throws CodedException NO_ACCELERATOR_LIBRARY
   */
  static Nvml load(String name) {
    try {
      return new Nvml(name, SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(
              name,
              ErrorCode.NO_ACCELERATOR_LIBRARY,
              "this machine has no NVIDIA driver library of this name, so NVML says nothing"),
          e);
    }
  }

  /** Calls {@code name()}. */
  int call(String function) {
    Optional<MethodHandle> handle = function(function, NOTHING);
    try {
      return handle.isEmpty() ? FUNCTION_NOT_FOUND : (int) handle.get().invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code name(out)}. */
  int call(String function, MemorySegment out) {
    Optional<MethodHandle> handle = function(function, POINTER);
    try {
      return handle.isEmpty() ? FUNCTION_NOT_FOUND : (int) handle.get().invokeExact(out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code name(out, length)}, the length that of the segment. */
  int text(String function, MemorySegment out) {
    Optional<MethodHandle> handle = function(function, POINTER_LENGTH);
    try {
      return handle.isEmpty()
          ? FUNCTION_NOT_FOUND
          : (int) handle.get().invokeExact(out, (int) out.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code name(index, out)}. */
  int at(String function, int index, MemorySegment out) {
    Optional<MethodHandle> handle = function(function, INDEX_POINTER);
    try {
      return handle.isEmpty() ? FUNCTION_NOT_FOUND : (int) handle.get().invokeExact(index, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code name(device, out)}. */
  int of(String function, MemorySegment device, MemorySegment out) {
    Optional<MethodHandle> handle = function(function, DEVICE_POINTER);
    try {
      return handle.isEmpty() ? FUNCTION_NOT_FOUND : (int) handle.get().invokeExact(device, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code name(device, out, length)}, the length that of the segment. */
  int textOf(String function, MemorySegment device, MemorySegment out) {
    Optional<MethodHandle> handle = function(function, DEVICE_POINTER_LENGTH);
    try {
      return handle.isEmpty()
          ? FUNCTION_NOT_FOUND
          : (int) handle.get().invokeExact(device, out, (int) out.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The library's own sentence of a result, or its number. */
  String sentence(int result) {
    Optional<MethodHandle> handle = function("nvmlErrorString", TEXT_OF_ERROR);
    try {
      MemorySegment text =
          handle.isEmpty() ? MemorySegment.NULL : (MemorySegment) handle.get().invokeExact(result);
      return text.equals(MemorySegment.NULL)
          ? "result " + result
          : text(text.reinterpret(LONGEST_ERROR)) + " (" + result + ")";
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The refusal of a result; to be thrown. */
  CodedException failed(String function, int result) {
    return failed(function + " failed: " + sentence(result));
  }

  /** The refusal of what the library says; to be thrown. */
  CodedException failed(String reason) {
    return new CodedException(
        Problem.in(name, ErrorCode.ACCELERATOR_LIBRARY_FAILED, Problem.printable(reason)));
  }

  /** The text in a segment up to its first zero. What a terminal could be driven by is replaced. */
  static String text(MemorySegment octets) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < octets.byteSize(); i++) {
      int octet = octets.get(JAVA_BYTE, i) & 0xFF;
      if (octet == 0) {
        break;
      }
      text.append(octet < 0x80 ? (char) octet : '\uFFFD');
    }
    return Problem.printable(text.toString());
  }

  private Optional<MethodHandle> function(String function, FunctionDescriptor form) {
    return functions.computeIfAbsent(
        function,
        any ->
            symbols
                .find(function)
                .map(address -> Linker.nativeLinker().downcallHandle(address, form)));
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(thrown);
    };
  }
}
