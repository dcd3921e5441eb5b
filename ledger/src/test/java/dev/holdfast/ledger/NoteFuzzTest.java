package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;

/**
 * Whatever octets come: a coded error or a note that prints to them. Normal builds run the seeds
 * only.
 */
final class NoteFuzzTest {
  @FuzzTest
  void any_octets_give_a_note_with_these_octets_or_a_coded_error(byte[] octets) {
    try {
      Note note = Note.parse(octets);
      assertThat(note.octets()).isEqualTo(octets);
      assertThat(Note.of(note.text(), note.signatures())).isEqualTo(note);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(e.problem().field()).isNotNull();
    }
  }
}
