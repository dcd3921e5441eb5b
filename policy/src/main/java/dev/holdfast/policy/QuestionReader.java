package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads questions from named texts, wherever they come from: options, rows, parameters. Every
 * refusal names the field.
 */
public final class QuestionReader {
  /** All fields of a question. */
  public static final List<String> FIELDS =
      List.of(
          "item",
          "tpp",
          "dieArea",
          "memoryBandwidth",
          "interconnect",
          "market",
          "vendor",
          "quantity",
          "kind",
          "from",
          "to",
          "parentHq",
          "endUser",
          "endUse",
          "date",
          "knownOn",
          "listed",
          "ownedByListed");

  /** The fields by which an item is described that the catalogue does not have. */
  public static final List<String> OWN =
      List.of("tpp", "dieArea", "memoryBandwidth", "interconnect", "market", "vendor");

  private static final long MOST = 1_000_000_000L;
  private static final int LONGEST_NUMBER = 40;

  private final PolicyRecord record;
  private final LocalDate today;
  private final Set<String> endUses = new TreeSet<>(Set.of("other"));
  private final Set<String> vendors = new TreeSet<>(Set.of("other"));

  /**
   * @param today the day of a question that names none
   */
  public QuestionReader(PolicyRecord record, LocalDate today) {
    this.record = record;
    this.today = today;
    record.catalogue().items().forEach(item -> vendors.add(item.vendor()));
    for (Rule rule : record.rules()) {
      rule.condition()
          .ifPresent(condition -> {
            endUses.addAll(condition.literals().getOrDefault("endUse", Set.of()));
            vendors.addAll(condition.literals().getOrDefault("vendor", Set.of()));
          });
    }
  }

  /** What an item may be for, as far as any rule asks; {@code other} for the rest. */
  public Set<String> endUses() {
    return endUses;
  }

  /**
   * Reads a question.
   *
   * @param fields the text of a field; empty or blank where it is not given
   * @throws CodedException naming the field
   */
  public Question read(Function<String, Optional<String>> fields) {
    Function<String, Optional<String>> texts =
        name -> fields.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    Kind kind =
        texts
            .apply("kind")
            .map(word ->
                Kind.of(word.toLowerCase(Locale.ROOT))
                    .orElseThrow(() ->
                        refused(
                            "kind", Problem.quote(word) + " is not export, reexport, transfer")))
            .orElse(Kind.EXPORT);
    String to =
        country(texts, "to")
            .orElseThrow(() -> refused("to", "a destination is needed, such as SG"));
    String from =
        country(texts, "from")
            .orElse(
                switch (kind) {
                  case EXPORT -> "US";
                  case REEXPORT -> "";
                  case TRANSFER -> to;
                });
    if (kind == Kind.TRANSFER && !from.equals(to)) {
      throw refused("from", "a transfer is within one country, so it leaves " + to);
    }
    if (kind != Kind.TRANSFER && from.equals(to)) {
      throw refused("from", "what stays in " + to + " is a transfer");
    }
    LocalDate date = day(texts, "date");
    LocalDate knownOn = day(texts, "knownOn");
    return new Question(
        item(texts),
        number(texts, "quantity", MOST).map(BigDecimal::longValueExact).orElse(1L),
        kind,
        from,
        to,
        country(texts, "parentHq"),
        texts.apply("endUser").map(name -> checked("endUser", name)).orElse(""),
        endUse(texts),
        date,
        knownOn,
        truth(texts, "listed"),
        truth(texts, "ownedByListed"));
  }

  private Accelerator item(Function<String, Optional<String>> texts) {
    Optional<String> name = texts.apply("item");
    if (OWN.stream().allMatch(field -> texts.apply(field).isEmpty())) {
      return record
          .catalogue()
          .find(name.orElseThrow(() -> refused("item", "an item is needed, such as H200")));
    }
    String market = texts.apply("market").orElse("");
    if (!market.isEmpty() && !Accelerator.MARKETS.contains(market)) {
      throw refused("market", "it is none of datacenter, consumer, workstation");
    }
    Optional<BigDecimal> area = number(texts, "dieArea", 1e9);
    if (area.filter(each -> each.signum() == 0).isPresent()) {
      throw refused("dieArea", "it is not greater than 0");
    }
    EnumMap<Format, BigDecimal> tops = new EnumMap<>(Format.class);
    number(texts, "tpp", 1e12)
        .ifPresent(
            tpp -> tops.put(Format.FP16, tpp.divide(BigDecimal.valueOf(Format.FP16.bits()))));
    String own = checked("item", name.orElse("own item"));
    if (record.catalogue().known(own).isPresent()) {
      throw refused(
          "item",
          Problem.quote(own)
              + " is in the catalogue with numbers of its own; what is described needs another name");
    }
    return new Accelerator(
        own,
        List.of(),
        texts.apply("vendor").map(this::vendor).orElse(""),
        "",
        "",
        market,
        tops,
        Optional.empty(),
        Optional.empty(),
        area,
        area.isPresent() ? "certain" : "unknown",
        Optional.empty(),
        Optional.empty(),
        number(texts, "memoryBandwidth", 1e12),
        number(texts, "interconnect", 1e12),
        "as asked",
        "",
        "the question");
  }

  /** A vendor as conditions name it: one that is only spelled otherwise is not another. */
  private String vendor(String text) {
    return vendors.stream()
        .filter(known -> known.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> refused("vendor", "it is none of " + String.join(", ", vendors)));
  }

  private String endUse(Function<String, Optional<String>> texts) {
    Optional<String> use = texts.apply("endUse");
    if (use.isPresent() && !endUses.contains(use.get())) {
      throw refused("endUse", "it is none of " + String.join(", ", endUses));
    }
    return use.orElse("");
  }

  private Optional<String> country(Function<String, Optional<String>> texts, String field) {
    return texts
        .apply(field)
        .map(text -> {
          String code = text.toUpperCase(Locale.ROOT);
          if (!CountryGroups.isCountry(code)) {
            throw new CodedException(
                new Problem(
                    ErrorCode.UNKNOWN_COUNTRY,
                    null,
                    0,
                    field,
                    Problem.quote(text) + " is no country of ISO 3166, such as CN"));
          }
          return code;
        });
  }

  private LocalDate day(Function<String, Optional<String>> texts, String field) {
    LocalDate day =
        texts
            .apply(field)
            .map(text -> {
              try {
                return RecordRows.parse(text);
              } catch (IllegalArgumentException e) {
                throw new CodedException(
                    new Problem(
                        ErrorCode.NOT_A_TIME, null, 0, field, String.valueOf(e.getMessage())),
                    e);
              }
            })
            .orElse(today);
    if (day.isBefore(record.begins()) || day.isAfter(record.answersUntil())) {
      throw new CodedException(
          new Problem(
              ErrorCode.OUTSIDE_RECORD,
              null,
              0,
              field,
              day
                  + " is outside the record, which answers for "
                  + record.begins()
                  + " to "
                  + record.answersUntil()));
    }
    return day;
  }

  private static Optional<BigDecimal> number(
      Function<String, Optional<String>> texts, String field, double most) {
    return texts
        .apply(field)
        .map(text -> {
          boolean whole = field.equals("quantity");
          if (text.length() > LONGEST_NUMBER
              || !text.matches(whole ? "[0-9]+" : "[0-9]+(\\.[0-9]+)?")
              || new BigDecimal(text).doubleValue() > most
              || (whole && new BigDecimal(text).signum() == 0)) {
            throw refused(
                field,
                Problem.quote(text)
                    + (whole ? " is no whole number from 1 to " : " is no number from 0 to ")
                    + Span.number(most));
          }
          return new BigDecimal(text);
        });
  }

  private static boolean truth(Function<String, Optional<String>> texts, String field) {
    String text = texts.apply(field).orElse("no").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw refused(field, Problem.quote(text) + " is neither yes nor no");
    };
  }

  private static String checked(String field, String name) {
    try {
      Names.check(field, name);
      return name;
    } catch (IllegalArgumentException e) {
      throw refused(field, String.valueOf(e.getMessage()));
    }
  }

  private static CodedException refused(String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_QUESTION, null, 0, field, reason));
  }
}
