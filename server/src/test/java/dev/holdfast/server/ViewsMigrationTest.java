package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchRow;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the views of an older server held, as this one reads it. */
final class ViewsMigrationTest {
  private static final String EARLY = "\"2026-11-01T00:00:00.123456789Z\"";
  private static final String LATE = "\"2026-11-02T00:00:00Z\"";

  @TempDir private Path folder;

  private String address() {
    return "jdbc:sqlite:" + folder.resolve(Views.FILE).toAbsolutePath();
  }

  private void put(Connection views, String kind, String key, String state) throws SQLException {
    try (PreparedStatement insert = views.prepareStatement("INSERT INTO watch VALUES (?, ?, ?)")) {
      insert.setString(1, kind);
      insert.setString(2, key);
      insert.setString(3, state);
      insert.executeUpdate();
    }
  }

  private static String alias(String kind, String value) {
    return "{\"kind\":\"" + kind + "\",\"value\":\"" + value + "\"}";
  }

  private static String holder(String chip, String since) {
    return "{\"chip\":\"" + chip + "\",\"since\":" + since + "}";
  }

  private void remembered() throws SQLException {
    var _ =
        Flyway.configure(Views.class.getClassLoader())
            .dataSource(address(), "", "")
            .locations("classpath:dev/holdfast/server/views")
            .loggers("slf4j")
            .target("7")
            .load()
            .migrate();
    try (Connection views = DriverManager.getConnection(address())) {
      put(views, "name", alias("uuid", "GPU-1"), holder("c-1", EARLY));
      put(views, "label", "GPU-1", "\"c-1\"");
      // The one whose label it is, though another was told of earlier by its own time.
      put(views, "name", alias("board-serial", "77"), holder("c-1", EARLY));
      put(views, "name", alias("pdi", "77"), holder("c-2", LATE));
      put(views, "label", "77", "\"c-2\"");
      put(views, "due", "chip:c-1", LATE);
      put(views, "due", "host:rack-1", EARLY);
      put(
          views,
          "chip",
          "c-1",
          "{\"chip\":\"c-1\",\"meter\":{\"source\":\"nvml\",\"says\":{\"watts\":312.0625},\"at\":"
              + LATE
              + ",\"index\":7,\"same\":2},\"told\":0}");
      put(views, "chip", "c-2", "{\"chip\":\"c-2\",\"told\":0}");
      try (Statement insert = views.createStatement()) {
        insert.executeUpdate("INSERT INTO landmark_hour VALUES ('osaka', 7, 3, 2, 48, 47, 1.25)");
      }
    }
  }

  private List<WatchRow> rows() throws SQLException {
    List<WatchRow> rows = new ArrayList<>();
    try (Connection views = DriverManager.getConnection(address());
        Statement select = views.createStatement();
        ResultSet found = select.executeQuery("SELECT * FROM watch ORDER BY kind, key")) {
      while (found.next()) {
        rows.add(new WatchRow(found.getString(1), found.getString(2), found.getString(3)));
      }
    }
    return rows;
  }

  @Test
  void names_times_and_meters_are_those_that_were_remembered() throws Exception {
    remembered();
    Views.open(folder).close();
    List<WatchRow> rows = rows();
    assertThat(rows)
        .containsExactly(
            new WatchRow(
                "chip",
                "c-1",
                "{\"chip\":\"c-1\",\"meter\":{\"source\":\"nvml\",\"at\":"
                    + LATE
                    + ",\"index\":7,\"same\":2,\"watts\":312.0625,\"millijoules\":-1},\"told\":0}"),
            new WatchRow("chip", "c-2", "{\"chip\":\"c-2\",\"told\":0}"),
            new WatchRow("due-chip", "c-1", LATE),
            new WatchRow("due-host", "rack-1", EARLY),
            new WatchRow(
                "name", "77", "{\"kind\":\"pdi\",\"chip\":\"c-2\",\"since\":" + LATE + "}"),
            new WatchRow(
                "name", "GPU-1", "{\"kind\":\"uuid\",\"chip\":\"c-1\",\"since\":" + EARLY + "}"),
            new WatchRow(
                "other-name",
                alias("board-serial", "77"),
                "{\"kind\":\"board-serial\",\"chip\":\"c-1\",\"since\":" + EARLY + "}"));
    NaturalEarth earth = NaturalEarth.load();
    Watch watch =
        new Watch(
            WatchTerms.USUAL,
            Atlas.of(
                earth.map(),
                Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
                Atlas.DEFAULT_MARGIN));
    watch.restore(rows);
    assertThat(watch.tick(Instant.parse("2026-11-01T00:00:00Z")).next())
        .contains(Instant.parse("2026-11-01T00:00:00.123456789Z"));
  }

  @Test
  void what_round_trips_of_landmarks_spread_is_the_same_in_nanoseconds() throws Exception {
    remembered();
    Views.open(folder).close();
    try (Connection views = DriverManager.getConnection(address());
        Statement select = views.createStatement();
        ResultSet found =
            select.executeQuery("SELECT answered, spread, typeof(spread) FROM landmark_hour")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getLong(1)).isEqualTo(47);
      assertThat(found.getLong(2)).isEqualTo(1_250_000);
      assertThat(found.getString(3)).isEqualTo("integer");
    }
  }
}
