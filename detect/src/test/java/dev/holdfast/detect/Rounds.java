package dev.holdfast.detect;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;

/** Rounds of one host as a check would give them, by landmarks of three operators. */
final class Rounds {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final Duration SILENCE = Duration.ofMinutes(30);
  static final TargetId HOST = new TargetId("rack-7");
  static final Position OSAKA = new Position(34.69, 135.50);
  static final Landmark NEAR = landmark("osaka", "north", 34.69, 135.50);
  static final Landmark NEAR_TOO = landmark("kobe", "south", 34.69, 135.19);
  static final Landmark FAR = landmark("frankfurt", "east", 50.11, 8.68);
  static final Landmark FAR_TOO = landmark("paris", "west", 48.86, 2.35);
  static final Landmark FAR_ALSO = landmark("london", "island", 51.51, -0.13);

  private static final NaturalEarth EARTH = NaturalEarth.load();
  static final Atlas ATLAS =
      Atlas.of(
          EARTH.map(),
          Destinations.of(EARTH.map(), Destinations.DEFAULT_GROUPS),
          Atlas.DEFAULT_MARGIN);
  static final Settings SETTINGS = Settings.DEFAULT.withToleratedFaults(1);

  private Rounds() {}

  static HostFold fold() {
    return new HostFold(ATLAS, SETTINGS, SILENCE);
  }

  static Landmark landmark(String id, String operator, double latitude, double longitude) {
    return new Landmark(
        new LandmarkId(id),
        new Position(latitude, longitude),
        new OperatorId(operator),
        Distance.ofKilometres(1));
  }

  static Instant minute(double minutes) {
    return NOON.plusMillis((long) (minutes * 60_000));
  }

  static Bounded round(Landmark landmark, double milliseconds, double minute) {
    return round("k1", Binding.TPM, landmark, milliseconds, minute);
  }

  static Bounded round(
      String key, Binding binding, Landmark landmark, double milliseconds, double minute) {
    return new Bounded(
        HOST, key, binding, landmark, Delay.ofMillis(milliseconds), minute(minute), false, null);
  }

  static Declared declared(String destination) {
    return new Declared(HOST, "hall", destination, OSAKA, Distance.ofKilometres(50), false);
  }
}
