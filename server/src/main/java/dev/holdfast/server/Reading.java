package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.HostFold;
import dev.holdfast.detect.HostState;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.ReportJson;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.picture.RegionOutline;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of the views. Safe for many threads. */
final class Reading {
  private static final long DAY = 86_400_000;
  private static final int STRIP = 30;
  private static final int POINTS = 500;

  private final Views views;
  private final HostFold fold;
  private final Atlas atlas;
  private final LogFolder log;
  private final String vkey;

  Reading(Views views, HostFold fold, Atlas atlas, LogFolder log, String vkey) {
    this.views = views;
    this.fold = fold;
    this.atlas = atlas;
    this.log = log;
    this.vkey = vkey;
  }

  Atlas atlas() {
    return atlas;
  }

  Optional<Long> indexOf(SourceId source, long sequence, Sha256 hash) {
    return views.read(handle ->
        handle
            .createQuery("SELECT idx FROM statement WHERE source = ? AND sequence = ? AND hash = ?")
            .bind(0, source.value())
            .bind(1, sequence)
            .bind(2, hash.hex())
            .mapTo(Long.class)
            .findOne());
  }

  /** A page of a list. */
  record Page(List<Map<String, @Nullable Object>> items, @Nullable String next) {}

  /** Builds one object of a list. */
  private interface Build {
    JsonBody of(Handle handle, ResultSet row) throws SQLException;
  }

  /**
   * A list, a page at a time.
   *
   * @param from what follows SELECT, up to the conditions
   * @param key the column that the list is in the order of
   */
  private Page page(
      String from,
      String key,
      boolean newestFirst,
      Conditions conditions,
      Asked asked,
      Build build) {
    String cursor = asked.cursor();
    if (cursor != null) {
      conditions.add(
          key + (newestFirst ? " < :cursor" : " > :cursor"),
          "cursor",
          newestFirst ? (Object) number(cursor) : cursor);
    }
    String sql =
        "SELECT "
            + from
            + conditions.sql()
            + " ORDER BY "
            + key
            + (newestFirst ? " DESC" : "")
            + " LIMIT :limit";
    return views.read(handle -> {
      Query query = handle.createQuery(sql).bind("limit", asked.limit() + 1);
      conditions.values().forEach(query::bind);
      List<String> keys = new ArrayList<>();
      List<Map<String, @Nullable Object>> items =
          query
              .map((row, context) -> {
                keys.add(row.getString("page_key"));
                return build.of(handle, row).fields();
              })
              .list();
      if (items.size() <= asked.limit()) {
        return new Page(items, null);
      }
      String last = keys.get(asked.limit() - 1);
      return new Page(
          items.subList(0, asked.limit()),
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(last.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    });
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CodedException(
          new Problem(ErrorCode.BAD_PARAMETER, null, 0, "cursor", "it is not one of this list"), e);
    }
  }

  // ---- lists

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
          .put(
              "chips",
              asked.readsAll()
                  ? count(handle, "chip", new Conditions())
                  : count(
                      handle, "chip JOIN host ON chip.host = host.id", asked.sites("host.site")))
          .put("landmarks", count(handle, "landmark", new Conditions()))
          .put("findings", asked.readsAll() ? count(handle, "finding", new Conditions()) : 0)
          .put(
              "ledger",
              new JsonBody()
                  .put("origin", checkpoint.checkpoint().origin())
                  .put("size", checkpoint.checkpoint().size())
                  .fields())
          .put("languages", List.of("en", "zh", "ja"));
    });
  }

  private static long count(Handle handle, String from, Conditions where) {
    Query query = handle.createQuery("SELECT count(*) FROM " + from + where.sql());
    where.values().forEach(query::bind);
    return query.mapTo(Long.class).one();
  }

  /** The worst of the hosts of a site, as a number in the order of PlaceState; silent without. */
  private static final String WORST =
      "coalesce((SELECT max(CASE host.place WHEN 'PROVED' THEN 0 WHEN 'UNPROVEN' THEN 1"
          + " WHEN 'SILENT' THEN 2 WHEN 'CONFLICT' THEN 3 ELSE 4 END)"
          + " FROM host WHERE host.site = site.id), 2)";

  Page sites(Asked asked) {
    Conditions where = asked.sites("site.id");
    asked.prefix(where, "q", "site.name", "site.id");
    asked.filter(where, "destination", "site.destination = :destination");
    asked.state(
        where,
        "site.id",
        WORST
            + " = CASE :state WHEN 'PROVED' THEN 0 WHEN 'UNPROVEN' THEN 1 WHEN 'SILENT' THEN 2"
            + " WHEN 'CONFLICT' THEN 3 WHEN 'REFUTED' THEN 4 ELSE -1 END");
    return page(
        "site.*, site.id AS page_key FROM site",
        "site.id",
        false,
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
                    .put("sentence", sentence(row.getString("reason"), asked.catalogue()))
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
                    .createQuery(
                        "SELECT count(*) FROM chip JOIN host ON chip.host = host.id"
                            + " WHERE host.site = ?")
                    .bind(0, site.id())
                    .mapTo(Long.class)
                    .one());
    body.put("sentence", why.map(found -> found.get("sentence")).orElse(null));
    body.put("at", why.map(found -> found.get("at")).orElse(null));
    return body;
  }

  static @Nullable String sentence(@Nullable String reason, MessageCatalogue catalogue) {
    return reason == null ? null : sentence(StateJson.reason(reason), catalogue);
  }

  static String sentence(Reason reason, MessageCatalogue catalogue) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  JsonBody site(String id, Asked asked) {
    return views.read(handle -> {
      FleetItem.Site site =
          Rows.site(handle, id)
              .filter(found -> asked.maySee(found.id()))
              .orElseThrow(() -> notThere("site", id));
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
      joint(handle, site, states, body);
      return body;
    });
  }

  /** The region that all hosts of a site share, were they at one place as declared. */
  private void joint(Handle handle, FleetItem.Site site, List<HostState> states, JsonBody body) {
    Map<Landmark, Bounded> shortest = new LinkedHashMap<>();
    for (HostState state : states) {
      for (HostState.Kept kept : state.ofNewestKey()) {
        Bounded round = kept.round();
        shortest.merge(
            round.landmark(),
            round,
            (one, other) -> one.roundTrip().compareTo(other.roundTrip()) <= 0 ? one : other);
      }
    }
    if (shortest.isEmpty()) {
      body.put("region", null).put("discs", List.of());
      return;
    }
    TargetId target = new TargetId(site.id());
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    List<Measurement> rows = new ArrayList<>();
    shortest.forEach((landmark, round) -> {
      landmarks.putIfAbsent(landmark.id(), landmark);
      rows.add(new Measurement(landmark.id(), target, round.roundTrip(), round.measuredAt()));
    });
    LocationReport report =
        dev.holdfast.locate.Locator.of(
                atlas, landmarks, dev.holdfast.locate.Settings.DEFAULT.withToleratedFaults(1))
            .report(target, rows, List.of());
    body.put("region", region(report));
    body.put("discs", discs(handle, report, List.copyOf(shortest.values())));
  }

  private static @Nullable Map<String, @Nullable Object> region(LocationReport report) {
    if (report.bounds().isEmpty()) {
      return null;
    }
    Position centre = report.region().centre();
    List<List<Position>> outline = RegionOutline.of(report);
    return new JsonBody()
        .put("empty", report.region().empty())
        .put("areaKm2", Math.rint(report.region().areaKm2() * 10) / 10)
        .put("radiusKm", Math.ceil(report.region().radiusKm() * 1000) / 1000)
        .put("centre", centre == null ? null : place(centre))
        .put("destinations", report.region().destinations())
        .put("outline", outline.isEmpty() ? null : GeoJson.multiPolygon(outline))
        .fields();
  }

  private static Map<String, @Nullable Object> place(Position position) {
    return new JsonBody()
        .put("latitude", position.latitude())
        .put("longitude", position.longitude())
        .fields();
  }

  private static List<Map<String, @Nullable Object>> discs(
      Handle handle, LocationReport report, List<Bounded> rounds) {
    List<Map<String, @Nullable Object>> discs = new ArrayList<>();
    for (Bound bound : report.bounds()) {
      String id = bound.landmark().id().value();
      Bounded round =
          rounds.stream()
              .filter(each -> each.landmark().id().value().equals(id))
              .min(java.util.Comparator.comparing(Bounded::roundTrip))
              .orElse(null);
      discs.add(
          new JsonBody()
              .put("landmark", id)
              .put("name", landmarkName(handle, id))
              .put("latitude", bound.landmark().position().latitude())
              .put("longitude", bound.landmark().position().longitude())
              .put("boundKm", Math.ceil(bound.atMost().kilometres() * 1000) / 1000)
              .put("delayMs", round == null ? null : round.roundTrip().milliseconds())
              .put("at", round == null ? null : round.measuredAt())
              .put("binding", report.binding().contains(bound))
              .fields());
    }
    return discs;
  }

  private static String landmarkName(Handle handle, String id) {
    return handle
        .createQuery("SELECT name FROM landmark WHERE id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .findOne()
        .orElse(id);
  }

  Page hosts(Asked asked) {
    Conditions where = asked.sites("host.site");
    asked.filter(where, "site", "host.site = :site");
    asked.state(where, "host.site", "host.place = :state");
    asked.prefix(where, "q", "host.id");
    return page(
        "host.*, host.id AS page_key FROM host",
        "host.id",
        false,
        where,
        asked,
        (handle, row) -> host(handle, row, asked));
  }

  private static JsonBody host(Handle handle, ResultSet row, Asked asked) throws SQLException {
    boolean now = asked.maySeeNow(row.getString("site"));
    return new JsonBody()
        .put("id", row.getString("id"))
        .put("site", row.getString("site"))
        .put("key", row.getString("key"))
        .put("binding", row.getString("binding"))
        .put("state", now ? row.getString("place") : PlaceState.SILENT.name())
        .put("sentence", now ? sentence(row.getString("reason"), asked.catalogue()) : null)
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
              .orElseThrow(() -> notThere("host", id));
      if (asked.maySeeNow((String) body.fields().get("site"))) {
        describe(handle, id, Subject.Kind.HOST, id, body, asked.catalogue());
      } else {
        describeNothing(body);
      }
      return body;
    });
  }

  private void describe(
      Handle handle,
      String host,
      Subject.Kind kind,
      String id,
      JsonBody body,
      MessageCatalogue catalogue) {
    HostState state =
        handle
            .createQuery("SELECT state FROM host WHERE id = ?")
            .bind(0, host)
            .mapTo(String.class)
            .findOne()
            .map(StateJson::state)
            .orElseGet(() -> HostState.unknown(new TargetId(host)));
    List<Claim> claims = state.declared() == null ? List.of() : state.declared().claims();
    if (state.rounds().isEmpty()) {
      describeNothing(body);
      return;
    }
    LocationReport report = fold.report(state, claims);
    body.put("region", region(report));
    body.put(
        "discs",
        discs(handle, report, state.ofNewestKey().stream().map(HostState.Kept::round).toList()));
    List<Map<String, @Nullable Object>> verdicts = new ArrayList<>();
    report
        .verdicts()
        .forEach(verdict -> {
          Map<String, @Nullable Object> shown = verdict(verdict, catalogue);
          shown.put("id", newestVerdict(handle, host, ViewWriter.question(verdict.claim())));
          verdicts.add(shown);
        });
    fold.report(state, kind, id, claims)
        .verdicts()
        .forEach(verdict -> verdicts.add(verdict(verdict, catalogue)));
    body.put("verdicts", verdicts);
  }

  /** The row whose bundle shows the newest change of this verdict. */
  private static @Nullable Long newestVerdict(Handle handle, String host, String question) {
    return handle
        .createQuery(
            "SELECT id FROM verdict WHERE host = ? AND question = ? ORDER BY id DESC LIMIT 1")
        .bind(0, host)
        .bind(1, question)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  private static void describeNothing(JsonBody body) {
    body.put("region", null).put("discs", List.of()).put("verdicts", List.of());
  }

  private static Map<String, @Nullable Object> verdict(
      Verdict verdict, MessageCatalogue catalogue) {
    return new JsonBody()
        .put(
            "subject",
            new JsonBody()
                .put("kind", verdict.standing().subject().kind())
                .put("id", verdict.standing().subject().id())
                .fields())
        .put("question", ViewWriter.question(verdict.claim()))
        .put("value", ReportJson.value(verdict.claim()))
        .put("verdict", verdict.value())
        .put("atSlowerSpeed", verdict.atSlowerSpeed())
        .put("reason", sentence(verdict.reason(), catalogue))
        .put("reasonCode", verdict.reason().code())
        .put(
            "assumptions",
            verdict.assumptions().stream().map(each -> sentence(each, catalogue)).toList())
        .put("coalition", verdict.coalition().stream().map(OperatorId::value).toList())
        .fields();
  }

  Page chips(Asked asked) {
    Conditions where = asked.sites("host.site");
    String from = "chip.*, host.site, host.place, host.judged, chip.id AS page_key FROM chip";
    String q = asked.text("q");
    if (q != null) {
      // By any alias; the index on aliases ignores case.
      where.add("chip.id IN (SELECT chip FROM alias WHERE alias >= :q AND alias < :qEnd)", "q", q);
      where.values().put("qEnd", q + "\uffff");
    }
    asked.filter(where, "site", "host.site = :site");
    asked.filter(where, "host", "chip.host = :host");
    asked.state(where, "host.site", "host.place = :state");
    asked.filter(where, "model", "chip.model = :model");
    return page(
        from + " LEFT JOIN host ON chip.host = host.id",
        "chip.id",
        false,
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
        .put("state", PlaceState.UNPROVEN.name())
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
                  "SELECT chip.*, host.site, host.place, host.judged FROM chip"
                      + " LEFT JOIN host ON chip.host = host.id WHERE chip.id = ?")
              .bind(0, id)
              .map((row, context) -> chip(handle, row, asked))
              .findOne()
              .filter(found -> asked.maySee((String) found.fields().get("site")))
              .orElseThrow(() -> notThere("chip", id));
      String host = (String) body.fields().get("host");
      String siteId = (String) body.fields().get("site");
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
        describeNothing(body);
      } else {
        handle
            .createQuery("SELECT reason, heard, key, binding FROM host WHERE id = ?")
            .bind(0, host)
            .map((row, context) ->
                body.put("sentence", sentence(row.getString("reason"), asked.catalogue()))
                    .put("lastHeard", Rows.time(row, "heard"))
                    .put("key", row.getString("key"))
                    .put("binding", row.getString("binding")))
            .list();
        describe(handle, host, Subject.Kind.CHIP, id, body, asked.catalogue());
      }
      return body;
    });
  }

  private HostAndSite hostOfChip(Handle handle, String id, Asked asked) {
    return handle
        .createQuery(
            "SELECT chip.host, host.site FROM chip LEFT JOIN host ON chip.host = host.id"
                + " WHERE chip.id = ?")
        .bind(0, id)
        .map((row, context) -> new HostAndSite(row.getString("host"), row.getString("site")))
        .findOne()
        .filter(each -> asked.maySee(each.site()))
        .orElseThrow(() -> notThere("chip", id));
  }

  private record HostAndSite(@Nullable String host, @Nullable String site) {}

  Page timeline(String chip, Asked asked) {
    HostAndSite at = views.read(handle -> hostOfChip(handle, chip, asked));
    Conditions where = new Conditions();
    where.add("(event.host = :host OR event.chip = :chip)", "chip", chip);
    where.values().put("host", at.host() == null ? "" : at.host());
    if (!asked.readsAll()) {
      where.values().put("site", at.site() == null ? "" : at.site());
      asked.spans(where, ":site", "event.at");
    }
    return page(
        "event.*, event.id AS page_key FROM event",
        "event.id",
        true,
        where,
        asked,
        (handle, row) -> event(row, asked.catalogue()));
  }

  private static JsonBody event(ResultSet row, MessageCatalogue catalogue) throws SQLException {
    return new JsonBody()
        .put("index", row.getLong("idx"))
        .put("at", Rows.time(row, "at"))
        .put("kind", row.getString("kind"))
        .put("mark", row.getString("mark"))
        .put("sentence", sentence(row.getString("reason"), catalogue))
        .put("source", row.getString("source"))
        .put("simulated", row.getBoolean("simulated"))
        .put("late", row.getBoolean("late"));
  }

  JsonBody delays(String chip, Asked asked) {
    return views.read(handle -> {
      HostAndSite place = hostOfChip(handle, chip, asked);
      String host = place.host();
      if (host == null) {
        return new JsonBody().put("landmarks", List.of());
      }
      HostState state =
          handle
              .createQuery("SELECT state FROM host WHERE id = ?")
              .bind(0, host)
              .mapTo(String.class)
              .findOne()
              .map(StateJson::state)
              .orElseGet(() -> HostState.unknown(new TargetId(host)));
      Map<String, List<Map<String, @Nullable Object>>> points = new LinkedHashMap<>();
      for (String landmark :
          handle
              .createQuery("SELECT DISTINCT landmark FROM delay WHERE host = ? ORDER BY landmark")
              .bind(0, host)
              .mapTo(String.class)
              .list()) {
        List<Map<String, @Nullable Object>> some =
            handle
                .createQuery(
                    "SELECT at, ms, idx FROM delay WHERE host = ? AND landmark = ?"
                        + " ORDER BY at DESC LIMIT "
                        + POINTS)
                .bind(0, host)
                .bind(1, landmark)
                .map((row, context) ->
                    new JsonBody()
                        .put("at", Rows.time(row, "at"))
                        .put("ms", row.getDouble("ms"))
                        .put("index", row.getLong("idx"))
                        .fields())
                .list();
        points.put(
            landmark,
            some.reversed().stream()
                .filter(point -> {
                  Instant at = (Instant) point.get("at");
                  return at != null && asked.maySee(place.site(), at, at);
                })
                .toList());
      }
      List<Map<String, @Nullable Object>> landmarks = new ArrayList<>();
      points.forEach((landmark, some) ->
          landmarks.add(
              new JsonBody()
                  .put("id", landmark)
                  .put("name", landmarkName(handle, landmark))
                  .put(
                      "provesMs",
                      asked.maySeeNow(place.site())
                          ? ProvingDelay.of(atlas, state, landmark)
                          : null)
                  .put("points", some)
                  .fields()));
      return new JsonBody().put("landmarks", landmarks);
    });
  }

  Page landmarks(Asked asked) {
    Conditions where = new Conditions();
    asked.prefix(where, "q", "landmark.name", "landmark.id");
    return page(
        "landmark.*, landmark.id AS page_key FROM landmark",
        "landmark.id",
        false,
        where,
        asked,
        (handle, row) ->
            new JsonBody()
                .put("id", row.getString("id"))
                .put("name", row.getString("name"))
                .put("operator", row.getString("operator"))
                .put("latitude", row.getDouble("latitude"))
                .put("longitude", row.getDouble("longitude"))
                .put("uncertaintyKm", row.getDouble("uncertainty"))
                .put("lastHeard", Rows.time(row, "heard"))
                .put("simulated", row.getBoolean("simulated")));
  }

  Page verdicts(Asked asked) {
    Conditions where = new Conditions();
    asked.spans(where, "verdict.site", "verdict.at");
    asked.filter(where, "subject", "(verdict.host = :subject OR verdict.subject = :subject)");
    asked.filter(where, "site", "verdict.site = :site");
    asked.filter(where, "verdict", "verdict.verdict = :verdict");
    return page(
        "verdict.*, verdict.id AS page_key FROM verdict",
        "verdict.id",
        true,
        where,
        asked,
        (handle, row) ->
            new JsonBody()
                .put("id", row.getLong("id"))
                .put(
                    "subject",
                    new JsonBody()
                        .put("kind", row.getString("kind"))
                        .put("id", row.getString("subject"))
                        .put("host", row.getString("host"))
                        .fields())
                .put("site", row.getString("site"))
                .put("claim", row.getString("question") + ":" + row.getString("value"))
                .put("verdict", row.getString("verdict"))
                .put("reason", sentence(row.getString("reason"), asked.catalogue()))
                .put("coalition", StateJson.texts(row.getString("coalition")))
                .put("at", Rows.time(row, "at"))
                .put("index", row.getLong("idx"))
                .put("simulated", row.getBoolean("simulated")));
  }

  Page findings(Asked asked) {
    Conditions where = new Conditions();
    asked.requireAll();
    asked.filter(where, "kind", "finding.kind = :kind");
    asked.filter(where, "subject", "finding.subject = :subject");
    return page(
        "finding.*, finding.id AS page_key FROM finding",
        "finding.id",
        true,
        where,
        asked,
        (handle, row) ->
            new JsonBody()
                .put("id", row.getLong("id"))
                .put("kind", row.getString("kind"))
                .put("subject", row.getString("subject"))
                .put("sentence", sentence(row.getString("reason"), asked.catalogue()))
                .put("at", Rows.time(row, "at"))
                .put("index", row.getLong("idx"))
                .put("simulated", row.getBoolean("simulated")));
  }

  private SignedCheckpoint checkpoint() {
    try {
      return log.signedCheckpoint();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** An entry with its proof. */
  JsonBody entry(long index) throws IOException {
    SignedCheckpoint signed = log.signedCheckpoint();
    long size = signed.checkpoint().size();
    if (index < 0 || index >= size) {
      throw new CodedException(
          Problem.of(
              index < 0 ? ErrorCode.BAD_PARAMETER : ErrorCode.NOT_PUBLISHED,
              "the newest checkpoint has the entries from 0 to " + (size - 1)));
    }
    List<byte[]> bundle = LedgerKeeper.bundle(log, index / TileId.FULL, size);
    byte[] entry = bundle.get((int) (index % TileId.FULL));
    InclusionProof proof = InclusionProof.make(index, size, new TileHashes(log, size));
    Base64.Encoder base64 = Base64.getEncoder();
    return new JsonBody()
        .put("index", index)
        .put("envelope", base64.encodeToString(entry))
        .put("size", size)
        .put("root", signed.checkpoint().root().base64())
        .put("path", proof.path().stream().map(Hash::base64).toList())
        .put(
            "checkpoint",
            new String(signed.note().octets(), java.nio.charset.StandardCharsets.UTF_8))
        .put("vkey", vkey);
  }

  /** What was disclosed to an auditor. */
  List<Asked.Disclosed> disclosedTo(String auditor) {
    return views.read(handle ->
        handle
            .createQuery("SELECT site, since, until FROM disclosure WHERE auditor = ?")
            .bind(0, auditor)
            .map((row, context) ->
                new Asked.Disclosed(
                    row.getString("site"),
                    Instant.ofEpochMilli(row.getLong("since")),
                    Instant.ofEpochMilli(row.getLong("until"))))
            .list());
  }

  /** Refuses items that refer to what is neither known nor declared beside them. */
  void requireReferences(List<FleetItem> items) {
    java.util.Set<String> sites = new java.util.HashSet<>();
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

  static CodedException notThere(String what, String id) {
    return new CodedException(
        Problem.of(ErrorCode.NOT_THERE, "there is no " + what + " " + Problem.quote(id)));
  }
}
