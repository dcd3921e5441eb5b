package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an entry of a dossier says, as far as people read it there; who signed it is not asked. */
sealed interface DossierWord {
  /** What people declare of sites and hosts, through a server. */
  StatementType REGISTRATION = StatementType.ofHoldfast("registration", 1);

  /** What people tell of licences, inspections, transfers and outages, through a server. */
  StatementType CUSTODY = StatementType.ofHoldfast("custody", 1);

  /** What people do with a case, through a server. */
  StatementType CASE = StatementType.ofHoldfast("case", 1);

  int MOST_ITEMS = 64;

  /** Where it stands in the log. */
  long index();

  /** The statement itself. */
  Statement statement();

  /** A site as somebody declared it. */
  record Site(
      long index,
      String actor,
      String id,
      String name,
      String operator,
      String destination,
      Position place,
      Distance radius,
      @Nullable Integer installed,
      @Nullable Double powerKw,
      boolean simulated) {
    Sited said(Instant at) {
      return new Sited(id, operator, destination, place, radius, installed, powerKw, at, simulated);
    }
  }

  /** A declaration, as far as it is about sites and hosts. */
  record Fleet(
      long index,
      Statement statement,
      String actor,
      List<Site> sites,
      SortedMap<String, String> hosts)
      implements DossierWord {
    public Fleet {
      requireNonNull(statement, "statement");
      sites = List.copyOf(sites);
      hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }
  }

  /** What was told of custody. */
  record Custody(long index, Statement statement, String actor, CustodyWord word)
      implements DossierWord {}

  /**
   * What somebody did with a case.
   *
   * @param said to whom it was given, which outcome was proposed, or what was said; empty where
   *     nothing was
   */
  record Act(long index, Statement statement, String actor, long number, String kind, String said)
      implements DossierWord {}

  /** Anything else. */
  record Other(long index, Statement statement) implements DossierWord {}

  /** Those of one kind, in their order. */
  static <W extends DossierWord> List<W> of(Class<W> kind, List<DossierWord> words) {
    return words.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Reads what an entry says.
   *
   * @param source the name of the entry for messages
   * @throws dev.holdfast.base.CodedException where it is one of these and malformed
   */
  static DossierWord of(long index, Statement statement, String source) {
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))) {
      return new Other(index, statement);
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_STATEMENT);
    if (statement.type().equals(REGISTRATION)) {
      return fleet(index, statement, fields);
    }
    if (statement.type().equals(CUSTODY)) {
      return new Custody(
          index, statement, fields.text("actor"), CustodyWord.read(fields, statement.time()));
    }
    if (statement.type().equals(CASE)) {
      return act(index, statement, fields);
    }
    return new Other(index, statement);
  }

  private static Act act(long index, Statement statement, JsonFields fields) {
    List<String> said = new ArrayList<>();
    for (String name : List.of("to", "text")) {
      if (fields.has(name)) {
        said.add(fields.text(name));
      }
    }
    String kind = fields.text("kind") + (fields.has("outcome") ? "-" + fields.text("outcome") : "");
    if (!DossierWords.hasSentence("event.case-" + kind)) {
      throw fields.refuse("kind", "nobody does this with a case");
    }
    return new Act(
        index,
        statement,
        fields.text("actor"),
        fields.whole("case"),
        kind,
        String.join(": ", said));
  }

  private static Fleet fleet(long index, Statement statement, JsonFields fields) {
    String actor = fields.text("actor");
    List<Site> sites = new ArrayList<>();
    Map<String, String> hosts = new TreeMap<>();
    for (JsonFields item : fields.items("items", MOST_ITEMS)) {
      switch (item.text("kind")) {
        case "site" -> sites.add(site(index, actor, item));
        case "host" -> hosts.put(item.value("id", TargetId::new).value(), item.text("site"));
        default -> {}
      }
    }
    return new Fleet(index, statement, actor, sites, new TreeMap<>(hosts));
  }

  private static Site site(long index, String actor, JsonFields fields) {
    double latitude = fields.number("latitude");
    double longitude = fields.number("longitude");
    double radius = fields.number("radiusKm");
    Site site =
        new Site(
            index,
            actor,
            fields.text("id"),
            fields.text("name"),
            fields.text("operator"),
            fields.text("destination"),
            fields.made("latitude", () -> new Position(latitude, longitude)),
            fields.made("radiusKm", () -> Distance.ofKilometres(radius)),
            fields.has("installedChips")
                ? (Integer) fields.whole("installedChips", Integer.MAX_VALUE)
                : null,
            fields.has("powerKw") ? (Double) fields.number("powerKw") : null,
            fields.has("simulated") && fields.truth("simulated"));
    // Whether its names are names, what is said by it checks.
    var _ = fields.made("id", () -> site.said(Instant.EPOCH));
    return site;
  }
}
