package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.detect.HostFold;
import dev.holdfast.detect.HostState;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.detect.LicenceStanding;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundJoin;
import dev.holdfast.probe.RoundWord;
import dev.holdfast.replay.RoundEvidence;
import dev.holdfast.server.ViewWriter.Event;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.RevocationList;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.StatementVerifier;
import dev.holdfast.trust.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns entries of the ledger, in their order, into views. The same ledger gives the same views,
 * whenever and wherever: time is that of the last tick, and nothing else is asked. For one thread.
 */
final class LedgerFold {
  private static final int MOST_WAITING = 100_000;

  /** How long a round waits for its host; more than a window, since it counts no longer then. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private final ViewWriter views;
  private final HostFold fold;
  private final RoundJoin join;
  private final ChipEntries chips;
  private final StatementVerifier own;
  private final FoldedEvents events;
  private final SourceChains chains;
  private final WatchKeeper watch;
  private final LandmarkHours hours = new LandmarkHours();
  private CertificateMemory certificates;
  private Instant now = Instant.EPOCH;

  LedgerFold(
      ViewWriter views,
      HostFold fold,
      Atlas atlas,
      Function<Sha256, Optional<byte[]>> transcripts,
      StatementKey server,
      Map<SourceId, Chain> chains) {
    this.views = requireNonNull(views, "views");
    this.fold = requireNonNull(fold, "fold");
    events = new FoldedEvents(views);
    watch = new WatchKeeper(views, events, atlas);
    this.chains = new SourceChains(views, events, watch, chains);
    own = new StatementVerifier(KeyRing.of(List.of(server)));
    join = new RoundJoin(views.verifier(), transcripts, MOST_WAITING);
    certificates = new CertificateMemory(views.verifier());
    chips = new ChipEntries(views);
  }

  /** The time of the ledger. */
  Instant now() {
    return now;
  }

  /** Goes on at a time, after a restart. */
  void resume(Instant at) {
    now = at;
  }

  /**
   * Takes an entry in again that the views hold already, so that rounds that wait for their hosts
   * wait again.
   */
  void remember(long index, byte[] octets) {
    try {
      Statement statement = Statement.parse(Envelope.parse(octets, "entry").payload(), "entry");
      if (RoundWord.isIn(statement)) {
        var _ = join.take(octets, "entry " + index);
      }
    } catch (CodedException e) {
      // It said nothing the first time either.
      return;
    }
  }

  /** All was taken in again: what was too old for its host by now was answered before. */
  void remembered() {
    var _ = join.forget(now.minus(PATIENCE));
  }

  /** What happened since this was asked last, for who watches. */
  List<Event> takeFresh() {
    return events.takeFresh();
  }

  /** Whether a host gets a lease by the ledger so far. */
  LeaseDecision lease(TargetId host, Instant at) {
    return watch.lease(host, at);
  }

  /** How licences stand by the ledger so far. */
  List<LicenceStanding> licences(Instant at) {
    return watch.licences(at);
  }

  /** Writes what is only kept in memory between entries. */
  void write() {
    watch.write();
    hours.write(views);
  }

  /** Applies the entry behind the last. */
  void apply(long index, ReadEntry entry) {
    String name = "entry " + index;
    Statement statement = entry.statement();
    chains.take(statement, entry.envelope().statementHash(), index);
    try {
      boolean ofOthers = RoundWord.isIn(statement) || HostWord.isIn(statement);
      if (!ofOthers) {
        requireOwn(entry.envelope(), name);
      }
      if (RoundWord.isIn(statement)) {
        List<String> transcripts = Transcripts.of(statement);
        views.mentions(transcripts, index);
        hours.stated(statement, transcripts.size());
        rounds(
            entry.word() instanceof RoundWord word
                ? join.take(word, name)
                : join.take(entry.envelope().octets(), name),
            statement,
            index);
      } else if (HostWord.isIn(statement)) {
        ofChips(word(entry, name), statement, name, index);
      } else if (statement.type().equals(Registration.TYPE)) {
        register(Registration.read(statement, name), statement, index);
      } else if (statement.type().equals(Tick.TYPE)) {
        Tick said = Tick.read(statement, name);
        tick(said.at(), statement, index);
        said.challenge().ifPresent(challenge -> views.chips().challenge(index, challenge));
      } else if (statement.type().equals(ServerStatements.DISCLOSURE)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        ServerStatements.Disclosure said =
            ServerStatements.Disclosure.read(fields, fields.text("actor"));
        views.disclosure(said, statement.time(), index);
      } else if (statement.type().equals(ServerStatements.DISCLOSURE_END)) {
        views.disclosureEnd(
            ServerStatements.DisclosureEnd.read(ServerStatements.fields(statement, name)),
            statement.time(),
            index);
      } else if (statement.type().equals(ServerStatements.REVOCATIONS)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        revocations(
            ServerStatements.Revocations.read(fields, fields.text("actor")), statement, index);
      } else if (statement.type().equals(DecisionStatement.TYPE)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        decided(DecisionStatement.read(fields), statement, index);
      } else if (statement.type().equals(NoteStatement.TYPE)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        noted(NoteStatement.read(fields), statement, index);
      } else if (statement.type().equals(CustodyStatement.TYPE)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        custody(CustodyStatement.read(fields, statement.time()), statement, index);
      } else if (statement.type().equals(LeaseStatement.TYPE)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        leased(LeaseStatement.read(fields), statement, index);
      } else if (statement.type().equals(CaseAct.TYPE)) {
        acted(CaseAct.read(ServerStatements.fields(statement, name)), statement, index);
      } else if (statement.type().equals(ServerStatements.COMMENT)) {
        JsonFields fields = ServerStatements.fields(statement, name);
        ServerStatements.Comment said = ServerStatements.Comment.read(fields, fields.text("actor"));
        comment(said, statement, index);
      }
    } catch (CodedException e) {
      // It was good when it was taken in; by now an authority may have gone.
      events.ofNobody(
          "refused",
          "attention",
          Reason.of("event.refused", e.problem().code().code(), e.problem().reason()),
          statement,
          index);
    }
  }

  /** What is declared, disclosed and written down as time is the server's own word. */
  private void requireOwn(Envelope envelope, String name) {
    if (own.check(envelope, name) instanceof StatementCheck.Refused refused) {
      throw new CodedException(
          new Problem(ErrorCode.MALFORMED_STATEMENT, name, 0, "signatures", refused.reason()));
    }
  }

  // ---- rounds

  /** What one entry settles: each host is judged once, whatever the number of its rounds. */
  private void rounds(List<RoundCheck> checks, Statement statement, long index) {
    Map<TargetId, List<Bounded>> byHost = new LinkedHashMap<>();
    for (RoundCheck check : checks) {
      switch (check) {
        case RoundCheck.BoundsNothing nothing ->
            events.add(
                new Event(
                    index,
                    nothing.round().begin(),
                    "round",
                    "none",
                    Reason.of(
                        "event.round-nothing",
                        nothing.round().host(),
                        nothing.why().word(),
                        nothing.reason()),
                    nothing.round().host(),
                    null,
                    statement.source().value(),
                    false,
                    false));
        case RoundCheck.Bounds bounds -> {
          Bounded round = RoundEvidence.of(bounds);
          hours.bounded(bounds);
          heard(round, statement, index);
          byHost.computeIfAbsent(round.host(), host -> new ArrayList<>()).add(round);
        }
      }
    }
    byHost.forEach((host, rounds) -> {
      HostState before = views.state(host);
      Instant newest =
          rounds.stream().map(Bounded::measuredAt).max(Comparator.naturalOrder()).orElseThrow();
      took(before, fold.apply(before, rounds, index, now), index, newest, statement);
    });
  }

  private void heard(Bounded round, Statement statement, long index) {
    boolean late = fold.isLate(round, now);
    watch.hear(round, index, statement.source().value());
    views.delay(round, index);
    events.add(
        new Event(
            index,
            round.measuredAt(),
            "round",
            "none",
            Reason.of(
                late ? "event.round-late" : "event.round",
                round.landmark().id().value(),
                round.host().value(),
                String.format(Locale.ROOT, "%.3f", round.roundTrip().milliseconds())),
            round.host().value(),
            null,
            statement.source().value(),
            round.simulated(),
            late));
  }

  private void took(
      HostState before, HostFold.Step step, long index, Instant at, Statement statement) {
    HostState after = step.state();
    boolean simulated = isSimulated(after);
    views.state(after, fold.deadline(after));
    Reason reason = after.reason();
    boolean changed =
        before.place() != after.place()
            || (reason != null
                && (before.reason() == null || !before.reason().code().equals(reason.code())));
    if (changed && reason != null) {
      if (after.place() != PlaceState.SILENT) {
        views.verdicts(after, fold.report(after, after.claims()), index);
      }
      events.add(
          new Event(
              index,
              at,
              "verdict",
              mark(after.place()),
              reason,
              after.host().value(),
              null,
              statement.source().value(),
              simulated,
              false));
    }
    if (!step.late() && after.judgedAt() != null) {
      views.day(after.host(), at, after.place());
    }
    for (Finding finding : step.findings()) {
      var _ =
          events.notice(
              finding,
              index,
              after.host().value(),
              null,
              statement.source().value(),
              simulated,
              false);
    }
  }

  private static boolean isSimulated(HostState state) {
    Declared declared = state.declared();
    return state.rounds().stream().anyMatch(each -> each.round().simulated())
        || (declared != null && declared.simulated());
  }

  static String mark(PlaceState place) {
    return switch (place) {
      case PROVED -> "proved";
      case REFUTED -> "refuted";
      case UNPROVEN, SILENT -> "unproven";
      case CONFLICT -> "attention";
    };
  }

  // ---- chips

  /** What a host says; where it was not checked at the door, its signature is checked here. */
  private HostWord word(ReadEntry entry, String name) {
    return entry.word() instanceof HostWord word
        ? word
        : HostWord.read(entry.envelope(), entry.statement(), name, certificates);
  }

  private void ofChips(HostWord word, Statement statement, String name, long index) {
    if (certificates.check(word.certificate(), word.role(), statement.time())
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(
          new Problem(ErrorCode.CERTIFICATE_REFUSED, name, 0, "certificate", reason));
    }
    ChipEntries.Outcome made = chips.take(word, statement.source().value(), index, now);
    made.events().forEach(events::add);
    for (ChipEntries.Noticed each : made.findings()) {
      var _ =
          events.notice(
              each.finding(),
              index,
              each.host(),
              each.chip(),
              statement.source().value(),
              each.simulated(),
              false);
    }
    if (made.evidence() != null) {
      watch.hear(made.evidence(), index, statement.source().value());
    }
  }

  private void believe() {
    CertificateVerifier verifier = views.verifier();
    join.believe(verifier);
    certificates = new CertificateMemory(verifier);
  }

  // ---- what the server says itself

  private void register(Registration said, Statement statement, long index) {
    boolean authorities = false;
    for (FleetItem item : said.items()) {
      switch (item) {
        case FleetItem.Party party -> views.party(party);
        case FleetItem.Authority authority -> {
          views.authority(authority.certificate(), index);
          authorities = true;
        }
        case FleetItem.DeviceRoot root -> {
          views.chips().root(root.pem(), index);
          chips.believe();
        }
        case FleetItem.Landmark landmark -> views.landmark(landmark);
        case FleetItem.Chip chip -> {
          views.listed().declare(chip);
          events.add(
              new Event(
                  index,
                  statement.time(),
                  "declared",
                  "claim",
                  Reason.of(
                      "event.chip-declared",
                      said.actor(),
                      chip.model(),
                      chip.host() == null ? "-" : chip.host()),
                  null,
                  chip.id(),
                  statement.source().value(),
                  chip.simulated(),
                  false));
        }
        case FleetItem.Site site -> {
          views.site(site);
          watch.hear(
              new Sited(
                  site.id(),
                  site.operator(),
                  site.destination(),
                  site.place(),
                  site.radius(),
                  site.installed(),
                  site.powerKw(),
                  statement.time(),
                  site.simulated()),
              index,
              statement.source().value());
          for (String host : views.hostsOf(site.id())) {
            declare(new TargetId(host), site, said.actor(), statement, index);
          }
        }
        case FleetItem.Host host ->
            views
                .site(host.site())
                .ifPresent(site -> declare(host.id(), site, said.actor(), statement, index));
      }
    }
    if (authorities) {
      believe();
    }
  }

  private void declare(
      TargetId host, FleetItem.Site site, String actor, Statement statement, long index) {
    HostState before = views.state(host);
    Evidence.OfPlace declared =
        new Declared(
            host, site.id(), site.destination(), site.place(), site.radius(), site.simulated());
    events.add(
        new Event(
            index,
            statement.time(),
            "declared",
            "claim",
            Reason.of("event.host-declared", actor, host.value(), site.name(), site.destination()),
            host.value(),
            null,
            statement.source().value(),
            site.simulated(),
            false));
    watch.hear(declared, index, statement.source().value());
    took(before, fold.apply(before, declared, index, now), index, statement.time(), statement);
  }

  private void revocations(ServerStatements.Revocations said, Statement statement, long index) {
    if (said.ofDevices()) {
      ofDevices(said, statement, index);
      return;
    }
    RevocationList.Issued issued =
        RevocationList.parse(said.list(), views.verifier().authorities(), "entry " + index);
    if (!views.revocations(issued)) {
      return;
    }
    believe();
    revoked(said, issued.authority().source().value(), issued.list().madeAt(), statement, index);
  }

  /** Whose chips it is about shows when a chain holds the key that signed it. */
  private void ofDevices(ServerStatements.Revocations said, Statement statement, long index) {
    DeviceRevocations lists = DeviceRevocations.parse(said.list(), "entry " + index);
    views.chips().revocations(said.list(), index);
    chips.believe();
    DeviceRevocations.Issued issued = lists.issued().getFirst();
    revoked(said, issued.issuer(), issued.madeAt(), statement, index);
  }

  private void revoked(
      ServerStatements.Revocations said,
      String issuer,
      Instant madeAt,
      Statement statement,
      long index) {
    events.ofNobody(
        "revocations",
        "none",
        Reason.of("event.revocations", said.actor(), issuer, Times.print(madeAt)),
        statement,
        index);
  }

  private void decided(DecisionStatement said, Statement statement, long index) {
    views.decision(said, statement.time(), index);
    events.ofNobody("decision", "none", said.reason(), statement, index);
  }

  /** Shown and searched only: a note is what somebody said, so nothing is decided by it. */
  private void noted(NoteStatement said, Statement statement, long index) {
    views.note(said, statement.time(), index);
    events.ofNobody("note", "none", said.reason(), statement, index);
  }

  private void custody(CustodyStatement said, Statement statement, long index) {
    views.custody(said, statement.time(), index);
    events.ofNobody("custody", "claim", said.reason(), statement, index);
    watch.hear(said.word().said(), index, statement.source().value());
  }

  /** A lease changes nothing that is known of a host; that it asked is no evidence either. */
  private void leased(LeaseStatement said, Statement statement, long index) {
    views.lease(said, statement.time(), index);
    boolean simulated = views.isSimulated(List.of("host:" + said.host()));
    if (said.answer() instanceof LeaseStatement.Refused) {
      views.notices().leaseRefused(said, statement.time(), index, simulated);
    }
    events.add(
        new Event(
            index,
            statement.time(),
            "lease",
            said.answer() instanceof LeaseStatement.Refused ? "attention" : "none",
            said.reason(),
            said.host(),
            null,
            statement.source().value(),
            simulated,
            false));
  }

  /** Work on a case is shown, and changes nothing that the watch finds. */
  private void acted(CaseAct act, Statement statement, long index) {
    String refusal = views.cases().act(act, statement.time(), index);
    if (refusal != null) {
      throw new CodedException(
          Problem.in("entry " + index, ErrorCode.MALFORMED_STATEMENT, refusal));
    }
    events.ofNobody("case", "none", act.reason(), statement, index);
  }

  private void comment(ServerStatements.Comment said, Statement statement, long index) {
    events.add(
        new Event(
            index,
            statement.time(),
            "comment",
            "none",
            Reason.of("event.comment", said.actor(), said.text()),
            said.subject(),
            said.subject(),
            statement.source().value(),
            false,
            false));
  }

  private void tick(Instant time, Statement statement, long index) {
    if (time.isBefore(now)) {
      return;
    }
    now = time;
    views.tick(index, time);
    for (TargetId host : views.due(time)) {
      HostState before = views.state(host);
      took(before, fold.pass(before, time), index, time, statement);
    }
    rounds(join.forget(time.minus(PATIENCE)), statement, index);
    watch.tick(time, index, statement.source().value());
  }
}
