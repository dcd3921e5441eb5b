package dev.holdfast.server;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of the views as records. */
final class Rows {
  private Rows() {}

  static Optional<FleetItem.Site> site(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM site WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> site(row))
        .findOne();
  }

  static FleetItem.Site site(ResultSet row) throws SQLException {
    double power = row.getDouble("power");
    boolean hasPower = !row.wasNull();
    return new FleetItem.Site(
        row.getString("id"),
        row.getString("name"),
        row.getString("operator"),
        row.getString("destination"),
        new Position(row.getDouble("latitude"), row.getDouble("longitude")),
        Distance.ofKilometres(row.getDouble("radius")),
        hasPower ? power : null,
        row.getBoolean("simulated"));
  }

  /** A time in milliseconds, or null. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
