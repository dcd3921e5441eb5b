package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More claims than stay in memory are sorted on disk and joined in order. */
final class ManyClaimsTest {
  private static final List<String> CLAIMS =
      List.of(
          "m,,,,JP,",
          "a-claimed-only,,,,JP,",
          "k,35.68,139.69,200,,CN",
          "z-claimed-only,,,,,CN",
          "k,,,,JP,",
          "l-claimed-only,35.68,139.69,50,,",
          "spoiled,,,,JP,",
          "spoiled,91,0,1,,");

  @TempDir private Path folder = Path.of("");

  private Desk desk(int rows) {
    List<String> claims = new ArrayList<>(rows);
    for (int i = 0; claims.size() < rows; i++) {
      claims.add(CLAIMS.get(i % 6));
    }
    claims.addAll(CLAIMS.subList(6, 8));
    return new Desk(folder).claims(claims.toArray(String[]::new));
  }

  private static void allAreAnswered(Desk.Result result) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("HF-1010").hasLineCount(1);
    assertThat(result.answers("k"))
        .containsExactlyInAnyOrder(
            "within 35.68,139.69,200 PROVED", "excluded_country CN PROVED", "country JP PROVED");
    assertThat(result.answers("m")).containsExactly("country JP PROVED");
    assertThat(result.answers("n")).isEmpty();
    assertThat(result.answers("a-claimed-only")).containsExactly("country JP UNPROVEN");
    assertThat(result.answers("l-claimed-only")).containsExactly("within 35.68,139.69,50 UNPROVEN");
    assertThat(result.answers("z-claimed-only")).containsExactly("excluded_country CN UNPROVEN");
    assertThat(result.targets())
        .containsExactly("a-claimed-only", "k", "l-claimed-only", "m", "n", "z-claimed-only");
  }

  @Test
  void few_claims_are_joined() {
    allAreAnswered(
        desk(6).delays("tokyo,n,1", "tokyo,m,1", "tokyo,spoiled,1", "tokyo,k,1").locateJson());
  }

  @Test
  void many_claims_are_joined_to_grouped_and_to_ungrouped_delays() {
    Desk desk = desk(Claims.FEW + 1);
    allAreAnswered(
        desk.delays("tokyo,n,1", "tokyo,m,1", "tokyo,spoiled,1", "tokyo,k,1").locateJson());
    allAreAnswered(
        desk.delays("tokyo,n,1", "tokyo,m,1", "tokyo,spoiled,1", "tokyo,k,1", "paris,m,99")
            .locateJson());
  }

  @Test
  void many_claims_and_no_delays_at_all_are_no_error() {
    Desk.Result result = desk(Claims.FEW + 1).delays().locateJson();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.targets())
        .containsExactly("a-claimed-only", "k", "l-claimed-only", "m", "z-claimed-only");
  }
}
