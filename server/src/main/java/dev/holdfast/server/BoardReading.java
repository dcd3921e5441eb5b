package dev.holdfast.server;

import dev.holdfast.attest.Board;
import dev.holdfast.base.CodedException;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.detect.ChipState.Told;
import dev.holdfast.detect.ChipTie;
import dev.holdfast.detect.HostState;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.replay.ChipAttestation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers what chips signed, what hosts told of them, and how boards stand. For many threads. */
final class BoardReading {
  private static final Orders BOARDS =
      Orders.byId("board.id")
          .orNow("grade", "board.rank", "board.site")
          .orNow("since", "board.since", "board.site");

  /** After how long a chip that says nothing while others of its board speak is called missing. */
  private static final Duration MISSING = Duration.ofMinutes(30);

  /** What stands for a host that the asker may not see. */
  private static final String HIDDEN = "-";

  private final Views views;
  private final Pager pager;

  BoardReading(Views views, Pager pager) {
    this.views = views;
    this.pager = pager;
  }

  /** The newest challenge, for evidence that is made now; nothing before the first tick. */
  Optional<JsonBody> challenge() {
    return views.read(handle ->
        handle
            .createQuery(
                "SELECT challenge, at, idx FROM tick WHERE challenge IS NOT NULL"
                    + " ORDER BY idx DESC LIMIT 1")
            .map((row, context) -> {
              Instant at = Instant.ofEpochMilli(row.getLong("at"));
              return new JsonBody()
                  .put("challenge", row.getString("challenge"))
                  .put("at", at)
                  .put("until", at.plus(ChipAttestation.FRESH))
                  .put("index", row.getLong("idx"));
            })
            .findOne());
  }

  /** Boards; an auditor sees those of sites whose present was disclosed. */
  Pager.Page boards(Asked asked) {
    Conditions where = new Conditions();
    asked.onlyNow(where, "board.site");
    asked.filter(where, "grade", "board.grade = :grade");
    asked.filter(where, "basis", "board.basis = :basis");
    asked.filter(where, "site", "board.site = :site");
    asked.filter(
        where,
        "chip",
        "board.id IN (SELECT board FROM board_member JOIN known_chip"
            + " ON board_member.chip = known_chip.id WHERE known_chip.chip = :chip)");
    asked.prefix(where, "q", "board.id", "board.host");
    return pager.page("board.*", "board", BOARDS, where, asked, (handle, row) -> summary(row));
  }

  private static JsonBody summary(ResultSet row) throws SQLException {
    return new JsonBody()
        .put("id", row.getString("id"))
        .put("basis", row.getString("basis"))
        .put("grade", row.getString("grade"))
        .put("since", Rows.time(row, "since"))
        .put("heard", Rows.time(row, "heard"))
        .put("chips", row.getLong("members"))
        .put("away", row.getLong("away"))
        .put("host", row.getString("host"))
        .put("site", row.getString("site"))
        .put("simulated", row.getBoolean("simulated"));
  }

  private record Found(Board board, JsonBody body) {}

  private static Found found(Handle handle, String id, Asked asked) {
    return handle
        .createQuery("SELECT * FROM board WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> new Found(StateJson.board(row.getString("state")), summary(row)))
        .findOne()
        .filter(found -> asked.maySeeNow((String) found.body().fields().get("site")))
        .orElseThrow(() -> Asked.notThere("board", id));
  }

  /** A board with its members, where each was since, and how its grade changed. */
  JsonBody board(String id, Asked asked) {
    return views.read(handle -> {
      Found found = found(handle, id, asked);
      Board board = shown(handle, found.board(), asked);
      List<Object> members = new ArrayList<>();
      for (Board.Member each : board.members().values()) {
        members.add(
            new JsonBody()
                .put("key", each.chip())
                .put("chip", ChipViews.rowOf(handle, each.chip()))
                .put("host", each.host())
                .put("first", each.first())
                .put("last", each.last())
                .put("onBoardUntil", each.onBoardUntil())
                .put("away", each.isAway())
                .put("awaySince", each.awaySince())
                .put("missing", each.last().isBefore(board.heard().minus(MISSING)))
                .put("marks", List.copyOf(each.marks()))
                .put("elsewhere", each.isAway() ? elsewhere(handle, board, each, asked) : List.of())
                .fields());
      }
      return found
          .body()
          .put("sentence", BoardSentences.grade(board, asked.catalogue()))
          .put("marks", List.copyOf(board.marks()))
          .put("members", members)
          .put("cases", asked.readsAll() ? SiteBadges.cases(handle, "board:" + id) : List.of())
          .put(
              "changes",
              board.changes().reversed().stream()
                  .map(each ->
                      new JsonBody()
                          .put("at", each.at())
                          .put("grade", each.grade().word())
                          .put("index", each.index())
                          .fields())
                  .toList());
    });
  }

  /** A board to be drawn, and whether anything of it came from a simulation. */
  record Drawn(Board board, boolean simulated) {}

  /** The same as a record, for whoever draws it. */
  Drawn drawn(String id, Asked asked) {
    return views.read(handle -> {
      Found found = found(handle, id, asked);
      return new Drawn(
          shown(handle, found.board(), asked),
          Boolean.TRUE.equals(found.body().fields().get("simulated")));
    });
  }

  /**
   * A board as the asker may see it: of a member that is in a host of a site whose present was not
   * disclosed, only until when it was on this board.
   */
  static Board shown(Handle handle, Board board, Asked asked) {
    if (asked.readsAll()) {
      return board;
    }
    TreeMap<String, Board.Member> members = new TreeMap<>();
    for (Board.Member each : board.members().values()) {
      TreeSet<String> here = new TreeSet<>(each.marks());
      here.retainAll(board.marks());
      members.put(
          each.chip(),
          maySee(handle, each.host(), asked)
              ? each
              : new Board.Member(
                  each.chip(),
                  each.first(),
                  each.last(),
                  HIDDEN,
                  here,
                  each.onBoardUntil(),
                  each.awaySince()));
    }
    return new Board(board.id(), board.basis(), board.marks(), members, board.changes());
  }

  static boolean maySee(Handle handle, String host, Asked asked) {
    return asked.readsAll()
        || handle
            .createQuery("SELECT site FROM host WHERE id = ? AND site IS NOT NULL")
            .bind(0, host)
            .mapTo(String.class)
            .findOne()
            .filter(asked::maySeeNow)
            .isPresent();
  }

  /** The other boards whose marks a chip names now. */
  private static List<String> elsewhere(
      Handle handle, Board board, Board.Member member, Asked asked) {
    if (member.marks().isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            "SELECT DISTINCT board, board.site FROM board_mark JOIN board ON board.id = board"
                + " WHERE board_mark.basis = :basis AND board <> :board"
                + " AND mark IN (<marks>) ORDER BY board LIMIT 8")
        .bind("basis", board.basis().word())
        .bind("board", board.id())
        .bindList("marks", List.copyOf(member.marks()))
        .map((row, context) ->
            asked.maySeeNow(row.getString("site"))
                ? Optional.of(row.getString("board"))
                : Optional.<String>empty())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * What this server makes of a chip, as an attestation result (EAR as JWT).
   *
   * @throws CodedException NOT_THERE where the chip is not there for the asker, or never signed;
   *     BAD_PARAMETER where the nonce is none
   */
  String result(String chip, ChipResults results, Asked asked) {
    return views.read(handle ->
        handle
            .createQuery("SELECT coalesce(site, '') FROM chip WHERE id = ?")
            .bind(0, chip)
            .mapTo(String.class)
            .findOne()
            .filter(site -> asked.maySeeNow(site.isEmpty() ? null : site))
            .flatMap(site -> results.of(handle, chip, nonce(asked), asked.now()))
            .orElseThrow(() -> Asked.notThere("result", chip)));
  }

  private static @Nullable String nonce(Asked asked) {
    String nonce = asked.text("nonce");
    if (nonce != null && (nonce.length() < 8 || nonce.length() > 88)) {
      throw Asked.bad("nonce", "it is 8 to 88 characters long");
    }
    return nonce;
  }

  /**
   * What is known of the chips that are a listed one by names that they signed: usually one, or
   * none.
   */
  static List<ChipState> known(Handle handle, String chip) {
    return handle
        .createQuery(
            "SELECT state FROM known_chip WHERE chip = ? AND link = 'signed' ORDER BY id LIMIT 16")
        .bind(0, chip)
        .mapTo(String.class)
        .map(StateJson::chip)
        .list();
  }

  /**
   * The identity of a listed chip that signed for the newest key of a host within the window;
   * nothing where none did, or where what the host's rounds told has run out.
   */
  static Optional<ChipState> tied(Handle handle, String chip, HostState host, Duration window) {
    return host.place() == PlaceState.SILENT
        ? Optional.empty()
        : known(handle, chip).stream()
            .filter(each -> ChipTie.of(each, host, window).isPresent())
            .findFirst();
  }

  /**
   * The identities of a listed chip, each with its boards: first those by names that they signed,
   * then those by names that a host told. Nothing where the asker may not see what stands now.
   */
  static List<Map<String, @Nullable Object>> identities(
      Handle handle, String chip, @Nullable String site, Asked asked) {
    return asked.maySeeNow(site)
        ? handle
            .createQuery(
                "SELECT state, link FROM known_chip WHERE chip = ? ORDER BY link DESC, id LIMIT 16")
            .bind(0, chip)
            .map((row, context) ->
                identity(
                        handle,
                        StateJson.chip(row.getString("state")),
                        row.getString("link"),
                        asked)
                    .fields())
            .list()
        : List.of();
  }

  private static JsonBody identity(Handle handle, ChipState chip, String link, Asked asked) {
    @Nullable Signed signed = chip.signed();
    @Nullable Told told = chip.told();
    List<Object> aliases = new ArrayList<>();
    for (Alias each : chip.aliases()) {
      aliases.add(
          new JsonBody()
              .put("kind", each.kind().word())
              .put("value", each.value())
              .put("strength", each.kind().strength().word())
              .fields());
    }
    return new JsonBody()
        .put("key", chip.id())
        .put("link", link)
        .put("model", chip.model())
        .put("aliases", aliases)
        .put(
            "signed",
            signed != null && maySee(handle, signed.host(), asked) ? signed(signed) : null)
        .put("told", told != null && maySee(handle, told.host(), asked) ? told(told) : null)
        .put("simulated", chip.simulated())
        .put(
            "boards",
            handle
                .createQuery(
                    "SELECT board.* FROM board JOIN board_member ON board.id = board_member.board"
                        + " WHERE board_member.chip = ? ORDER BY board.basis DESC, board.id")
                .bind(0, chip.id())
                .map((row, context) -> summary(row))
                .stream()
                .filter(board -> asked.maySeeNow((String) board.fields().get("site")))
                .map(JsonBody::fields)
                .toList());
  }

  private static Map<String, @Nullable Object> signed(Signed signed) {
    return new JsonBody()
        .put("host", signed.host())
        .put("key", signed.key())
        .put("root", signed.root())
        .put("at", signed.at())
        .put("index", signed.index())
        .put("fresh", signed.fresh())
        .put("adjacency", signed.adjacency())
        .put("signingMillis", signed.took())
        .put("revocationsAt", signed.revocationsAt())
        .put("relay", "not-excluded")
        .fields();
  }

  private static Map<String, @Nullable Object> told(Told told) {
    Inventory.@Nullable Meter meter = told.meter();
    return new JsonBody()
        .put("host", told.host())
        .put("at", told.at())
        .put("index", told.index())
        .put("source", told.source())
        .put("watts", meter == null ? null : meter.watts())
        .put("millijoules", meter == null ? null : meter.millijoules())
        .fields();
  }
}
