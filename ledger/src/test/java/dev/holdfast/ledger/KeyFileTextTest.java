package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.BAD_KEY_FILE;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyFileTextTest {
  private static final SigningKey KEY = TestKeys.LOG;
  private static final String TEXT = KeyFileText.print(KEY);
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String END = "-----END PRIVATE KEY-----\n";
  private static final String BODY =
      TEXT.substring(TEXT.indexOf(BEGIN) + BEGIN.length(), TEXT.indexOf(END));

  private static SigningKey parse(String text) {
    return KeyFileText.parse(text.getBytes(UTF_8));
  }

  private static Problem refusedWithoutSecret(String text) {
    Problem problem = refused(BAD_KEY_FILE, () -> parse(text));
    String secret = BODY.strip();
    for (int at = 0; at + 12 <= secret.length(); at++) {
      assertThat(problem.sentence()).doesNotContain(secret.substring(at, at + 12));
    }
    return problem;
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void a_key_file_reads_back_to_the_same_key(KeyAlgorithm algorithm) {
    SigningKey key = TestKeys.make("läger.example/log", algorithm);
    String text = KeyFileText.print(key);
    assertThat(parse(text)).isEqualTo(key);
    assertThat(KeyFileText.print(parse(text))).isEqualTo(text);
  }

  @Test
  void it_is_pem_with_the_vkey_before_it() {
    assertThat(TEXT.lines().toList()).element(1).isEqualTo("holdfast-key: " + KEY.key().vkey());
    assertThat(TEXT).endsWith(BEGIN + BODY + END);
    String pqText = KeyFileText.print(TestKeys.PQ_LOG);
    assertThat(pqText.substring(pqText.indexOf(BEGIN)).lines())
        .allMatch(line -> line.length() <= 64);
  }

  @Test
  void other_text_before_carriage_returns_and_other_line_lengths_are_taken() {
    assertThat(parse("# mine\n\n" + TEXT)).isEqualTo(KEY);
    assertThat(parse(TEXT.replace("\n", "\r\n"))).isEqualTo(KEY);
    assertThat(parse(TEXT + "\n\n")).isEqualTo(KEY);
    assertThat(parse(TEXT.replace(BODY, BODY.substring(0, 8) + "\n" + BODY.substring(8))))
        .isEqualTo(KEY);
  }

  @Test
  void a_file_without_its_parts_is_refused_by_the_name_of_the_part() {
    String vkey = "holdfast-key: " + KEY.key().vkey() + "\n";
    assertThat(refusedWithoutSecret("").field()).isEqualTo("private key");
    assertThat(refusedWithoutSecret(TEXT.replace(vkey, "")).field()).isEqualTo("holdfast-key");
    assertThat(refusedWithoutSecret(vkey + TEXT).field()).isEqualTo("holdfast-key");
    assertThat(refusedWithoutSecret(TEXT.replace(vkey, "") + vkey).field()).isEqualTo("file");
    assertThat(refusedWithoutSecret(TEXT.replace(BEGIN, "")).field()).isEqualTo("private key");
    assertThat(refusedWithoutSecret(TEXT.replace(END, "")).field()).isEqualTo("private key");
    assertThat(refusedWithoutSecret(TEXT + TEXT).field()).isEqualTo("file");
    assertThat(refusedWithoutSecret(END + TEXT.replace(END, "")).field()).isEqualTo("private key");
    assertThat(refusedWithoutSecret(TEXT.replace(BODY, "")).field()).isEqualTo("private key");
    assertThat(refusedWithoutSecret(TEXT.replace(BODY, "*" + BODY)).field())
        .isEqualTo("private key");
  }

  @Test
  void an_encrypted_key_is_refused_as_such() {
    String text = TEXT.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assertThat(refusedWithoutSecret(text).reason()).contains("unencrypted");
  }

  @Test
  void the_secret_in_the_wrong_place_is_not_repeated() {
    String vkey = KEY.key().vkey();
    for (String wrong :
        List.of(
            TEXT.replace(vkey, BODY.strip()),
            TEXT.replace(vkey, BODY.strip() + "+00000000+AQ=="),
            TEXT.replace(vkey, "x+" + BODY.strip() + "+AQ=="),
            TEXT.replace(vkey, "x+00000000+" + BODY.strip()),
            BODY + TEXT.replace(vkey, "x"),
            TEXT + BODY)) {
      refusedWithoutSecret(wrong);
    }
  }

  @Test
  void a_private_key_of_another_vkey_is_refused() {
    String text = TEXT.replace(KEY.key().vkey(), TestKeys.WITNESS.key().vkey());
    assertThat(refusedWithoutSecret(text).reason()).contains("does not belong");
    refusedWithoutSecret(TEXT.replace(KEY.key().vkey(), TestKeys.PQ_LOG.key().vkey()));
  }

  @Test
  void what_is_not_utf8_or_too_large_is_refused() {
    byte[] latin = TEXT.replace("Whoever", "Whoëver").getBytes(ISO_8859_1);
    refused(BAD_KEY_FILE, () -> KeyFileText.parse(latin));
    refused(BAD_KEY_FILE, () -> KeyFileText.parse(new byte[KeyFileText.LARGEST + 1]));
  }

  @Test
  void openssl_reads_it_and_computes_the_same_public_key(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("log.key"), TEXT);
    Path out = folder.resolve("log.pub");
    List<String> command =
        List.of(
            "openssl",
            "pkey",
            "-in",
            file.toString(),
            "-pubout",
            "-outform",
            "DER",
            "-out",
            out.toString());
    Process openssl;
    try {
      openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("openssl is not on the PATH: " + e.getMessage());
      return;
    }
    String said = new String(openssl.getInputStream().readAllBytes(), UTF_8);
    assertThat(openssl.waitFor()).as(said).isZero();
    assertThat(Files.readAllBytes(out)).endsWith(KEY.key().publicKey());
  }
}
