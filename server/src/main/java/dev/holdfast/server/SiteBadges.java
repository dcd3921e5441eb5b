package dev.holdfast.server;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What asks for attention at a site: cases that are not closed, hosts that got no lease. */
final class SiteBadges {
  /** A host asks about twice an hour; what was refused longer ago says nothing of now. */
  private static final Duration OF_LATE = Duration.ofHours(2);

  private SiteBadges() {}

  /** The cases that name something, such as {@code board:b-1}, the newest first. */
  static List<Long> cases(Handle handle, String name) {
    return handle
        .createQuery("SELECT story FROM story_about WHERE name = ? ORDER BY story DESC LIMIT 20")
        .bind(0, name)
        .mapTo(Long.class)
        .list();
  }

  /** Puts them to a site; whoever reads only what was disclosed is told of none. */
  static void put(Handle handle, String site, Asked asked, JsonBody body) {
    if (!asked.readsAll()) {
      body.put("openCases", null).put("caseSeverity", null).put("refusedHosts", null);
      return;
    }
    record Open(int cases, @Nullable String severity) {}
    Open open =
        handle
            .createQuery(
                "SELECT count(*) AS n, CASE max(CASE story.severity WHEN 'high' THEN 3"
                    + " WHEN 'medium' THEN 2 ELSE 1 END) WHEN 3 THEN 'high' WHEN 2 THEN 'medium'"
                    + " WHEN 1 THEN 'low' END AS severity FROM story_about"
                    + " JOIN story ON story.number = story_about.story"
                    + " WHERE story_about.name = 'site:' || ? AND story.state <> 'closed'")
            .bind(0, site)
            .map((row, context) -> new Open(row.getInt("n"), row.getString("severity")))
            .one();
    int refused =
        handle
            .createQuery(
                "SELECT count(*) FROM lease WHERE site = ? AND at > ? AND outcome = 'refused'"
                    + " AND idx = (SELECT max(newest.idx) FROM lease AS newest"
                    + " WHERE newest.host = lease.host)")
            .bind(0, site)
            .bind(1, asked.now().minus(OF_LATE).toEpochMilli())
            .mapTo(Integer.class)
            .one();
    body.put("openCases", open.cases())
        .put("caseSeverity", open.severity())
        .put("refusedHosts", refused);
  }
}
