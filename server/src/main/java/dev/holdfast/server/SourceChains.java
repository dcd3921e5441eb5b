package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

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
  private final Map<SourceId, Chain> chains;

  SourceChains(ViewWriter views, FoldedEvents events, Map<SourceId, Chain> chains) {
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
            noticed(
                "gap",
                statement,
                index,
                Reason.of(
                    "finding.gap", statement.source().value(), String.valueOf(gap.missing())));
            yield true;
          }
          case Succession.Fork fork -> {
            noticed(
                "fork",
                statement,
                index,
                Reason.of(
                    "finding.fork",
                    statement.source().value(),
                    String.valueOf(statement.sequence())));
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
    noticed(
        "equivocation",
        statement,
        index,
        Reason.of(
            "finding.equivocation",
            statement.source().value(),
            String.valueOf(statement.sequence())));
  }

  private void noticed(String kind, Statement statement, long index, Reason reason) {
    events.notice(
        new Finding(kind, statement.source().value(), reason, statement.time()),
        index,
        hostOf(statement.source()),
        null,
        statement.source().value(),
        false);
  }

  /** The host behind a source, where it is one. */
  private static @Nullable String hostOf(SourceId source) {
    return source.value().startsWith("host:") ? source.value().substring(5) : null;
  }
}
