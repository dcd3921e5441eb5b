package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Reason;
import dev.holdfast.model.TargetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one host to go on from: what is declared, the rounds of the window, and what
 * was last said about it.
 *
 * @param declared where its operator says that it is; null where nobody did
 * @param rounds those within the window before the newest, in order of their measuring
 * @param place what stands of its claim
 * @param reason of the newest verdict; null where there is none
 * @param judgedAt the newest round that the newest verdict counts; null where there is none
 * @param lastHeard the newest round, counted or late; null where there is none
 * @param silenceTold whether a finding has told that it is silent
 */
public record HostState(
    TargetId host,
    @Nullable Declared declared,
    List<Kept> rounds,
    PlaceState place,
    @Nullable Reason reason,
    @Nullable Instant judgedAt,
    @Nullable Instant lastHeard,
    boolean silenceTold) {
  public HostState {
    requireNonNull(host, "host");
    requireNonNull(place, "place");
    rounds = List.copyOf(rounds);
  }

  /**
   * A round and the entry that completed it.
   *
   * @param index of the entry in the ledger
   */
  public record Kept(Bounded round, long index) {
    public Kept {
      requireNonNull(round, "round");
    }
  }

  /** A host that nothing is known of. */
  public static HostState unknown(TargetId host) {
    return new HostState(host, null, List.of(), PlaceState.SILENT, null, null, null, false);
  }

  /** The rounds of the key that answered last. */
  public List<Kept> ofNewestKey() {
    if (rounds.isEmpty()) {
      return List.of();
    }
    String newest = rounds.getLast().round().key();
    return rounds.stream().filter(each -> each.round().key().equals(newest)).toList();
  }

  /** What is claimed of its place; nothing where nobody declared one. */
  public List<Claim> claims() {
    return declared == null ? List.of() : declared.claims();
  }

  HostState declaredAs(Declared now) {
    return new HostState(host, now, rounds, place, reason, judgedAt, lastHeard, silenceTold);
  }

  HostState heard(Instant at) {
    boolean newer = lastHeard == null || at.isAfter(lastHeard);
    return newer ? new HostState(host, declared, rounds, place, reason, judgedAt, at, false) : this;
  }

  HostState with(List<Kept> kept) {
    return new HostState(host, declared, kept, place, reason, judgedAt, lastHeard, silenceTold);
  }

  HostState judged(PlaceState now, @Nullable Reason why, @Nullable Instant at) {
    return new HostState(host, declared, rounds, now, why, at, lastHeard, silenceTold);
  }

  HostState toldSilent() {
    return new HostState(host, declared, rounds, place, reason, judgedAt, lastHeard, true);
  }
}
