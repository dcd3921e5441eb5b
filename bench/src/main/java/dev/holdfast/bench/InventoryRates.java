package dev.holdfast.bench;

import dev.holdfast.attest.Inventories;
import dev.holdfast.model.Inventory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * How many inventories a second are read from captures of nvidia-smi, beside a bare walk of the
 * JDK's XML reader over the same octets, in turn on one core in the same run.
 *
 * <p>Arguments: captures. Each line gives the median of the turns.
 */
public final class InventoryRates {
  private static final int TURNS = 15;
  private static final int WARM_UP = 5;
  private static final long TURN = 300_000_000;

  private InventoryRates() {}

  /** Something that is done over and over; its result keeps it from being left out. */
  private interface Work {
    int once() throws XMLStreamException;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException, XMLStreamException {
    System.out.println(Machine.describe(Path.of(".")));
    System.out.println("capture           octets  chips  inventories/s  bare walks/s  ratio");
    for (String name : arguments) {
      Path file = Path.of(name);
      byte[] octets = Files.readAllBytes(file);
      Inventory inventory = Inventories.read(octets, name).inventory();
      double[] ours = new double[TURNS];
      double[] bare = new double[TURNS];
      double[] ratios = new double[TURNS];
      for (int i = -WARM_UP; i < TURNS; i++) {
        double read = rate(() -> Inventories.read(octets, name).inventory().chips().size());
        double walked = rate(() -> walk(octets));
        if (i >= 0) {
          ours[i] = read;
          bare[i] = walked;
          ratios[i] = read / walked;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-15s %8d %6d %14.0f %13.0f %6.2f%n",
          file.getFileName(),
          octets.length,
          inventory.chips().size(),
          median(ours),
          median(bare),
          median(ratios));
    }
  }

  private static double rate(Work work) throws XMLStreamException {
    long from = System.nanoTime();
    long times = 0;
    long sum = 0;
    while (System.nanoTime() - from < TURN) {
      sum += work.once();
      times++;
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return times * 1e9 / (System.nanoTime() - from);
  }

  /** All that a reader of XML at least does: each element by name, each text. */
  private static int walk(byte[] octets) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(octets));
    int seen = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> seen += reader.getLocalName().length();
        case XMLStreamConstants.CHARACTERS -> seen += reader.getTextLength();
        default -> {}
      }
    }
    return seen;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
