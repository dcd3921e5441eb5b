package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.policy.Accelerator;
import dev.holdfast.policy.CatalogueJson;
import dev.holdfast.policy.CountryGroups;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.KeptDecision;
import dev.holdfast.policy.PolicyFiles;
import dev.holdfast.policy.PolicyRecord;
import dev.holdfast.policy.QuestionReader;
import dev.holdfast.policy.Rule;
import dev.holdfast.policy.RuleJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides questions, and answers what was decided. Holdfast's own record is read when it is first
 * asked for, since that takes longer than a server should take to start. Safe for many threads.
 */
final class PolicyDesk {
  private static final Orders DECISIONS = Orders.newestFirst("decision.idx");

  private final InstantSource clock;
  private final Pager pager;
  private final Views views;
  private @Nullable Decider decider;

  PolicyDesk(Optional<PolicyFiles> files, InstantSource clock, Pager pager, Views views) {
    this.clock = clock;
    this.pager = pager;
    this.views = views;
    decider = files.map(PolicyRecord::read).map(Decider::new).orElse(null);
  }

  private synchronized Decider decider() {
    Decider ready = decider;
    if (ready == null) {
      ready = new Decider(PolicyRecord.builtIn());
      decider = ready;
    }
    return ready;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private QuestionReader reader() {
    return new QuestionReader(decider().record(), today());
  }

  /** Decides. */
  Decision decide(Function<String, Optional<String>> fields) {
    return decider().decide(reader().read(fields));
  }

  /** What the catalogue has, with the paragraph that each meets today. */
  List<Object> catalogue() {
    List<Object> items = new ArrayList<>();
    for (Accelerator item : decider().record().catalogue().items()) {
      items.add(CatalogueJson.of(item, decider().classify(item, today(), today())));
    }
    return items;
  }

  /**
   * The paragraphs that an item of a model meets today, or may meet; nothing where it is unknown.
   */
  Optional<String> classification(String model) {
    try {
      Accelerator item = decider().record().catalogue().find(model);
      return Optional.of(
              String.join(" or ", decider().classify(item, today(), today()).paragraphs()))
          .filter(paragraphs -> !paragraphs.isEmpty());
    } catch (CodedException e) {
      return Optional.empty();
    }
  }

  /** Every country, with its groups on a day. */
  List<Object> countries(Asked asked) {
    PolicyRecord record = decider().record();
    LocalDate on = day(asked, "date");
    LocalDate known = day(asked, "knownOn");
    List<Object> countries = new ArrayList<>();
    for (String code : CountryGroups.countries()) {
      countries.add(
          new JsonBody()
              .put("code", code)
              .put("name", Locale.of("", code).getDisplayCountry(asked.catalogue().language()))
              .put("groups", record.groups().groups(code, on, known).stream().sorted().toList())
              .fields());
    }
    return countries;
  }

  private LocalDate day(Asked asked, String name) {
    String text = asked.text(name);
    try {
      return text == null ? today() : LocalDate.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw Asked.bad(name, "it is not a day such as 2026-01-31");
    }
  }

  /** Every row of the law, and the days that the record answers for. */
  JsonBody rules() {
    PolicyRecord record = decider().record();
    List<Object> items = new ArrayList<>();
    for (Rule rule : record.rules()) {
      items.add(RuleJson.of(rule));
    }
    return new JsonBody()
        .put("items", items)
        .put("next", null)
        .put("begins", record.begins().toString())
        .put("compiled", record.compiled().toString())
        .put("answersUntil", record.answersUntil().toString())
        .put("today", today().toString())
        .put("endUses", reader().endUses())
        .put("record", record.sha256());
  }

  /** What was decided, newest first. */
  Pager.Page decisions(Asked asked) {
    asked.requireAll();
    Conditions where = new Conditions();
    asked.filter(where, "item", "decision.item = :item");
    asked.filter(where, "to", "decision.destination = :to");
    asked.filter(where, "outcome", "decision.outcome = :outcome");
    return pager.page(
        "decision.*", "decision", DECISIONS, where, asked, (handle, row) -> decision(row));
  }

  /** One decision as it was kept. */
  JsonBody kept(long index, Asked asked) {
    asked.requireAll();
    return views.read(handle ->
        handle
            .createQuery("SELECT * FROM decision WHERE idx = ?")
            .bind(0, index)
            .map((row, context) -> decision(row))
            .findOne()
            .orElseThrow(() -> Asked.notThere("decision", Long.toString(index))));
  }

  private static JsonBody decision(ResultSet row) throws SQLException {
    DecisionStatement said =
        DecisionStatement.read(
            JsonFields.read(
                row.getString("said").getBytes(StandardCharsets.UTF_8),
                "decision",
                1 << 16,
                ErrorCode.INTERNAL_ERROR));
    KeptDecision kept = said.kept();
    return new JsonBody()
        .put("index", row.getLong("idx"))
        .put("at", Instant.ofEpochMilli(row.getLong("at")))
        .put("actor", said.actor())
        .put("item", kept.field("item"))
        .put("to", kept.field("to"))
        .put("outcome", kept.outcome())
        .put("decidedBy", kept.decidedBy())
        .put("question", new TreeMap<>(kept.question()))
        .put("record", kept.record());
  }
}
