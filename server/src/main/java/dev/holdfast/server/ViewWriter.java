package dev.holdfast.server;

import dev.holdfast.detect.HostState;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Finding;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Reason;
import dev.holdfast.model.ReportJson;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.RevocationList;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the fold makes of entries into the views. For one thread, in a transaction of its
 * caller's; the states of hosts are kept at hand between.
 */
final class ViewWriter {
  private static final int KEPT_STATES = 20_000;
  private static final long DAY = 86_400_000;

  private final Handle handle;
  private final Map<String, HostState> states =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HostState> eldest) {
          return size() > KEPT_STATES;
        }
      };

  ViewWriter(Handle handle) {
    this.handle = handle;
  }

  // ---- where the fold stands

  Optional<String> meta(String name) {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = ?")
        .bind(0, name)
        .mapTo(String.class)
        .findOne();
  }

  void meta(String name, String value) {
    handle.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value);
  }

  void statement(Statement statement, Sha256 hash, long index, @Nullable Chain end) {
    handle.execute(
        "INSERT OR IGNORE INTO statement VALUES (?, ?, ?, ?)",
        statement.source().value(),
        statement.sequence(),
        hash.hex(),
        index);
    if (end != null) {
      handle.execute(
          "INSERT INTO source VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
              + " length = excluded.length, last = excluded.last",
          end.source().value(),
          end.length(),
          String.valueOf(end.last()));
    }
  }

  /** An entry speaks of transcripts. */
  void mentions(List<String> transcripts, long index) {
    PreparedBatch batch = handle.prepareBatch("INSERT OR IGNORE INTO mention VALUES (?, ?)");
    transcripts.forEach(transcript -> batch.add(transcript, index));
    if (!transcripts.isEmpty()) {
      batch.execute();
    }
  }

  /** Whether another statement of the same source had the same sequence number. */
  boolean holdsAnother(Statement statement, Sha256 hash) {
    return handle
        .createQuery("SELECT 1 FROM statement WHERE source = ? AND sequence = ? AND hash <> ?")
        .bind(0, statement.source().value())
        .bind(1, statement.sequence())
        .bind(2, hash.hex())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  CertificateVerifier verifier() {
    return Rows.verifier(handle);
  }

  /** Keeps an authority's newest list of revocations; answers whether it is that. */
  boolean revocations(RevocationList.Issued issued) {
    return handle.execute(
            "INSERT INTO revocation VALUES (?, ?, ?) ON CONFLICT (authority) DO UPDATE SET der ="
                + " excluded.der, made = excluded.made WHERE excluded.made >= revocation.made",
            Sha256.of(issued.authority().der()).hex(),
            issued.list().der(),
            issued.list().madeAt().toEpochMilli())
        > 0;
  }

  /** Keeps what was decided. */
  void decision(DecisionStatement said, Instant at, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)",
        index,
        at.toEpochMilli(),
        said.actor(),
        said.kept().field("item"),
        said.kept().field("to"),
        said.kept().outcome(),
        said.json());
  }

  /** Keeps what somebody wrote about a site. */
  void note(NoteStatement said, Instant at, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
        index,
        at.toEpochMilli(),
        said.site(),
        said.kind().word(),
        said.corrects(),
        said.hash().hex(),
        said.json());
  }

  // ---- what is declared

  void party(FleetItem.Party party) {
    handle.execute(
        "INSERT INTO party VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            + " role = excluded.role",
        party.id(),
        party.name(),
        party.role());
  }

  void authority(AuthorityCertificate authority, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO authority VALUES (?, ?, ?)",
        Sha256.of(authority.der()).hex(),
        authority.der(),
        index);
  }

  void site(FleetItem.Site site) {
    handle.execute(
        "INSERT INTO site (id, name, operator, destination, latitude, longitude, radius, power,"
            + " simulated, installed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO"
            + " UPDATE SET name = excluded.name, operator = excluded.operator, destination ="
            + " excluded.destination, latitude = excluded.latitude, longitude = excluded.longitude,"
            + " radius = excluded.radius, power = excluded.power, simulated = excluded.simulated,"
            + " installed = excluded.installed",
        site.id(),
        site.name(),
        site.operator(),
        site.destination(),
        site.place().latitude(),
        site.place().longitude(),
        site.radius().kilometres(),
        site.powerKw(),
        site.simulated(),
        site.installed());
  }

  Optional<FleetItem.Site> site(String id) {
    return Rows.site(handle, id);
  }

  List<String> hostsOf(String site) {
    return handle
        .createQuery("SELECT id FROM host WHERE site = ? ORDER BY id")
        .bind(0, site)
        .mapTo(String.class)
        .list();
  }

  void landmark(FleetItem.Landmark landmark) {
    handle.execute(
        "INSERT INTO landmark VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET"
            + " name = excluded.name, operator = excluded.operator, latitude = excluded.latitude,"
            + " longitude = excluded.longitude, uncertainty = excluded.uncertainty,"
            + " simulated = excluded.simulated",
        landmark.id(),
        landmark.name(),
        landmark.operator().value(),
        landmark.place().latitude(),
        landmark.place().longitude(),
        landmark.uncertainty().kilometres(),
        landmark.simulated());
  }

  // ---- what chips themselves say

  /** The views of chips and boards, in the same transaction. */
  ChipViews chips() {
    return new ChipViews(handle);
  }

  /** The site of a host, or nothing. */
  @Nullable String siteOf(String host) {
    return siteOf(state(new TargetId(host)));
  }

  /** The list of chips, in the same transaction. */
  ListedChips listed() {
    return new ListedChips(handle, this::state);
  }

  // ---- what follows

  HostState state(TargetId host) {
    return states.computeIfAbsent(host.value(), id -> Rows.state(handle, id));
  }

  void state(HostState state, Optional<Instant> deadline) {
    String id = state.host().value();
    HostState before = states.put(id, state);
    if (before == null
        || before.place() != state.place()
        || !Objects.equals(siteOf(before), siteOf(state))) {
      handle.execute(
          "UPDATE chip SET site = ?, place = ? WHERE host = ?",
          siteOf(state),
          state.place().name(),
          id);
    }
    boolean any = !state.rounds().isEmpty();
    Bounded newest = any ? state.rounds().getLast().round() : null;
    boolean simulated =
        newest == null
            ? state.declared() != null && state.declared().simulated()
            : state.rounds().stream().anyMatch(each -> each.round().simulated());
    handle.execute(
        "INSERT INTO host VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " site = excluded.site, place = excluded.place, reason = excluded.reason,"
            + " judged = excluded.judged, heard = excluded.heard, key = excluded.key,"
            + " binding = excluded.binding, simulated = excluded.simulated,"
            + " deadline = excluded.deadline, state = excluded.state",
        id,
        siteOf(state),
        state.place().name(),
        state.reason() == null ? null : StateJson.of(state.reason()),
        millis(state.judgedAt()),
        millis(state.lastHeard()),
        newest == null ? null : newest.key(),
        newest == null ? null : newest.binding().word(),
        simulated,
        millis(deadline.orElse(null)),
        StateJson.of(state));
  }

  static @Nullable String siteOf(HostState state) {
    return state.declared() == null ? null : state.declared().site();
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  void delay(Bounded round, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO delay VALUES (?, ?, ?, ?, ?)",
        round.host().value(),
        round.landmark().id().value(),
        round.measuredAt().toEpochMilli(),
        index,
        round.roundTrip().milliseconds());
    handle.execute(
        "UPDATE landmark SET heard = ? WHERE id = ? AND (heard IS NULL OR heard < ?)",
        round.measuredAt().toEpochMilli(),
        round.landmark().id().value(),
        round.measuredAt().toEpochMilli());
  }

  /** The worst of a day stands for the day. */
  void day(TargetId host, Instant at, PlaceState place) {
    String letter =
        switch (place) {
          case PROVED -> "p";
          case REFUTED -> "r";
          case UNPROVEN, CONFLICT, SILENT -> "u";
        };
    handle.execute(
        "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (host, day) DO UPDATE SET letter ="
            + " CASE WHEN letter = 'r' OR excluded.letter = 'r' THEN 'r'"
            + " WHEN letter = 'u' OR excluded.letter = 'u' THEN 'u' ELSE 'p' END",
        host.value(),
        Math.floorDiv(at.toEpochMilli(), DAY),
        letter);
  }

  void event(Event event) {
    handle.execute(
        "INSERT INTO event (idx, at, kind, mark, reason, host, chip, source, simulated, late)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.index(),
        event.at().toEpochMilli(),
        event.kind(),
        event.mark(),
        StateJson.of(event.reason()),
        event.host(),
        event.chip(),
        event.source(),
        event.simulated(),
        event.late());
  }

  void verdicts(HostState state, LocationReport report, long index) {
    String json = StateJson.of(state);
    for (Verdict verdict : report.verdicts()) {
      handle.execute(
          "INSERT INTO verdict (idx, at, host, site, kind, subject, question, value, verdict,"
              + " reason, coalition, simulated, state)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          index,
          millis(report.window().reference()),
          state.host().value(),
          siteOf(state),
          report.subject().kind().name().toLowerCase(java.util.Locale.ROOT),
          report.subject().id(),
          question(verdict.claim()),
          ReportJson.value(verdict.claim()),
          verdict.value().name(),
          StateJson.of(verdict.reason()),
          StateJson.of(verdict.coalition().stream().map(OperatorId::value).toList()),
          report.simulated(),
          json);
    }
  }

  static String question(Claim claim) {
    return switch (claim) {
      case Claim.Within within -> "within";
      case Claim.Inside inside -> "country";
      case Claim.Outside outside -> "excluded_country";
    };
  }

  /**
   * Keeps a finding.
   *
   * @param watched whether the watch found it
   * @return the id of its row
   */
  long finding(Finding finding, long index, boolean simulated, boolean watched) {
    return handle
        .createQuery(
            "INSERT INTO finding (idx, at, kind, subject, reason, simulated, severity, causes,"
                + " about, watched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
        .bind(0, index)
        .bind(1, finding.at().toEpochMilli())
        .bind(2, finding.kind())
        .bind(3, finding.subject())
        .bind(4, StateJson.of(finding.reason()))
        .bind(5, simulated)
        .bind(6, finding.severity().word())
        .bind(7, StateJson.ofNumbers(finding.causes()))
        .bind(8, StateJson.of(finding.about()))
        .bind(9, watched)
        .mapTo(Long.class)
        .one();
  }

  /** Whether something that a finding is about belongs to a simulation. */
  boolean isSimulated(List<String> about) {
    return about.stream()
        .anyMatch(each -> {
          String name = each.substring(each.indexOf(':') + 1);
          return switch (each.substring(0, each.indexOf(':'))) {
            case "site" -> isSimulated("site", name);
            case "host" -> isSimulated("host", name);
            case "chip" -> isSimulated("known_chip JOIN chip ON chip.id = known_chip.chip", name);
            case "board" -> isSimulated("board", name);
            default -> false;
          };
        });
  }

  private boolean isSimulated(String table, String id) {
    return handle
        .createQuery(
            "SELECT simulated FROM " + table + " WHERE " + table.split(" ", 2)[0] + ".id = ?")
        .bind(0, id)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  // ---- what the watch remembers

  /** The views of what the watch remembers and found, in the same transaction. */
  WatchViews watch() {
    return new WatchViews(handle);
  }

  /** The views of cases, in the same transaction. */
  CaseViews cases() {
    return new CaseViews(handle);
  }

  /** The views of what somebody may want to be told of, in the same transaction. */
  NoticeViews notices() {
    return new NoticeViews(handle);
  }

  /** Keeps what somebody told of licences, inspections, transfers and outages. */
  void custody(CustodyStatement said, Instant at, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO custody VALUES (?, ?, ?, ?, ?, ?, ?)",
        index,
        at.toEpochMilli(),
        said.word().kind(),
        said.word().number(),
        said.word().sites().size() == 1 ? said.word().sites().first() : null,
        said.actor(),
        said.json());
  }

  /** Keeps what a host was answered that asked for a lease. */
  void lease(LeaseStatement said, Instant at, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        index,
        at.toEpochMilli(),
        said.host(),
        siteOf(said.host()),
        said.outcome(),
        said.answer() instanceof LeaseStatement.Granted granted
            ? granted.expires().toEpochMilli()
            : null,
        isSimulated("host", said.host()),
        said.json());
  }

  /** What landmarks did, by the hour. */
  void landmarkHours(Collection<LandmarkHours.Hour> hours) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO landmark_hour VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (landmark, hour)"
                + " DO UPDATE SET rounds = rounds + excluded.rounds,"
                + " bounded = bounded + excluded.bounded, sent = sent + excluded.sent,"
                + " answered = answered + excluded.answered, spread = spread + excluded.spread");
    hours.forEach(each ->
        batch.add(
            each.landmark,
            each.hour,
            each.rounds,
            each.bounded,
            each.sent,
            each.answered,
            each.spreadNanoseconds));
    if (!hours.isEmpty()) {
      batch.execute();
    }
  }

  void disclosure(ServerStatements.Disclosure said, Instant at, long index) {
    handle.execute(
        "INSERT INTO disclosure (auditor, site, since, until, idx, actor, said)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        said.auditor(),
        said.site(),
        said.from().toEpochMilli(),
        said.until().toEpochMilli(),
        index,
        said.actor(),
        at.toEpochMilli());
  }

  /** Ends a disclosure that has not ended; what ends a second time ended the first. */
  void disclosureEnd(ServerStatements.DisclosureEnd said, Instant at, long index) {
    handle.execute(
        "UPDATE disclosure SET ended = ?, ended_by = ?, ended_idx = ?"
            + " WHERE idx = ? AND ended IS NULL",
        at.toEpochMilli(),
        said.actor(),
        index,
        said.disclosure());
  }

  void tick(long index, Instant at) {
    handle.execute("INSERT OR IGNORE INTO tick (idx, at) VALUES (?, ?)", index, at.toEpochMilli());
    handle.execute(
        "INSERT OR IGNORE INTO growth VALUES (?, ?, ?)",
        Math.floorDiv(at.toEpochMilli(), LandmarkHours.HOUR),
        at.toEpochMilli(),
        index + 1);
    handle.execute(
        "DELETE FROM tick WHERE at < ?",
        at.minus(LedgerFold.PATIENCE.multipliedBy(2)).toEpochMilli());
  }

  /** Hosts that time alone changes by then, in an order that is the same everywhere. */
  List<TargetId> due(Instant now) {
    return handle
        .createQuery("SELECT id FROM host WHERE deadline <= ? ORDER BY deadline, id LIMIT 10000")
        .bind(0, now.toEpochMilli())
        .mapTo(String.class)
        .map(TargetId::new)
        .list();
  }

  /** What the views keep of one thing that happened. */
  record Event(
      long index,
      Instant at,
      String kind,
      String mark,
      Reason reason,
      @Nullable String host,
      @Nullable String chip,
      String source,
      boolean simulated,
      boolean late) {}
}
