package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.WriterLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WriterLockTest {
  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void create() {
    folder = temporary.resolve("log");
    RealLogs.create(folder);
  }

  @Test
  void a_second_writer_is_refused_by_the_name_of_the_process_until_the_first_is_killed()
      throws Exception {
    Path key = ChildWriter.writeKey(temporary);
    try (Child child = Child.start(temporary, "hold", folder, key)) {
      child.awaitLine("open");
      CodedException refused = refused();
      assertThat(refused.problem().reason()).contains("process " + child.pid());
      assertThat(refused.problem().place().orElse("")).contains(folder.toString());
      // Being refused has not disturbed the first one.
      assertThat(refused().problem().reason()).contains("process " + child.pid());
      child.kill();
    }
    RealLogs.open(folder).close();
  }

  @Test
  void a_second_writer_of_the_same_process_is_refused_and_does_not_free_the_first()
      throws Exception {
    Path key = ChildWriter.writeKey(temporary);
    try (LogWriter writer = RealLogs.open(folder)) {
      assertThat(refused().problem().reason()).contains("this process");
      Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
      assertThatThrownBy(() -> RealLogs.open(link))
          .isInstanceOf(CodedException.class)
          .hasMessageContaining("this process");
      try (Child child = Child.start(temporary, "hold", folder, key)) {
        assertThat(child.awaitLine("refused"))
            .contains(ErrorCode.LOG_IN_USE.code())
            .contains("process " + ProcessHandle.current().pid());
      }
      writer.append(TestLogs.entry("still here"));
    }
    RealLogs.open(folder).close();
  }

  private WriterLock take() {
    LogLayout layout = RealLogs.layout(folder);
    return WriterLock.take(layout.state(), layout.lock(), ErrorCode.LOG_IN_USE);
  }

  @Test
  void a_lock_that_is_let_go_twice_leaves_its_next_holder_alone() throws Exception {
    WriterLock first = take();
    first.close();
    try (WriterLock second = take()) {
      first.close();
      assertThat(refused().problem().reason()).contains("this process");
      assertThat(second).isNotSameAs(first);
    }
    RealLogs.open(folder).close();
  }

  @Test
  void a_lock_whose_holder_cannot_be_written_down_is_not_held() throws IOException {
    Path holder = Files.createDirectory(folder.resolve(".state/writer.lock.holder"));
    Files.createFile(holder.resolve("in the way"));
    for (int i = 0; i < 2; i++) {
      CodedException failed =
          catchThrowableOfType(CodedException.class, () -> RealLogs.open(folder));
      assertThat(failed.problem().code()).isEqualTo(ErrorCode.FILE_UNWRITABLE);
    }
    Files.delete(holder.resolve("in the way"));
    Files.delete(holder);
    RealLogs.open(folder).close();
  }

  @Test
  void a_log_that_could_not_be_opened_is_not_held() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    byte[] good = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, new byte[9]);
    assertThatThrownBy(() -> RealLogs.open(folder)).isInstanceOf(CodedException.class);
    Files.write(checkpoint, good);
    RealLogs.open(folder).close();
  }

  @Test
  void a_holder_file_that_lies_is_not_quoted() throws Exception {
    Path key = ChildWriter.writeKey(temporary);
    try (Child child = Child.start(temporary, "hold", folder, key)) {
      child.awaitLine("open");
      Files.writeString(folder.resolve(".state/writer.lock.holder"), "\u001b[31mthe pope");
      assertThat(refused().problem().reason()).contains("another process").doesNotContain("pope");
    }
  }

  private CodedException refused() {
    CodedException refused =
        catchThrowableOfType(CodedException.class, () -> RealLogs.open(folder).close());
    assertThat(refused).as("it is refused").isNotNull();
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.LOG_IN_USE);
    return refused;
  }
}
