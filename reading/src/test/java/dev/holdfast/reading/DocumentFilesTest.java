package dev.holdfast.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFilesTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> refused = new ArrayList<>();

  private Path file(String name, byte[] octets) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder.resolve(name).toAbsolutePath().getParent());
    return Files.write(file, octets);
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text.getBytes(UTF_8));
  }

  private List<Document> read(Path... paths) {
    return new DocumentFiles().read(List.of(paths), this::refuse);
  }

  private void refuse(Problem problem) {
    refused.add(problem.sentence());
  }

  private String refusal(String name, byte[] octets) throws IOException {
    refused.clear();
    assertThat(read(file(name, octets))).isEmpty();
    assertThat(refused).hasSize(1);
    assertThat(refused.getFirst()).contains(name);
    return refused.getFirst();
  }

  @Test
  void a_folder_is_read_in_the_order_of_names_with_all_that_lies_in_it() throws IOException {
    file("b.txt", "b");
    file("a/z.md", "z");
    file("a/B.CSV", "B");
    file("c.jsonl", "c");
    file(".hidden.txt", "no");
    file(".git/x.txt", "no");
    assertThat(read(folder)).extracting(Document::text).containsExactly("B", "z", "b", "c");
    assertThat(refused).isEmpty();
  }

  @Test
  void links_within_a_folder_are_not_followed() throws IOException {
    file("a/x.txt", "x");
    Files.createSymbolicLink(folder.resolve("a/again"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/y.txt"), folder.resolve("a/x.txt"));
    assertThat(read(folder)).extracting(Document::text).containsExactly("x");
  }

  @Test
  void what_is_named_twice_is_read_once_and_in_the_order_of_naming() throws IOException {
    Path b = file("b.txt", "b");
    Path a = file("a.txt", "a");
    assertThat(read(b, a, folder)).extracting(Document::text).containsExactly("b", "a");
  }

  @Test
  void a_file_that_is_named_may_have_any_ending_and_a_byte_order_mark() throws IOException {
    assertThat(read(file("notes", "\ufeffnotes")))
        .extracting(Document::text)
        .containsExactly("notes");
  }

  @Test
  void a_bad_file_is_named_with_what_to_do_and_the_others_are_read() throws IOException {
    file("a.txt", "good");
    file("b.txt", new byte[] {'x', (byte) 0xFF});
    file("c.png", "text");
    assertThat(read(folder, folder.resolve("none.txt"))).hasSize(1);
    assertThat(refused).hasSize(3);
    assertThat(refused.get(0)).startsWith("HF-1004").contains("b.txt:1", "octet 1", "iconv");
    assertThat(refused.get(1)).startsWith("HF-1022").contains("c.png", ".txt");
    assertThat(refused.get(2)).startsWith("HF-2002").contains("none.txt");
  }

  @Test
  void what_is_no_text_is_told_apart() throws IOException {
    assertThat(refusal("a.pdf", "%PDF-1.7".getBytes(UTF_8))).contains("HF-1022", "pdftotext");
    assertThat(refusal("a.docx", "PK\u0003\u0004x".getBytes(UTF_8))).contains("docx", "plain text");
    assertThat(refusal("a.txt", "a\u0000b".getBytes(UTF_8))).contains("HF-1022", "octet 1");
    assertThat(refusal("a.txt", "text".getBytes(UTF_16))).contains("UTF-16", "iconv");
    assertThat(refusal("a.html", "<!DOCTYPE html><p>x".getBytes(UTF_8))).contains("HTML");
    assertThat(refusal("a.txt", "检查".getBytes(Charset.forName("GB18030")))).contains("HF-1004");
    assertThat(refusal("a.txt", "one\ntwo é".getBytes(ISO_8859_1))).contains("a.txt:2");
    assertThat(refusal("a.txt", " \n".getBytes(UTF_8))).contains("HF-1001");
  }

  @Test
  void no_more_is_read_than_the_limits_allow() throws IOException {
    file("a.txt", "12345");
    file("b.txt", "12345");
    assertThat(new DocumentFiles(new DocumentLimits(4, 9, 99)).read(List.of(folder), this::refuse))
        .isEmpty();
    assertThat(refused).hasSize(2).allMatch(each -> each.startsWith("HF-1021"));
    for (DocumentLimits limits :
        List.of(new DocumentLimits(9, 1, 99), new DocumentLimits(9, 9, 9))) {
      assertThatThrownBy(() -> new DocumentFiles(limits).read(List.of(folder), this::refuse))
          .hasMessageContaining("HF-1021")
          .hasMessageContaining("b.txt");
    }
  }
}
