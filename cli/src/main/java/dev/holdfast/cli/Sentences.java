package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.model.Claim;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Words reports for people, in one language. */
final class Sentences {
  private static final Set<String> BEYOND_SPEED =
      Set.of("reason.no-bounds", "reason.key-in-file", "reason.no-chip-evidence");

  private static final int KEY_SHOWN = 16;

  private final MessageCatalogue catalogue;
  private final String slowerSpeed;

  /**
   * @param slowerSpeed the slower speed of the run, km/ms
   */
  Sentences(MessageCatalogue catalogue, double slowerSpeed) {
    this.catalogue = catalogue;
    this.slowerSpeed = plain(slowerSpeed);
  }

  MessageCatalogue catalogue() {
    return catalogue;
  }

  String of(Reason reason) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  String claim(Claim claim) {
    return switch (claim) {
      case Claim.Within within ->
          catalogue.say(
              "claim.within",
              plain(within.place().latitude()),
              plain(within.place().longitude()),
              plain(within.radius().kilometres()));
      case Claim.Inside inside -> catalogue.say("claim.inside", inside.country());
      case Claim.Outside outside -> catalogue.say("claim.outside", outside.country());
    };
  }

  /** The verdict with what was claimed, its reason, the slower speed and the coalition. */
  String verdict(Verdict verdict) {
    StringBuilder text = new StringBuilder(value(verdict.value()));
    text.append(" (").append(claim(verdict.claim())).append("): ").append(of(verdict.reason()));
    if (verdict.atSlowerSpeed() != null && !beyondSpeed(verdict.reason().code())) {
      text.append(' ')
          .append(
              catalogue.say(
                  "slower." + verdict.atSlowerSpeed().name().toLowerCase(Locale.ROOT),
                  slowerSpeed));
    }
    return text.toString();
  }

  /** Whether no speed could change what a reason says. */
  private static boolean beyondSpeed(String reason) {
    return reason.startsWith("reason.conflict") || BEYOND_SPEED.contains(reason);
  }

  String value(Verdict.Value value) {
    return catalogue.say("verdict." + value.name());
  }

  /** Who would have had to lie. */
  String coalition(List<OperatorId> coalition) {
    String names =
        String.join(", ", coalition.stream().limit(8).map(OperatorId::value).toList())
            + (coalition.size() > 8 ? ", …" : "");
    return coalition.size() == 1
        ? catalogue.say("coalition.one", names)
        : catalogue.say("coalition.many", names, Integer.toString(coalition.size()));
  }

  /** On what a report stands, when, and how many lies it bears. */
  List<String> circumstances(LocationReport report) {
    List<String> parts = new ArrayList<>(standing(report));
    if (report.simulated()) {
      parts.addFirst(catalogue.say("report.simulated"));
    }
    parts.add(catalogue.say("report.faults", Integer.toString(report.toleratedFaults())));
    return parts;
  }

  /** On what and when a report stands: its small grey words. */
  List<String> standing(LocationReport report) {
    MessageCatalogue say = catalogue;
    List<String> parts = new ArrayList<>();
    subject(report.subject()).ifPresent(parts::add);
    parts.add(
        say.say(
            switch (report.basis()) {
              case AS_GIVEN -> "report.basis.as-given";
              case SIGNED_ROUNDS -> "report.basis.signed-rounds";
            }));
    Instant reference = report.window().reference();
    parts.add(
        reference == null
            ? say.say("report.window-untimed")
            : say.say(
                "report.window",
                Times.print(reference.minus(report.window().length())),
                Times.print(reference)));
    return parts;
  }

  /** What a report is about, where that is more than a name in a file. */
  private Optional<String> subject(Subject subject) {
    Subject.Binding binding = subject.binding();
    String kept = binding == null ? "-" : binding.word();
    return switch (subject.kind()) {
      case TARGET -> Optional.empty();
      case KEY -> Optional.of(catalogue.say("report.subject.key", shortened(subject.id()), kept));
      case HOST -> Optional.of(catalogue.say("report.subject.host", subject.id(), kept));
      case CHIP -> Optional.of(catalogue.say("report.subject.chip", subject.id()));
    };
  }

  /** Enough of a key id to tell it from others by eye; machines get all of it. */
  private static String shortened(String key) {
    return key.length() <= KEY_SHOWN ? key : key.substring(0, KEY_SHOWN) + "…";
  }

  String region(LocationReport report) {
    if (report.region().empty()) {
      return catalogue.say("report.region-empty");
    }
    Position centre = report.region().centre();
    if (centre == null) {
      return catalogue.say("report.region-whole");
    }
    String place =
        catalogue.say(
            "report.region",
            kilometres(report.region().radiusKm()),
            degrees(centre.latitude()),
            degrees(centre.longitude()),
            kilometres(report.region().areaKm2()));
    List<String> reached = report.region().destinations();
    String names =
        reached.size() > 12
            ? String.join(", ", reached.subList(0, 12)) + " +" + (reached.size() - 12)
            : String.join(", ", reached);
    return place
        + " "
        + (reached.isEmpty()
            ? catalogue.say("report.region-sea")
            : catalogue.say("report.region-destinations", names));
  }

  static String mark(Verdict.Value value) {
    return switch (value) {
      case PROVED -> "●";
      case UNPROVEN -> "○";
      case REFUTED -> "◆";
    };
  }

  static String kilometres(double kilometres) {
    return String.format(Locale.ROOT, kilometres < 10 ? "%.1f" : "%,.0f", kilometres);
  }

  static String degrees(double degrees) {
    return String.format(Locale.ROOT, "%.3f", degrees);
  }

  static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
