package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that decisions are made by: accelerators, country groups, rules and red flags, read from
 * their files and typed.
 *
 * @param begins the first day of the law that is recorded
 * @param compiled the last day on which sources were read
 * @param answersUntil the last day that is answered for
 * @param sha256 what it was read from
 */
public record PolicyRecord(
    Catalogue catalogue,
    CountryGroups groups,
    List<Rule> rules,
    List<RedFlag> flags,
    LocalDate begins,
    LocalDate compiled,
    LocalDate answersUntil,
    String sha256) {
  private static final List<String> GROUP_COLUMNS =
      List.of(
          "country",
          "name",
          "groups",
          "valid_from",
          "valid_to",
          "recorded_from",
          "recorded_to",
          "verified_on",
          "note",
          "source");
  private static final List<String> FLAG_COLUMNS =
      List.of("id", "scope", "flag", "answered_by", "parties", "certainty", "source");
  private static final Set<String> ANSWERERS =
      Set.of("person", RedFlag.DECISION, "evidence", "screening");

  public PolicyRecord {
    rules = List.copyOf(rules);
    flags = List.copyOf(flags);
  }

  /** What Holdfast carries. */
  public static PolicyRecord builtIn() {
    return read(PolicyFiles.builtIn());
  }

  /**
   * Reads a record.
   *
   * @throws CodedException the first thing that is wrong, with how much more is
   */
  public static PolicyRecord read(PolicyFiles files) {
    List<Problem> problems = new ArrayList<>();
    PolicyRecord record = read(files, problems);
    if (!problems.isEmpty()) {
      Problem first = problems.getFirst();
      throw new CodedException(
          problems.size() == 1
              ? first
              : new Problem(
                  first.code(),
                  first.source(),
                  first.line(),
                  first.field(),
                  first.reason() + " (and " + (problems.size() - 1) + " more faults)"));
    }
    return record;
  }

  /** Reads a record as far as it can be read, and tells what is wrong. */
  static PolicyRecord read(PolicyFiles files, List<Problem> problems) {
    Map<String, LocalDate> days = new HashMap<>();
    for (Map.Entry<String, LocalDate> each :
        RecordRows.read(
            files,
            PolicyFiles.RECORD,
            List.of("key", "value"),
            row -> Map.entry(row.required("key"), RecordRows.requiredDay(row, "value")),
            problems)) {
      days.put(each.getKey(), each.getValue());
    }
    for (String key : List.of("begins", "compiled", "answers_until")) {
      if (!days.containsKey(key)) {
        problems.add(
            Problem.in(PolicyFiles.RECORD, ErrorCode.MISSING_VALUE, "it has no row " + key));
      }
    }
    List<Accelerator> items =
        RecordRows.read(
            files,
            PolicyFiles.ACCELERATORS,
            AcceleratorReader.COLUMNS,
            AcceleratorReader::read,
            problems);
    problems.addAll(AcceleratorReader.twice(items));
    List<CountryGroups.Row> groups =
        RecordRows.read(files, PolicyFiles.GROUPS, GROUP_COLUMNS, PolicyRecord::group, problems);
    List<RedFlag> flags =
        RecordRows.read(files, PolicyFiles.FLAGS, FLAG_COLUMNS, PolicyRecord::flag, problems);
    List<Rule> rules = RuleReader.read(files, problems);
    LocalDate none = LocalDate.EPOCH;
    PolicyRecord record =
        new PolicyRecord(
            new Catalogue(items),
            new CountryGroups(groups),
            rules,
            flags,
            days.getOrDefault("begins", none),
            days.getOrDefault("compiled", none),
            days.getOrDefault("answers_until", none),
            files.sha256());
    problems.addAll(Contradictions.versions(record));
    problems.addAll(Contradictions.countries(record));
    return record;
  }

  private static CountryGroups.Row group(CsvRow row) {
    String country = row.required("country");
    if (!CountryGroups.isCountry(country)) {
      throw row.fault(
          ErrorCode.UNKNOWN_COUNTRY,
          "country",
          Problem.quote(country) + " is no country of ISO 3166");
    }
    Set<String> groups = new HashSet<>(RecordRows.list(row, "groups", "|"));
    for (String group : groups) {
      if (!group.matches("[A-E]:[1-9]")) {
        throw row.fault(
            ErrorCode.MALFORMED_RULE, "groups", Problem.quote(group) + " is no group such as D:5");
      }
    }
    return new CountryGroups.Row(
        country,
        row.required("name"),
        groups,
        RecordRows.days(row, "valid"),
        RecordRows.days(row, "recorded"),
        RecordRows.day(row, "verified_on").orElse(null),
        RecordRows.text(row, "note"),
        row.required("source"),
        row.line());
  }

  private static RedFlag flag(CsvRow row) {
    String by = row.required("answered_by");
    if (!ANSWERERS.contains(by)) {
      throw row.fault(
          ErrorCode.MALFORMED_RULE,
          "answered_by",
          "it is none of person, decision, evidence, screening");
    }
    if (by.equals(RedFlag.DECISION) && row.text("parties").isEmpty()) {
      throw row.fault(
          ErrorCode.MISSING_VALUE, "parties", "a flag that a decision answers says by what");
    }
    return new RedFlag(
        row.required("id"),
        row.required("scope"),
        row.required("flag"),
        by,
        row.text("parties").map(parties -> RuleReader.places(row, "parties")),
        row.required("certainty"),
        row.required("source"));
  }

  /** Every day on which anything begins, or has just ended, in the law or in what is known. */
  NavigableSet<LocalDate> turns(boolean ofKnowledge) {
    NavigableSet<LocalDate> turns = new TreeSet<>();
    turns.add(begins);
    List<Days> spans = new ArrayList<>();
    rules.forEach(rule -> spans.add(ofKnowledge ? rule.recorded() : rule.valid()));
    groups.rows().forEach(row -> spans.add(ofKnowledge ? row.recorded() : row.valid()));
    for (Days days : spans) {
      turns.add(days.first());
      LocalDate last = days.last();
      if (last != null) {
        turns.add(last.plusDays(1));
      }
    }
    return turns;
  }

  /** Rules by id, in the order of the data. */
  public Map<String, List<Rule>> byId() {
    Map<String, List<Rule>> byId = new java.util.LinkedHashMap<>();
    rules.forEach(rule -> byId.computeIfAbsent(rule.id(), id -> new ArrayList<>()).add(rule));
    return byId;
  }

  /** Reads accelerators. */
  static final class AcceleratorReader {
    static final List<String> COLUMNS =
        List.of(
            "sku",
            "aliases",
            "vendor",
            "architecture",
            "release_date",
            "market",
            "dense_fp4_tops",
            "dense_fp8_tops",
            "dense_int8_tops",
            "dense_fp16_bf16_tops",
            "vendor_tpp",
            "vendor_eccn",
            "die_area_mm2",
            "die_area_basis",
            "die_area_most_mm2",
            "memory_gb",
            "memory_bandwidth_gb_s",
            "interconnect_gb_s",
            "certainty",
            "notes",
            "source");

    private AcceleratorReader() {}

    static Accelerator read(CsvRow row) {
      Map<Format, BigDecimal> tops = new EnumMap<>(Format.class);
      for (Format format : Format.values()) {
        RecordRows.number(row, format.column()).ifPresent(value -> tops.put(format, value));
      }
      String basis = RecordRows.text(row, "die_area_basis");
      if (!Accelerator.BASES.contains(basis)) {
        throw row.fault(
            ErrorCode.MALFORMED_RULE,
            "die_area_basis",
            "it is none of " + String.join(", ", new TreeSet<>(Accelerator.BASES)));
      }
      return new Accelerator(
          row.required("sku"),
          RecordRows.list(row, "aliases", "|"),
          row.required("vendor"),
          RecordRows.text(row, "architecture"),
          RecordRows.text(row, "release_date"),
          market(row, "market"),
          tops,
          RecordRows.number(row, "vendor_tpp"),
          row.text("vendor_eccn"),
          positive(row, "die_area_mm2"),
          basis,
          positive(row, "die_area_most_mm2"),
          RecordRows.number(row, "memory_gb"),
          RecordRows.number(row, "memory_bandwidth_gb_s"),
          RecordRows.number(row, "interconnect_gb_s"),
          row.required("certainty"),
          RecordRows.text(row, "notes"),
          row.required("source"));
    }

    static String market(CsvRow row, String column) {
      String market = RecordRows.text(row, column);
      if (!market.isEmpty() && !Accelerator.MARKETS.contains(market)) {
        throw row.fault(
            ErrorCode.MALFORMED_RULE, column, "it is none of datacenter, consumer, workstation");
      }
      return market;
    }

    static Optional<BigDecimal> positive(CsvRow row, String column) {
      Optional<BigDecimal> value = RecordRows.number(row, column);
      if (value.filter(each -> each.signum() == 0).isPresent()) {
        throw row.fault(ErrorCode.OUT_OF_RANGE, column, "it is not greater than 0");
      }
      return value;
    }

    /** Names that two items share. */
    static List<Problem> twice(List<Accelerator> items) {
      Map<String, String> owners = new TreeMap<>();
      List<Problem> problems = new ArrayList<>();
      for (Accelerator item : items) {
        Set<String> names = new HashSet<>();
        names.add(Catalogue.plain(item.sku()));
        item.aliases().forEach(alias -> names.add(Catalogue.plain(alias)));
        for (String name : names) {
          String other = owners.putIfAbsent(name, item.sku());
          if (other != null) {
            problems.add(
                Problem.in(
                    PolicyFiles.ACCELERATORS,
                    ErrorCode.CONTRADICTING_ROWS,
                    Problem.quote(item.sku())
                        + " and "
                        + Problem.quote(other)
                        + " share the name "
                        + Problem.quote(name)));
          }
        }
      }
      return problems;
    }
  }
}
