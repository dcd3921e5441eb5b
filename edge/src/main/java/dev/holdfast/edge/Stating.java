package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.probe.Round;
import dev.holdfast.probe.RoundMeasurement;
import dev.holdfast.probe.RoundsStatement;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.StatementSigner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** States what was measured, several rounds at a time. One thread, for any number of others. */
final class Stating {
  private static final int MOST_WAITING = 10_000;
  private static final long TICK_MILLISECONDS = 50;

  private final IdentityCertificate own;
  private final Envelope position;
  private final StatementSigner signer;
  private final Spool spool;
  private final PendingTranscripts pending;
  private final DaemonLog log;
  private final InstantSource clock;
  private final BlockingQueue<Measured> measured = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile boolean stopping;
  private @Nullable Thread thread;

  private record Measured(RoundMeasurement round, HostedSessions.Hosted session) {}

  Stating(
      IdentityCertificate own,
      Envelope position,
      StatementSigner signer,
      Spool spool,
      PendingTranscripts pending,
      DaemonLog log,
      InstantSource clock) {
    this.own = own;
    this.position = position;
    this.signer = signer;
    this.spool = spool;
    this.pending = pending;
    this.log = log;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().name("statements").daemon().start(this::run);
  }

  /** Takes a round to be stated soon; it is lost, and the log says so, where too many wait. */
  void take(RoundMeasurement round, HostedSessions.Hosted session) {
    if (!measured.offer(new Measured(round, session))) {
      log.problem(Problem.of(ErrorCode.SPOOL_FULL, "rounds come faster than they are signed"));
    }
  }

  private void run() {
    while (true) {
      List<Measured> batch = new ArrayList<>();
      try {
        Measured first = measured.poll(TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
        }
      } catch (InterruptedException e) {
        return;
      }
      measured.drainTo(batch, RoundsStatement.MOST - batch.size());
      if (!batch.isEmpty()) {
        try {
          state(batch);
        } catch (CodedException e) {
          log.problem(e.problem());
        }
      } else if (stopping) {
        return;
      }
    }
  }

  private void state(List<Measured> batch) {
    List<Round> rounds = new ArrayList<>();
    int dropped = 0;
    for (Measured each : batch) {
      Transcript transcript = Transcript.of(each.round());
      byte[] octets = transcript.octets();
      spool.keep(octets);
      Round round =
          Round.of(
              each.round(),
              each.session().host(),
              each.session().key(),
              position.statementHash(),
              transcript);
      rounds.add(round);
      if (round.timings().accepted() > 0) {
        dropped += pending.add(round.hostKey(), octets);
      }
      tell(round);
    }
    if (dropped > 0) {
      log.problem(
          Problem.of(
              ErrorCode.TRANSCRIPTS_DROPPED,
              dropped
                  + (dropped == 1 ? " transcript" : " transcripts")
                  + " that waited longest for a countersignature found no more room"));
    }
    spool.say(
        signer,
        RoundsStatement.TYPE,
        clock.instant(),
        new RoundsStatement(own, position, rounds).content());
  }

  private void tell(Round round) {
    log.tell(
        "round",
        Map.of(
            "host",
            round.host(),
            "answers",
            round.timings().accepted() + " of " + round.sent(),
            "shortest",
            round.timings().minimum() / 1000 + " us",
            "from",
            String.join(" ", round.addresses())));
  }

  /** Ends once everything that was taken is stated. */
  void stop() {
    stopping = true;
  }

  void join() {
    Threads.join(thread);
  }
}
