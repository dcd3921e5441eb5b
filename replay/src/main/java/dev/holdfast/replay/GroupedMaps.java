package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import java.util.Optional;

/**
 * The border map as questions group it. The atlas that was asked for last is kept, since it learns
 * its borders as it is used. Safe for use by several threads.
 */
public final class GroupedMaps {
  private final NaturalEarth earth;
  private volatile Optional<Atlas> last = Optional.empty();

  public GroupedMaps(NaturalEarth earth) {
    this.earth = requireNonNull(earth, "earth");
  }

  /**
   * The map as a question groups it.
   *
   * @throws IllegalArgumentException where a unit is unknown or in two groups
   */
  Atlas of(BundleSettings settings) {
    Optional<Atlas> kept =
        last.filter(atlas ->
            atlas.margin().equals(settings.margin())
                && atlas.destinations().groups().equals(settings.destinations()));
    if (kept.isPresent()) {
      return kept.get();
    }
    Atlas fresh =
        Atlas.of(
            earth.map(), Destinations.of(earth.map(), settings.destinations()), settings.margin());
    last = Optional.of(fresh);
    return fresh;
  }
}
