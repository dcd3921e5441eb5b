package dev.holdfast.cli;

import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.store.AuthorityFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a landmark stands, as a user says it. */
final class PlaceOptions {
  private static final Duration BACK = Duration.ofMinutes(5);

  @Option(
      names = "--latitude",
      paramLabel = "DEGREES",
      description = "of a landmark, WGS84, -90 to 90")
  @Nullable Double latitude;

  @Option(
      names = "--longitude",
      paramLabel = "DEGREES",
      description = "of a landmark, WGS84, -180 to 180")
  @Nullable Double longitude;

  @Option(
      names = "--uncertainty-km",
      paramLabel = "KM",
      defaultValue = "1",
      description = "how far its true place may be from the stated one (default: 1)")
  private double uncertainty;

  @Option(
      names = "--position-lifetime",
      paramLabel = "DURATION",
      defaultValue = "365d",
      converter = DurationConverter.class,
      description = "how long the statement of its place holds at most (default: 365d)")
  private @Nullable Duration lifetime;

  /** Whether a place was said at all. */
  boolean given() {
    return latitude != null || longitude != null;
  }

  /** The place of a landmark, signed by its authority, from a few minutes ago on. */
  byte[] statement(
      AuthorityFolder authority, IdentityCertificate certificate, InstantSource clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OperatorId operator = certificate.identity().operator();
    Double north = latitude;
    Double east = longitude;
    Duration holds = lifetime;
    if (north == null || east == null || operator == null || holds == null) {
      throw new IllegalArgumentException("a landmark has --latitude and --longitude");
    }
    Landmark landmark =
        new Landmark(
            new LandmarkId(certificate.identity().name()),
            new Position(north, east),
            operator,
            Distance.ofKilometres(uncertainty));
    return authority
        .position(
            new LandmarkPosition(
                landmark,
                certificate.key().id(),
                now.minus(BACK),
                now.plus(holds),
                certificate.identity().simulated()))
        .octets();
  }

  /** Refuses a place that is none before anything is written. */
  void check() {
    if (latitude == null || longitude == null) {
      throw new IllegalArgumentException("--latitude and --longitude belong together");
    }
    var _ = new Position(latitude, longitude);
    var _ = Distance.ofKilometres(uncertainty);
  }
}
