package dev.holdfast.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Takes a file out of the memory in which the system keeps what was read, by the calls of the C
 * library, and counts what is left in it. Linux, 64 bits.
 */
final class PageCache {
  private static final long PAGE = 4096;
  private static final int READ_ONLY = 0;
  private static final int DONT_NEED = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle FADVISE =
      handle(
          "posix_fadvise",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle MADVISE =
      handle(
          "madvise",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle MINCORE =
      handle(
          "mincore",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS));

  private PageCache() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  /**
   * Forgets a file that was written through to the disk.
   *
   * @param mapped where it is mapped; the page in which that begins is forgotten too
   * @return the share of its pages that the system keeps nevertheless
   */
  static double forget(Path file, MemorySegment mapped) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment begin = MemorySegment.ofAddress(mapped.address() & -PAGE);
      long length = mapped.byteSize();
      require((int) MADVISE.invokeExact(begin, length, DONT_NEED), "madvise");
      int opened = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), READ_ONLY);
      if (opened < 0) {
        throw new IOException("%s cannot be opened".formatted(file));
      }
      try {
        require((int) FADVISE.invokeExact(opened, 0L, 0L, DONT_NEED), "posix_fadvise");
      } finally {
        require((int) CLOSE.invokeExact(opened), "close");
      }
      long pages = Math.ceilDiv(length, PAGE);
      MemorySegment there = arena.allocate(pages);
      require((int) MINCORE.invokeExact(begin, length, there), "mincore");
      long kept = 0;
      for (long page = 0; page < pages; page++) {
        kept += there.get(ValueLayout.JAVA_BYTE, page) & 1;
      }
      return (double) kept / pages;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(int answer, String call) throws IOException {
    if (answer != 0) {
      throw new IOException("%s answered %d".formatted(call, answer));
    }
  }
}
