package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CsvReader;
import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of {@code --claims}, joined to the targets of the delays.
 *
 * <p>Up to {@value #FEW} rows stay in memory; more are sorted on disk and joined in order, for
 * which the delays have to come in order too.
 */
final class Claims implements Closeable {
  static final int FEW = 200_000;

  /** More questions than anybody asks about one target. */
  private static final int MOST_OF_A_TARGET = 1_000;

  private static final Pattern TAB = Pattern.compile("\t");
  private static final Entry NONE = new Entry(List.of(), false);
  private static final Entry SPOILED = new Entry(List.of(), true);

  /** What was claimed about one target; spoiled if one of its rows is bad. */
  private record Entry(List<Claim> claims, boolean spoiled) {
    Entry and(Entry other) {
      Set<Claim> both = new LinkedHashSet<>(claims);
      both.addAll(other.claims);
      return new Entry(List.copyOf(both), spoiled || other.spoiled);
    }
  }

  private final Map<TargetId, Entry> inMemory;
  private final @Nullable BufferedReader sorted;
  private @Nullable String line;

  private Claims(Map<TargetId, Entry> inMemory, @Nullable BufferedReader sorted)
      throws IOException {
    this.inMemory = inMemory;
    this.sorted = sorted;
    this.line = sorted == null ? null : sorted.readLine();
  }

  /** Reads the file; sorts it on disk if it is large. */
  static Claims read(
      Path path, NaturalEarth earth, Destinations destinations, RowSorter sorter, ProblemLog log) {
    Map<TargetId, Entry> entries = new LinkedHashMap<>();
    boolean spilled = false;
    try (CsvReader reader =
            InputFiles.csv(
                path,
                List.of("target"),
                Set.of("latitude", "longitude", "within_km", "country", "excluded_country"),
                log);
        BufferedWriter writer = sorter.writer("claims")) {
      long rows = 0;
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        if (++rows > FEW && !spilled) {
          spilled = true;
          for (Map.Entry<TargetId, Entry> each : entries.entrySet()) {
            write(each.getKey(), each.getValue(), writer);
          }
          entries.clear();
        }
        TargetId target = null;
        Entry entry = NONE;
        try {
          ClaimRow parsed = ClaimRow.parse(row.get(), earth, destinations);
          target = parsed.target();
          entry = new Entry(parsed.claims(), false);
          if (entries.getOrDefault(target, NONE).claims().size() >= MOST_OF_A_TARGET) {
            throw tooMany(path, row.get().line(), target);
          }
        } catch (CodedException e) {
          log.add(e.problem());
          target = salvage(row.get()).orElse(null);
          entry = new Entry(List.of(), true);
        }
        if (target != null && spilled) {
          write(target, entry, writer);
        } else if (target != null) {
          entries.merge(target, entry, Entry::and);
        }
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    try {
      return new Claims(
          entries,
          spilled ? Files.newBufferedReader(sorter.sort("claims"), StandardCharsets.UTF_8) : null);
    } catch (IOException e) {
      throw InputFiles.unwritable(path, e);
    }
  }

  private static CodedException tooMany(Path path, long line, TargetId target) {
    return new CodedException(
        new Problem(
            ErrorCode.TOO_MANY_ROWS,
            path.toString(),
            line,
            "target",
            Problem.quote(target.value())
                + " has more than "
                + MOST_OF_A_TARGET
                + " different claims"));
  }

  /** No claims at all. */
  static Claims none() {
    try {
      return new Claims(new LinkedHashMap<>(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the delays have to be handed out in ascending order of targets. */
  boolean needsOrder() {
    return sorted != null;
  }

  /**
   * Adds its claims to a target; targets that are only claimed, never measured, go before it where
   * order is kept.
   */
  void join(TargetRows rows, Consumer<TargetRows> consumer) {
    Entry entry = NONE;
    if (sorted == null) {
      Entry found = inMemory.remove(rows.target());
      entry = found == null ? NONE : found;
    } else {
      while (line != null && next().compareTo(rows.target()) < 0) {
        consumer.accept(unmeasured(next(), take()));
      }
      if (line != null && next().equals(rows.target())) {
        entry = take();
      }
    }
    consumer.accept(
        new TargetRows(
            rows.target(), rows.measurements(), entry.claims(), rows.spoiled() || entry.spoiled()));
  }

  /** The targets that are only claimed, in the end. */
  void rest(Consumer<TargetRows> consumer) {
    inMemory.forEach((target, entry) -> consumer.accept(unmeasured(target, entry)));
    inMemory.clear();
    while (line != null) {
      TargetId target = next();
      consumer.accept(unmeasured(target, take()));
    }
  }

  private static TargetRows unmeasured(TargetId target, Entry entry) {
    return new TargetRows(target, List.of(), entry.claims(), entry.spoiled());
  }

  private TargetId next() {
    return new TargetId(RowSorter.target(String.valueOf(line)));
  }

  /** Takes all lines of the next target. */
  private Entry take() {
    TargetId target = next();
    Entry all = NONE;
    try {
      while (line != null && sorted != null && next().equals(target)) {
        // Beyond the limit the target is spoiled; it was too late to say so line by line.
        all = all.claims().size() >= MOST_OF_A_TARGET ? SPOILED : all.and(parse(line));
        line = sorted.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static void write(TargetId target, Entry entry, BufferedWriter writer)
      throws IOException {
    if (entry.spoiled()) {
      writer.write(target.value() + "\n");
    }
    for (Claim claim : entry.claims()) {
      writer.write(target.value() + "\t");
      switch (claim) {
        case Claim.Within within ->
            writer.write(
                "1within\t"
                    + within.place().latitude()
                    + "\t"
                    + within.place().longitude()
                    + "\t"
                    + within.radius().kilometres());
        case Claim.Inside inside -> writer.write("2inside\t" + inside.country());
        case Claim.Outside outside -> writer.write("3outside\t" + outside.country());
      }
      writer.write("\n");
    }
  }

  private static Entry parse(String line) {
    String[] fields = TAB.split(line, -1);
    if (fields.length == 1) {
      return new Entry(List.of(), true);
    }
    Claim claim =
        switch (fields[1]) {
          case "1within" ->
              new Claim.Within(
                  new Position(Double.parseDouble(fields[2]), Double.parseDouble(fields[3])),
                  Distance.ofKilometres(Double.parseDouble(fields[4])));
          case "2inside" -> new Claim.Inside(fields[2]);
          default -> new Claim.Outside(fields[2]);
        };
    return new Entry(List.of(claim), false);
  }

  /** The target of a bad row, if that much of it is good. */
  static Optional<TargetId> salvage(CsvRow row) {
    try {
      return row.salvaged("target").map(TargetId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    if (sorted != null) {
      sorted.close();
    }
  }
}
