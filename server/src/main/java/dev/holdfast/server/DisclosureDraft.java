package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Reason;
import dev.holdfast.replay.CaseDossier;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A draft of a voluntary self-disclosure with the facts that 15 CFR 764.5 asks for, as far as they
 * are known; what is not known is said to be missing. It is in English, since it is addressed to
 * the Bureau of Industry and Security. It says nowhere that a rule was violated: that is for
 * people.
 */
final class DisclosureDraft {
  /** Which kind of conduct a kind of finding points to. */
  private static final Map<String, String> SUSPECTED =
      new TreeMap<>(
          Map.of(
              "chip-at-other-site",
              "Items are at another place than before: an export, reexport or transfer (in-country)"
                  + " without a licence may have taken place",
              "other-site",
              "Items may be elsewhere than they are declared to be",
              "outside-territory",
              "Items may be outside all destinations that their licences allow",
              "outside-licence",
              "Items are where or when their licence does not let them be: its terms may be violated",
              "transfer-contradicted",
              "A record of a transfer is contradicted by what the items signed: a record may be wrong",
              "fewer-inspected",
              "An inspection counted fewer items than are said to be there",
              "identity-in-two-places",
              "One identity was shown at two places: what is shown of the items may be false",
              "cohesion-lost",
              "Items were taken out of the machine that they were built into"));

  private final Known known;
  private final Map<String, String> classes;
  private final MessageCatalogue english = MessageCatalogue.in(Locale.ENGLISH);
  private final StringBuilder out = new StringBuilder();

  /**
   * What the views know of a case.
   *
   * @param models how many chips of each model
   * @param parties everybody who is named, with their part
   */
  record Known(
      CaseRecord record,
      Map<String, Long> models,
      List<FleetItem.Site> sites,
      List<CaseCustody> custody,
      Map<String, String> parties,
      List<Done> acts) {
    Known {
      sites = List.copyOf(sites);
      custody = List.copyOf(custody);
      acts = List.copyOf(acts);
    }
  }

  /** What somebody did with the case. */
  record Done(long index, Instant at, Reason said) {}

  /**
   * A draft.
   *
   * @param classes the paragraphs that each model meets, where they are known
   */
  DisclosureDraft(Known known, Map<String, String> classes) {
    this.known = known;
    this.classes = classes;
  }

  String text() {
    CaseDossier.Facts facts = known.record().facts();
    line("# Draft of a voluntary self-disclosure (15 CFR 764.5), from case " + facts.number());
    line("");
    line(
        "This is a draft that a program filled in, and no legal advice. Nobody has checked it, and");
    line(
        "nothing was sent. It does not say that a rule was violated. It is written in English since");
    line(
        "it is addressed to the Bureau of Industry and Security (BIS), Office of Export Enforcement.");
    line(
        "Hold it against the present text of 15 CFR 764.5 before it is used: whether a full or an");
    line("abridged account is due, and by when, that text says.");
    line("");
    line(
        "Numbers in brackets such as [12] are entries of the ledger; the dossier of the case shows");
    line("them with their proofs. \"Self-declared\" is what somebody said and nobody proved.");
    if (facts.simulated()) {
      line("");
      line("**Simulated: this case is about a simulated fleet. It must not be sent.**");
    }
    notification(facts);
    kind();
    course();
    parties();
    licences();
    items();
    mitigating();
    documents(facts);
    certification();
    return out.toString();
  }

  private void notification(CaseDossier.Facts facts) {
    heading("1. Initial notification");
    missing("name, address and telephone number of the person who makes the disclosure");
    line(
        "- What it is about: from "
            + Times.print(facts.since())
            + " to "
            + Times.print(facts.last())
            + " "
            + (known.record().findings().size() + known.record().more())
            + " things were noticed about "
            + facts.chips().size()
            + " chips, "
            + facts.hosts().size()
            + " hosts and the sites "
            + names(facts.sites())
            + ".");
    missing("whether the government learned of it otherwise before");
  }

  /** Which kinds of conduct are to be looked into, by what was noticed. */
  private void kind() {
    heading("2. Kind of violation that is suspected");
    boolean any = false;
    for (Map.Entry<String, String> each : SUSPECTED.entrySet()) {
      long count =
          known.record().findings().stream()
              .filter(noticed -> noticed.finding().kind().equals(each.getKey()))
              .count();
      if (count > 0) {
        any = true;
        line("- " + each.getValue() + " (" + count + " findings `" + each.getKey() + "`)");
      }
    }
    if (!any) {
      line("- Nothing that was noticed points to one kind of violation.");
    }
    missing("which prohibition applies, and whether it was violated");
  }

  private void course() {
    heading("3. When and how");
    for (CaseRecord.Noticed each : known.record().findings()) {
      line(
          "- "
              + Times.print(each.finding().at())
              + ": "
              + sentence(each.finding().reason())
              + entries(each.finding().causes())
              + (each.simulated() ? " (simulated)" : ""));
    }
    if (known.record().more() > 0) {
      line("- And " + known.record().more() + " findings more.");
    }
    missing("how it came about, who ordered it, and since when it was known");
  }

  private void parties() {
    heading("4. Everybody who took part");
    known
        .parties()
        .forEach((name, part) -> line("- " + safe(name) + ": " + safe(part) + " (self-declared)"));
    for (FleetItem.Site site : known.sites()) {
      line(
          "- Site "
              + safe(site.id())
              + " ("
              + safe(site.name())
              + ") of "
              + safe(site.operator())
              + ", "
              + safe(site.destination())
              + ", within "
              + String.format(Locale.ROOT, "%.1f", site.radius().kilometres())
              + " km of "
              + String.format(
                  Locale.ROOT, "%.4f, %.4f", site.place().latitude(), site.place().longitude())
              + " (self-declared)");
    }
    missing("full names and postal addresses of these, and of carriers, brokers and consignees");
  }

  private void licences() {
    heading("5. Licences");
    boolean any = false;
    for (CaseCustody each : known.custody()) {
      if (each.word().said() instanceof Licensed said) {
        any = true;
        line(
            "- Licence "
                + safe(said.licence())
                + " for "
                + safe(said.endUser())
                + ", destinations "
                + names(List.copyOf(said.destinations()))
                + ", from "
                + Times.print(said.from())
                + " until "
                + Times.print(said.until())
                + entries(List.of(each.index()))
                + " (self-declared)");
      }
    }
    if (!any) {
      missing("numbers of licences, or the exception that was relied on");
    }
  }

  private void items() {
    heading("6. Items");
    known
        .models()
        .forEach((model, count) ->
            line(
                "- "
                    + count
                    + " of "
                    + safe(model)
                    + "; classification: "
                    + (classes.containsKey(model)
                        ? safe(classes.getOrDefault(model, ""))
                            + " (computed by Holdfast from published figures as of today)"
                        : "not known to Holdfast")));
    if (known.models().isEmpty()) {
      missing("description, quantity and classification of the items");
    }
    missing("value in U.S. dollars");
    missing("the classification that was declared at export, and its basis");
  }

  private void mitigating() {
    heading("7. What speaks in favour, and what was done");
    for (CaseCustody each : known.custody()) {
      if (!(each.word().said() instanceof Licensed)) {
        line("- " + told(each) + entries(List.of(each.index())) + " (self-declared)");
      }
    }
    for (Done each : known.acts()) {
      line(
          "- "
              + Times.print(each.at())
              + ": "
              + sentence(each.said())
              + entries(List.of(each.index())));
    }
    missing("which review was made, over which years, and what keeps it from happening again");
  }

  private String told(CaseCustody each) {
    return sentence(new CustodyStatement(each.actor(), each.word()).reason());
  }

  private void documents(CaseDossier.Facts facts) {
    heading("8. Documents");
    line("- The dossier of case " + facts.number() + ", which anybody can check:");
    line("  `holdfast verify case-" + facts.number() + ".html --trust trust.yaml`");
    missing("licences and applications for them, statements of end users");
    missing("shipping documents: filings, bills of lading, air waybills");
    missing("orders, invoices, letters, internal memoranda, notes of what was said");
    line("- Keep the originals of all of these until BIS has asked for them or closed the matter.");
  }

  private void certification() {
    heading("9. Certification and where to send it");
    line(
        "- Not signed. Whoever discloses certifies that all of it is true and correct to the best");
    line("  of their knowledge and belief; a false statement is a violation of its own.");
    line("- Director, Office of Export Enforcement, 1401 Constitution Avenue, Room H4514,");
    line(
        "  Washington, DC 20230, or electronically as BIS asks on its page about self-disclosures.");
    line("  Check both before sending.");
  }

  private void heading(String text) {
    line("");
    line("## " + text);
    line("");
  }

  private void missing(String what) {
    line("- Not known to Holdfast: " + what + ".");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private String sentence(Reason reason) {
    return safe(english.say(reason.code(), reason.arguments()));
  }

  private static String names(List<String> names) {
    return names.isEmpty()
        ? "-"
        : names.stream().map(DisclosureDraft::safe).collect(Collectors.joining(", "));
  }

  private static String entries(List<Long> indexes) {
    return indexes.stream().map(each -> " [" + each + "]").collect(Collectors.joining());
  }

  /** A strange text that is no markup, stays on its line and turns no writing around. */
  private static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    Problem.printable(text)
        .codePoints()
        .forEach(c -> {
          if (c < 128 && "\\`*_[]<>#|~".indexOf(c) >= 0) {
            safe.append('\\');
          }
          safe.appendCodePoint(c);
        });
    return safe.toString();
  }
}
