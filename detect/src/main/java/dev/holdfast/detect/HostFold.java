package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.detect.HostState.Kept;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.LocationVerdicts;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fold over one host: a state and one more piece of evidence, or the passing of time, give the
 * next state and what was noticed. The same input gives the same output on any machine; time passes
 * only as it is told.
 */
public final class HostFold {
  private static final Comparator<Kept> BY_TIME =
      Comparator.<Kept, Instant>comparing(each -> each.round().measuredAt())
          .thenComparingLong(Kept::index);
  // More than a fleet measures in a window; who sends more shortens its own window.
  private static final int MOST_ROUNDS = 512;

  private final Atlas atlas;
  private final Settings settings;
  private final Duration silence;

  /**
   * A fold.
   *
   * @param silence how long a host may say nothing before that is a finding; above the window
   */
  public HostFold(Atlas atlas, Settings settings, Duration silence) {
    this.atlas = requireNonNull(atlas, "atlas");
    this.settings = requireNonNull(settings, "settings");
    if (silence.compareTo(settings.window()) < 0) {
      throw new IllegalArgumentException("silence is shorter than the window: " + silence);
    }
    this.silence = silence;
  }

  /**
   * What one step made of a state.
   *
   * @param late whether all of the evidence was too old to count
   */
  public record Step(HostState state, List<Finding> findings, boolean late) {
    public Step {
      requireNonNull(state, "state");
      findings = List.copyOf(findings);
    }
  }

  /**
   * Takes in evidence.
   *
   * @param index of the entry that it came with
   * @param now the time of the ledger at that entry: what is older than the window by then is kept
   *     as heard, and renews nothing
   */
  public Step apply(HostState state, Evidence.OfPlace evidence, long index, Instant now) {
    return switch (evidence) {
      case Declared declared -> judge(state.declaredAs(declared), false);
      case Bounded bounded -> apply(state, List.of(bounded), index, now);
    };
  }

  /**
   * As {@link #apply(HostState, Evidence.OfPlace, long, Instant)}, of rounds that came together.
   */
  public Step apply(HostState state, List<Bounded> rounds, long index, Instant now) {
    HostState next = state;
    boolean late = true;
    for (Bounded round : rounds) {
      next = next.heard(round.measuredAt());
      if (!isLate(round, now)) {
        late = false;
        next = next.with(within(next.rounds(), new Kept(round, index)));
      }
    }
    return late ? new Step(next, List.of(), true) : judge(next, true);
  }

  /** Whether a round is too old by then to count. */
  public boolean isLate(Bounded round, Instant now) {
    return round.measuredAt().isBefore(now.minus(settings.window()));
  }

  /** The next moment at which time alone changes this state, or nothing. */
  public Optional<Instant> deadline(HostState state) {
    Instant judged = state.judgedAt();
    if (judged != null && state.place() != PlaceState.SILENT) {
      return Optional.of(judged.plus(settings.window()));
    }
    Instant heard = state.lastHeard();
    return heard == null || state.silenceTold()
        ? Optional.empty()
        : Optional.of(heard.plus(silence));
  }

  /** Lets time pass up to a moment. */
  public Step pass(HostState state, Instant now) {
    HostState next = state;
    List<Finding> findings = new ArrayList<>();
    Instant judged = next.judgedAt();
    if (judged != null
        && next.place() != PlaceState.SILENT
        && !now.isBefore(judged.plus(settings.window()))) {
      next = next.judged(PlaceState.SILENT, Reason.of("reason.ran-out"), judged);
    }
    Instant heard = next.lastHeard();
    if (heard != null && !next.silenceTold() && !now.isBefore(heard.plus(silence))) {
      next = next.toldSilent();
      findings.add(
          new Finding(
              "silent",
              next.host().value(),
              Reason.of("finding.silent", next.host().value(), String.valueOf(silence.toMinutes())),
              heard.plus(silence)));
    }
    return new Step(next, findings, false);
  }

  /** The rounds of the window before the newest. */
  private List<Kept> within(List<Kept> before, Kept fresh) {
    List<Kept> all = new ArrayList<>(before);
    all.add(fresh);
    all.sort(BY_TIME);
    Instant oldest = all.getLast().round().measuredAt().minus(settings.window());
    int from = Math.max(0, all.size() - MOST_ROUNDS);
    while (all.get(from).round().measuredAt().isBefore(oldest)) {
      from++;
    }
    return all.subList(from, all.size());
  }

  private Step judge(HostState state, boolean heard) {
    if (state.rounds().isEmpty() || (!heard && state.place() == PlaceState.SILENT)) {
      // A declaration does not make old rounds young.
      return new Step(state, List.of(), false);
    }
    // Of all that is declared, where the host stands is the destination's question; the others are
    // answered where somebody asks.
    List<Claim> asked = state.claims().stream().filter(Claim.Inside.class::isInstance).toList();
    LocationVerdicts judged =
        KeyReport.verdicts(
            atlas, settings, Subject.Kind.KEY, named(state), state.host(), rounds(state), asked);
    Instant at = state.rounds().getLast().round().measuredAt();
    @Nullable Verdict verdict = judged.verdicts().isEmpty() ? null : judged.verdicts().getFirst();
    PlaceState place = place(judged, verdict);
    Reason reason = verdict == null ? Reason.of("reason.not-declared") : verdict.reason();
    List<Finding> findings = new ArrayList<>();
    if (place.compareTo(PlaceState.CONFLICT) >= 0 && place != state.place()) {
      findings.add(
          new Finding(
              place == PlaceState.REFUTED ? "elsewhere" : "conflict",
              state.host().value(),
              reason,
              at));
    }
    return new Step(state.judged(place, reason, at), findings, false);
  }

  /** What the rounds of its newest key tell of that key. */
  public LocationReport report(HostState state, List<Claim> claims) {
    return report(state, Subject.Kind.KEY, state.host().value(), claims);
  }

  /**
   * The same of another subject.
   *
   * @param id of a host or a chip; a key is named by itself
   */
  public LocationReport report(HostState state, Subject.Kind kind, String id, List<Claim> claims) {
    String named = kind == Subject.Kind.KEY ? named(state) : id;
    return KeyReport.of(atlas, settings, kind, named, state.host(), rounds(state), claims);
  }

  /** What the same rounds tell of a chip that is tied to that key. */
  public LocationReport report(HostState state, String chip, ChipTie tie, List<Claim> claims) {
    return KeyReport.ofChip(atlas, settings, chip, tie, state.host(), rounds(state), claims);
  }

  /** For how long rounds count. */
  public Duration window() {
    return settings.window();
  }

  private static List<Bounded> rounds(HostState state) {
    return state.ofNewestKey().stream().map(Kept::round).toList();
  }

  /** The newest key; where none ever answered, the host stands for it. */
  private static String named(HostState state) {
    return state.rounds().isEmpty() ? state.host().value() : state.rounds().getLast().round().key();
  }

  /**
   * What the rounds of many hosts would tell, were all at one place: the shortest of each landmark.
   * It is about no key, so it is a picture and no verdict.
   *
   * @param site its name
   * @param key stands for the keys of all
   */
  public LocationReport together(String site, String key, List<HostState> states) {
    TargetId place = new TargetId(site);
    Map<Landmark, Bounded> shortest = new LinkedHashMap<>();
    for (HostState state : states) {
      for (Kept kept : state.ofNewestKey()) {
        Bounded round = kept.round();
        Bounded here =
            new Bounded(
                place,
                key,
                round.binding(),
                round.landmark(),
                round.roundTrip(),
                round.measuredAt(),
                round.simulated(),
                round.revocationsAt());
        shortest.merge(
            round.landmark(),
            here,
            (one, other) -> one.roundTrip().compareTo(other.roundTrip()) <= 0 ? one : other);
      }
    }
    return KeyReport.of(
        atlas, settings, Subject.Kind.HOST, site, place, List.copyOf(shortest.values()), List.of());
  }

  private static PlaceState place(LocationVerdicts judged, @Nullable Verdict verdict) {
    if (!judged.conflicts().isEmpty()) {
      return PlaceState.CONFLICT;
    }
    if (verdict == null) {
      return PlaceState.UNPROVEN;
    }
    return switch (verdict.value()) {
      case PROVED -> PlaceState.PROVED;
      case REFUTED -> PlaceState.REFUTED;
      case UNPROVEN -> PlaceState.UNPROVEN;
    };
  }
}
