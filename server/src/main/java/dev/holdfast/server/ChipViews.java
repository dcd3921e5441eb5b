package dev.holdfast.server;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Board.Basis;
import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.detect.ChipFold;
import dev.holdfast.detect.ChipState;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What the views keep of chips and boards, written in a transaction of its caller's. For one
 * thread.
 */
final class ChipViews implements ChipFold.Known {
  private final Handle handle;

  ChipViews(Handle handle) {
    this.handle = handle;
  }

  // ---- challenges and whom to believe

  void challenge(long tick, String challenge) {
    handle.execute("UPDATE tick SET challenge = ? WHERE idx = ?", challenge, tick);
  }

  /** When a challenge was made public; nothing where none of the last half hour is it. */
  @Nullable Instant issuedAt(byte[] challenge) {
    return handle
        .createQuery("SELECT min(at) FROM tick WHERE challenge = ?")
        .bind(0, HexFormat.of().formatHex(challenge))
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  /** The first tick of the last half hour with a challenge. */
  Optional<Long> madePublic(byte[] challenge) {
    return handle
        .createQuery("SELECT min(idx) FROM tick WHERE challenge = ?")
        .bind(0, HexFormat.of().formatHex(challenge))
        .mapTo(Long.class)
        .findOne();
  }

  /** The first tick behind an entry of the last half hour. */
  Optional<Long> tickBehind(long index) {
    return handle
        .createQuery("SELECT min(idx) FROM tick WHERE idx > ?")
        .bind(0, index)
        .mapTo(Long.class)
        .findOne();
  }

  void root(byte[] pem, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO device_root VALUES (?, ?, ?)", Sha256.of(pem).hex(), pem, index);
  }

  void revocations(byte[] der, long index) {
    handle.execute(
        "INSERT OR IGNORE INTO device_revocation VALUES (?, ?, ?)",
        Sha256.of(der).hex(),
        der,
        index);
  }

  /** Who checks evidence: by NVIDIA's root and those that were declared, and by all lists. */
  EvidenceVerifier verifier() {
    DeviceRoots roots = DeviceRoots.ofNvidia();
    for (byte[] pem :
        handle.createQuery("SELECT pem FROM device_root ORDER BY ord").mapTo(byte[].class).list()) {
      roots = roots.and(DeviceRoots.parse(pem, "views"));
    }
    DeviceRevocations lists = DeviceRevocations.NONE;
    for (byte[] der :
        handle
            .createQuery("SELECT der FROM device_revocation ORDER BY ord")
            .mapTo(byte[].class)
            .list()) {
      lists = lists.and(DeviceRevocations.parse(der, "views"));
    }
    return new EvidenceVerifier(roots, lists);
  }

  // ---- what is known

  /** The listed chip that a keyed one is taken for; null where it is none, as a switch. */
  static @Nullable String rowOf(Handle handle, String key) {
    return handle
        .createQuery("SELECT chip FROM known_chip WHERE id = ? AND chip <> ''")
        .bind(0, key)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  @Nullable String rowOf(String key) {
    return rowOf(handle, key);
  }

  @Override
  public Optional<ChipState> chip(String id) {
    return handle
        .createQuery("SELECT state FROM known_chip WHERE id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .findOne()
        .map(StateJson::chip);
  }

  @Override
  public SortedSet<String> holders(Alias alias) {
    return new TreeSet<>(
        handle
            .createQuery("SELECT chip FROM known_alias WHERE kind = ? AND value = ?")
            .bind(0, alias.kind().word())
            .bind(1, alias.value())
            .mapTo(String.class)
            .list());
  }

  @Override
  public Collection<Board> boards(Basis basis, Set<String> chips, Set<String> marks) {
    return handle
        .createQuery(
            "SELECT state FROM board WHERE id IN (SELECT board FROM board_member"
                + " WHERE basis = :basis AND chip IN (<chips>) UNION SELECT board FROM board_mark"
                + " WHERE basis = :basis AND mark IN (<marks>)) ORDER BY id")
        .bind("basis", basis.word())
        .bindList("chips", List.copyOf(chips))
        .bindList("marks", List.copyOf(marks))
        .mapTo(String.class)
        .map(StateJson::board)
        .list();
  }

  // ---- what follows

  /** Keeps what a step made. */
  void keep(ChipFold.Step step, boolean simulated, ViewWriter views) {
    for (ChipState chip : step.chips()) {
      keep(chip, views);
    }
    for (Board board : step.boards()) {
      keep(board, simulated, views);
    }
  }

  private void keep(ChipState chip, ViewWriter views) {
    PreparedBatch aliases =
        handle.prepareBatch("INSERT OR IGNORE INTO known_alias VALUES (?, ?, ?)");
    chip.aliases().forEach(each -> aliases.add(each.kind().word(), each.value(), chip.id()));
    if (!chip.aliases().isEmpty()) {
      aliases.execute();
    }
    ChipState.@Nullable Signed fresh =
        chip.signed() != null && chip.signed().fresh() ? chip.signed() : null;
    ListedChips.Taken taken =
        chip.isSwitch()
            ? new ListedChips.Taken("", Alias.Strength.SIGNED)
            : views.listed().taken(chip);
    handle.execute(
        "INSERT INTO known_chip (id, chip, link, state, signed, host, key)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " chip = excluded.chip, link = excluded.link, state = excluded.state,"
            + " signed = excluded.signed, host = excluded.host, key = excluded.key",
        chip.id(),
        taken.chip(),
        taken.link().word(),
        StateJson.of(chip),
        fresh == null ? null : fresh.at().toEpochMilli(),
        fresh == null ? null : fresh.host(),
        fresh == null ? null : fresh.key());
  }

  private void keep(Board board, boolean simulated, ViewWriter views) {
    PreparedBatch marks = handle.prepareBatch("INSERT OR IGNORE INTO board_mark VALUES (?, ?, ?)");
    board.marks().forEach(mark -> marks.add(mark, board.basis().word(), board.id()));
    marks.execute();
    PreparedBatch members =
        handle.prepareBatch("INSERT OR IGNORE INTO board_member VALUES (?, ?, ?)");
    board.members().keySet().forEach(chip -> members.add(chip, board.basis().word(), board.id()));
    members.execute();
    String host = home(board);
    handle.execute(
        "INSERT INTO board (id, basis, grade, since, heard, members, away, host, site, simulated,"
            + " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " grade = excluded.grade, since = excluded.since, heard = excluded.heard,"
            + " members = excluded.members, away = excluded.away, host = excluded.host,"
            + " site = excluded.site, simulated = board.simulated OR excluded.simulated,"
            + " state = excluded.state",
        board.id(),
        board.basis().word(),
        board.grade().word(),
        board.since().toEpochMilli(),
        board.heard().toEpochMilli(),
        board.members().size(),
        board.away(),
        host,
        views.siteOf(host),
        simulated,
        StateJson.of(board));
  }

  /** The host of the members that are on the board; of all where none is. */
  private static String home(Board board) {
    return board.members().values().stream()
        .min(
            Comparator.comparing(Board.Member::isAway)
                .thenComparing(Board.Member::last, Comparator.reverseOrder())
                .thenComparing(Board.Member::chip))
        .orElseThrow()
        .host();
  }

  void inventory(Inventoried said, long index) {
    handle.execute(
        "INSERT INTO inventory VALUES (?, ?, ?, ?, ?) ON CONFLICT (host, source) DO UPDATE SET"
            + " at = excluded.at, idx = excluded.idx, said = excluded.said"
            + " WHERE excluded.at >= inventory.at",
        said.host().value(),
        said.inventory().source().word(),
        said.at().toEpochMilli(),
        index,
        new String(
            CanonicalJson.octets(InventoryJson.write(said.inventory())), StandardCharsets.UTF_8));
  }
}
