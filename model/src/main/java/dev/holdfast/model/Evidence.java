package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a statement that was checked tells, free of its envelope: the input of the fold. */
public sealed interface Evidence {
  /** The host that it speaks of. */
  TargetId host();

  /** What tells where a host is, or is said to be. */
  sealed interface OfPlace extends Evidence {}

  /** What tells of the chips in a host. */
  sealed interface OfChips extends Evidence {}

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
      implements OfPlace {
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
      implements OfPlace {
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

  /**
   * A chip's signature under a question of this host's, checked to a manufacturer's root.
   *
   * @param key the id of the host's key that the question names, in hexadecimal digits
   * @param chip what the chip is keyed by
   * @param root of the manufacturer that its certificates lead to: name and SHA-256 fingerprint
   * @param aliases its signed names, strongest first
   * @param neighbours the ids of the switches that it is linked to, or of a switch those of its
   *     accelerators; null where the evidence does not say
   * @param fresh whether the question held a challenge of the last minutes and this host's key;
   *     what is not fresh tells who signed, and nothing of where or when
   * @param took for how long it signed, in milliseconds, by the host's word; null where it says
   *     none
   * @param revocationsAt the age of the oldest list that was looked into; null where some
   *     certificate's status was not checked
   */
  record Attested(
      TargetId host,
      String key,
      String chip,
      boolean isSwitch,
      String model,
      String root,
      List<Alias> aliases,
      @Nullable SortedSet<String> neighbours,
      Instant at,
      boolean fresh,
      @Nullable Long took,
      boolean simulated,
      @Nullable Instant revocationsAt)
      implements OfChips {
    public Attested {
      requireNonNull(host, "host");
      requireNonNull(key, "key");
      Names.check("chip", chip);
      Names.check("model", model);
      requireNonNull(root, "root");
      aliases = List.copyOf(aliases);
      neighbours =
          neighbours == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(neighbours));
      requireNonNull(at, "at");
    }
  }

  /** What a host says is in it; its word, and no proof. */
  record Inventoried(TargetId host, Inventory inventory, Instant at, boolean simulated)
      implements OfChips {
    public Inventoried {
      requireNonNull(host, "host");
      requireNonNull(inventory, "inventory");
      requireNonNull(at, "at");
    }
  }
}
