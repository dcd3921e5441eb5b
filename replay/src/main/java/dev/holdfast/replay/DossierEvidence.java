package dev.holdfast.replay;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.ChipFold;
import dev.holdfast.detect.ChipsInMemory;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfChips;
import dev.holdfast.model.Finding;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundJoin;
import dev.holdfast.probe.RoundWord;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementVerifier;
import dev.holdfast.trust.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the entries of a dossier prove, and what is found in them by the same watch that found it in
 * the whole log: the one path from entries to findings and pictures, for whoever makes a dossier
 * and whoever checks it.
 *
 * <p>Of a part of a log silence proves nothing, and what is counted is counted too low; so only
 * kinds that follow from what was said count as found again ({@link #FOLLOWING}).
 */
final class DossierEvidence {
  /** The kinds of findings that follow from the entries that caused them. */
  static final Set<String> FOLLOWING =
      Set.of(
          "other-site",
          "outside-territory",
          "key-in-two-places",
          "identity-in-two-places",
          "identity-swapped",
          "chip-at-other-site",
          "other-chassis",
          "transfer-contradicted",
          "outside-licence",
          "cohesion-lost");

  /** How long a round waits for its host, as in a server. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int MOST_WAITING = 100_000;

  private final EvidenceTrust trust;
  private final Watch watch;
  private final RoundJoin join;
  private final CertificateMemory certificates;
  private final StatementVerifier servers;
  private final ChipsInMemory chips = new ChipsInMemory();
  private final ChipFold chipFold = new ChipFold(chips);
  private final Map<String, DossierWord.Site> sites = new HashMap<>();
  private final SortedMap<String, String> siteOf = new TreeMap<>();
  private final Map<String, Instant> challenges = new HashMap<>();
  private final SortedMap<String, List<Bounded>> rounds = new TreeMap<>();
  private final List<Finding> found = new ArrayList<>();
  private final List<DossierWord> words = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private DossierEvidence(
      Function<Sha256, Optional<byte[]>> blobs, EvidenceTrust trust, Atlas atlas) {
    this.trust = trust;
    watch = new Watch(WatchTerms.USUAL, atlas);
    join = new RoundJoin(trust.certificates(), blobs, MOST_WAITING);
    certificates = new CertificateMemory(trust.certificates());
    servers = new StatementVerifier(KeyRing.of(trust.declarers()));
  }

  /**
   * Checks statements, and folds them in the order of the log.
   *
   * @param entries octets of envelopes by their place in the log
   * @param blobs octets by hash, where they are at hand
   */
  static DossierEvidence of(
      SortedMap<Long, byte[]> entries,
      Function<Sha256, Optional<byte[]>> blobs,
      EvidenceTrust trust,
      Atlas atlas) {
    DossierEvidence made = new DossierEvidence(blobs, trust, atlas);
    entries.forEach(made::read);
    return made;
  }

  private void read(long index, byte[] octets) {
    String name = "entry " + index;
    try {
      Envelope envelope = Envelope.parse(octets, name);
      Statement statement = Statement.parse(envelope.payload(), name);
      words.add(DossierWord.of(index, statement, name));
      if (RoundWord.isIn(statement)) {
        rounds(join.take(octets, name), index);
      } else if (HostWord.isIn(statement)) {
        host(HostWord.read(envelope, statement, name, certificates), statement, index);
      } else if (servers.check(envelope, name) instanceof StatementCheck.Refused refused) {
        faults.add(
            name
                + " is a "
                + statement.type()
                + " of no key that you let declare ("
                + refused.reason()
                + ")");
      } else {
        server(statement, index, name);
      }
    } catch (CodedException e) {
      faults.add(name + ": " + e.problem().reason());
    }
  }

  private void server(Statement statement, long index, String name) {
    switch (words.getLast()) {
      case DossierWord.Fleet fleet -> {
        for (DossierWord.Site site : fleet.sites()) {
          sites.put(site.id(), site);
          hear(site.said(statement.time()), index);
          siteOf.forEach((host, at) -> {
            if (at.equals(site.id())) {
              hear(declared(host, site), index);
            }
          });
        }
        fleet
            .hosts()
            .forEach((host, at) -> {
              siteOf.put(host, at);
              DossierWord.Site site = sites.get(at);
              if (site != null) {
                hear(declared(host, site), index);
              }
            });
      }
      case DossierWord.Custody custody -> hear(custody.word().said(), index);
      case DossierWord.Act act -> {}
      case DossierWord.Other other -> {
        if (statement.type().equals(Tick.TYPE)) {
          tick(Tick.read(statement, name), index);
        }
      }
    }
  }

  private static Declared declared(String host, DossierWord.Site site) {
    return new Declared(
        new TargetId(host),
        site.id(),
        site.destination(),
        site.place(),
        site.radius(),
        site.simulated());
  }

  private void tick(Tick said, long index) {
    said.challenge().ifPresent(challenge -> challenges.putIfAbsent(challenge, said.at()));
    if (said.at().isBefore(now)) {
      return;
    }
    now = said.at();
    rounds(join.forget(now.minus(PATIENCE)), index);
    found.addAll(watch.tick(now).findings());
  }

  private void hear(Evidence evidence, long index) {
    found.addAll(watch.apply(evidence, index).findings());
  }

  private void rounds(List<RoundCheck> checks, long index) {
    for (RoundCheck check : checks) {
      String name = "the round that began at " + check.round().begin();
      switch (check) {
        case RoundCheck.Bounds good -> {
          if (trust.accepts(good.landmark().operator())) {
            Bounded round = RoundEvidence.of(good);
            rounds.computeIfAbsent(round.host().value(), none -> new ArrayList<>()).add(round);
            hear(round, index);
          } else {
            notes.add(name + " does not count: you do not accept " + good.landmark().operator());
          }
        }
        case RoundCheck.BoundsNothing nothing -> {
          switch (nothing.why()) {
            case LANDMARK_NOT_CERTIFIED, WRONG_TRANSCRIPT ->
                faults.add(name + ": " + nothing.reason());
            case TOO_FEW_ANSWERS, NOT_COUNTERSIGNED, NO_TRANSCRIPT, NO_POSITION, NOT_YET_OVER ->
                notes.add(name + ": " + nothing.reason() + ", so it bounds nothing");
          }
        }
      }
    }
  }

  private void host(HostWord word, Statement statement, long index) {
    String name = "entry " + index;
    if (certificates.check(word.certificate(), word.role(), statement.time())
        instanceof CertificateCheck.Refused(String reason)) {
      throw new CodedException(Problem.in(name, ErrorCode.CERTIFICATE_REFUSED, reason));
    }
    switch (word) {
      case HostWord.Evidence evidence -> {
        Instant issuedAt = challenges.get(HexFormat.of().formatHex(evidence.challenge()));
        switch (ChipAttestation.of(evidence, trust.devices(), issuedAt, now)) {
          case ChipAttestation.Counts counts -> chips(counts.evidence(), index);
          case ChipAttestation.ProvesNothing nothing ->
              notes.add(name + " proves nothing of a chip: " + nothing.reasons().getFirst().code());
        }
      }
      case HostWord.Inventory said ->
          chips(
              new Inventoried(
                  new TargetId(said.certificate().identity().name()),
                  InventoryJson.read(said.inventory(), name),
                  said.at(),
                  said.certificate().identity().simulated()),
              index);
    }
  }

  private void chips(OfChips evidence, long index) {
    chips.keep(chipFold.apply(evidence, index));
    hear((Evidence) evidence, index);
  }

  /** Why statements cannot be believed, in English; empty where all can. */
  List<String> faults() {
    return faults;
  }

  /** What is there and counts for nothing, in English. */
  List<String> notes() {
    return notes;
  }

  /** Whether a finding, as a server states it, is found in these entries again. */
  boolean follows(Finding stated) {
    return FOLLOWING.contains(stated.kind())
        && found.stream().anyMatch(each -> isSame(each, stated));
  }

  /** About what a finding is, a part of a log may know less of than all of it. */
  private static boolean isSame(Finding found, Finding stated) {
    return found.kind().equals(stated.kind())
        && found.severity() == stated.severity()
        && found.subject().equals(stated.subject())
        && found.reason().equals(stated.reason())
        && found.causes().equals(stated.causes())
        && found.at().truncatedTo(ChronoUnit.MILLIS).equals(stated.at())
        && stated.about().containsAll(found.about());
  }

  /** What each entry says, in the order of the log; those that are no statements are left out. */
  List<DossierWord> words() {
    return words;
  }

  /** The sites that were declared, by their ids. */
  Map<String, DossierWord.Site> sites() {
    return sites;
  }

  /** The site that a host is said to be at. */
  Optional<DossierWord.Site> siteOf(String host) {
    return Optional.ofNullable(siteOf.get(host)).map(sites::get);
  }

  /** The hosts whose rounds count, in their order. */
  Set<String> measured() {
    return new TreeSet<>(rounds.keySet());
  }

  /** The rounds of the key of a host that answered last, within a window before the last. */
  List<Bounded> newest(String host, Duration window) {
    List<Bounded> all = rounds.getOrDefault(host, List.of());
    Optional<Bounded> last =
        all.stream()
            .max((one, other) -> {
              int byTime = one.measuredAt().compareTo(other.measuredAt());
              return byTime != 0 ? byTime : one.key().compareTo(other.key());
            });
    return last.map(newest ->
            all.stream()
                .filter(each -> each.key().equals(newest.key()))
                .filter(each -> !each.measuredAt().isBefore(newest.measuredAt().minus(window)))
                .toList())
        .orElse(List.of());
  }

  /** The boards that chips signed for, by their ids. */
  List<Board> boards() {
    return chips.boards().stream().filter(each -> each.basis() == Board.Basis.SIGNED).toList();
  }
}
