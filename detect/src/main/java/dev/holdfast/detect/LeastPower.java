package dev.holdfast.detect;

import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an installed chip draws at the least, by the name of its model.
 *
 * <p>That is half of the least that was read of chips of this model that were switched on and had
 * nothing to do: others may rest deeper, under another driver or in a cooler hall. A model that
 * nobody published a reading of is not in it. Names are compared as they are, since a chip of a
 * longer name is another product. The readings and their sources are in {@code least_power.csv}.
 */
final class LeastPower {
  private static final double SHARE = 0.5;
  private static final double MOST_WATTS = 10_000;
  private static final String NAME = "least_power.csv";

  private LeastPower() {}

  /** Whole watts, rounded down. */
  static Map<String, Integer> carried() {
    InputStream in = LeastPower.class.getResourceAsStream(NAME);
    if (in == null) {
      throw new IllegalStateException("missing resource " + NAME);
    }
    Map<String, Integer> watts = new HashMap<>();
    try (CsvReader reader = CsvReader.open(in, NAME, List.of("models", "idle_watts", "source"))) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        int least = (int) (SHARE * row.get().number("idle_watts", 1, MOST_WATTS));
        for (String model : row.get().required("models").split("\\|", -1)) {
          if (watts.put(model, least) != null) {
            throw new IllegalStateException(NAME + " names " + model + " twice");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return watts;
  }
}
