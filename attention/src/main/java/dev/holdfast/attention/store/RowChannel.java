package dev.holdfast.attention.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The few operations that a row file needs of a file, so that tests can fill the disk. */
interface RowChannel extends Closeable {
  /** Opens a file that is there. */
  static RowChannel of(Path file) throws IOException {
    return new Plain(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Writes all of the buffer's rest at a place. */
  void write(ByteBuffer octets, long at) throws IOException;

  /** Reads until the buffer is full or the file ends. */
  void read(ByteBuffer target, long at) throws IOException;

  /** Cuts off what lies behind. */
  void truncate(long size) throws IOException;

  /** The length of the file. */
  long size() throws IOException;

  /** Makes what was written, and the length, durable. */
  void force() throws IOException;

  /** Opens channels. */
  @FunctionalInterface
  interface Opener {
    /** Opens a file that is there. */
    RowChannel open(Path file) throws IOException;
  }

  /** A file of this machine. */
  record Plain(FileChannel channel) implements RowChannel {
    @Override
    public void write(ByteBuffer octets, long at) throws IOException {
      long place = at;
      while (octets.hasRemaining()) {
        place += channel.write(octets, place);
      }
    }

    @Override
    public void read(ByteBuffer target, long at) throws IOException {
      long place = at;
      while (target.hasRemaining()) {
        int count = channel.read(target, place);
        if (count < 0) {
          return;
        }
        place += count;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
