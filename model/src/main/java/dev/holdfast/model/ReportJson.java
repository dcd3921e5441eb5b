package dev.holdfast.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link LocationReport}: one object, stable field names, the same in every
 * language; sentences are English.
 *
 * <p>Limits and radii are rounded up to a metre, areas to a tenth of a square kilometre, positions
 * to a hundred-thousandth of a degree.
 */
public record ReportJson(
    String target,
    Subject subject,
    Basis basis,
    boolean simulated,
    RegionJson region,
    int toleratedFaults,
    WindowJson window,
    List<BoundJson> bindingLandmarks,
    List<ConflictJson> conflicts,
    List<AnswerJson> answers,
    AdviceJson advice) {

  /** A place in degrees. */
  public record PlaceJson(double latitude, double longitude) {
    static @Nullable PlaceJson of(@Nullable Position position) {
      return position == null
          ? null
          : new PlaceJson(degrees(position.latitude()), degrees(position.longitude()));
    }
  }

  /** What the bounds leave. */
  public record RegionJson(
      boolean empty,
      double areaKm2,
      @Nullable PlaceJson centre,
      double radiusKm,
      List<String> destinations) {}

  /** The stretch of time, with its length as ISO 8601. */
  public record WindowJson(
      String length, @Nullable Instant reference, int used, int expired, int withoutTime) {}

  /** One bound. */
  public record BoundJson(String landmark, double boundKm) {}

  /** Who contradicts whom. */
  public record ConflictJson(List<String> landmarks, double gapKm, @Nullable Instant at) {}

  /** The question that a claim answers. */
  public enum Question {
    WITHIN,
    COUNTRY,
    EXCLUDED_COUNTRY;

    @JsonValue
    String json() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Question of(Claim claim) {
      return switch (claim) {
        case Claim.Within within -> WITHIN;
        case Claim.Inside inside -> COUNTRY;
        case Claim.Outside outside -> EXCLUDED_COUNTRY;
      };
    }
  }

  /**
   * The answer to one question.
   *
   * @param value what was claimed: a country, or {@code latitude,longitude,kilometres}
   */
  public record AnswerJson(
      Question question,
      String value,
      Verdict.Value verdict,
      @Nullable Support atSlowerSpeed,
      String reason,
      String reasonCode,
      List<String> assumptions,
      List<String> coalition) {}

  /** What the model thinks. */
  public record AdviceJson(
      @Nullable PlaceJson centre,
      @Nullable Double radius90Km,
      @Nullable Double score,
      String basis) {}

  /**
   * Gives a report its JSON form.
   *
   * @param sentence words a reason in English
   */
  public static ReportJson of(LocationReport report, Function<Reason, String> sentence) {
    Region region = report.region();
    Window window = report.window();
    Advice advice = report.advice();
    return new ReportJson(
        report.target().value(),
        report.subject(),
        report.basis(),
        report.simulated(),
        new RegionJson(
            region.empty(),
            Math.rint(region.areaKm2() * 10) / 10,
            PlaceJson.of(region.centre()),
            roundUp(region.radiusKm()),
            region.destinations()),
        report.toleratedFaults(),
        new WindowJson(
            window.length().toString(),
            window.reference(),
            window.used(),
            window.expired(),
            window.withoutTime()),
        report.binding().stream()
            .map(bound ->
                new BoundJson(bound.landmark().id().value(), roundUp(bound.atMost().kilometres())))
            .toList(),
        report.conflicts().stream()
            .map(conflict ->
                new ConflictJson(
                    conflict.landmarks().stream().map(LandmarkId::value).toList(),
                    roundUp(conflict.gapKm()),
                    conflict.at()))
            .toList(),
        report.verdicts().stream().map(verdict -> answer(verdict, sentence)).toList(),
        new AdviceJson(
            PlaceJson.of(advice.centre()),
            advice.radius90Km() == null ? null : roundUp(advice.radius90Km()),
            advice.score() == null ? null : Math.rint(advice.score() * 1000) / 1000,
            sentence.apply(advice.basis())));
  }

  private static AnswerJson answer(Verdict verdict, Function<Reason, String> sentence) {
    return new AnswerJson(
        Question.of(verdict.claim()),
        value(verdict.claim()),
        verdict.value(),
        verdict.atSlowerSpeed(),
        sentence.apply(verdict.reason()),
        verdict.reason().code(),
        verdict.assumptions().stream().map(sentence).toList(),
        verdict.coalition().stream().map(OperatorId::value).toList());
  }

  /** What a claim says, as one short text without language. */
  public static String value(Claim claim) {
    return switch (claim) {
      case Claim.Within within ->
          plain(within.place().latitude())
              + ","
              + plain(within.place().longitude())
              + ","
              + plain(within.radius().kilometres());
      case Claim.Inside inside -> inside.country();
      case Claim.Outside outside -> outside.country();
    };
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static double degrees(double degrees) {
    return Math.rint(degrees * 1e5) / 1e5;
  }

  private static double roundUp(double kilometres) {
    return Math.ceil(kilometres * 1000 - 1e-6) / 1000;
  }
}
