package dev.holdfast.replay;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.KeyReport;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Reason;
import dev.holdfast.model.ReportJson;
import dev.holdfast.model.Verdict;
import dev.holdfast.replay.BundleOutcome.Difference;
import dev.holdfast.trust.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What follows from evidence, the form in which a bundle states it, and how two forms differ. */
final class BundleAnswer {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build();

  private static final Set<String> OF_THE_READER =
      Set.of(
          "assumption.revocation-checked",
          "assumption.revocation-unchecked",
          "assumption.chip-revocation-checked",
          "assumption.chip-revocation-unchecked");

  private static final int LONGEST_SHOWN = 200;
  private static final int MOST_DIFFERENCES = 100;

  private BundleAnswer() {}

  /**
   * The report.
   *
   * @throws IllegalArgumentException where the question names what is not on the map
   */
  static LocationReport report(BundleQuestion question, BundleEvidence evidence, GroupedMaps maps) {
    Atlas atlas = maps.of(question.settings());
    Settings settings = question.settings().settings();
    return evidence
        .tie()
        .map(tie ->
            KeyReport.ofChip(
                atlas,
                settings,
                question.id(),
                tie,
                question.host(),
                evidence.rounds(),
                question.claims()))
        .orElseGet(() ->
            KeyReport.of(
                atlas,
                settings,
                question.kind(),
                question.id(),
                question.host(),
                evidence.rounds(),
                question.claims()));
  }

  /** The form of a report in a bundle. */
  static ObjectNode form(LocationReport report) {
    MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
    ReportJson json =
        ReportJson.of(
            withoutReader(report), reason -> english.say(reason.code(), reason.arguments()));
    byte[] octets = MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    return (ObjectNode)
        BoundedJson.read(octets, "answer", JsonLimits.ofOctets(VerdictBundle.LARGEST));
  }

  /** What lists of revocations a reader has is not the maker's to state. */
  private static LocationReport withoutReader(LocationReport report) {
    return new LocationReport(
        report.target(),
        report.standing(),
        report.region(),
        report.bounds(),
        report.binding(),
        report.conflicts(),
        report.verdicts().stream().map(BundleAnswer::withoutReader).toList(),
        report.advice());
  }

  private static Verdict withoutReader(Verdict verdict) {
    List<Reason> assumptions =
        verdict.assumptions().stream()
            .filter(each -> !OF_THE_READER.contains(each.code()))
            .toList();
    return new Verdict(
        verdict.standing(),
        verdict.claim(),
        verdict.value(),
        verdict.atSlowerSpeed(),
        verdict.reason(),
        assumptions,
        verdict.coalition());
  }

  /** In what two answers differ, at most {@value #MOST_DIFFERENCES} things. */
  static List<Difference> differences(ObjectNode stated, ObjectNode found) {
    List<Difference> differences = new ArrayList<>();
    compare("", stated, found, differences);
    return List.copyOf(differences);
  }

  private static void compare(
      String field,
      @Nullable JsonTree stated,
      @Nullable JsonTree found,
      List<Difference> differences) {
    if (differences.size() >= MOST_DIFFERENCES) {
      return;
    }
    if (stated instanceof ObjectNode one && found instanceof ObjectNode other) {
      Set<String> names = new TreeSet<>(one.members().keySet());
      names.addAll(other.members().keySet());
      for (String name : names) {
        compare(
            field + "/" + name, one.members().get(name), other.members().get(name), differences);
      }
    } else if (stated instanceof ArrayNode(List<JsonTree> one)
        && found instanceof ArrayNode(List<JsonTree> other)) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        compare(
            field + "/" + i,
            i < one.size() ? one.get(i) : null,
            i < other.size() ? other.get(i) : null,
            differences);
      }
    } else if (stated == null || !stated.equals(found)) {
      differences.add(new Difference(field, shown(stated), shown(found)));
    }
  }

  private static String shown(@Nullable JsonTree value) {
    if (value == null) {
      return "";
    }
    String text = new String(CanonicalJson.octets(value), StandardCharsets.UTF_8);
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
