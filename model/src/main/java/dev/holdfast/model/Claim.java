package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

/** What somebody declares about the place of a target. */
public sealed interface Claim {
  /** At a point, within some kilometres of it. */
  record Within(Position place, Distance radius) implements Claim {
    public Within {
      requireNonNull(place, "place");
      requireNonNull(radius, "radius");
    }
  }

  /**
   * Inside a destination.
   *
   * @param country ISO 3166 alpha-2 code, or the name of a group, as asked
   */
  record Inside(String country) implements Claim {
    public Inside {
      Names.check("country", country);
    }
  }

  /**
   * Outside a destination.
   *
   * @param country ISO 3166 alpha-2 code, or the name of a group, as asked
   */
  record Outside(String country) implements Claim {
    public Outside {
      Names.check("country", country);
    }
  }
}
