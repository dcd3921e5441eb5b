package dev.holdfast.server;

import dev.holdfast.detect.HostState;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Position;
import dev.holdfast.model.Severity;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.RevocationList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of the views as records. */
final class Rows {
  private Rows() {}

  /** The authorities that were declared, in their order. */
  static List<AuthorityCertificate> authorities(Handle handle) {
    return handle
        .createQuery("SELECT der FROM authority ORDER BY ord")
        .mapTo(byte[].class)
        .map(der -> AuthorityCertificate.parse(der, "views"))
        .list();
  }

  /** What the declared authorities say of certificates, by their newest lists of revocations. */
  static CertificateVerifier verifier(Handle handle) {
    List<AuthorityCertificate> authorities = authorities(handle);
    Map<AuthorityCertificate, RevocationList> lists = new HashMap<>();
    handle
        .createQuery("SELECT der FROM revocation")
        .mapTo(byte[].class)
        .map(der -> RevocationList.parse(der, authorities, "views"))
        .forEach(issued -> lists.put(issued.authority(), issued.list()));
    return new CertificateVerifier(authorities, lists);
  }

  /** What is kept of a host; unknown where nobody spoke of it. */
  static HostState state(Handle handle, String host) {
    return handle
        .createQuery("SELECT state FROM host WHERE id = ?")
        .bind(0, host)
        .mapTo(String.class)
        .findOne()
        .map(StateJson::state)
        .orElseGet(() -> HostState.unknown(new TargetId(host)));
  }

  /** A finding. */
  static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        row.getString("kind"),
        severity(row.getString("severity")),
        row.getString("subject"),
        StateJson.reason(row.getString("reason")),
        Instant.ofEpochMilli(row.getLong("at")),
        StateJson.numbers(row.getString("causes")),
        StateJson.texts(row.getString("about")));
  }

  /** The severity of a stable word. */
  static Severity severity(String word) {
    return Severity.valueOf(word.toUpperCase(Locale.ROOT));
  }

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
    int installed = row.getInt("installed");
    boolean hasInstalled = !row.wasNull();
    return new FleetItem.Site(
        row.getString("id"),
        row.getString("name"),
        row.getString("operator"),
        row.getString("destination"),
        new Position(row.getDouble("latitude"), row.getDouble("longitude")),
        Distance.ofKilometres(row.getDouble("radius")),
        hasPower ? power : null,
        hasInstalled ? installed : null,
        row.getBoolean("simulated"));
  }

  /** A time in milliseconds, or null. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
