package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where maps go; what they show is the picture room's to test. */
final class MapFolderTest {
  @TempDir private Path folder = Path.of("");

  private Desk.Result locate(String... delays) {
    return new Desk(folder)
        .delays(delays)
        .locate("--map", folder.resolve("out").resolve("maps").toString());
  }

  private static List<String> names(Path path) {
    try (var files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_target_has_one_map_in_a_folder_that_is_made() {
    Desk.Result result = locate("tokyo,t1,0.1", "tokyo,t2,0.1");
    assertThat(result.status()).isZero();
    assertThat(names(folder.resolve("out").resolve("maps"))).containsExactly("t1.svg", "t2.svg");
  }

  @Test
  void hostile_names_stay_inside_the_folder() {
    Desk.Result result =
        locate(
            "tokyo,../../../escaped,0.1",
            "tokyo,/tmp/escaped,0.1",
            "tokyo,..,0.1",
            "tokyo,..\\escaped,0.1",
            "tokyo," + "x".repeat(200) + ",0.1",
            "tokyo,東京,0.1",
            "tokyo,\u202egvs.x,0.1");
    assertThat(result.status()).isZero();
    assertThat(names(folder)).containsExactly("delays.csv", "landmarks.csv", "out");
    assertThat(names(folder.resolve("out"))).containsExactly("maps");
    assertThat(names(folder.resolve("out").resolve("maps")))
        .hasSize(7)
        .allMatch(name -> name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\.svg"));
    assertThat(result.out()).doesNotContain("\u001b");
  }

  @Test
  void no_two_targets_share_a_file_even_where_capitals_do_not_count() {
    locate(
        "tokyo,rack/7,0.1",
        "tokyo,rack 7,0.1",
        "tokyo,Rack:7,0.1",
        "tokyo," + "x".repeat(150) + "1,0.1",
        "tokyo," + "x".repeat(150) + "2,0.1");
    assertThat(names(folder.resolve("out").resolve("maps")))
        .hasSize(5)
        .extracting(name -> name.toLowerCase(java.util.Locale.ROOT))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_target_with_an_escape_sequence_has_no_map() {
    Desk.Result result = locate("tokyo,a\u001b[2Jb,0.1", "tokyo,t,0.1");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1012").doesNotContain("\u001b");
    assertThat(names(folder.resolve("out").resolve("maps"))).containsExactly("t.svg");
  }

  @Test
  void a_link_in_the_folder_is_replaced_and_not_followed() throws IOException {
    Path maps = Files.createDirectories(folder.resolve("out").resolve("maps"));
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(maps.resolve("t.svg"), precious);
    locate("tokyo,t,0.1");
    assertThat(precious).hasContent("precious");
    assertThat(Files.isRegularFile(maps.resolve("t.svg"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void a_map_that_cannot_be_put_in_place_leaves_nothing_half_written() throws IOException {
    Path maps = folder.resolve("out").resolve("maps");
    Files.createDirectories(maps.resolve("t.svg").resolve("occupied"));
    Desk.Result result = locate("tokyo,t,0.1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("HF-8002");
    assertThat(names(maps)).containsExactly("t.svg");
  }
}
