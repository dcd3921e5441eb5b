package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.policy.Days;
import dev.holdfast.policy.PolicyRecord;
import dev.holdfast.policy.Rule;
import dev.holdfast.policy.RuleJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast policy explain}: what a rule says, and its days. */
@Command(
    name = "explain",
    description =
        "Shows rules with their paragraph, condition, days, status, certainty and source: all of"
            + " them in a line each, or some in full.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "\"valid\" are the days on which a rule holds; \"recorded\" the days on which that was known,",
      "so that a decision can be explained as it was made. Days are included at both ends.",
      "",
      "Examples:",
      "  holdfast policy explain",
      "  holdfast policy explain H200RULE AIDIFF"
    })
final class PolicyExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "RULE", description = "ids of rules (default: all)")
  private List<String> ids = List.of();

  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  PolicyExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PolicyRecord record = options.read();
    Map<String, List<Rule>> byId = record.byId();
    List<Rule> wanted = new ArrayList<>();
    for (String id : ids) {
      List<Rule> rows = byId.get(id);
      if (rows == null) {
        throw new CodedException(
            new Problem(
                ErrorCode.NOT_THERE,
                null,
                0,
                "RULE",
                "there is no rule "
                    + Problem.quote(id)
                    + "; there are "
                    + String.join(", ", byId.keySet())));
      }
      wanted.addAll(rows);
    }
    boolean all = ids.isEmpty();
    for (Rule rule : all ? record.rules() : wanted) {
      if (output.form == OutputOptions.Form.JSON) {
        surroundings.out().println(Json.mapper().writeValueAsString(RuleJson.of(rule)));
      } else if (all) {
        line(rule);
      } else {
        print(rule);
      }
    }
    if (output.form == OutputOptions.Form.TEXT) {
      MessageCatalogue catalogue = surroundings.catalogue(output.language);
      surroundings.out().println();
      surroundings.out().println(catalogue.say("policy.advice"));
    }
    return 0;
  }

  private void line(Rule rule) {
    surroundings
        .out()
        .printf(
            "%-20s %-9s %-24s %-13s %s%n",
            rule.id(), rule.stage().word(), days(rule.valid()), rule.status().word(), rule.title());
  }

  private static String days(Days days) {
    return days.first() + " – " + (days.last() == null ? "" : days.last());
  }

  private void print(Rule rule) {
    surroundings.out().println();
    surroundings.out().println(rule.id() + "  " + rule.title());
    field("status", rule.status().word());
    field("valid", days(rule.valid()));
    field("recorded", days(rule.recorded()));
    field("stage", rule.stage().word());
    field("paragraph", rule.paragraph());
    field("citation", rule.citation());
    field("condition", rule.condition().map(each -> each.text()).orElse(null));
    field("destinations", rule.destinations().text());
    field("parties", rule.parties().text());
    field("outcome", rule.effect());
    field("applies to", String.join(", ", rule.appliesTo()));
    field("yields to", String.join(", ", rule.yieldsTo()));
    rule.conditions().forEach(each -> field("to be met", each));
    field("certainty", rule.certainty());
    field("source", rule.source());
    field("note", rule.note());
  }

  private void field(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      surroundings.out().printf("  %-14s %s%n", name, value);
    }
  }
}
