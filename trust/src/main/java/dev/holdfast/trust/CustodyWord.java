package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.OfCustody;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The word of people on a licence, an inspection, a transfer or an announced outage, as a statement
 * holds it. It is self-declared. Its fields say what an EPCIS 2.0 event says: what, when, where and
 * why.
 *
 * @param said never a site, which a registration declares
 * @param entries of an inspection at which chips signed: the entries that hold their signatures
 */
public record CustodyWord(OfCustody said, List<Long> entries) {
  private static final int MOST_NAMES = 2_000;
  private static final int MOST_ENTRIES = 64;
  private static final int LONGEST_DEMAND_HOURS = 87_600;

  public CustodyWord {
    requireNonNull(said, "said");
    entries = List.copyOf(entries);
    if (said instanceof Sited) {
      throw new IllegalArgumentException("a site is declared by a registration");
    }
    if (!entries.isEmpty() && !(said instanceof Inspected)) {
      throw new IllegalArgumentException("only an inspection cites entries");
    }
  }

  /** The stable word of its kind. */
  public String kind() {
    return switch (said) {
      case Licensed each -> "licence";
      case Inspected each -> "inspection";
      case Transferred each -> "transfer";
      case Announced each -> "outage";
      case Sited each -> throw new IllegalStateException();
    };
  }

  /** By which people know it. */
  public String number() {
    return switch (said) {
      case Licensed each -> each.licence();
      case Inspected each -> each.inspection();
      case Transferred each -> each.transfer();
      case Announced each -> each.site();
      case Sited each -> throw new IllegalStateException();
    };
  }

  /** The sites that it names. */
  public SortedSet<String> sites() {
    SortedSet<String> sites = new TreeSet<>();
    switch (said) {
      case Licensed each -> sites.addAll(each.sites());
      case Inspected each -> sites.add(each.site());
      case Transferred each -> {
        if (each.fromSite() != null) {
          sites.add(each.fromSite());
        }
        if (each.toSite() != null) {
          sites.add(each.toSite());
        }
      }
      case Announced each -> sites.add(each.site());
      case Sited each -> throw new IllegalStateException();
    }
    return sites;
  }

  /**
   * Reads the fields of a word, and leaves all others.
   *
   * @param at when it is said
   * @throws dev.holdfast.base.CodedException with the field that is wrong
   */
  public static CustodyWord read(JsonFields fields, Instant at) {
    boolean simulated = fields.has("simulated") && fields.truth("simulated");
    List<Long> entries =
        fields.has("entries")
            ? fields.texts("entries", MOST_ENTRIES).stream()
                .map(each -> entry(fields, each))
                .toList()
            : List.of();
    OfCustody said =
        switch (fields.text("kind")) {
          case "licence" -> licence(fields, at, simulated);
          case "inspection" -> inspection(fields, simulated);
          case "transfer" -> transfer(fields, simulated);
          case "outage" -> outage(fields, at, simulated);
          default -> throw fields.refuse("kind", "it is licence, inspection, transfer or outage");
        };
    return fields.made("entries", () -> new CustodyWord(said, entries));
  }

  private static Licensed licence(JsonFields fields, Instant at, boolean simulated) {
    String id = Names.read(fields, "id");
    SortedSet<String> chips = names(fields, "chips");
    SortedSet<String> models = names(fields, "models");
    String endUser = Names.read(fields, "endUser");
    SortedSet<String> destinations = names(fields, "destinations");
    SortedSet<String> sites = names(fields, "sites");
    Instant from = fields.value("from", StatementTime::parse);
    Instant until = fields.value("until", StatementTime::parse);
    SortedMap<Demand, Duration> demands = new TreeMap<>();
    if (fields.has("demandHours")) {
      JsonFields hours = fields.fields("demandHours");
      for (Demand each : Demand.values()) {
        String word = each.name().toLowerCase(Locale.ROOT);
        if (hours.has(word)) {
          demands.put(each, Duration.ofHours(hours.whole(word, LONGEST_DEMAND_HOURS)));
        }
      }
      hours.requireNothingElse();
    }
    return fields.made(
        "until",
        () ->
            new Licensed(
                id,
                chips,
                models,
                endUser,
                destinations,
                sites,
                from,
                until,
                demands,
                at,
                simulated));
  }

  private static Inspected inspection(JsonFields fields, boolean simulated) {
    String id = Names.read(fields, "id");
    String inspector = Names.read(fields, "inspector");
    String site = Names.read(fields, "site");
    Inspected.Manner manner = fields.value("manner", word -> word(Inspected.Manner.values(), word));
    SortedSet<String> chips = names(fields, "chips");
    int counted = fields.whole("counted", Integer.MAX_VALUE);
    Instant when = fields.value("at", StatementTime::parse);
    return fields.made(
        "counted",
        () -> new Inspected(id, inspector, site, manner, chips, counted, when, simulated));
  }

  private static Transferred transfer(JsonFields fields, boolean simulated) {
    String id = Names.read(fields, "id");
    Transferred.Step step = fields.value("bizStep", word -> word(Transferred.Step.values(), word));
    SortedSet<String> chips = names(fields, "chips");
    String fromParty = Names.read(fields, "fromParty");
    String toParty = Names.read(fields, "toParty");
    String fromSite = fields.has("fromSite") ? Names.read(fields, "fromSite") : null;
    String toSite = fields.has("toSite") ? Names.read(fields, "toSite") : null;
    Instant when = fields.value("at", StatementTime::parse);
    return fields.made(
        "chips",
        () ->
            new Transferred(
                id, step, chips, fromParty, toParty, fromSite, toSite, when, simulated));
  }

  private static Announced outage(JsonFields fields, Instant at, boolean simulated) {
    String site = Names.read(fields, "site");
    Instant from = fields.value("from", StatementTime::parse);
    Instant until = fields.value("until", StatementTime::parse);
    return fields.made("until", () -> new Announced(site, from, until, at, simulated));
  }

  private static long entry(JsonFields fields, String text) {
    try {
      long index = Long.parseLong(text);
      if (index >= 0 && index <= JsonFields.LARGEST) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw fields.refuse("entries", "it is not the index of an entry");
    }
    throw fields.refuse("entries", "it is not the index of an entry");
  }

  private static <E extends Enum<E>> E word(E[] values, String word) {
    return Arrays.stream(values)
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "it is one of "
                    + String.join(", ", Arrays.stream(values).map(v -> word(v)).toList())));
  }

  /** The stable word of a step, a manner or a demand. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static SortedSet<String> names(JsonFields fields, String field) {
    SortedSet<String> names = new TreeSet<>();
    if (fields.has(field)) {
      for (String each : fields.texts(field, MOST_NAMES)) {
        names.add(
            fields.made(
                field,
                () -> {
                  Names.check(field, each);
                  return each;
                }));
      }
    }
    return names;
  }

  /** Its fields as JSON. */
  public SortedMap<String, JsonTree> fields() {
    SortedMap<String, JsonTree> fields = new TreeMap<>();
    fields.put("kind", new TextNode(kind()));
    if (said.simulated()) {
      fields.put("simulated", new TruthNode(true));
    }
    if (!entries.isEmpty()) {
      put(fields, "entries", entries.stream().map(String::valueOf).toList());
    }
    switch (said) {
      case Licensed licence -> {
        put(fields, "id", licence.licence());
        put(fields, "chips", licence.chips());
        put(fields, "models", licence.models());
        put(fields, "endUser", licence.endUser());
        put(fields, "destinations", licence.destinations());
        put(fields, "sites", licence.sites());
        put(fields, "from", StatementTime.print(licence.from()));
        put(fields, "until", StatementTime.print(licence.until()));
        Map<String, JsonTree> hours = new TreeMap<>();
        licence
            .demands()
            .forEach((demand, in) -> hours.put(word(demand), new NumberNode(in.toHours())));
        if (!hours.isEmpty()) {
          fields.put("demandHours", ObjectNode.of(hours));
        }
      }
      case Inspected inspection -> {
        put(fields, "id", inspection.inspection());
        put(fields, "inspector", inspection.inspector());
        put(fields, "site", inspection.site());
        put(fields, "manner", word(inspection.manner()));
        put(fields, "chips", inspection.chips());
        fields.put("counted", new NumberNode(inspection.counted()));
        put(fields, "at", StatementTime.print(inspection.at()));
      }
      case Transferred transfer -> {
        put(fields, "id", transfer.transfer());
        put(fields, "bizStep", word(transfer.step()));
        put(fields, "chips", transfer.chips());
        put(fields, "fromParty", transfer.fromParty());
        put(fields, "toParty", transfer.toParty());
        put(fields, "fromSite", transfer.fromSite());
        put(fields, "toSite", transfer.toSite());
        put(fields, "at", StatementTime.print(transfer.at()));
      }
      case Announced outage -> {
        put(fields, "site", outage.site());
        put(fields, "from", StatementTime.print(outage.from()));
        put(fields, "until", StatementTime.print(outage.until()));
      }
      case Sited each -> throw new IllegalStateException();
    }
    return fields;
  }

  private static void put(Map<String, JsonTree> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, new TextNode(value));
    }
  }

  private static void put(Map<String, JsonTree> fields, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      fields.put(name, new ArrayNode(values.stream().<JsonTree>map(TextNode::new).toList()));
    }
  }

  /** What was told, in a sentence about whoever told it. */
  public Reason reason(String actor) {
    return switch (said) {
      case Licensed each ->
          Reason.of(
              "event.custody-licence",
              actor,
              each.licence(),
              each.endUser(),
              String.join(", ", each.destinations()));
      case Inspected each ->
          Reason.of(
              "event.custody-inspection",
              actor,
              each.inspection(),
              each.site(),
              String.valueOf(each.counted()),
              word(each.manner()));
      case Transferred each ->
          Reason.of(
              "event.custody-transfer",
              actor,
              each.transfer(),
              word(each.step()),
              String.valueOf(each.chips().size()),
              each.fromParty(),
              each.toParty());
      case Announced each ->
          Reason.of(
              "event.custody-outage",
              actor,
              each.site(),
              StatementTime.print(each.from()),
              StatementTime.print(each.until()));
      case Sited each -> throw new IllegalStateException();
    };
  }
}
