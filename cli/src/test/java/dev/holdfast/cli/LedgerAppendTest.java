package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.ledger.store.KeyFiles;
import dev.holdfast.ledger.store.LogSettings;
import dev.holdfast.ledger.store.LogWriter;
import dev.holdfast.ledger.store.Witnesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LedgerAppendTest {
  @TempDir private Path folder = Path.of("");

  private LedgerDesk desk() {
    return new LedgerDesk(folder);
  }

  private Desk.Result files(String... names) {
    String[] arguments = {"ledger", "append", desk().at("log"), "--key", desk().at("log.key")};
    String[] all = Arrays.copyOf(arguments, arguments.length + names.length);
    System.arraycopy(names, 0, all, arguments.length, names.length);
    return desk().run("from standard input".getBytes(UTF_8), all);
  }

  /** Whether the entry with this index is in the log. */
  private boolean holds(String vkey, int index, byte[] entry) {
    String proof =
        desk()
            .file(
                "proof." + index,
                desk().run("ledger", "prove", desk().at("log"), "" + index).out());
    return desk().run(entry, "verify", proof, "--vkey", vkey, "--entry", "-").status() == 0;
  }

  @Test
  void each_file_is_one_entry_in_the_order_given() {
    String vkey = desk().init();
    String one = desk().file("one", "1\n\n");
    String two = desk().file("two", "");
    Desk.Result result = files(one, two, "-");
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("0\n1\n2\n");
    assertThat(result.err()).startsWith("published size 3, root ");
    assertThat(holds(vkey, 0, "1\n\n".getBytes(UTF_8))).isTrue();
    assertThat(holds(vkey, 1, new byte[0])).isTrue();
    assertThat(holds(vkey, 2, "from standard input".getBytes(UTF_8))).isTrue();
    assertThat(holds(vkey, 2, "something else".getBytes(UTF_8))).isFalse();
  }

  @Test
  void without_a_file_standard_input_is_one_entry() {
    String vkey = desk().init();
    assertThat(files().out()).isEqualTo("0\n");
    assertThat(holds(vkey, 0, "from standard input".getBytes(UTF_8))).isTrue();
  }

  @Test
  void each_line_is_one_entry_octet_by_octet() {
    String vkey = desk().init();
    assertThat(desk().append("a\r\n\nü\nlast").out()).isEqualTo("0\n1\n2\n3\n");
    assertThat(holds(vkey, 0, "a\r".getBytes(UTF_8))).isTrue();
    assertThat(holds(vkey, 1, new byte[0])).isTrue();
    assertThat(holds(vkey, 2, "ü".getBytes(UTF_8))).isTrue();
    assertThat(holds(vkey, 3, "last".getBytes(UTF_8))).isTrue();
    assertThat(desk().append("with its newline\n").out()).isEqualTo("4\n");
    assertThat(desk().append("").out()).isEmpty();
  }

  @Test
  void many_lines_get_rising_indexes_in_their_order() {
    String vkey = desk().init();
    int count = 3000;
    Desk.Result result = desk().append(LedgerDesk.lines(0, count));
    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    for (int index : new int[] {0, 255, 256, 2999}) {
      assertThat(holds(vkey, index, ("entry " + index).getBytes(UTF_8))).isTrue();
    }
    assertThat(desk().run("verify", desk().at("log"), "--vkey", vkey).status()).isZero();
  }

  @Test
  void json_gives_index_and_leaf_hash() {
    desk().init();
    Desk.Result result = desk().append("x\ny\n", "--output", "json");
    assertThat(result.lines()).hasSize(2);
    JsonNode second = result.lines().getLast();
    assertThat(second.propertyNames()).containsExactly("index", "leafHash");
    assertThat(second.path("index").asLong()).isEqualTo(1);
    assertThat(second.path("leafHash").asString())
        .isEqualTo(new TreeHasher().leaf("y".getBytes(UTF_8)).base64());
    JsonNode published = Json.mapper().readTree(result.err()).path("published");
    assertThat(published.path("size").asLong()).isEqualTo(2);
    assertThat(published.path("quorum").asString()).isEqualTo("none");
  }

  @Test
  void an_index_is_printed_before_the_next_line_comes() throws Exception {
    desk().init();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Thread command;
    try (PipedOutputStream lines = new PipedOutputStream()) {
      PipedInputStream in = new PipedInputStream(lines);
      String[] append = {
        "ledger", "append", desk().at("log"), "--key", desk().at("log.key"), "--lines"
      };
      command =
          Thread.ofPlatform()
              .start(() ->
                  Holdfast.run(
                      append,
                      in,
                      new PrintStream(out, false, UTF_8),
                      new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                      Map.of()));
      lines.write("first\n".getBytes(UTF_8));
      lines.flush();
      for (int i = 0; i < 1000 && out.size() == 0; i++) {
        Thread.sleep(10);
      }
      assertThat(out.toString(UTF_8)).isEqualTo("0\n");
    }
    command.join();
  }

  @Test
  void an_entry_that_is_too_long_is_named_and_the_others_are_unharmed() {
    String vkey = desk().init();
    byte[] longest = new byte[65_535];
    Arrays.fill(longest, (byte) 'x');
    String fits = new String(longest, UTF_8);
    Desk.Result lines = desk().append("before\n" + fits + "y\n" + fits + "\nafter\n");
    assertThat(lines.status()).isEqualTo(2);
    assertThat(lines.out()).isEqualTo("0\n1\n2\n");
    assertThat(lines.err()).contains("HF-3008 standard input:2: ", "published size 3");
    assertThat(holds(vkey, 1, longest)).isTrue();
    assertThat(holds(vkey, 2, "after".getBytes(UTF_8))).isTrue();

    String big = desk().file("big", new byte[65_536]);
    String small = desk().file("small", "small");
    Desk.Result files = files(big, small);
    assertThat(files.status()).isEqualTo(2);
    assertThat(files.out()).isEqualTo("3\n");
    assertThat(files.err()).contains("HF-3008 " + big + ": ");
  }

  @Test
  void a_line_without_end_is_not_kept_in_memory() {
    desk().init();
    // Two gigabytes without a newline, more than the heap of the tests.
    InputStream endless =
        new InputStream() {
          private long left = 2L << 30;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] octets, int from, int length) {
            if (left <= 0) {
              return -1;
            }
            int count = (int) Math.min(length, left);
            left -= count;
            Arrays.fill(octets, from, from + count, (byte) 'x');
            return count;
          }
        };
    Desk.Result result =
        desk()
            .run(
                endless,
                "ledger",
                "append",
                desk().at("log"),
                "--key",
                desk().at("log.key"),
                "--lines");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-3008 standard input:1: ");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_is_named_and_the_others_are_unharmed() {
    desk().init();
    String there = desk().file("there", "there");
    Desk.Result result = files(desk().at("gone"), there);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEqualTo("0\n");
    assertThat(result.err()).contains("HF-2002 " + desk().at("gone"));
  }

  @Test
  void a_second_writer_is_refused_by_the_name_of_the_first() {
    desk().init();
    String policy = desk().file("policy", "quorum none\n");
    try (LogWriter first =
        LogWriter.open(
            desk().path("log"),
            List.of(KeyFiles.read(desk().path("log.key"))),
            Witnesses.none(),
            LogSettings.defaults(),
            InstantSource.system())) {
      first.append("mine".getBytes(UTF_8));
      Desk.Result result = desk().append("theirs\n", "--policy", policy);
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("HF-3011 ").contains("process");
      // Whoever may not write may not change the policy either.
      assertThat(desk().path("log/.state/policy")).doesNotExist();
    }
    assertThat(desk().append("theirs\n").out()).isEqualTo("1\n");
  }

  @Test
  void a_folder_without_a_log_is_refused() {
    desk().init();
    Desk.Result result =
        desk().run("ledger", "append", desk().at("none"), "--key", desk().at("log.key"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3010 ");
    assertThat(desk().path("none")).doesNotExist();
  }

  @Test
  void the_key_of_another_log_is_refused() {
    desk().init();
    desk().ok("ledger", "init", desk().at("b"), "--origin", "b", "--key", desk().at("b.key"));
    Desk.Result other =
        desk().run("ledger", "append", desk().at("log"), "--key", desk().at("b.key"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).startsWith("HF-3015 ");
    desk()
        .ok(
            "ledger",
            "init",
            desk().at("c"),
            "--origin",
            LedgerDesk.ORIGIN,
            "--key",
            desk().at("c.key"));
    Desk.Result namesake =
        desk().run("ledger", "append", desk().at("log"), "--key", desk().at("c.key"));
    assertThat(namesake.status()).isEqualTo(2);
    assertThat(namesake.err()).startsWith("HF-3015 ");
  }

  @Test
  void a_key_file_that_others_may_read_is_refused() throws IOException {
    desk().init();
    java.nio.file.Files.setPosixFilePermissions(
        desk().path("log.key"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Desk.Result result = desk().append("x\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-3025 ").contains("rw-r--r--");
  }
}
