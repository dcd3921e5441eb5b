package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.ChipTie;
import dev.holdfast.detect.HostFold;
import dev.holdfast.detect.HostState;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.ReportJson;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Verdict;
import dev.holdfast.picture.RegionOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How reports and reasons look in answers: sentences, regions, bounds and verdicts. */
final class ReportForm {
  private final HostFold fold;

  ReportForm(HostFold fold) {
    this.fold = fold;
  }

  static @Nullable String sentence(@Nullable String reason, MessageCatalogue catalogue) {
    return reason == null ? null : sentence(StateJson.reason(reason), catalogue);
  }

  static String sentence(Reason reason, MessageCatalogue catalogue) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  void describe(
      Handle handle,
      String host,
      Subject.Kind kind,
      String id,
      JsonBody body,
      MessageCatalogue catalogue) {
    HostState state = Rows.state(handle, host);
    List<Claim> claims = state.claims();
    // What has run out is no verdict of now.
    if (state.rounds().isEmpty() || state.place() == PlaceState.SILENT) {
      describeNothing(body);
      return;
    }
    LocationReport report = fold.report(state, claims);
    body.put("region", region(report));
    body.put("discs", discs(handle, report, rounds(List.of(state))));
    List<Map<String, @Nullable Object>> verdicts = new ArrayList<>();
    report
        .verdicts()
        .forEach(verdict -> {
          Map<String, @Nullable Object> shown = verdict(verdict, catalogue);
          shown.put("id", newestVerdict(handle, host, ViewWriter.question(verdict.claim())));
          verdicts.add(shown);
        });
    about(handle, state, kind, id, claims)
        .verdicts()
        .forEach(verdict -> verdicts.add(verdict(verdict, catalogue)));
    body.put("verdicts", verdicts);
  }

  /** What the rounds tell of a host, or of a chip that may have signed for the key. */
  private LocationReport about(
      Handle handle, HostState state, Subject.Kind kind, String id, List<Claim> claims) {
    Optional<ChipState> tied =
        kind == Subject.Kind.CHIP
            ? BoardReading.tied(handle, id, state, fold.window())
            : Optional.empty();
    return tied
        // What signed is what it is keyed by, whatever it is listed as.
        .flatMap(chip ->
                ChipTie.of(chip, state, fold.window())
                    .map(tie -> fold.report(state, chip.id(), tie, claims)))
        .orElseGet(() -> fold.report(state, kind, id, claims));
  }

  /** What the hosts of a site tell together, were they at one place as declared. */
  void describeSite(Handle handle, String site, List<HostState> states, JsonBody body) {
    if (rounds(states).isEmpty()) {
      body.put("region", null).put("discs", List.of());
      return;
    }
    LocationReport report = fold.together(site, "site", states);
    body.put("region", region(report)).put("discs", discs(handle, report, rounds(states)));
  }

  /** What the rounds of a host tell of its key. */
  LocationReport report(HostState state) {
    return fold.report(state, state.claims());
  }

  static void describeNothing(JsonBody body) {
    body.put("region", null).put("discs", List.of()).put("verdicts", List.of());
  }

  private static List<Bounded> rounds(List<HostState> states) {
    return states.stream()
        .flatMap(state -> state.ofNewestKey().stream())
        .map(HostState.Kept::round)
        .toList();
  }

  static @Nullable Map<String, @Nullable Object> region(LocationReport report) {
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

  static String landmarkName(Handle handle, String id) {
    return handle
        .createQuery("SELECT name FROM landmark WHERE id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .findOne()
        .orElse(id);
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

  private static Map<String, @Nullable Object> verdict(
      Verdict verdict, MessageCatalogue catalogue) {
    return new JsonBody()
        .put(
            "subject",
            new JsonBody()
                .put("kind", verdict.standing().subject().kind())
                .put("id", verdict.standing().subject().id())
                .put("binding", verdict.standing().subject().binding())
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
}
