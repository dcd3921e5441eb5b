package dev.holdfast.attention.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file as it is, for tests to change one thing of; not forced, since no test loses power. */
class TestChannel implements RowChannel {
  private final RowChannel real;

  TestChannel(RowChannel real) {
    this.real = real;
  }

  @Override
  public void write(ByteBuffer octets, long at) throws IOException {
    real.write(octets, at);
  }

  @Override
  public void read(ByteBuffer target, long at) throws IOException {
    real.read(target, at);
  }

  @Override
  public void truncate(long size) throws IOException {
    real.truncate(size);
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public void force() throws IOException {}

  @Override
  public void close() throws IOException {
    real.close();
  }
}
