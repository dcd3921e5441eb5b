package dev.holdfast.server;

import dev.holdfast.model.LocationReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How the path of a case looks in answers. */
final class CasePathForm {
  private final Handle handle;
  private final ReportForm form;
  private final Map<Long, Optional<LocationReport>> reports = new HashMap<>();

  CasePathForm(Handle handle, ReportForm form) {
    this.handle = handle;
    this.form = form;
  }

  /** The stretches with their sites and regions, in the order in which they began. */
  List<Map<String, @Nullable Object>> stops(CasePath path) {
    return path.stops().stream().map(this::stop).toList();
  }

  private Map<String, @Nullable Object> stop(CasePath.Stop stop) {
    Long until = stop.until();
    JsonBody body =
        new JsonBody()
            .put("basis", stop.basis().name().toLowerCase(Locale.ROOT))
            .put("from", Instant.ofEpochMilli(stop.since()))
            .put("until", until == null ? null : Instant.ofEpochMilli(until))
            .put("chips", stop.chips())
            .put("hosts", stop.hosts());
    String id = stop.site();
    FleetItem.Site site = id == null ? null : Rows.site(handle, id).orElse(null);
    body.put("site", site == null ? null : site.id())
        .put("name", site == null ? null : site.name());
    if (stop.basis() != CasePath.Basis.UNHEARD) {
      body.put("destination", site == null ? null : site.destination())
          .put("latitude", site == null ? null : site.place().latitude())
          .put("longitude", site == null ? null : site.place().longitude())
          .put("radiusKm", site == null ? null : site.radius().kilometres())
          .put("region", report(stop).map(ReportForm::region).orElse(null))
          .put("simulated", site != null && site.simulated());
    }
    return body.fields();
  }

  /** What the rounds of a stretch left, where they were judged. */
  Optional<LocationReport> report(CasePath.Stop stop) {
    Long row = stop.verdict();
    return row == null
        ? Optional.empty()
        : reports.computeIfAbsent(
            row,
            id ->
                handle
                    .createQuery("SELECT state FROM verdict WHERE id = ?")
                    .bind(0, id)
                    .mapTo(String.class)
                    .findOne()
                    .map(StateJson::state)
                    .map(form::report));
  }
}
