package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_NOTE;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoteTest {
  private static final String LINE = "\u2014 name AAAAAQI=\n";

  private static Note parse(String text) {
    return Note.parse(text.getBytes(UTF_8));
  }

  @Test
  void a_note_is_a_text_a_blank_line_and_signatures() {
    Note note = parse("one\ntwo\n\n" + LINE + "\u2014 other //////8=\n");
    assertThat(note.text()).isEqualTo("one\ntwo\n");
    assertThat(note.signatures())
        .containsExactly(
            new NoteSignature("name", 1, new byte[] {2}),
            new NoteSignature("other", -1, new byte[] {(byte) 0xff}));
  }

  @Test
  void the_octets_of_a_note_are_those_that_were_parsed() {
    byte[] octets = ("é\n\n\n" + LINE + LINE).getBytes(UTF_8);
    assertThat(Note.parse(octets).octets()).isEqualTo(octets);
    assertThat(Note.parse(octets)).isEqualTo(Note.of("é\n\n", Note.parse(octets).signatures()));
  }

  @Test
  void the_text_may_hold_empty_lines_and_ends_before_the_last_of_them() {
    assertThat(parse("\n\n" + LINE).text()).isEqualTo("\n");
    assertThat(parse("a\n\n\n" + LINE).text()).isEqualTo("a\n\n");
    assertThat(parse("a\n\n" + LINE + "\n" + LINE).text()).isEqualTo("a\n\n" + LINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n" + LINE,
        "\n" + LINE,
        "text\n\n\u2014 name AAAAAQI=",
        "text\n\n" + LINE + "x\n",
        "text\n\n" + LINE + "\n",
        "text\n\n- name AAAAAQI=\n",
        "text\n\n\u2013 name AAAAAQI=\n",
        "text\n\n\u2014name AAAAAQI=\n",
        "text\n\n\u2014  AAAAAQI=\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name  AAAAAQI=\n",
        "text\n\n\u2014 name AAAAAQI= \n",
        "text\n\n\u2014 na me AAAAAQI=\n",
        "text\n\n\u2014 na+me AAAAAQI=\n",
        "text\n\n\u2014 na\u00a0me AAAAAQI=\n",
        "text\n\n\u2014 name AAAAAQI\n",
        "text\n\n\u2014 name AAAAAQJ=\n",
        "text\n\n\u2014 name AAAAAQI-\n",
        "text\n\n\u2014 name AAAAAQ==\n",
        "text\n\n\u2014 name \n",
      })
  void any_other_form_is_refused(String text) {
    refused(MALFORMED_NOTE, () -> parse(text));
  }

  @Test
  void control_characters_other_than_newline_are_refused_everywhere() {
    for (char c = 0; c < ' '; c++) {
      String control = String.valueOf(c);
      if (c != '\n') {
        refused(MALFORMED_NOTE, () -> parse("te" + control + "xt\n\n" + LINE));
        refused(MALFORMED_NOTE, () -> parse("text\n\n" + LINE.replace("name", "na" + control)));
        refused(MALFORMED_NOTE, () -> parse("text\r\n\r\n" + LINE));
      }
    }
    assertThat(parse("a\u007fb\u0080c\n\n" + LINE).text()).isEqualTo("a\u007fb\u0080c\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00c0\u0080",
        "\u00c3",
        "\u00ed\u00a0\u0080",
        "\u00f5\u0080\u0080\u0080"
      })
  void what_is_not_utf8_is_refused(String octets) {
    byte[] note = (octets + "\n\n" + "x").getBytes(ISO_8859_1);
    assertThat(refused(MALFORMED_NOTE, () -> Note.parse(note)).reason()).contains("UTF-8");
  }

  @Test
  void a_byte_order_mark_is_a_part_of_the_text() {
    assertThat(parse("\ufefftext\n\n" + LINE).text()).isEqualTo("\ufefftext\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 64})
  void up_to_64_signatures_are_taken(int count) {
    assertThat(parse("text\n\n" + LINE.repeat(count)).signatures()).hasSize(count);
  }

  @Test
  void a_65th_signature_is_refused() {
    assertThat(refused(MALFORMED_NOTE, () -> parse("text\n\n" + LINE.repeat(65))).reason())
        .contains("64");
    NoteSignature signature = new NoteSignature("name", 1, new byte[1]);
    assertThatThrownBy(() -> Note.of("text\n", Collections.nCopies(65, signature)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_note_has_at_most_1_mebibyte() {
    String rest = "\n\n" + LINE;
    int fits = Note.LARGEST - rest.getBytes(UTF_8).length;
    assertThat(parse("x".repeat(fits) + rest).octets()).hasSize(Note.LARGEST);
    refused(MALFORMED_NOTE, () -> parse("x".repeat(fits + 1) + rest));
  }

  @Test
  void sixteen_signatures_of_nearly_five_kilobytes_fit() {
    List<NoteSignature> signatures =
        IntStream.range(0, 16)
            .mapToObj(i -> new NoteSignature("n" + i, i, new byte[5000]))
            .toList();
    Note note = Note.of("text\n", signatures);
    assertThat(Note.parse(note.octets())).isEqualTo(note);
  }

  @Test
  void an_error_names_the_line() {
    assertThat(refused(MALFORMED_NOTE, () -> parse("a\nb\n\n" + LINE + "x\n")).line()).isEqualTo(5);
    assertThat(refused(MALFORMED_NOTE, () -> parse("a\n\n\u2014 b+ AAAAAQI=\n")).line())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "te\txt\n", "\ud800\n"})
  void a_note_is_not_made_of_a_text_that_it_could_not_hold(String text) {
    List<NoteSignature> one = List.of(new NoteSignature("name", 1, new byte[1]));
    assertThatThrownBy(() -> Note.of(text, one)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Note.of("text\n", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_signature_that_is_there_already_is_not_added_again() {
    NoteSignature first = new NoteSignature("name", 1, new byte[] {2});
    NoteSignature second = new NoteSignature("name", 1, new byte[] {3});
    Note note = Note.of("text\n", List.of(first));
    assertThat(note.with(first, second, second).signatures()).containsExactly(first, second);
    assertThat(note.signatures()).containsExactly(first);
  }

  @Test
  void the_answer_of_a_witness_is_signature_lines_alone() {
    assertThat(NoteSignature.parseAll((LINE + LINE).getBytes(UTF_8)))
        .hasSize(2)
        .allMatch(signature -> (signature.line() + "\n").equals(LINE));
    for (String bad : List.of("", "\n", "\n" + LINE, LINE + "\n", LINE.strip(), "x\n")) {
      refused(MALFORMED_NOTE, () -> NoteSignature.parseAll(bad.getBytes(UTF_8)));
    }
  }
}
