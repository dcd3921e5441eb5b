package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import java.io.ByteArrayOutputStream;

/** Hostile octets as a dossier, and as the data in one: an answer or a coded refusal. */
final class DossierFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void a_page_is_read_or_refused_with_a_code(byte[] octets) {
    read(octets);
  }

  @FuzzTest(maxDuration = "10s")
  void data_in_a_page_are_read_or_refused_with_a_code(byte[] octets) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.writeBytes((DossierFile.BEGIN + "en\">\n" + DossierFile.OPEN).getBytes(UTF_8));
    page.writeBytes(octets);
    page.writeBytes(DossierFile.CLOSE.getBytes(UTF_8));
    read(page.toByteArray());
  }

  private static void read(byte[] octets) {
    try {
      CaseDossier read = CaseDossier.parse(octets, "fuzz");
      assertThat(read.language()).isNotNull();
      String again =
          DossierFile.BEGIN + read.language().getLanguage() + "\">\n" + DossierFile.block(read);
      assertThat(CaseDossier.parse(again.getBytes(UTF_8), "again")).isEqualTo(read);
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
    }
  }
}
