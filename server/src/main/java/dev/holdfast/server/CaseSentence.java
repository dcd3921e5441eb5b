package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.locate.Geodesics;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Position;
import dev.holdfast.model.Region;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence what happened in a case, where and when, for people who know nothing of
 * chips. It is made of the case's findings and of where its sites are: kinds, counts, days and
 * distances; of kinds that it has no words for it repeats the heaviest finding.
 */
final class CaseSentence {
  /** More than three things are a list, not a sentence. */
  private static final int MOST_CLAUSES = 3;

  private final CaseFacts facts;
  private final Handle handle;
  private final MessageCatalogue catalogue;

  CaseSentence(Handle handle, long number, MessageCatalogue catalogue) {
    this.handle = handle;
    this.facts = new CaseFacts(handle, number);
    this.catalogue = catalogue;
  }

  /** A part of the sentence: what happened from a day on. */
  private record Clause(LocalDate day, Severity severity, String text) {}

  /** All that happened, in its order. */
  String full(CasePath path, CasePathForm form) {
    List<Clause> clauses = clauses(path, form);
    List<String> said =
        clauses.stream()
            .limit(MOST_CLAUSES)
            .sorted(Comparator.comparing(Clause::day))
            .map(Clause::text)
            .toList();
    return ended(said);
  }

  /** The heaviest of what happened; of equals the last. */
  String brief() {
    return clauses(null, null).stream()
        .max(Comparator.comparing(Clause::severity).thenComparing(Clause::day))
        .map(each -> ended(List.of(each.text())))
        .orElse("");
  }

  private String ended(List<String> clauses) {
    return clauses.stream()
        .reduce((one, other) -> catalogue.say("case.and", one, other))
        .map(all -> catalogue.say("case.end", capital(all)))
        .orElse("");
  }

  private static String capital(String text) {
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }

  /** What there is to say, what tells most of the story first. */
  private List<Clause> clauses(@Nullable CasePath path, @Nullable CasePathForm form) {
    List<Clause> clauses = new ArrayList<>();
    Optional<CaseFacts.Group> silent = facts.silent();
    silent.ifPresent(each -> clauses.add(silent(each)));
    facts
        .moved()
        .ifPresent(
            each -> clauses.add(moved(each, path, path == null ? null : silent.orElse(null))));
    facts.of("other-site").ifPresent(each -> clauses.add(elsewhere(each, path, form)));
    facts
        .of("key-in-two-places", "identity-in-two-places")
        .ifPresent(each -> add(clauses, each, say("case.twice", each, name(each.site()))));
    facts
        .of("cohesion-lost")
        .ifPresent(each ->
            add(
                clauses,
                each,
                say("case.apart", each, argument(each, 1), argument(each, 2), name(each.site()))));
    facts
        .of("identity-swapped")
        .ifPresent(each -> add(clauses, each, say("case.swapped", each, argument(each, 0))));
    facts
        .of("transfer-contradicted")
        .ifPresent(each -> add(clauses, each, counted("case.stayed", each)));
    facts
        .of("outside-licence")
        .ifPresent(each -> add(clauses, each, unlicensed(each, path != null)));
    facts
        .of("fewer-inspected")
        .ifPresent(each ->
            add(
                clauses,
                each,
                say("case.fewer", each, name(each.site()), argument(each, 1), argument(each, 2))));
    if (clauses.isEmpty()) {
      facts
          .heaviest()
          .ifPresent(each ->
              add(
                  clauses,
                  each,
                  say("case.other", each, unended(ReportForm.sentence(each.reason(), catalogue)))));
    }
    return clauses;
  }

  private static void add(List<Clause> clauses, CaseFacts.Group group, String text) {
    clauses.add(new Clause(day(group.since()), group.severity(), text));
  }

  private Clause silent(CaseFacts.Group group) {
    String first = day(group.since()).toString();
    String last = day(group.last()).toString();
    String said;
    if (group.all()) {
      said = counted("case.silent-all", group);
    } else if (first.equals(last) || group.chips() == 1) {
      said = counted("case.silent", group);
    } else {
      said = counted("case.silent-spread", group, last);
    }
    return new Clause(
        day(group.since()),
        group.severity(),
        facts
            .inspected(group.since())
            .map(day -> catalogue.say("case.after-inspection", said, day))
            .orElse(said));
  }

  private Clause moved(
      CaseFacts.Group group, @Nullable CasePath path, CaseFacts.@Nullable Group silent) {
    String from = argument(group, 1);
    String to = argument(group, 2);
    String key = "case.moved";
    if (silent != null && from.equals(silent.site()) && silent.chips() > 1) {
      key = group.chips() == silent.chips() ? "case.moved-all" : "case.moved-them";
    }
    String there =
        counted(key, new CaseFacts.Group(group, from), name(to), kilometres(apart(from, to)));
    boolean proved =
        path != null
            && path.stops().stream()
                .anyMatch(stop -> stop.basis() == CasePath.Basis.PROVED && to.equals(stop.site()));
    return new Clause(
        day(group.since()),
        group.severity(),
        catalogue.say(proved ? "case.moved-proved" : "case.moved-claimed", there));
  }

  /** Where the sentence has led there already, the place is not said again. */
  private String unlicensed(CaseFacts.Group group, boolean full) {
    boolean there =
        full && facts.moved().filter(moved -> argument(moved, 2).equals(group.site())).isPresent();
    return there ? catalogue.say("case.unlicensed-there") : counted("case.unlicensed", group);
  }

  private Clause elsewhere(
      CaseFacts.Group group, @Nullable CasePath path, @Nullable CasePathForm form) {
    Optional<LocationReport> report =
        path == null || form == null
            ? Optional.empty()
            : path.stops().stream()
                .filter(stop -> stop.basis() == CasePath.Basis.BOUNDED)
                .map(form::report)
                .flatMap(Optional::stream)
                .filter(each -> each.region().centre() != null)
                .findFirst();
    String site = group.site();
    Optional<FleetItem.Site> declared = site == null ? Optional.empty() : Rows.site(handle, site);
    String said;
    if (report.isPresent() && declared.isPresent()) {
      Region region = report.get().region();
      Position centre = requireNonNull(region.centre());
      double least =
          Geodesics.kilometres(declared.get().place(), centre)
              - region.radiusKm()
              - declared.get().radius().kilometres();
      said =
          say(
              "case.elsewhere",
              group,
              name(site),
              kilometres(Math.max(0, least)),
              kilometres(region.radiusKm()),
              String.format(Locale.ROOT, "%.1f, %.1f", centre.latitude(), centre.longitude()));
      if (!region.destinations().isEmpty()) {
        said = catalogue.say("case.elsewhere-in", said, countries(region.destinations()));
      }
    } else {
      said = say("case.elsewhere-unknown", group, name(site));
    }
    return new Clause(day(group.since()), group.severity(), said);
  }

  private String countries(List<String> destinations) {
    return destinations.stream()
        .flatMap(each -> Arrays.stream(each.split("\\+", -1)))
        .map(code -> Locale.of("", code).getDisplayCountry(catalogue.language()))
        .collect(Collectors.joining(catalogue.say("case.comma")));
  }

  private double apart(String one, String other) {
    return Rows.site(handle, one)
        .flatMap(from ->
            Rows.site(handle, other).map(to -> Geodesics.kilometres(from.place(), to.place())))
        .orElse(0.0);
  }

  private static String kilometres(double distance) {
    return String.format(
        Locale.ROOT, "%,d", distance < 100 ? Math.round(distance) : Math.round(distance / 10) * 10);
  }

  /** A clause about chips of a site: day, count and site come first. */
  private String counted(String key, CaseFacts.Group group, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(day(group.since()).toString());
    arguments.add(String.valueOf(group.chips()));
    arguments.add(name(group.site()));
    arguments.addAll(List.of(more));
    return catalogue.say(group.chips() == 1 ? key + "-one" : key, arguments);
  }

  /** A clause whose first argument is the day. */
  private String say(String key, CaseFacts.Group group, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(day(group.since()).toString());
    arguments.addAll(List.of(more));
    return catalogue.say(key, arguments);
  }

  private static String argument(CaseFacts.Group group, int number) {
    List<String> arguments = group.reason().arguments();
    return number < arguments.size() ? arguments.get(number) : "";
  }

  private static String unended(String sentence) {
    return sentence.replaceAll("[.。]$", "");
  }

  private String name(@Nullable String site) {
    return site == null
        ? catalogue.say("case.no-site")
        : Rows.site(handle, site).map(FleetItem.Site::name).orElse(site);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
