package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a statement that was checked tells, free of its envelope: the input of the fold. */
public sealed interface Evidence {
  /** What tells of one host. */
  sealed interface OfHost extends Evidence {
    /** The host that it speaks of. */
    TargetId host();
  }

  /** What tells where a host is, or is said to be. */
  sealed interface OfPlace extends OfHost {}

  /** What tells of the chips in a host. */
  sealed interface OfChips extends OfHost {}

  /**
   * What people declare of chips: who has them, where they may be, what was seen of them. Fields
   * are those of an EPCIS 2.0 event: what ({@code chips}), when ({@code at}), where ({@code site})
   * and why ({@code step} or the kind itself).
   */
  sealed interface OfCustody extends Evidence {
    /** When it happened, or was declared. */
    Instant at();

    /** Whether it belongs to a simulation. */
    boolean simulated();
  }

  /** What a source did to its own chain of statements. */
  sealed interface OfSource extends Evidence {
    /** Who signs the chain. */
    SourceId source();

    /** When it was noticed: the time of the statement that showed it. */
    Instant at();
  }

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
      neighbours = neighbours == null ? null : ImmutableSortedSet.copyOf(neighbours);
      requireNonNull(at, "at");
    }
  }

  /** What a host says is in it, and what meters say there; its word, and no proof. */
  record Inventoried(TargetId host, Inventory inventory, Instant at, boolean simulated)
      implements OfChips {
    public Inventoried {
      requireNonNull(host, "host");
      requireNonNull(inventory, "inventory");
      requireNonNull(at, "at");
    }
  }

  /**
   * A site as its operator declares it.
   *
   * @param destination ISO 3166 alpha-2 code
   * @param installed chips that are said to be there; null where nobody says how many
   * @param kilowatts that it draws; null where that was not declared
   */
  record Sited(
      String site,
      String operator,
      String destination,
      Position place,
      Distance radius,
      @Nullable Integer installed,
      @Nullable Double kilowatts,
      Instant at,
      boolean simulated)
      implements OfCustody {
    public Sited {
      Names.check("site", site);
      Names.check("operator", operator);
      Names.check("destination", destination);
      requireNonNull(place, "place");
      requireNonNull(radius, "radius");
      requireNonNull(at, "at");
    }
  }

  /** What a licence wants to be shown of its chips, again and again. */
  enum Demand {
    /** Rounds of landmarks that bound where the host is. */
    ROUNDS,
    /** Fresh signatures of the chips themselves. */
    SIGNATURES,
    /** Inspections at the site. */
    INSPECTION
  }

  /**
   * That chips may be somewhere, for somebody.
   *
   * @param licence its number
   * @param chips that it names; none where it names models
   * @param models that it names; none where it names chips
   * @param endUser the party that may have them
   * @param destinations ISO 3166 alpha-2 codes
   * @param sites where they may be; none where any site in a destination will do
   * @param until the first moment at which it holds no more
   * @param demands what has to be shown, each at least once in so long
   */
  record Licensed(
      String licence,
      SortedSet<String> chips,
      SortedSet<String> models,
      String endUser,
      SortedSet<String> destinations,
      SortedSet<String> sites,
      Instant from,
      Instant until,
      SortedMap<Demand, Duration> demands,
      Instant at,
      boolean simulated)
      implements OfCustody {
    public Licensed {
      Names.check("licence", licence);
      chips = copy(chips);
      models = copy(models);
      Names.check("endUser", endUser);
      destinations = copy(destinations);
      sites = copy(sites);
      demands = ImmutableSortedMap.copyOf(demands);
      requireNonNull(at, "at");
      if (!until.isAfter(from)) {
        throw new IllegalArgumentException("a licence ends after it begins");
      }
      if (chips.isEmpty() == models.isEmpty()) {
        throw new IllegalArgumentException("a licence names chips, or else models");
      }
      if (destinations.isEmpty()) {
        throw new IllegalArgumentException("a licence names destinations");
      }
      if (demands.values().stream().anyMatch(each -> each.isNegative() || each.isZero())) {
        throw new IllegalArgumentException("what is demanded is demanded in some time");
      }
    }
  }

  /**
   * What an inspector saw at a site.
   *
   * @param manner how
   * @param chips that were seen
   * @param counted how many there were in all, named or not; at least as many as are named
   */
  record Inspected(
      String inspection,
      String inspector,
      String site,
      Manner manner,
      SortedSet<String> chips,
      int counted,
      Instant at,
      boolean simulated)
      implements OfCustody {
    /** How chips were seen, the firmest last. */
    public enum Manner {
      /** Their labels were read. */
      LABELS,
      /** They were seen at work. */
      RUNNING,
      /** They signed a question of the inspector's. */
      SIGNED
    }

    public Inspected {
      Names.check("inspection", inspection);
      Names.check("inspector", inspector);
      Names.check("site", site);
      requireNonNull(manner, "manner");
      chips = copy(chips);
      requireNonNull(at, "at");
      if (counted < chips.size()) {
        throw new IllegalArgumentException("fewer were counted than named");
      }
    }
  }

  /**
   * That chips went from one hand or place to another.
   *
   * @param step the bizStep of CBV 2.0
   * @param fromSite null where they came from no known site
   * @param toSite null where they go to no known site
   */
  record Transferred(
      String transfer,
      Step step,
      SortedSet<String> chips,
      String fromParty,
      String toParty,
      @Nullable String fromSite,
      @Nullable String toSite,
      Instant at,
      boolean simulated)
      implements OfCustody {
    /** Why, in the words of CBV 2.0. */
    public enum Step {
      SHIPPING,
      RECEIVING,
      INSTALLING,
      REMOVING,
      REPAIRING,
      DECOMMISSIONING
    }

    public Transferred {
      Names.check("transfer", transfer);
      requireNonNull(step, "step");
      chips = copy(chips);
      Names.check("fromParty", fromParty);
      Names.check("toParty", toParty);
      requireNonNull(at, "at");
      if (chips.isEmpty()) {
        throw new IllegalArgumentException("nothing is transferred");
      }
      if (fromSite == null && toSite == null) {
        throw new IllegalArgumentException("a transfer names a site");
      }
    }
  }

  /**
   * That a site will not be heard for a while, said before or soon after it begins.
   *
   * @param until the first moment at which it is to be heard again
   */
  record Announced(String site, Instant from, Instant until, Instant at, boolean simulated)
      implements OfCustody {
    public Announced {
      Names.check("site", site);
      requireNonNull(at, "at");
      if (!until.isAfter(from)) {
        throw new IllegalArgumentException("an outage ends after it begins");
      }
    }
  }

  /** That statements of a source are missing: numbers {@code first} to {@code last}. */
  record Skipped(SourceId source, long first, long last, Instant at) implements OfSource {
    public Skipped {
      requireNonNull(source, "source");
      requireNonNull(at, "at");
      if (first > last) {
        throw new IllegalArgumentException("nothing is missing");
      }
    }
  }

  /** That a source signed two statements of one number. */
  record Equivocated(SourceId source, long number, Instant at) implements OfSource {
    public Equivocated {
      requireNonNull(source, "source");
      requireNonNull(at, "at");
    }
  }

  private static SortedSet<String> copy(SortedSet<String> names) {
    names.forEach(each -> Names.check("name", each));
    return ImmutableSortedSet.copyOf(names);
  }
}
