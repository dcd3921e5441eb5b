package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where what a case is about was heard over time: at sites as declared, elsewhere than declared as
 * far as rounds bound it, and nowhere. It is read from chips' signatures and hosts' verdicts alone;
 * a chip that never signed is followed with its host.
 */
final class CasePath {
  /** Whoever is heard again within it was not away: agents and networks have bad days. */
  private static final Duration QUIET = Duration.ofHours(24);

  /** The most chips, and the most hosts, that one path follows. */
  private static final int MOST_FOLLOWED = 500;

  private final List<Stop> stops;

  private CasePath(List<Stop> stops) {
    this.stops = List.copyOf(stops);
  }

  /** What is known of a stretch of the path. */
  enum Basis {
    /** Rounds of the hosts' keys proved the declared place at least once. */
    PROVED,
    /** The site is where the hosts are declared; nothing proved it. */
    CLAIMED,
    /** Rounds exclude the declared site, and leave a region. */
    BOUNDED,
    /** Nothing was heard. */
    UNHEARD
  }

  /**
   * A stretch of the path.
   *
   * @param site where it is declared; null where nothing was heard
   * @param since in milliseconds, when it was heard there first, or last before it was not
   * @param until when it was heard there last, or again after it was not; null where it is still
   *     not heard
   * @param chips how many of the case; 0 where hosts were followed that have none
   * @param verdict the row whose rounds leave the region; null where there is none
   */
  record Stop(
      Basis basis,
      @Nullable String site,
      long since,
      @Nullable Long until,
      int chips,
      SortedSet<String> hosts,
      @Nullable Long verdict) {}

  /** In the order in which they began. */
  List<Stop> stops() {
    return stops;
  }

  /** Reads the path of a case. */
  static CasePath read(Handle handle, long number) {
    Reader reader = new Reader(handle);
    Map<Followed, List<Piece>> pieces = reader.pieces(number);
    List<Stop> stops = new ArrayList<>(places(pieces));
    stops.addAll(gaps(pieces, reader.now()));
    stops.sort(Comparator.comparingLong(Stop::since).thenComparing(Stop::basis));
    return new CasePath(stops);
  }

  /** What is followed: a chip, or a host without one. */
  private record Followed(boolean chip, String id) {}

  /** Where something is: the declared site, or away from it. */
  private record Place(String site, boolean away) {}

  /** One thing at one place for some time. */
  private record Piece(
      Place place, String host, long since, long until, boolean proved, @Nullable Long verdict) {}

  /** What grows into a stop. */
  private static final class Growing {
    private long since = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private boolean proved;
    private int chips;
    private @Nullable Long verdict;
    private final SortedSet<String> hosts = new TreeSet<>();

    private void add(Piece piece) {
      since = Math.min(since, piece.since);
      until = Math.max(until, piece.until);
      proved |= piece.proved;
      Long row = piece.verdict;
      if (row != null && (verdict == null || row > verdict)) {
        verdict = row;
      }
      hosts.add(piece.host);
    }

    private Stop stop(Place place) {
      Basis basis = place.away ? Basis.BOUNDED : proved ? Basis.PROVED : Basis.CLAIMED;
      return new Stop(basis, place.site, since, until, chips, hosts, verdict);
    }
  }

  private static List<Stop> places(Map<Followed, List<Piece>> pieces) {
    record Visit(Place place, int number) {}
    Map<Visit, Growing> grown = new LinkedHashMap<>();
    pieces.forEach((followed, each) -> {
      Map<Place, Integer> visits = new HashMap<>();
      Map<Visit, Long> last = new HashMap<>();
      for (Piece piece : each) {
        Visit visit = new Visit(piece.place, visits.getOrDefault(piece.place, 0));
        Long before = last.get(visit);
        if (before != null && piece.since - before > QUIET.toMillis()) {
          // Whoever comes back after a silence has stopped there twice.
          visit = new Visit(piece.place, visit.number + 1);
          visits.put(piece.place, visit.number);
        }
        Growing growing = grown.computeIfAbsent(visit, none -> new Growing());
        growing.add(piece);
        if (last.put(visit, piece.until) == null && followed.chip) {
          growing.chips++;
        }
      }
    });
    List<Stop> stops = new ArrayList<>();
    grown.forEach((visit, growing) -> stops.add(growing.stop(visit.place)));
    return stops;
  }

  /** When nothing was heard of what went from one place to another, and of what is silent now. */
  private static List<Stop> gaps(Map<Followed, List<Piece>> pieces, long now) {
    record Way(Place from, @Nullable Place to) {}
    Map<Way, Growing> ways = new LinkedHashMap<>();
    pieces.forEach((followed, each) -> {
      for (int i = 0; i < each.size(); i++) {
        Piece piece = each.get(i);
        Piece next = i + 1 < each.size() ? each.get(i + 1) : null;
        long until = next == null ? now : next.since;
        if (until - piece.until <= QUIET.toMillis()) {
          continue;
        }
        Growing way =
            ways.computeIfAbsent(
                new Way(piece.place, next == null ? null : next.place), none -> new Growing());
        way.since = Math.min(way.since, piece.until);
        way.until = Math.max(way.until, until);
        way.hosts.add(piece.host);
        way.chips += followed.chip ? 1 : 0;
      }
    });
    List<Stop> stops = new ArrayList<>();
    ways.forEach((way, each) ->
        stops.add(
            new Stop(
                Basis.UNHEARD,
                way.from.site,
                each.since,
                way.to == null ? null : each.until,
                each.chips,
                each.hosts,
                null)));
    return stops;
  }

  /** Reads what the path is made of. */
  private static final class Reader {
    private final Handle handle;
    private final Map<String, String> sites = new HashMap<>();
    private final Map<String, List<Judged>> judged = new HashMap<>();

    private Reader(Handle handle) {
      this.handle = handle;
    }

    /** A verdict about the declared site of a host. */
    private record Judged(long row, long at, String verdict, String site) {
      private boolean away() {
        return verdict.equals("REFUTED");
      }

      private boolean home() {
        return verdict.equals("PROVED");
      }
    }

    /** The time of the ledger: silence is measured by its ticks. */
    private long now() {
      return requireNonNull(
          handle.createQuery("SELECT coalesce(max(at), 0) FROM tick").mapTo(Long.class).one());
    }

    private Map<Followed, List<Piece>> pieces(long number) {
      Map<Followed, List<Piece>> pieces = new LinkedHashMap<>();
      SortedSet<String> signing = new TreeSet<>();
      handle
          .createQuery(
              "WITH heard AS (SELECT event.chip, event.host, event.at, event.at - lag(event.at) OVER"
                  + " (PARTITION BY event.chip, event.host ORDER BY event.at) AS gap"
                  + " FROM event WHERE event.kind = 'evidence' AND event.late = 0"
                  + " AND event.host IS NOT NULL AND event.chip IN (SELECT"
                  + " coalesce(known_chip.chip, substr(story_about.name, 6)) FROM story_about"
                  + " LEFT JOIN known_chip ON known_chip.id = substr(story_about.name, 6)"
                  + " WHERE story_about.story = :number AND story_about.name GLOB 'chip:*'"
                  + " ORDER BY story_about.name LIMIT "
                  + MOST_FOLLOWED
                  + ")), stay AS (SELECT chip, host, at, count(CASE WHEN gap > :quiet THEN 1 END)"
                  + " OVER (PARTITION BY chip, host ORDER BY at) AS visit FROM heard)"
                  + " SELECT chip, host, min(at) AS since, max(at) AS until FROM stay"
                  + " GROUP BY chip, host, visit ORDER BY since, host")
          .bind("quiet", QUIET.toMillis())
          .bind("number", number)
          .map((row, context) -> {
            String host = row.getString("host");
            signing.add(host);
            add(
                pieces,
                new Followed(true, row.getString("chip")),
                host,
                row.getLong("since"),
                row.getLong("until"));
            return host;
          })
          .list();
      for (String host : hosts(number)) {
        if (!signing.contains(host)) {
          followHost(pieces, host);
        }
      }
      return pieces;
    }

    private List<String> hosts(long number) {
      return handle
          .createQuery(
              "SELECT substr(name, 6) FROM story_about WHERE story = ? AND name GLOB 'host:*'"
                  + " ORDER BY name LIMIT "
                  + MOST_FOLLOWED)
          .bind(0, number)
          .mapTo(String.class)
          .list();
    }

    private void followHost(Map<Followed, List<Piece>> pieces, String host) {
      List<Judged> all = judged(host);
      Long heard =
          handle
              .createQuery("SELECT heard FROM host WHERE id = ?")
              .bind(0, host)
              .map((row, context) -> row.getLong("heard"))
              .findOne()
              .orElse(0L);
      if (!all.isEmpty() && heard > 0) {
        add(pieces, new Followed(false, host), host, all.getFirst().at, heard);
      }
    }

    /** Cuts a stay where the verdicts about the host begin or cease to exclude its site. */
    private void add(
        Map<Followed, List<Piece>> pieces, Followed followed, String host, long since, long until) {
      List<Piece> own = pieces.computeIfAbsent(followed, none -> new ArrayList<>());
      long from = since;
      Judged last = standing(host, since);
      boolean away = last != null && last.away();
      boolean proved = last != null && last.home();
      for (Judged each : judged(host)) {
        if (each.at > until) {
          break;
        }
        if (each.at <= since) {
          continue;
        }
        boolean turned = away ? each.home() : each.away();
        if (turned && each.at > from) {
          own.add(piece(host, last, from, each.at, away, proved));
          from = each.at;
          proved = false;
        }
        away = turned != away;
        proved = away ? false : proved || each.home();
        // What leaves the declared place open bounds it all the same, and never hides what proved
        // it.
        if (each.home() || away || !proved) {
          last = each;
        }
      }
      own.add(piece(host, last, from, Math.max(from, until), away, proved));
    }

    /**
     * The verdict that stands when a stay begins; one that is judged anew soon says nothing of it.
     */
    private @Nullable Judged standing(String host, long since) {
      Judged standing = null;
      for (Judged each : judged(host)) {
        if (each.at > since) {
          return each.at - since <= QUIET.toMillis() ? null : standing;
        }
        standing = each;
      }
      return standing;
    }

    private Piece piece(
        String host, @Nullable Judged last, long since, long until, boolean away, boolean proved) {
      return new Piece(
          new Place(last == null ? site(host) : last.site, away),
          host,
          since,
          until,
          proved,
          last == null ? null : (Long) last.row);
    }

    private String site(String host) {
      return sites.computeIfAbsent(
          host,
          id ->
              handle
                  .createQuery("SELECT coalesce(site, '') FROM host WHERE id = ?")
                  .bind(0, id)
                  .mapTo(String.class)
                  .findOne()
                  .orElse(""));
    }

    private List<Judged> judged(String host) {
      return judged.computeIfAbsent(
          host,
          id ->
              handle
                  .createQuery(
                      "SELECT id, at, verdict, coalesce(site, '') AS site FROM verdict"
                          + " WHERE host = ? AND question = 'within' ORDER BY id")
                  .bind(0, id)
                  .map((row, context) ->
                      new Judged(
                          row.getLong("id"),
                          row.getLong("at"),
                          row.getString("verdict"),
                          row.getString("site")))
                  .list());
    }
  }
}
