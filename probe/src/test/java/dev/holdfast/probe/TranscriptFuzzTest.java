package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;

/** Hostile transcripts and rounds: an answer or a coded refusal, nothing else. */
final class TranscriptFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void a_transcript_is_read_in_its_one_spelling_or_refused(byte[] octets) {
    Transcript read;
    try {
      read = Transcript.parse(octets, "fuzz");
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(
              ErrorCode.MALFORMED_TRANSCRIPT, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
      return;
    }
    assertThat(read.octets()).isEqualTo(octets);
    assertThat(
            Countersigner.objection(read, 0x1234, Wire.mac(), Wire.session(1).answered()).isEmpty())
        .as("nothing was answered, so only a transcript without answers may be signed")
        .isEqualTo(read.lines().stream().allMatch(line -> line.answer() == null));
  }

  @FuzzTest(maxDuration = "10s")
  void a_round_is_read_or_refused(byte[] octets) {
    try {
      Round read = Round.read(JsonFields.read(octets, "fuzz", 65_535, ErrorCode.MALFORMED_ROUNDS));
      assertThat(Round.read(JsonFields.of(read.json(), "again", ErrorCode.MALFORMED_ROUNDS)))
          .isEqualTo(read);
    } catch (CodedException e) {
      assertThat(e.problem().code())
          .isIn(ErrorCode.MALFORMED_ROUNDS, ErrorCode.MALFORMED_JSON, ErrorCode.INPUT_TOO_LARGE);
    }
  }
}
