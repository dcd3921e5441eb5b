package dev.holdfast.cli;

import dev.holdfast.model.Delay;
import dev.holdfast.model.Position;
import java.util.SplittableRandom;

/**
 * A simulated network: what the least of a round of challenges would be between two places.
 *
 * <p>Light runs at 200 km/ms in fibre, along ways that are 1.3 to 2.2 times the straight one, as
 * real meshes show, and each end adds up to 0.2 ms. Simulated numbers are called so wherever they
 * show.
 */
final class NetworkModel {
  private static final double MEAN_RADIUS = 6371.0088;
  private static final double FIBRE = 200;

  private final SplittableRandom random;

  NetworkModel(SplittableRandom random) {
    this.random = random;
  }

  Delay leastRoundTrip(Position from, Position to, double addedMillis) {
    double detour = random.nextDouble(1.3, 2.2);
    double ends = random.nextDouble(0.05, 0.2);
    return Delay.ofMillis(2 * distance(from, to) * detour / FIBRE + ends + addedMillis);
  }

  private static double distance(Position a, Position b) {
    double phi1 = Math.toRadians(a.latitude());
    double phi2 = Math.toRadians(b.latitude());
    double halfPhi = Math.sin((phi2 - phi1) / 2);
    double halfLambda = Math.sin(Math.toRadians(b.longitude() - a.longitude()) / 2);
    double h = halfPhi * halfPhi + Math.cos(phi1) * Math.cos(phi2) * halfLambda * halfLambda;
    return 2 * MEAN_RADIUS * Math.asin(Math.sqrt(h));
  }
}
