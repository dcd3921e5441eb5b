package dev.holdfast.bench;

import dev.holdfast.detect.ChipFold;
import dev.holdfast.detect.ChipsInMemory;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.TargetId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What one report costs the fold of chips and boards once it knows a fleet, as against a bare look
 * at the chip's state in the same map: chips sign in an order of chance, and one of a thousand
 * names the switches of another board.
 *
 * <p>Arguments: the number of chips (eight to a board, four switches each) and the number of
 * reports that are measured. The chips are invented numbers; nothing is signed.
 */
public final class BoardScale {
  private static final int CHIPS_OF_A_BOARD = 8;
  private static final int SWITCHES = 4;
  private static final int MOVED_ONE_IN = 1000;
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private final ChipsInMemory known = new ChipsInMemory();
  private final ChipFold fold = new ChipFold(known);
  private final int chips;
  private long index;

  private BoardScale(int chips) {
    this.chips = chips;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    int chips = Integer.parseInt(arguments[0]);
    int reports = Integer.parseInt(arguments[1]);
    System.out.println(Machine.describe(Path.of(".")));
    new BoardScale(chips).run(reports);
  }

  private void run(int reports) {
    long start = System.nanoTime();
    for (int chip = 0; chip < chips; chip++) {
      known.keep(fold.apply(report(chip, chip / CHIPS_OF_A_BOARD), ++index));
    }
    System.out.printf(
        Locale.ROOT,
        "%,d chips on %,d boards known after %.1f s (%.1f us a report), %,d MiB of heap%n",
        chips,
        known.boards().size(),
        (System.nanoTime() - start) / 1e9,
        (System.nanoTime() - start) / 1e3 / chips,
        heap());
    SplittableRandom random = new SplittableRandom(1);
    System.out.println("reports  us a report  findings  us a bare look");
    for (int round = 0; round < 5; round++) {
      List<Attested> due = new ArrayList<>(reports);
      for (int i = 0; i < reports; i++) {
        int chip = random.nextInt(chips);
        boolean moved = random.nextInt(MOVED_ONE_IN) == 0;
        due.add(
            report(
                chip, moved ? random.nextInt(chips / CHIPS_OF_A_BOARD) : chip / CHIPS_OF_A_BOARD));
      }
      start = System.nanoTime();
      int findings = 0;
      for (Attested each : due) {
        ChipFold.Step step = fold.apply(each, ++index);
        known.keep(step);
        findings += step.findings().size();
      }
      double micros = (System.nanoTime() - start) / 1e3 / reports;
      start = System.nanoTime();
      int found = 0;
      for (Attested each : due) {
        found += known.chip(each.chip()).isPresent() ? 1 : 0;
      }
      double look = (System.nanoTime() - start) / 1e3 / reports;
      if (found != reports) {
        throw new IllegalStateException("a chip is not known");
      }
      System.out.printf(
          Locale.ROOT, "%,7d  %11.2f  %,8d  %14.3f%n", reports, micros, findings, look);
    }
  }

  private Attested report(int chip, int board) {
    String id = name(1, chip);
    SortedSet<String> switches = new TreeSet<>();
    for (int i = 0; i < SWITCHES; i++) {
      switches.add(name(2, board * SWITCHES + i));
    }
    return new Attested(
        new TargetId("host-" + board),
        "key-" + board,
        id,
        false,
        "GH100 A01 GSP BROM",
        "a simulated root",
        List.of(
            new Alias(Alias.Kind.ROM_SERIAL, "41" + id),
            new Alias(Alias.Kind.DEVICE_NAME, "SIMULATED:GH100:" + id)),
        switches,
        FROM.plusSeconds(index * 3600 / Math.max(1, chips)),
        true,
        null,
        true,
        null);
  }

  private static String name(int kind, int number) {
    return HexFormat.of().toHexDigits(((long) kind << 56) | number);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
