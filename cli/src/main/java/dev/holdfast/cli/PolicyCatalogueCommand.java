package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.policy.Accelerator;
import dev.holdfast.policy.CatalogueJson;
import dev.holdfast.policy.Classification;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.PolicyRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast policy catalogue}: accelerators, and what they are in the eyes of the law. */
@Command(
    name = "catalogue",
    description =
        "Lists accelerators with performance and density as published rates give them, what their"
            + " vendor publishes beside it, and the paragraph that each meets today.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "▲ marks where the two disagree; ? an area that is stated and not taken for knowledge.",
      "",
      "Examples:",
      "  holdfast policy catalogue",
      "  holdfast policy catalogue H20 \"A100 40GB\" --output json"
    })
final class PolicyCatalogueCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "some of them (default: all)")
  private List<String> names = List.of();

  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  PolicyCatalogueCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PolicyRecord record = options.read();
    Decider decider = new Decider(record);
    List<Accelerator> items =
        names.isEmpty()
            ? record.catalogue().items()
            : names.stream().map(record.catalogue()::find).toList();
    LocalDate today = PolicyOptions.today();
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    if (output.form == OutputOptions.Form.TEXT) {
      surroundings
          .out()
          .printf(
              "%-29s %9s %9s %-9s %10s %8s %9s  %s%n",
              catalogue.say("policy.text.item"),
              "TPP",
              catalogue.say("policy.text.by-vendor"),
              "ECCN",
              "TPP/mm²",
              "mm²",
              "GB/s",
              catalogue.say("policy.text.paragraph"));
    }
    for (Accelerator item : items) {
      Classification shown = decider.classify(item, today, today);
      if (output.form == OutputOptions.Form.JSON) {
        surroundings.out().println(Json.mapper().writeValueAsString(CatalogueJson.of(item, shown)));
      } else {
        line(item, shown);
      }
    }
    return 0;
  }

  private void line(Accelerator item, Classification shown) {
    surroundings
        .out()
        .printf(
            "%-29s %9s %9s %-9s %10s %8s %9s  %s%s%n",
            item.sku(),
            shown.tpp().print(),
            item.vendorTpp().map(each -> number(each.doubleValue())).orElse("–"),
            item.vendorEccn().orElse("–"),
            shown.density().print(),
            item.dieArea()
                .map(each -> number(each.doubleValue()) + (item.areaIsKnown() ? "" : "?"))
                .orElse("–"),
            item.bandwidth().map(each -> number(each.doubleValue())).orElse("–"),
            String.join(" | ", shown.paragraphs()),
            shown.conflict() ? " ▲" : "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
