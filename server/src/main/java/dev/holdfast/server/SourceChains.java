package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Equivocated;
import dev.holdfast.model.Evidence.Skipped;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.Succession;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the statements of each source follow each other, and what is noticed where they do not. For
 * one thread.
 */
final class SourceChains {
  private final ViewWriter views;
  private final FoldedEvents events;
  private final WatchKeeper watch;
  private final Map<SourceId, Chain> chains;

  SourceChains(
      ViewWriter views, FoldedEvents events, WatchKeeper watch, Map<SourceId, Chain> chains) {
    this.watch = requireNonNull(watch, "watch");
    this.views = requireNonNull(views, "views");
    this.events = requireNonNull(events, "events");
    this.chains = new HashMap<>(chains);
  }

  /** Takes a statement in. */
  void take(Statement statement, Sha256 hash, long index) {
    Chain end = chains.computeIfAbsent(statement.source(), source -> Chain.beginning(source));
    Succession succession = Succession.of(end, statement);
    boolean moves =
        switch (succession) {
          case Succession.Follows follows -> true;
          case Succession.Gap gap -> {
            watch.hear(
                new Skipped(
                    statement.source(),
                    statement.sequence() - gap.missing(),
                    statement.sequence() - 1,
                    statement.time()),
                index,
                statement.source().value());
            yield true;
          }
          case Succession.Fork fork -> {
            forks(statement, index);
            yield true;
          }
          case Succession.Equivocation equivocation -> {
            equivocates(statement, index);
            yield false;
          }
          case Succession.Repeats repeats -> false;
          case Succession.Earlier earlier -> {
            if (views.holdsAnother(statement, hash)) {
              equivocates(statement, index);
            }
            yield false;
          }
        };
    Chain next = moves ? Chain.after(statement, hash) : end;
    chains.put(statement.source(), next);
    views.statement(statement, hash, index, moves ? next : null);
  }

  private void equivocates(Statement statement, long index) {
    watch.hear(
        new Equivocated(statement.source(), statement.sequence(), statement.time()),
        index,
        statement.source().value());
  }

  /** It goes on from a statement that nobody was shown: a key restored from elsewhere, or a lie. */
  private void forks(Statement statement, long index) {
    String source = statement.source().value();
    var _ =
        events.notice(
            new Finding(
                "fork",
                source,
                Reason.of("finding.fork", source, String.valueOf(statement.sequence())),
                statement.time()),
            index,
            hostOf(statement.source()),
            null,
            source,
            false,
            false);
  }

  /** The host behind a source, where it is one. */
  private static @Nullable String hostOf(SourceId source) {
    return source.value().startsWith("host:") ? source.value().substring(5) : null;
  }
}
