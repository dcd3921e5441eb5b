package dev.holdfast.server;

import dev.holdfast.detect.HostState;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.LandmarkAudit;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NextLandmark;
import dev.holdfast.locate.SharedAudit;
import dev.holdfast.locate.TypicalBound;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers which landmarks contradict others, and where one more would help most: both are advice,
 * from what is in the views. Safe for many threads; one at a time computes.
 */
final class LandmarkDesk {
  /** Hosts whose rounds are held against each other, the newest. */
  private static final int MOST_HOSTS = 500;

  /** Sites whose open claims are looked at, one host of each. */
  private static final int MOST_SITES = 40;

  private static final int MOST_SHOWN = 100;

  /** What was computed is answered again for so long, or until nothing was added to the ledger. */
  private static final Duration KEPT = Duration.ofSeconds(60);

  private final Views views;
  private final Atlas atlas;
  private final Kept audit = new Kept();
  private final Kept advice = new Kept();

  LandmarkDesk(Views views, Atlas atlas) {
    this.views = views;
    this.atlas = atlas;
  }

  /** What was computed, of which ledger and when. */
  private static final class Kept {
    private String applied = "";
    private Instant at = Instant.MIN;
    private @Nullable JsonBody body;

    synchronized JsonBody of(
        String now, Instant asked, java.util.function.Supplier<JsonBody> make) {
      JsonBody known = body;
      if (known == null || (!applied.equals(now) && asked.isAfter(at.plus(KEPT)))) {
        known = make.get();
        body = known;
        applied = now;
        at = asked;
      }
      return known;
    }
  }

  private String applied() {
    return views.read(handle ->
        handle
            .createQuery("SELECT value FROM meta WHERE name = 'applied'")
            .mapTo(String.class)
            .findOne()
            .orElse(""));
  }

  /** Which landmarks contradict each other. */
  JsonBody audit(Asked asked) {
    asked.requireAll();
    return audit.of(applied(), asked.now(), () -> views.read(handle -> audit(handle, asked.now())));
  }

  private JsonBody audit(Handle handle, Instant now) {
    List<SharedAudit.Measured> measured = new ArrayList<>();
    for (HostState state : hosts(handle, "place <> 'SILENT'", MOST_HOSTS)) {
      Declared declared = state.declared();
      measured.add(
          new SharedAudit.Measured(
              state.host(),
              bounds(state),
              declared == null
                  ? null
                  : new SharedAudit.Site(
                      declared.site(), new Claim.Within(declared.place(), declared.radius()))));
    }
    SharedAudit.Result shared = SharedAudit.audit(measured);
    LandmarkAudit.Result mesh = mesh(handle);
    return new JsonBody()
        .put("at", now)
        .put(
            "basis",
            new JsonBody()
                .put("hosts", shared.targets())
                .put("sharedPairs", shared.explanation().pairsChecked())
                .put("meshPairs", mesh.pairsChecked())
                .fields())
        .put("shared", explanation(shared.explanation()))
        .put("mesh", explanation(mesh))
        .put(
            "contradictions",
            shared.contradictions().stream().limit(MOST_SHOWN).map(LandmarkDesk::body).toList())
        .put(
            "meshContradictions",
            mesh.pairs().stream().limit(MOST_SHOWN).map(LandmarkDesk::body).toList())
        .put(
            "exclusions",
            shared.exclusions().stream().limit(MOST_SHOWN).map(LandmarkDesk::body).toList());
  }

  private static Map<String, @Nullable Object> explanation(LandmarkAudit.Result result) {
    return new JsonBody()
        .put(
            "suspects",
            result.suspects().stream()
                .map(each ->
                    Map.of("landmark", each.landmark().value(), "pairs", each.brokenPairs()))
                .toList())
        .put(
            "ties",
            result.ties().stream()
                .map(tie -> tie.landmarks().stream().map(LandmarkId::value).toList())
                .toList())
        .put("smallestSet", result.smallestSet())
        .put("proven", result.proven())
        .fields();
  }

  private static Map<String, @Nullable Object> body(SharedAudit.Contradiction each) {
    return new JsonBody()
        .put("first", each.first().value())
        .put("second", each.second().value())
        .put("hosts", each.hosts())
        .put("host", each.host().value())
        .put("distanceKm", kilometres(each.distanceKm()))
        .put("limitKm", kilometres(each.limitKm()))
        .fields();
  }

  private static Map<String, @Nullable Object> body(LandmarkAudit.ImpossiblePair each) {
    return new JsonBody()
        .put("first", each.first().value())
        .put("second", each.second().value())
        .put("delayMs", each.roundTrip().milliseconds())
        .put("distanceKm", kilometres(each.distanceKm()))
        .put("limitKm", kilometres(each.limitKm()))
        .fields();
  }

  private static Map<String, @Nullable Object> body(SharedAudit.Exclusion each) {
    return new JsonBody()
        .put("landmark", each.landmark().value())
        .put("site", each.site())
        .put("hosts", each.hosts())
        .put("boundKm", kilometres(each.boundKm()))
        .put("distanceKm", kilometres(each.distanceKm()))
        .put("alone", each.alone())
        .fields();
  }

  private static double kilometres(double exact) {
    return Math.rint(exact * 10) / 10;
  }

  /** What landmarks measured of each other: hosts that bear the name of a landmark. */
  private static LandmarkAudit.Result mesh(Handle handle) {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    handle
        .createQuery("SELECT * FROM landmark")
        .map((row, context) ->
            new Landmark(
                new LandmarkId(row.getString("id")),
                new Position(row.getDouble("latitude"), row.getDouble("longitude")),
                new OperatorId(row.getString("operator")),
                Distance.ofKilometres(row.getDouble("uncertainty"))))
        .forEach(each -> landmarks.put(each.id(), each));
    List<Measurement> rows =
        handle
            .createQuery(
                "SELECT host, landmark, min(ms) AS least FROM delay WHERE host IN"
                    + " (SELECT id FROM landmark) GROUP BY host, landmark LIMIT 20000")
            .map((row, context) ->
                new Measurement(
                    new LandmarkId(row.getString("landmark")),
                    new TargetId(row.getString("host")),
                    Delay.ofMillis(row.getDouble("least")),
                    null))
            .list();
    return LandmarkAudit.audit(landmarks, rows, Speed.OF_LIGHT);
  }

  private static List<HostState> hosts(Handle handle, String where, int most) {
    return handle
        .createQuery(
            "SELECT state FROM host WHERE " + where + " ORDER BY last DESC, id LIMIT " + most)
        .mapTo(String.class)
        .map(StateJson::state)
        .list();
  }

  /** The bounds of its newest key at its newest round. */
  private List<Bound> bounds(HostState state) {
    Map<LandmarkId, Landmark> landmarks = new HashMap<>();
    List<Measurement> rows = new ArrayList<>();
    for (HostState.Kept kept : state.ofNewestKey()) {
      Bounded round = kept.round();
      landmarks.put(round.landmark().id(), round.landmark());
      rows.add(
          new Measurement(
              round.landmark().id(), round.host(), round.roundTrip(), round.measuredAt()));
    }
    return Locator.of(atlas, landmarks, HoldfastServer.SETTINGS).bounds(rows, Speed.OF_LIGHT);
  }

  /** Where one more landmark would help most. */
  JsonBody advice(Asked asked) {
    asked.requireAll();
    return advice.of(
        applied(), asked.now(), () -> views.read(handle -> advice(handle, asked.now())));
  }

  private JsonBody advice(Handle handle, Instant now) {
    boolean simulated = false;
    Map<String, HostState> ofSites = new LinkedHashMap<>();
    Map<String, Integer> hostsOfSites = new HashMap<>();
    for (HostState state : hosts(handle, "place = 'UNPROVEN'", MOST_HOSTS)) {
      Declared declared = state.declared();
      if (declared != null && !state.rounds().isEmpty()) {
        ofSites.putIfAbsent(declared.site(), state);
        hostsOfSites.merge(declared.site(), 1, Integer::sum);
      }
    }
    List<NextLandmark.Open> open = new ArrayList<>();
    for (Map.Entry<String, HostState> each : ofSites.entrySet()) {
      Declared declared = Objects.requireNonNull(each.getValue().declared());
      if (open.size() < MOST_SITES) {
        simulated |= declared.simulated();
        open.add(
            new NextLandmark.Open(
                new TargetId(each.getKey()),
                declared.place(),
                new Claim.Inside(declared.destination()),
                bounds(each.getValue())));
      }
    }
    TypicalBound typical = typical(handle);
    List<Position> known =
        handle
            .createQuery("SELECT latitude, longitude FROM landmark ORDER BY id LIMIT 200")
            .map((row, context) ->
                new Position(row.getDouble("latitude"), row.getDouble("longitude")))
            .list();
    NextLandmark.Result found =
        new NextLandmark(atlas, HoldfastServer.SETTINGS.toleratedFaults(), typical)
            .search(open, open.isEmpty() ? List.of() : known);
    return new JsonBody()
        .put("at", now)
        .put("basis", "computed")
        .put(
            "assumption",
            new JsonBody()
                .put("fixedKm", kilometres(typical.fixedKm()))
                .put("stretch", Math.rint(typical.stretch() * 100) / 100)
                .put("pairs", typical.pairs())
                .fields())
        .put("sites", open.size())
        .put("sitesLeftOut", ofSites.size() - open.size())
        .put("hosts", hostsOfSites.values().stream().mapToInt(each -> each).sum())
        .put("areaKm2", Math.rint(found.areaKm2()))
        .put("places", found.places())
        .put("best", found.best().stream().map(each -> body(each, hostsOfSites)).toList())
        .put("simulated", simulated);
  }

  private Map<String, @Nullable Object> body(NextLandmark.Gain gain, Map<String, Integer> hosts) {
    List<String> sites = gain.proved().stream().map(TargetId::value).toList();
    return new JsonBody()
        .put("latitude", Math.rint(gain.place().latitude() * 100) / 100)
        .put("longitude", Math.rint(gain.place().longitude() * 100) / 100)
        .put("destinations", atlas.at(gain.place()))
        .put("provedSites", sites)
        .put("provedHosts", sites.stream().mapToInt(each -> hosts.getOrDefault(each, 0)).sum())
        .put("areaGoneKm2", Math.rint(gain.areaGoneKm2()))
        .put("areaLeftKm2", Math.rint(gain.areaLeftKm2()))
        .fields();
  }

  /** What bounds are here, of hosts that are proved to be in their destinations. */
  private TypicalBound typical(Handle handle) {
    List<TypicalBound.Pair> pairs = new ArrayList<>();
    for (HostState state : hosts(handle, "place = 'PROVED'", 200)) {
      Declared declared = Objects.requireNonNull(state.declared());
      for (Bound bound : bounds(state)) {
        double distance =
            Locator.distance(bound.landmark().position(), declared.place()).kilometres();
        pairs.add(new TypicalBound.Pair(distance, bound.atMost().kilometres()));
      }
    }
    return TypicalBound.of(pairs);
  }
}
