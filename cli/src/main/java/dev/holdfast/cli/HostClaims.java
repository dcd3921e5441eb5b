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
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Claims about hosts that signed rounds speak of: the columns of any claims, and one more, {@code
 * subject}, for what is claimed about: the host's {@code key} (as where it is left empty), the
 * {@code host} itself, or the {@code chip} in it.
 */
final class HostClaims {
  private static final int MOST = 100_000;

  private final Map<TargetId, Map<Subject.Kind, List<Claim>>> claims = new TreeMap<>();
  private final Set<TargetId> spoiled = new TreeSet<>();

  private HostClaims() {}

  static HostClaims none() {
    return new HostClaims();
  }

  static HostClaims read(Path path, NaturalEarth earth, Destinations destinations, ProblemLog log) {
    HostClaims all = new HostClaims();
    try (CsvReader reader =
        InputFiles.csv(
            path,
            List.of("target"),
            Set.of("subject", "latitude", "longitude", "within_km", "country", "excluded_country"),
            log)) {
      int rows = 0;
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        if (++rows > MOST) {
          throw new CodedException(
              Problem.in(
                  path.toString(), ErrorCode.TOO_MANY_ROWS, "it has more than " + MOST + " rows"));
        }
        all.add(row.get(), earth, destinations, log);
      }
    } catch (IOException e) {
      throw BoundedFiles.unreadable(path, e);
    }
    return all;
  }

  private void add(CsvRow row, NaturalEarth earth, Destinations destinations, ProblemLog log) {
    try {
      Subject.Kind kind = subject(row);
      ClaimRow parsed = ClaimRow.parse(row, earth, destinations);
      List<Claim> own =
          claims
              .computeIfAbsent(parsed.target(), none -> new EnumMap<>(Subject.Kind.class))
              .computeIfAbsent(kind, none -> new ArrayList<>());
      parsed.claims().stream().filter(claim -> !own.contains(claim)).forEach(own::add);
    } catch (CodedException e) {
      log.add(e.problem());
      Claims.salvage(row).ifPresent(spoiled::add);
    }
  }

  private static Subject.Kind subject(CsvRow row) {
    return switch (row.text("subject").orElse("key")) {
      case "key" -> Subject.Kind.KEY;
      case "host" -> Subject.Kind.HOST;
      case "chip" -> Subject.Kind.CHIP;
      default ->
          throw row.fault(ErrorCode.BAD_IDENTIFIER, "subject", "it is not key, host or chip");
    };
  }

  /** Whether a row of a host was bad, so that nothing is answered about it. */
  boolean spoiled(TargetId host) {
    return spoiled.contains(host);
  }

  /** What was claimed about one host, by subject. */
  Map<Subject.Kind, List<Claim>> of(TargetId host) {
    return claims.getOrDefault(host, Map.of());
  }

  /** The hosts that something was claimed about. */
  Set<TargetId> hosts() {
    return claims.keySet();
  }
}
