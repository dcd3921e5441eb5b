import dev.holdfast.picture.LinePlot;
import dev.holdfast.picture.LinePlot.Axis;
import dev.holdfast.picture.LinePlot.Dot;
import dev.holdfast.picture.LinePlot.Look;
import dev.holdfast.picture.LinePlot.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws tables of measured numbers as the plots of the docs: {@code name.csv} becomes {@code
 * name.svg} beside it. From the root of the project, after a build of {@code cli}:
 *
 * <pre>
 * java -cp 'cli/target/lib/*' tools/Plot.java docs/plots/*.csv
 * </pre>
 *
 * <p>A table begins with four lines: {@code # title}, {@code # sentence}, {@code # x,log|plain,label}
 * and {@code # y,log|plain,label}. Then comes a header, the first column being x and each other
 * {@code look:name} with a look of {@link Look}; an empty cell is no point.
 */
public final class Plot {
  private Plot() {}

  /** Draws the tables that are named. */
  public static void main(String[] arguments) throws IOException {
    for (String each : arguments) {
      Path table = Path.of(each);
      Path picture = table.resolveSibling(table.getFileName().toString().replace(".csv", ".svg"));
      Files.writeString(picture, draw(Files.readAllLines(table)));
      System.out.println(picture);
    }
  }

  private static String draw(List<String> lines) {
    String[] header = lines.get(4).split(",", -1);
    List<Series> series = new ArrayList<>();
    for (int column = 1; column < header.length; column++) {
      String[] head = header[column].split(":", 2);
      List<Dot> dots = new ArrayList<>();
      for (String line : lines.subList(5, lines.size())) {
        String[] cells = line.split(",", -1);
        if (!cells[column].isEmpty()) {
          dots.add(new Dot(Double.parseDouble(cells[0]), Double.parseDouble(cells[column])));
        }
      }
      series.add(new Series(head[1], Look.valueOf(head[0].toUpperCase(Locale.ROOT)), dots));
    }
    return LinePlot.draw(
        "en", lines.get(0).substring(2), lines.get(1).substring(2), axis(lines.get(2)),
        axis(lines.get(3)), series);
  }

  private static Axis axis(String line) {
    String[] parts = line.split(",", 3);
    return new Axis(parts[2], parts[1].equals("log"));
  }
}
