package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnersFilesTest {
  private static final byte[] SECRET = {1, 2, 3};

  @TempDir private Path folder;

  @Test
  void a_secret_is_its_owners_alone_and_is_read_back() throws IOException {
    Path file = folder.resolve("key");
    OwnersFiles.create(file, SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OwnersFiles.read(file, 3)).isEqualTo(SECRET);
  }

  @Test
  void a_file_that_is_there_is_never_overwritten() throws IOException {
    Path file = Files.write(folder.resolve("key"), new byte[] {9});
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> OwnersFiles.create(file, SECRET))
        .withMessageContaining("HF-3025");
    assertThat(file).hasBinaryContent(new byte[] {9});
  }

  @Test
  void a_secret_that_others_can_reach_or_that_is_too_large_is_refused() throws IOException {
    Path file = folder.resolve("key");
    OwnersFiles.create(file, SECRET);
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> OwnersFiles.read(file, 2))
        .withMessageContaining("more than 2 octets");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> OwnersFiles.read(file, 3))
        .withMessageContaining("chmod 600");
  }

  @Test
  void a_durable_file_is_replaced_whole_and_leaves_nothing_beside_it() throws IOException {
    Path file = folder.resolve("state");
    DurableFiles.replace(file, new byte[] {1});
    DurableFiles.replace(file, SECRET);
    assertThat(file).hasBinaryContent(SECRET);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    try (var names = Files.list(folder)) {
      assertThat(names).noneMatch(DurableFiles::isUnfinished);
    }
  }
}
