package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The disk of this machine.
 *
 * <p>Every operation may be called from many threads at once. An interrupt of a thread that reads,
 * writes or forces closes the file under it ({@link FileChannel}): threads that share an open file
 * are not to be interrupted.
 */
final class RealDisk implements Disk {
  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        names.add(String.valueOf(path.getFileName()));
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public boolean exists(Path path) throws IOException {
    try {
      // One look: between two, somebody else may make it.
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      // A folder above may not be searched: to say no would be to start a log anew over an old one.
      FileSystemException unknown =
          new FileSystemException(path.toString(), null, "cannot tell whether it is there");
      unknown.initCause(e);
      throw unknown;
    }
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(folder)) {
        throw there;
      }
    }
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new RealFile(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  private record RealFile(FileChannel channel) implements OpenFile {
    @Override
    public void write(ByteBuffer octets, long at) throws IOException {
      long place = at;
      while (octets.hasRemaining()) {
        place += channel.write(octets, place);
      }
    }

    @Override
    public int read(ByteBuffer target, long at) throws IOException {
      int total = 0;
      while (target.hasRemaining()) {
        int count = channel.read(target, at + total);
        if (count < 0) {
          break;
        }
        total += count;
      }
      return total;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void force() throws IOException {
      // Times of change need not be durable; the length is, being needed to read what was written.
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
