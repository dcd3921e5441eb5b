package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.policy.Classification;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.Outcome;
import dev.holdfast.policy.Rule;
import dev.holdfast.policy.TraceLine;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Prints a decision for people: the sentence first, then what it follows from. */
final class DecisionText {
  private static final int WIDTH = 100;
  private static final int LEFT = 32;

  private final PrintStream out;
  private final MessageCatalogue catalogue;
  private final DecisionWords words;
  private final boolean colour;

  DecisionText(PrintStream out, MessageCatalogue catalogue, boolean colour) {
    this.out = out;
    this.catalogue = catalogue;
    this.words = new DecisionWords(catalogue);
    this.colour = colour;
  }

  /** A shape that says how far it may go. */
  static String mark(Outcome outcome) {
    return switch (outcome) {
      case NO_LICENCE_REQUIRED -> "●";
      case EXCEPTION, PRESUMPTION_OF_APPROVAL, CASE_BY_CASE, UNDETERMINED -> "○";
      case PRESUMPTION_OF_DENIAL, EMBARGOED_OR_LISTED -> "◆";
    };
  }

  private String painted(Outcome outcome, String text) {
    String style =
        switch (outcome) {
          case NO_LICENCE_REQUIRED -> "bold,blue";
          case EXCEPTION, PRESUMPTION_OF_APPROVAL, CASE_BY_CASE, UNDETERMINED -> "bold";
          case PRESUMPTION_OF_DENIAL, EMBARGOED_OR_LISTED -> "bold,red";
        };
    return (colour ? Ansi.ON : Ansi.OFF).string("@|" + style + " " + text + "|@");
  }

  /**
   * Prints it.
   *
   * @param traced whether what became of each rule is told
   * @param questions whether red flags that are questions for a person are listed
   */
  void print(Decision decision, boolean traced, boolean questions) {
    Outcome outcome = decision.outcome();
    out.println(painted(outcome, mark(outcome) + " " + words.outcome(outcome)));
    wrapped("", words.sentence(decision));
    classification(decision);
    if (!decision.possible().isEmpty()) {
      heading("possible");
      for (Decision.Possibility each : decision.possible()) {
        row(
            mark(each.outcome()) + " " + words.outcome(each.outcome()),
            words.when(List.copyOf(each.when().entrySet())));
        row("", String.join(", ", each.decidedBy().stream().map(Rule::id).toList()));
      }
    }
    if (!decision.decidedBy().isEmpty()) {
      heading("decided-by");
      for (Rule rule : decision.decidedBy()) {
        row(rule.id(), rule.title());
        row("", place(rule) + " · " + rule.certainty());
      }
    }
    if (!decision.conditions().isEmpty()) {
      heading("conditions");
      decision.conditions().forEach(each -> wrapped("  - ", each));
    }
    if (!decision.changes().isEmpty()) {
      heading("changes");
      for (Decision.Change each : decision.changes()) {
        row(
            mark(each.outcome()) + " " + words.outcome(each.outcome()),
            words.field(each.field()) + " " + each.value());
      }
    }
    beside(decision);
    flags(decision, questions);
    if (traced) {
      heading("trace");
      for (TraceLine line : decision.trace()) {
        row(
            line.rule(),
            words.result(line) + (line.detail().isEmpty() ? "" : ": " + line.detail()));
      }
    }
    out.println();
    wrapped("", words.advice());
  }

  private static String place(Rule rule) {
    return rule.paragraph() + (rule.citation().equals("none") ? "" : "; " + rule.citation());
  }

  private void classification(Decision decision) {
    Classification shown = decision.classification();
    heading("classification");
    row(
        catalogue.say("policy.text.paragraph"),
        String.join(" | ", shown.paragraphs())
            + shown
                .unverified()
                .map(each -> " " + catalogue.say("policy.text.unverified", each))
                .orElse(""));
    row(
        words.field("tpp"),
        shown.tpp().print()
            + shown
                .vendorTpp()
                .map(each -> " " + catalogue.say("policy.text.vendor", plain(each)))
                .orElse(""));
    row(
        words.field("performanceDensity"),
        shown.density().print()
            + " "
            + catalogue.say("policy.text.area", shown.area().print(), shown.areaBasis()));
    shown.vendorEccn().ifPresent(eccn -> row(catalogue.say("policy.text.eccn"), eccn));
  }

  private static String plain(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private void beside(Decision decision) {
    if (!decision.notices().isEmpty()) {
      heading("notices");
      for (Rule rule : decision.notices()) {
        row(rule.id(), rule.title());
        row("", place(rule));
      }
    }
    if (!decision.cautions().isEmpty()) {
      heading("cautions");
      decision.cautions().forEach(each -> wrapped("  ▲ ", words.say(each)));
    }
  }

  private void flags(Decision decision, boolean questions) {
    heading("flags");
    long open = 0;
    for (Decision.Flag each : decision.flags()) {
      if (each.raised().orElse(false)) {
        wrapped("  ▲ ", each.flag().id() + ": " + each.flag().flag());
      } else if (each.raised().isEmpty()) {
        open++;
        if (questions) {
          wrapped("  ? ", each.flag().id() + ": " + each.flag().flag());
        }
      }
    }
    if (!questions) {
      wrapped("  ", catalogue.say("policy.text.questions", Long.toString(open)));
    }
  }

  private void heading(String key) {
    out.println();
    out.println(
        (colour ? Ansi.ON : Ansi.OFF)
            .string("@|bold " + catalogue.say("policy.text." + key) + "|@"));
  }

  private void row(String left, String right) {
    String start =
        "  " + left + " ".repeat(Math.max(1, LEFT - left.codePointCount(0, left.length())));
    wrapped(start, right);
  }

  /** Lines of at most 100 columns, those behind the first as far in as it. */
  private void wrapped(String start, String text) {
    int indent = start.codePointCount(0, start.length());
    StringBuilder line = new StringBuilder(start);
    int length = indent;
    boolean first = true;
    for (String word : text.split(" ", -1)) {
      int size = word.codePointCount(0, word.length());
      if (!first && length + 1 + size > WIDTH) {
        out.println(line);
        line = new StringBuilder(" ".repeat(indent)).append(word);
        length = indent + size;
      } else {
        line.append(first ? "" : " ").append(word);
        length += size + (first ? 0 : 1);
      }
      first = false;
    }
    out.println(line);
  }
}
