package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.HostState;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Subject;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Answers what a fleet is and how it stands. Safe for many threads. */
final class FleetReading {
  private static final long DAY = 86_400_000;
  private static final int STRIP = 30;

  /** The state that is asked for as a number in the order of PlaceState, as the views rank it. */
  private static final String RANK =
      "CASE :state WHEN 'PROVED' THEN 0 WHEN 'UNPROVEN' THEN 1 WHEN 'SILENT' THEN 2"
          + " WHEN 'CONFLICT' THEN 3 WHEN 'REFUTED' THEN 4 ELSE -1 END";

  /** The worst of the hosts of a site, silent without any. */
  private static final String WORST =
      "coalesce((SELECT max(host.rank) FROM host WHERE host.site = site.id), 2)";

  /**
   * A chip, and whether it signed lately for the key of its host, where that key cannot be
   * elsewhere: then what holds for the key holds for the chip.
   */
  private static final String CHIP_COLUMNS =
      "chip.*, host.judged, (coalesce(host.binding, 'file') <> 'file' AND EXISTS (SELECT 1 FROM"
          + " known_chip WHERE known_chip.chip = chip.id AND known_chip.host = host.id AND"
          + " known_chip.link = 'signed' AND known_chip.key = host.key AND abs(known_chip.signed -"
          + " host.judged) <= "
          + HoldfastServer.SETTINGS.window().toMillis()
          + ")) AS tied";

  private static final Orders SITES =
      Orders.byId("site.id")
          .or("name", "site.name")
          .or("destination", "site.destination")
          .or("operator", "site.operator");
  private static final Orders HOSTS =
      Orders.byId("host.id")
          .orNow("state", "host.rank", "host.site")
          .orNow("lastHeard", "host.last", "host.site");
  private static final Orders CHIPS = Orders.byId("chip.id").or("model", "chip.model");
  private static final Orders LANDMARKS = Orders.byId("landmark.id");

  private final Views views;
  private final Pager pager;
  private final ReportForm form;
  private final Atlas atlas;
  private final LogFolder log;
  private final String vkey;

  FleetReading(Views views, Pager pager, ReportForm form, Atlas atlas, LogFolder log, String vkey) {
    this.views = views;
    this.pager = pager;
    this.form = form;
    this.atlas = atlas;
    this.log = log;
    this.vkey = vkey;
  }

  Atlas atlas() {
    return atlas;
  }

  JsonBody summary(Asked asked) {
    return views.read(handle -> {
      SignedCheckpoint checkpoint = checkpoint();
      boolean simulated =
          count(handle, "(SELECT 1 FROM host WHERE simulated LIMIT 1)", new Conditions()) > 0;
      return new JsonBody()
          .put("now", asked.now())
          .put("simulated", simulated)
          .put("sites", count(handle, "site", asked.sites("site.id")))
          .put("hosts", count(handle, "host", asked.sites("host.site")))
          .put("chips", count(handle, "chip", asked.sites("chip.site")))
          .put("landmarks", count(handle, "landmark", new Conditions()))
          .put("findings", asked.readsAll() ? count(handle, "finding", new Conditions()) : 0)
          .put(
              "openCases",
              asked.readsAll()
                  ? count(handle, "story", new Conditions().add("story.state <> 'closed'"))
                  : 0)
          .put(
              "ledger",
              new JsonBody()
                  .put("origin", checkpoint.checkpoint().origin())
                  .put("size", checkpoint.checkpoint().size())
                  .put("vkey", vkey)
                  .fields())
          .put("languages", List.of("en", "zh", "ja"));
    });
  }

  private static long count(Handle handle, String from, Conditions where) {
    Query query = handle.createQuery("SELECT count(*) FROM " + from + where.sql());
    where.values().forEach(query::bind);
    return query.mapTo(Long.class).one();
  }

  Pager.Page sites(Asked asked) {
    Conditions where = asked.sites("site.id");
    asked.prefix(where, "q", "site.name", "site.id");
    asked.filter(where, "destination", "site.destination = :destination");
    asked.state(where, "site.id", WORST + " = " + RANK);
    return pager.page(
        "site.*",
        "site",
        SITES,
        where,
        asked,
        (handle, row) -> site(handle, Rows.site(row), asked));
  }

  private static JsonBody site(Handle handle, FleetItem.Site site, Asked asked) {
    Map<String, Integer> counts = new HashMap<>();
    boolean now = asked.maySeeNow(site.id());
    handle
        .createQuery(
            now
                ? "SELECT place, count(*) AS n FROM host WHERE site = ? GROUP BY place"
                : "SELECT 'SILENT' AS place, count(*) AS n FROM host WHERE site = ?")
        .bind(0, site.id())
        .map((row, context) -> counts.put(row.getString("place"), row.getInt("n")))
        .list();
    PlaceState worst = counts.isEmpty() ? PlaceState.SILENT : PlaceState.PROVED;
    int other = 0;
    for (PlaceState place : PlaceState.values()) {
      int count = counts.getOrDefault(place.name(), 0);
      if (count > 0) {
        worst = worst.worse(place);
      }
      other += place == PlaceState.PROVED || place == PlaceState.REFUTED ? 0 : count;
    }
    Optional<Map<String, @Nullable Object>> why =
        handle
            .createQuery(
                "SELECT reason, judged FROM host WHERE site = ? AND place = ? ORDER BY judged DESC"
                    + " LIMIT 1")
            .bind(0, site.id())
            .bind(1, worst.name())
            .map((row, context) ->
                new JsonBody()
                    .put(
                        "sentence", ReportForm.sentence(row.getString("reason"), asked.catalogue()))
                    .put("at", Rows.time(row, "judged"))
                    .fields())
            .findOne()
            .filter(found -> now);
    JsonBody body =
        new JsonBody()
            .put("id", site.id())
            .put("name", site.name())
            .put("operator", site.operator())
            .put("destination", site.destination())
            .put("latitude", site.place().latitude())
            .put("longitude", site.place().longitude())
            .put("radiusKm", site.radius().kilometres())
            .put("powerKw", site.powerKw())
            .put("installedChips", site.installed())
            .put("simulated", site.simulated())
            .put("state", worst.name())
            .put(
                "hosts",
                new JsonBody()
                    .put("proved", counts.getOrDefault("PROVED", 0))
                    .put("refuted", counts.getOrDefault("REFUTED", 0))
                    .put("unproven", other)
                    .fields())
            .put(
                "chips",
                handle
                    .createQuery("SELECT count(*) FROM chip WHERE site = ?")
                    .bind(0, site.id())
                    .mapTo(Long.class)
                    .one());
    body.put("sentence", why.map(found -> found.get("sentence")).orElse(null));
    body.put("at", why.map(found -> found.get("at")).orElse(null));
    SiteBadges.put(handle, site.id(), asked, body);
    return body;
  }

  JsonBody site(String id, Asked asked) {
    return views.read(handle -> {
      FleetItem.Site site =
          Rows.site(handle, id)
              .filter(found -> asked.maySee(found.id()))
              .orElseThrow(() -> Asked.notThere("site", id));
      JsonBody body = site(handle, site, asked);
      if (!asked.maySeeNow(id)) {
        return body.put("region", null).put("discs", List.of());
      }
      List<HostState> states =
          handle
              .createQuery("SELECT state FROM host WHERE site = ? AND place <> 'SILENT' LIMIT 500")
              .bind(0, id)
              .mapTo(String.class)
              .map(StateJson::state)
              .list();
      form.describeSite(handle, id, states, body);
      return body;
    });
  }

  Pager.Page hosts(Asked asked) {
    Conditions where = asked.sites("host.site");
    asked.filter(where, "site", "host.site = :site");
    asked.state(where, "host.site", "host.rank = " + RANK);
    asked.prefix(where, "q", "host.id");
    return pager.page(
        "host.*", "host", HOSTS, where, asked, (handle, row) -> host(handle, row, asked));
  }

  private static JsonBody host(Handle handle, ResultSet row, Asked asked) throws SQLException {
    boolean now = asked.maySeeNow(row.getString("site"));
    return new JsonBody()
        .put("id", row.getString("id"))
        .put("site", row.getString("site"))
        .put("key", row.getString("key"))
        .put("binding", row.getString("binding"))
        .put("state", now ? row.getString("place") : PlaceState.SILENT.name())
        .put(
            "sentence",
            now ? ReportForm.sentence(row.getString("reason"), asked.catalogue()) : null)
        .put("at", now ? Rows.time(row, "judged") : null)
        .put("lastHeard", now ? Rows.time(row, "heard") : null)
        .put("simulated", row.getBoolean("simulated"))
        .put(
            "chips",
            handle
                .createQuery("SELECT count(*) FROM chip WHERE host = ?")
                .bind(0, row.getString("id"))
                .mapTo(Long.class)
                .one());
  }

  JsonBody host(String id, Asked asked) {
    return views.read(handle -> {
      JsonBody body =
          handle
              .createQuery("SELECT * FROM host WHERE id = ?")
              .bind(0, id)
              .map((row, context) -> host(handle, row, asked))
              .findOne()
              .filter(found -> asked.maySee((String) found.fields().get("site")))
              .orElseThrow(() -> Asked.notThere("host", id));
      if (asked.maySeeNow((String) body.fields().get("site"))) {
        form.describe(handle, id, Subject.Kind.HOST, id, body, asked.catalogue());
      } else {
        ReportForm.describeNothing(body);
      }
      return body;
    });
  }

  Pager.Page chips(Asked asked) {
    Conditions where = asked.sites("chip.site");
    String q = asked.text("q");
    if (q != null) {
      // By any alias; the index on aliases ignores case.
      where.add("chip.id IN (SELECT chip FROM alias WHERE alias >= :q AND alias < :qEnd)", "q", q);
      where.values().put("qEnd", q + "\uffff");
    }
    asked.filter(where, "site", "chip.site = :site");
    asked.filter(where, "host", "chip.host = :host");
    asked.state(where, "chip.site", "chip.place = :state");
    asked.filter(where, "model", "chip.model = :model");
    return pager.page(
        CHIP_COLUMNS,
        "chip LEFT JOIN host ON chip.host = host.id",
        CHIPS,
        where,
        asked,
        (handle, row) -> chip(handle, row, asked));
  }

  private static JsonBody chip(Handle handle, ResultSet row, Asked asked) throws SQLException {
    String host = row.getString("host");
    String site = row.getString("site");
    boolean now = asked.maySeeNow(site);
    String place = now ? row.getString("place") : null;
    return new JsonBody()
        .put("id", row.getString("id"))
        .put("aliases", StateJson.texts(row.getString("aliases")))
        .put("model", row.getString("model"))
        .put("host", host)
        .put("site", site)
        // Nothing but evidence of the chip itself can say where the chip is.
        .put(
            "state",
            now && row.getBoolean("tied") ? row.getString("place") : PlaceState.UNPROVEN.name())
        .put("hostState", place == null ? PlaceState.SILENT.name() : place)
        .put("at", now ? Rows.time(row, "judged") : null)
        .put("simulated", row.getBoolean("simulated"))
        .put("strip", strip(handle, host, site, asked));
  }

  private static String strip(
      Handle handle, @Nullable String host, @Nullable String site, Asked asked) {
    StringBuilder strip = new StringBuilder("-".repeat(STRIP));
    long today = Math.floorDiv(asked.now().toEpochMilli(), DAY);
    if (host != null) {
      handle
          .createQuery("SELECT day, letter FROM day WHERE host = ? AND day > ? AND day <= ?")
          .bind(0, host)
          .bind(1, today - STRIP)
          .bind(2, today)
          .map((row, context) -> {
            long day = row.getLong("day");
            int at = (int) (day - today + STRIP - 1);
            if (asked.maySee(
                site, Instant.ofEpochMilli(day * DAY), Instant.ofEpochMilli((day + 1) * DAY - 1))) {
              strip.setCharAt(at, row.getString("letter").charAt(0));
            }
            return at;
          })
          .list();
    }
    return strip.toString();
  }

  JsonBody chip(String id, Asked asked) {
    return views.read(handle -> {
      JsonBody body =
          handle
              .createQuery(
                  "SELECT "
                      + CHIP_COLUMNS
                      + " FROM chip LEFT JOIN host ON chip.host = host.id WHERE chip.id = ?")
              .bind(0, id)
              .map((row, context) -> chip(handle, row, asked))
              .findOne()
              .filter(found -> asked.maySee((String) found.fields().get("site")))
              .orElseThrow(() -> Asked.notThere("chip", id));
      String host = (String) body.fields().get("host");
      String siteId = (String) body.fields().get("site");
      body.put("identities", BoardReading.identities(handle, id, siteId, asked));
      if (siteId != null) {
        Rows.site(handle, siteId)
            .ifPresent(site ->
                body.put("siteName", site.name())
                    .put("destination", site.destination())
                    .put("latitude", site.place().latitude())
                    .put("longitude", site.place().longitude())
                    .put("radiusKm", site.radius().kilometres()));
      }
      if (host == null || !asked.maySeeNow(siteId)) {
        ReportForm.describeNothing(body);
      } else {
        handle
            .createQuery("SELECT reason, heard, key, binding FROM host WHERE id = ?")
            .bind(0, host)
            .map((row, context) ->
                body.put(
                        "sentence", ReportForm.sentence(row.getString("reason"), asked.catalogue()))
                    .put("lastHeard", Rows.time(row, "heard"))
                    .put("key", row.getString("key"))
                    .put("binding", row.getString("binding")))
            .list();
        form.describe(handle, host, Subject.Kind.CHIP, id, body, asked.catalogue());
      }
      return body;
    });
  }

  Pager.Page landmarks(Asked asked) {
    Conditions where = new Conditions();
    asked.prefix(where, "q", "landmark.name", "landmark.id");
    return pager.page(
        "landmark.*",
        "landmark",
        LANDMARKS,
        where,
        asked,
        (handle, row) -> landmark(handle, row, asked));
  }

  private static JsonBody landmark(Handle handle, ResultSet row, Asked asked) throws SQLException {
    String id = row.getString("id");
    Instant heard = Rows.time(row, "heard");
    JsonBody body =
        new JsonBody()
            .put("id", id)
            .put("name", row.getString("name"))
            .put("operator", row.getString("operator"))
            .put("latitude", row.getDouble("latitude"))
            .put("longitude", row.getDouble("longitude"))
            .put("uncertaintyKm", row.getDouble("uncertainty"))
            .put("lastHeard", heard)
            .put("simulated", row.getBoolean("simulated"));
    LandmarkHealth.put(handle, id, heard, asked.now(), body);
    return body;
  }

  JsonBody landmark(String id, Asked asked) {
    return views.read(handle ->
        handle
            .createQuery("SELECT * FROM landmark WHERE id = ?")
            .bind(0, id)
            .map((row, context) ->
                landmark(handle, row, asked)
                    .put("hours", LandmarkHealth.hourly(handle, id, asked.now())))
            .findOne()
            .orElseThrow(() -> Asked.notThere("landmark", id)));
  }

  /**
   * Whether a name is that of a chip, a site or a host; the first of them where it is of several.
   */
  Optional<String> kindOf(String id) {
    return views.read(handle ->
        Stream.of("chip", "site", "host")
            .filter(kind ->
                handle
                    .createQuery("SELECT 1 FROM " + kind + " WHERE id = ?")
                    .bind(0, id)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent())
            .findFirst());
  }

  /** Refuses a site that nobody declared. */
  void requireSite(String id) {
    if (views.read(handle -> Rows.site(handle, id)).isEmpty()) {
      throw new CodedException(
          new Problem(
              ErrorCode.UNKNOWN_REFERENCE,
              "body",
              0,
              "site",
              "site " + Problem.quote(id) + " is not declared"));
    }
  }

  /** Refuses items that refer to what is neither known nor declared beside them. */
  void requireReferences(List<FleetItem> items) {
    Set<String> sites = new HashSet<>();
    for (FleetItem item : items) {
      if (item instanceof FleetItem.Site site) {
        sites.add(site.id());
        if (atlas.destinations().index(site.destination()).isEmpty()) {
          throw new CodedException(
              new Problem(
                  ErrorCode.UNKNOWN_COUNTRY,
                  "fleet",
                  0,
                  "destination",
                  Problem.quote(site.destination()) + " is no destination"));
        }
      }
    }
    for (FleetItem item : items) {
      if (item instanceof FleetItem.Host host
          && !sites.contains(host.site())
          && views.read(handle -> Rows.site(handle, host.site())).isEmpty()) {
        throw new CodedException(
            new Problem(
                ErrorCode.UNKNOWN_REFERENCE,
                "fleet",
                0,
                "site",
                "host "
                    + Problem.quote(host.id().value())
                    + " is at site "
                    + Problem.quote(host.site())
                    + ", which is not declared"));
      }
    }
  }

  private SignedCheckpoint checkpoint() {
    try {
      return log.signedCheckpoint();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
