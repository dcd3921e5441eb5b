package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.Board;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the views hold of a site that can be said in words, as far as somebody may see it. Things
 * that are declared come by their ids, what happened newest first.
 *
 * @param decisions that name the site
 */
record SiteRecord(
    FleetItem.Site site,
    List<Host> hosts,
    List<Chip> chips,
    List<Standing> boards,
    List<Changed> verdicts,
    List<Found> findings,
    List<Decided> decisions,
    List<Noted> notes,
    List<Commented> comments) {
  SiteRecord {
    requireNonNull(site, "site");
    hosts = List.copyOf(hosts);
    chips = List.copyOf(chips);
    boards = List.copyOf(boards);
    verdicts = List.copyOf(verdicts);
    findings = List.copyOf(findings);
    decisions = List.copyOf(decisions);
    notes = List.copyOf(notes);
    comments = List.copyOf(comments);
  }

  /**
   * A host and what stands of it.
   *
   * @param reason why its place is so; null where nothing was judged or it may not be seen
   */
  record Host(
      String id,
      PlaceState place,
      @Nullable Reason reason,
      @Nullable Instant judgedAt,
      boolean simulated) {}

  /**
   * A listed chip.
   *
   * @param signed what it signed last; null where it did not or it may not be seen
   */
  record Chip(FleetItem.Chip listed, @Nullable Signed signed) {}

  /** A board as it is now. */
  record Standing(Board board, boolean simulated) {}

  /**
   * A verdict when it changed.
   *
   * @param id of its row, by which its bundle is asked for
   * @param verdict the name of its value
   */
  record Changed(
      long id, String host, Instant at, String verdict, Reason reason, boolean simulated) {}

  /**
   * Something noticed of a host, chip or board of the site.
   *
   * @param kind of the subject: host, chip or board
   */
  record Found(
      long id, String kind, String subject, Instant at, Reason reason, boolean simulated) {}

  /** A decision by the index of its entry. */
  record Decided(long index, DecisionStatement said) {}

  /** A note by the index of its entry. */
  record Noted(long index, NoteStatement said) {}

  /** A comment by the index of its entry; its reason holds its words. */
  record Commented(long index, Reason reason) {}
}
