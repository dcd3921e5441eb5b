package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.server.ViewWriter.Event;
import dev.holdfast.trust.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what happened, and keeps it for who watches until it is taken. For one thread. */
final class FoldedEvents {
  private final ViewWriter views;
  private final List<Event> fresh = new ArrayList<>();

  FoldedEvents(ViewWriter views) {
    this.views = requireNonNull(views, "views");
  }

  /** What happened since this was asked last, for who watches. */
  List<Event> takeFresh() {
    List<Event> events = List.copyOf(fresh);
    fresh.clear();
    return events;
  }

  void add(Event event) {
    views.event(event);
    fresh.add(event);
  }

  /** What happened to no host and no chip. */
  void ofNobody(String kind, String mark, Reason reason, Statement statement, long index) {
    add(
        new Event(
            index,
            statement.time(),
            kind,
            mark,
            reason,
            null,
            null,
            statement.source().value(),
            false,
            false));
  }

  /**
   * What was found, and that it was.
   *
   * @param watched whether the watch found it
   * @return the id of its row
   */
  long notice(
      Finding finding,
      long index,
      @Nullable String host,
      @Nullable String chip,
      String source,
      boolean simulated,
      boolean watched) {
    long id = views.finding(finding, index, simulated, watched);
    add(
        new Event(
            index,
            finding.at(),
            "finding",
            "attention",
            finding.reason(),
            host,
            chip,
            source,
            simulated,
            false));
    return id;
  }
}
