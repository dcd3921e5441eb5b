package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Landmark;
import dev.holdfast.trust.IdentityCertificate;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of checking a round with its transcript, from the reader's own authorities. */
public sealed interface RoundCheck {
  /** The round, as its landmark states it. */
  Round round();

  /**
   * It bounds where the host's key was.
   *
   * @param landmark where its authority says that it stands
   * @param landmarkCertificate of the landmark
   * @param hostCertificate of the host, whose countersignature was found good
   * @param measuredAt when the challenge of the shortest round trip left
   * @param simulated whether landmark or host belong to a simulation
   * @param revocationsAt the age of the older list of revocations that was looked into; null where
   *     revocation was not checked for both
   */
  record Bounds(
      Round round,
      Landmark landmark,
      IdentityCertificate landmarkCertificate,
      IdentityCertificate hostCertificate,
      Instant measuredAt,
      boolean simulated,
      @Nullable Instant revocationsAt)
      implements RoundCheck {
    public Bounds {
      requireNonNull(round, "round");
      requireNonNull(landmark, "landmark");
      requireNonNull(landmarkCertificate, "landmarkCertificate");
      requireNonNull(hostCertificate, "hostCertificate");
      requireNonNull(measuredAt, "measuredAt");
    }
  }

  /** Why a round bounds nothing. */
  enum Why {
    /** Fewer than {@value Round#FEWEST_ANSWERS} answers counted. */
    TOO_FEW_ANSWERS,
    /** No good countersignature of the host was found. */
    NOT_COUNTERSIGNED,
    /** Its transcript is not at hand. */
    NO_TRANSCRIPT,
    /** The transcript is not the one named, or gainsays the round or itself. */
    WRONG_TRANSCRIPT,
    /** No trusted authority vouches for the landmark. */
    LANDMARK_NOT_CERTIFIED,
    /** Where the landmark stands is not stated by its authority, for that time. */
    NO_POSITION,
    /** It ends after the time at which its landmark says that it signed it. */
    NOT_YET_OVER;

    /** The stable word of the JSON form. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * It bounds nothing.
   *
   * @param reason more of it, in English
   */
  record BoundsNothing(Round round, Why why, String reason) implements RoundCheck {
    public BoundsNothing {
      requireNonNull(round, "round");
      requireNonNull(why, "why");
      requireNonNull(reason, "reason");
    }
  }
}
