package dev.holdfast.server;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.replay.CaseDossier;
import dev.holdfast.trust.CustodyWord;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What somebody told about the chips or sites of a case. It is self-declared.
 *
 * @param index of its entry
 */
record CaseCustody(long index, String actor, CustodyWord word) {
  private static final int MOST = 200;
  private static final int MOST_READ = 5_000;

  /**
   * The newest {@value #MOST}, oldest first.
   *
   * @param sites of the case, and where its hosts are declared to be
   */
  static List<CaseCustody> of(Handle handle, CaseDossier.Facts facts, Set<String> sites) {
    Set<String> names = new HashSet<>(facts.chips());
    for (String chip : facts.chips()) {
      names.addAll(
          handle
              .createQuery("SELECT value FROM known_alias WHERE chip = ? LIMIT 16")
              .bind(0, chip)
              .mapTo(String.class)
              .list());
    }
    return handle
        .createQuery(
            "SELECT idx, at, actor, said FROM custody ORDER BY idx DESC LIMIT " + MOST_READ)
        .map((row, context) -> read(row))
        .stream()
        .filter(each -> each.isAbout(sites, names))
        .limit(MOST)
        .toList()
        .reversed();
  }

  private static CaseCustody read(ResultSet row) throws SQLException {
    JsonFields fields =
        JsonFields.read(
            row.getString("said").getBytes(StandardCharsets.UTF_8),
            "custody",
            CustodyStatement.LARGEST,
            ErrorCode.MALFORMED_STATEMENT);
    return new CaseCustody(
        row.getLong("idx"),
        row.getString("actor"),
        CustodyWord.read(fields, Instant.ofEpochMilli(row.getLong("at"))));
  }

  private boolean isAbout(Set<String> sites, Set<String> chips) {
    return word.sites().stream().anyMatch(sites::contains)
        || chips().stream().anyMatch(chips::contains);
  }

  private Set<String> chips() {
    return switch (word.said()) {
      case Licensed each -> each.chips();
      case Inspected each -> each.chips();
      case Transferred each -> each.chips();
      case Announced each -> Set.of();
      case Sited each -> throw new IllegalStateException();
    };
  }
}
