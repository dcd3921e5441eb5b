package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExitStatusTest {
  @TempDir private Path folder = Path.of("");

  private static final String PROVED = "t,35.68,139.69,200,,";
  private static final String OPEN = "t,35.68,139.69,100,,";
  private static final String REFUTED = "t,1.35,103.82,50,,";

  private Desk desk(String... claims) {
    return new Desk(folder).delays("tokyo,t,1").claims(claims);
  }

  @Test
  void it_is_0_for_proved_and_unproven() {
    assertThat(desk(PROVED).locate().status()).isZero();
    assertThat(desk(OPEN).locate().status()).isZero();
    assertThat(desk(PROVED, OPEN).locateJson().status()).isZero();
  }

  @Test
  void it_is_1_as_soon_as_one_claim_is_refuted() {
    assertThat(desk(PROVED, REFUTED, OPEN).locate().status()).isEqualTo(1);
    assertThat(desk(REFUTED).locateJson().status()).isEqualTo(1);
  }

  @Test
  void it_is_2_as_soon_as_one_row_is_bad_even_if_a_claim_is_refuted() {
    Desk.Result result = desk(REFUTED, "u,91,0,1,,").locateJson();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.answers("t")).containsExactly("within 1.35,103.82,50 REFUTED");
  }

  @Test
  void it_is_2_where_a_file_is_not_there() {
    Desk.Result result =
        new Desk(folder)
            .run("locate", "--landmarks", folder.resolve("none.csv").toString(), "--delays", "d");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("HF-2002 " + folder.resolve("none.csv") + ": ");
  }

  @Test
  void it_is_2_where_a_file_is_a_folder() {
    Desk.Result result =
        new Desk(folder)
            .run("locate", "--landmarks", folder.toString(), "--delays", folder.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("HF-2002 ").contains("folder");
  }

  @Test
  void it_is_3_where_the_maps_cannot_be_written() throws IOException {
    Files.writeString(folder.resolve("maps"), "a file, not a folder");
    Desk.Result result = desk(PROVED).locate("--map", folder.resolve("maps").toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).startsWith("HF-8002 ");
    assertThat(folder.resolve("maps")).hasContent("a file, not a folder");
  }

  @Test
  void it_is_3_where_standard_output_is_closed() {
    desk(PROVED);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    int status =
        Holdfast.run(
            new String[] {
              "locate",
              "--landmarks",
              folder.resolve("landmarks.csv").toString(),
              "--delays",
              folder.resolve("delays.csv").toString()
            },
            new PrintStream(closed, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of());
    assertThat(status).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("HF-8002 ");
  }
}
