package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.KeyFileText;
import dev.holdfast.ledger.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in files: only their owner's, and never lost or shown. */
final class KeyFilesTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("log.key");
  }

  private void requirePosix() {
    Assumptions.assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no POSIX permissions");
  }

  private static void assertCoded(ThrowingCallable call, ErrorCode code, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(CodedException.class)
        .hasMessageContaining(reason)
        .extracting(e -> ((CodedException) e).problem().code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void a_key_of_each_algorithm_is_read_as_it_was_written(KeyAlgorithm algorithm) {
    SigningKey key = KeyFiles.generate("log.example/a", algorithm);
    KeyFiles.write(file, key);
    assertThat(KeyFiles.read(file)).isEqualTo(key);
  }

  @Test
  void a_new_file_is_its_owners_alone() throws IOException {
    requirePosix();
    KeyFiles.write(file, TestLogs.KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_is_there_is_never_overwritten() throws IOException {
    Files.writeString(file, "precious");
    assertCoded(
        () -> KeyFiles.write(file, TestLogs.KEY), ErrorCode.BAD_KEY_FILE, "never overwritten");
    assertThat(file).hasContent("precious");
  }

  @Test
  void a_link_that_leads_nowhere_is_not_followed() throws IOException {
    requirePosix();
    Path target = folder.resolve("elsewhere");
    Files.createSymbolicLink(file, target);
    assertCoded(
        () -> KeyFiles.write(file, TestLogs.KEY), ErrorCode.BAD_KEY_FILE, "never overwritten");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_folder_that_is_not_there_is_said_so() {
    assertCoded(
        () -> KeyFiles.write(folder.resolve("no/log.key"), TestLogs.KEY),
        ErrorCode.FILE_UNWRITABLE,
        "NoSuchFileException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
  void a_file_that_others_reach_is_refused_with_what_to_do(String permissions) throws IOException {
    requirePosix();
    KeyFiles.write(file, TestLogs.KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertCoded(() -> KeyFiles.read(file), ErrorCode.BAD_KEY_FILE, "chmod 600 " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(KeyFiles.read(file)).isEqualTo(TestLogs.KEY);
  }

  @Test
  void a_missing_file_and_a_folder_are_refused_with_their_names() throws IOException {
    assertCoded(() -> KeyFiles.read(file), ErrorCode.FILE_NOT_FOUND, file.toString());
    Files.createDirectory(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    assertCoded(() -> KeyFiles.read(file), ErrorCode.FILE_UNREADABLE, file.toString());
  }

  @Test
  void a_file_that_is_too_large_or_malformed_is_refused_with_its_name() throws IOException {
    writeOwn(new byte[KeyFileText.LARGEST + 1]);
    assertCoded(() -> KeyFiles.read(file), ErrorCode.BAD_KEY_FILE, file + ": it has more than");
    writeOwn("nonsense".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertCoded(() -> KeyFiles.read(file), ErrorCode.BAD_KEY_FILE, file.toString());
  }

  private void writeOwn(byte[] octets) throws IOException {
    Files.write(file, octets);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void no_message_holds_a_part_of_the_secret() throws IOException {
    String text = KeyFileText.print(TestLogs.KEY);
    String secret = Base64.getEncoder().encodeToString(TestLogs.KEY.pkcs8());
    for (String bad :
        List.of(
            text.replace("-----END", "----END"),
            text.replace("holdfast-key: ", "holdfast-key: " + secret),
            text.replace("\n-----END", "*\n-----END"),
            secret)) {
      writeOwn(bad.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThatThrownBy(() -> KeyFiles.read(file))
          .isInstanceOf(CodedException.class)
          .satisfies(e -> {
            for (Throwable at = e; at != null; at = at.getCause()) {
              assertThat(String.valueOf(at.getMessage())).doesNotContain(secret.substring(20, 40));
            }
          });
    }
  }
}
