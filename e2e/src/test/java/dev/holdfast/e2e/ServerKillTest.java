package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.EntryBundle;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.store.ServerClient;
import dev.holdfast.trust.store.StatementAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed again and again while a fleet speaks to it, and started again on the same
 * folder: what it acknowledged is in the ledger and in the views, and the views are what the ledger
 * makes of them.
 */
@Timeout(1800)
final class ServerKillTest {
  private static final int KILLS = Counts.thorough() ? 50 : 3;
  private static final int LONGEST_LIFE_MS = 700;

  @TempDir private Path temporary = Path.of("");
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Map<String, Envelope> said = new HashMap<>();

  private Path data() {
    return temporary.resolve("server");
  }

  @Test
  void what_was_acknowledged_survives_kills_and_the_views_follow_from_the_ledger()
      throws Exception {
    Instant now = Instant.now();
    SimulatedFleet fleet = Said.fleet(64, now);
    // So that no round is too old to count, and none is from the future.
    Deque<Said> cycles =
        new ArrayDeque<>(Said.honest(fleet, now.minus(Duration.ofMinutes(8)), KILLS + 2));
    Said split = cycles.removeFirst();
    try (ServerProcess server = ServerProcess.start(data());
        ServerClient client = server.client()) {
      client.declare(fleet.declaration());
      split.transcripts().forEach(client::keep);
      say(client, split.rounds());
      server.kill();
    }
    Said unfinished = killed(cycles, split);
    try (ServerProcess server = ServerProcess.start(data());
        ServerClient client = server.client()) {
      say(client, unfinished);
      say(client, cycles.removeFirst());
      assertThat(server.stop()).isZero();
    }
    requireKept();
    assertThat(rows(data(), "SELECT count(*) FROM delay").getFirst())
        .as("the rounds of every cycle count, those too that hosts signed for after a restart")
        .isEqualTo(String.valueOf(split.transcripts().size() * (KILLS + 2L)));
    assertThat(rows(data(), "SELECT DISTINCT place FROM host WHERE judged IS NOT NULL"))
        .as("whatever was lost on the way, nobody honest is accused")
        .isNotEmpty()
        .isSubsetOf("PROVED", "UNPROVEN");
    requireSameViews();
  }

  /**
   * Servers that live for moments that a seed chooses, each spoken to until it dies. What one did
   * not hear to its end is said to the next again.
   *
   * @param split a cycle of which the hosts have not spoken yet
   * @return what the last did not hear
   */
  private Said killed(Deque<Said> cycles, Said split) throws Exception {
    SplittableRandom random = new SplittableRandom(91);
    Said unfinished = new Said(Map.of(), List.of(split.countersignatures()));
    for (int kill = 0; kill < KILLS; kill++) {
      try (ServerProcess server = ServerProcess.start(data());
          ServerClient client = server.client()) {
        say(client, unfinished);
        unfinished = cycles.removeFirst();
        Thread killer = killer(server, random.nextInt(LONGEST_LIFE_MS));
        try {
          say(client, unfinished);
        } catch (CodedException e) {
          assertThat(e.problem().code()).isEqualTo(ErrorCode.PEER_UNREACHABLE);
        }
        killer.join();
      }
    }
    return unfinished;
  }

  private static Thread killer(ServerProcess server, int after) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            TimeUnit.MILLISECONDS.sleep(after);
            server.kill();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void say(ServerClient client, Said cycle) {
    cycle.transcripts().forEach(client::keep);
    cycle.said().forEach(each -> say(client, each));
  }

  private void say(ServerClient client, List<Envelope> statements) {
    List<StatementAnswer> answers = client.state(statements);
    for (int i = 0; i < answers.size(); i++) {
      Envelope statement = statements.get(i);
      String hash = statement.statementHash().hex();
      said.put(hash, statement);
      assertThat(answers.get(i)).isInstanceOf(StatementAnswer.Taken.class);
      long index = ((StatementAnswer.Taken) answers.get(i)).index();
      Long before = acknowledged.put(hash, index);
      assertThat(before).as("its index, where it was acknowledged before").isIn(null, index);
    }
  }

  private void requireKept() throws IOException, SQLException {
    LogFolder log = LogFolder.at(data().resolve("log"));
    long size = log.signedCheckpoint().checkpoint().size();
    List<byte[]> entries = new ArrayList<>();
    for (long bundle = 0; bundle * TileId.FULL < size; bundle++) {
      int width = (int) Math.min(TileId.FULL, size - bundle * TileId.FULL);
      entries.addAll(
          EntryBundle.entries(log.tileOrCut(TileId.bundle(bundle, width)).orElseThrow(), width));
    }
    Map<String, Long> viewed = new HashMap<>();
    for (String row : rows(data(), "SELECT hash, idx FROM statement")) {
      String[] words = row.split("\\|", 2);
      viewed.put(words[0], Long.parseLong(words[1]));
    }
    assertThat(acknowledged).hasSizeGreaterThan(20 * KILLS);
    for (Map.Entry<String, Long> one : acknowledged.entrySet()) {
      assertThat(entries.get(one.getValue().intValue()))
          .as("entry " + one.getValue())
          .isEqualTo(envelope(one.getKey()).octets());
    }
    assertThat(viewed).containsAllEntriesOf(acknowledged);
    assertThat(viewed).as("every entry is in the views").hasSize((int) size);
  }

  private Envelope envelope(String hash) {
    Envelope envelope = said.get(hash);
    assertThat(envelope).isNotNull();
    return envelope;
  }

  private void requireSameViews() throws Exception {
    Path copy = temporary.resolve("copy");
    try (var all = Files.walk(data())) {
      for (Path each : all.toList()) {
        Files.copy(each, copy.resolve(data().relativize(each).toString()));
      }
    }
    assertThat(ServerProcess.rebuild(copy)).contains("entries");
    List<String> tables =
        rows(
            data(),
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                + " AND name <> 'flyway_schema_history' ORDER BY name");
    assertThat(tables).contains("host", "verdict", "event", "delay", "statement", "meta");
    for (String table : tables) {
      assertThat(rows(copy, "SELECT * FROM " + table))
          .as(table)
          .containsExactlyInAnyOrderElementsOf(rows(data(), "SELECT * FROM " + table));
    }
  }

  /** Rows of the views of a server that does not run, columns between bars. */
  private static List<String> rows(Path data, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("views.db"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
