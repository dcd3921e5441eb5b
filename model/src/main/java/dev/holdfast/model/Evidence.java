package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement that was checked tells, free of its envelope: the input of the fold. */
public sealed interface Evidence {
  /** The host that it speaks of. */
  TargetId host();

  /**
   * A round that was checked and bounds where a key was.
   *
   * @param key the id of the key that answered, in hexadecimal digits
   * @param binding how that key is kept, as its certificate says
   * @param landmark where its authority says that it stands
   * @param roundTrip the shortest that counts
   * @param measuredAt when the challenge of the shortest round trip left
   * @param simulated whether landmark or host belong to a simulation
   * @param revocationsAt the age of the older list of revocations that was looked into; null where
   *     revocation was not checked for both
   */
  record Bounded(
      TargetId host,
      String key,
      Subject.Binding binding,
      Landmark landmark,
      Delay roundTrip,
      Instant measuredAt,
      boolean simulated,
      @Nullable Instant revocationsAt)
      implements Evidence {
    public Bounded {
      requireNonNull(host, "host");
      requireNonNull(key, "key");
      requireNonNull(binding, "binding");
      requireNonNull(landmark, "landmark");
      requireNonNull(roundTrip, "roundTrip");
      requireNonNull(measuredAt, "measuredAt");
    }
  }

  /**
   * Where an operator declares a host to be: its site, and nothing is proved by it.
   *
   * @param site the id of the site
   * @param destination ISO 3166 alpha-2 code
   * @param radius of the site
   */
  record Declared(
      TargetId host,
      String site,
      String destination,
      Position place,
      Distance radius,
      boolean simulated)
      implements Evidence {
    public Declared {
      requireNonNull(host, "host");
      Names.check("site", site);
      Names.check("destination", destination);
      requireNonNull(place, "place");
      requireNonNull(radius, "radius");
    }

    /** What the declaration claims: the place, and the destination. */
    public List<Claim> claims() {
      return List.of(new Claim.Within(place, radius), new Claim.Inside(destination));
    }
  }
}
