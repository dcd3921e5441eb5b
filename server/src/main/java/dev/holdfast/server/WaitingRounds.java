package dev.holdfast.server;

import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.model.SourceId;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Rounds that waited for their hosts when a server stopped: they wait in memory, so they are read
 * out of the log again at the next start.
 */
final class WaitingRounds {
  private final Views views;
  private final TileSource log;
  private final SourceId server;

  /**
   * Those of a log.
   *
   * @param server who says everything else in it
   */
  WaitingRounds(Views views, TileSource log, SourceId server) {
    this.views = views;
    this.log = log;
    this.server = server;
  }

  /**
   * Takes again into a fold what landmarks and hosts said lately.
   *
   * @param applied how many entries the views hold
   * @param size of the log
   */
  void takeAgain(LedgerFold fold, long applied, long size) throws IOException {
    long from =
        views.read(handle ->
            handle
                .createQuery("SELECT coalesce(min(idx), :applied) FROM tick WHERE at >= :since")
                .bind("applied", applied)
                .bind(
                    "since",
                    fold.now().minus(LedgerFold.PATIENCE).minus(Intake.AHEAD).toEpochMilli())
                .mapTo(Long.class)
                .one());
    // What the server said itself, most of a ledger where a fleet was just declared, is no round.
    BitSet own = views.read(handle -> own(handle, from));
    for (long index = from; index < applied; ) {
      long behind = Math.min(applied, (index / TileId.FULL + 1) * TileId.FULL);
      if (own.nextClearBit((int) (index - from)) >= behind - from) {
        index = behind;
        continue;
      }
      // Of a width that the log was published with, which that of the views need not be.
      List<byte[]> bundle = LedgerKeeper.bundle(log, index / TileId.FULL, size);
      int first = (int) (index % TileId.FULL);
      int end = (int) Math.min(bundle.size(), applied - index + first);
      for (byte[] entry : bundle.subList(first, end)) {
        if (!own.get((int) (index - from))) {
          fold.remember(index, entry);
        }
        index++;
      }
    }
    fold.remembered();
  }

  /** Which entries from one on are the server's own. */
  private BitSet own(Handle handle, long from) {
    BitSet own = new BitSet();
    try (Stream<Long> newestFirst =
        handle
            .createQuery("SELECT idx FROM statement WHERE source = ? ORDER BY sequence DESC")
            .bind(0, server.value())
            .mapTo(Long.class)
            .stream()) {
      newestFirst.takeWhile(index -> index >= from).forEach(index -> own.set((int) (index - from)));
    }
    return own;
  }
}
