package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whatever path is asked for: it is the one spelling of a tile's name, or of none. Normal builds
 * run the seeds only.
 */
final class TileIdFuzzTest {
  @FuzzTest
  void any_path_is_the_one_spelling_of_a_name_or_of_none(byte[] input) {
    String path = new String(input, StandardCharsets.UTF_8);
    Optional<TileId> tile = TileId.parse(path);
    if (tile.isPresent()) {
      assertThat(tile.get().path()).isEqualTo(path);
      assertThat(path).matches("tile/(entries|\\d{1,2})/(x\\d{3}/)*\\d{3}(\\.p/\\d{1,3})?");
    }
  }
}
