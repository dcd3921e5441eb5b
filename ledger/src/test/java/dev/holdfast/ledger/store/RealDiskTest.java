package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealDiskTest {
  private final Disk disk = new RealDisk();

  @TempDir private Path folder = Path.of("");

  @Test
  void what_is_not_there_is_empty() throws IOException {
    assertThat(disk.read(folder.resolve("none"))).isEmpty();
    assertThat(disk.list(folder.resolve("none"))).isEmpty();
    assertThat(disk.exists(folder.resolve("none"))).isFalse();
    disk.delete(folder.resolve("none"));
  }

  @Test
  void what_is_under_a_file_is_refused_to_a_reader() throws IOException {
    write("file", "");
    Path under = folder.resolve("file/under");
    assertThat(disk.exists(under)).isFalse();
    assertThatThrownBy(() -> disk.read(under)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.list(folder.resolve("file"))).isInstanceOf(IOException.class);
  }

  @Test
  void a_file_is_made_empty_and_read_whole() throws IOException {
    Path file = folder.resolve("file");
    try (Disk.OpenFile open = disk.open(file)) {
      assertThat(disk.read(file)).contains(new byte[0]);
      open.write(text("world"), 6);
      open.write(text("hello "), 0);
      open.force();
      assertThat(open.size()).isEqualTo(11);
    }
    disk.syncFolder(folder);
    assertThat(disk.read(file)).contains("hello world".getBytes(UTF_8));
  }

  @Test
  void opening_a_file_again_keeps_what_is_in_it() throws IOException {
    write("file", "first");
    try (Disk.OpenFile open = disk.open(folder.resolve("file"))) {
      ByteBuffer target = ByteBuffer.allocate(9);
      assertThat(open.read(target, 1)).isEqualTo(4);
      assertThat(Arrays.copyOf(target.array(), 4)).isEqualTo("irst".getBytes(UTF_8));
      assertThat(open.read(ByteBuffer.allocate(1), 5)).isZero();
      assertThat(open.read(ByteBuffer.allocate(0), 0)).isZero();
    }
  }

  @Test
  void a_write_beyond_the_end_leaves_zeroes_before_it() throws IOException {
    try (Disk.OpenFile open = disk.open(folder.resolve("file"))) {
      open.write(text("a"), 3);
    }
    assertThat(disk.read(folder.resolve("file"))).contains(new byte[] {0, 0, 0, 'a'});
  }

  @Test
  void a_move_replaces_its_target() throws IOException {
    write("old", "old");
    write("new", "new");
    disk.move(folder.resolve("new"), folder.resolve("old"));
    assertThat(disk.list(folder)).containsExactly("old");
    assertThat(disk.read(folder.resolve("old"))).contains("new".getBytes(UTF_8));
  }

  @Test
  void names_are_listed_in_order() throws IOException {
    write("b", "");
    write("c", "");
    disk.createFolder(folder.resolve("a"));
    assertThat(disk.list(folder)).containsExactly("a", "b", "c");
  }

  @Test
  void a_folder_is_made_once_and_never_over_a_file() throws IOException {
    disk.createFolder(folder.resolve("a"));
    disk.createFolder(folder.resolve("a"));
    write("b", "");
    assertThatThrownBy(() -> disk.createFolder(folder.resolve("b")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.createFolder(folder.resolve("none/c")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void only_an_empty_folder_is_deleted() throws IOException {
    disk.createFolder(folder.resolve("a"));
    write("a/b", "");
    assertThatThrownBy(() -> disk.delete(folder.resolve("a")))
        .isInstanceOf(DirectoryNotEmptyException.class);
    disk.delete(folder.resolve("a/b"));
    disk.delete(folder.resolve("a"));
    assertThat(disk.exists(folder.resolve("a"))).isFalse();
  }

  @Test
  void many_threads_write_and_read_places_of_one_file() throws Exception {
    try (Disk.OpenFile open = disk.open(folder.resolve("file"));
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] block = new byte[1000];
        Arrays.fill(block, (byte) i);
        long at = i * 1000L;
        all.add(
            threads.submit(() -> {
              open.write(ByteBuffer.wrap(block), at);
              ByteBuffer again = ByteBuffer.allocate(1000);
              assertThat(open.read(again, at)).isEqualTo(1000);
              assertThat(again.array()).isEqualTo(block);
              return block;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(open.size()).isEqualTo(200_000);
    }
  }

  private void write(String name, String text) throws IOException {
    try (Disk.OpenFile open = disk.open(folder.resolve(name))) {
      open.write(text(text), 0);
    }
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
