package dev.holdfast.bench;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.ReportJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes simulated input for {@code holdfast locate} with as many targets as asked for, so that its
 * memory can be watched: {@code landmarks.csv}, {@code delays.csv} with the rows of each target
 * together, {@code scattered.csv} with the same rows landmark by landmark, and {@code claims.csv}.
 */
public final class ManyTargets {
  private static final int LANDMARKS = 5;
  private static final int DIFFERENT = 1000;

  private ManyTargets() {}

  /** Takes a folder and a number of targets. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int targets = Integer.parseInt(arguments[1]);
    SimulatedWorld world = new SimulatedWorld(LANDMARKS, DIFFERENT, 20260301);
    List<Landmark> landmarks =
        world.landmarks().values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("landmarks.csv"))) {
      out.write("landmark,latitude,longitude\n");
      for (Landmark landmark : landmarks) {
        out.write(
            landmark.id()
                + ","
                + landmark.position().latitude()
                + ","
                + landmark.position().longitude()
                + "\n");
      }
    }
    try (BufferedWriter together = Files.newBufferedWriter(folder.resolve("delays.csv"));
        BufferedWriter scattered = Files.newBufferedWriter(folder.resolve("scattered.csv"));
        BufferedWriter claims = Files.newBufferedWriter(folder.resolve("claims.csv"))) {
      together.write("landmark,target,min_rtt_ms\n");
      scattered.write("landmark,target,min_rtt_ms\n");
      claims.write("target,country\n");
      for (int i = 0; i < targets; i++) {
        for (Measurement row : world.measurements(i % DIFFERENT)) {
          together.write(line(row, i));
        }
        if (world.claim("country", i % DIFFERENT) instanceof Claim.Inside inside) {
          claims.write(name(i) + "," + ReportJson.value(inside) + "\n");
        }
      }
      for (int j = 0; j < LANDMARKS; j++) {
        for (int i = 0; i < targets; i++) {
          scattered.write(line(world.measurements(i % DIFFERENT).get(j), i));
        }
      }
    }
  }

  private static String line(Measurement row, int target) {
    return row.landmark() + "," + name(target) + "," + row.roundTrip().milliseconds() + "\n";
  }

  private static String name(int target) {
    return "host-" + target;
  }
}
