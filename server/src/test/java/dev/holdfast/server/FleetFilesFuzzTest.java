package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import java.util.List;

/** Whatever a body holds: items that are read again from what they say, or a coded refusal. */
final class FleetFilesFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void any_octets_give_items_or_a_coded_refusal_in_every_form(byte[] octets) {
    for (String type : List.of("application/json", "application/yaml", "text/csv")) {
      try {
        FleetFiles.read(octets, type).forEach(FleetFilesFuzzTest::requireSame);
      } catch (CodedException e) {
        assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
        assertThat(Problem.printable(e.problem().sentence())).isEqualTo(e.problem().sentence());
      }
    }
  }

  /** As the fold reads it from the ledger. */
  private static void requireSame(FleetItem item) {
    JsonFields fields = JsonFields.of(item.json(), "again", ErrorCode.MALFORMED_FLEET);
    FleetItem again = FleetItem.read(fields.text("kind"), fields);
    assertThat(again.json()).isEqualTo(item.json());
  }
}
