package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.probe.RoundWord;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.Tick;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the entries that a dossier holds, each with what it needs to be understood: rounds with
 * their countersignatures and transcripts, what chips signed with the ticks around. For one thread.
 */
final class DossierEntries {
  private static final int MOST_ENTRIES = 4_000;
  private static final int MOST_OCTETS = 12 << 20;

  /** How far before an entry its tick is looked for. */
  private static final int MOST_BACK = 4_096;

  private static final int MOST_TILES = 64;

  private final LogFolder log;
  private final long size;
  private final Set<String> hosts;
  private final Function<List<String>, List<Long>> mentioning;
  private final Function<Sha256, Optional<byte[]>> blobs;
  private final SortedMap<Long, byte[]> entries = new TreeMap<>();
  private final SortedMap<String, byte[]> shown = new TreeMap<>();
  private final Map<Long, List<byte[]>> tiles = new HashMap<>();
  private final Map<Long, Optional<Tick>> ticks = new HashMap<>();
  private long octets;
  private long leftOut;

  /**
   * Gathers from a log of a size.
   *
   * @param hosts whose rounds are of interest
   * @param mentioning answers which entries speak of transcripts
   */
  DossierEntries(
      LogFolder log,
      long size,
      Collection<String> hosts,
      Function<List<String>, List<Long>> mentioning,
      Function<Sha256, Optional<byte[]>> blobs) {
    this.log = log;
    this.size = size;
    this.hosts = Set.copyOf(hosts);
    this.mentioning = mentioning;
    this.blobs = blobs;
  }

  /** What was gathered, in the order of the log. */
  SortedMap<Long, byte[]> entries() {
    return entries;
  }

  /** The transcripts that it needs, by their hashes. */
  SortedMap<String, byte[]> blobs() {
    return shown;
  }

  /** How many entries there was no room for. */
  long leftOut() {
    return leftOut;
  }

  /**
   * Takes entries in with all that they need, or none of it where there is no room.
   *
   * @throws CodedException NOT_PUBLISHED where one is not in the tree yet
   */
  void add(Collection<Long> wanted) throws IOException {
    SortedMap<Long, byte[]> more = new TreeMap<>();
    SortedMap<String, byte[]> transcripts = new TreeMap<>();
    Deque<Long> open = new ArrayDeque<>(wanted);
    Set<Long> seen = new HashSet<>(entries.keySet());
    while (!open.isEmpty()) {
      long index = open.remove();
      if (seen.add(index)) {
        byte[] entry = entry(index);
        more.put(index, entry);
        open.addAll(needs(index, entry, transcripts));
      }
    }
    transcripts.keySet().removeAll(shown.keySet());
    long weight =
        more.values().stream().mapToLong(each -> each.length).sum()
            + transcripts.values().stream().mapToLong(each -> each.length).sum();
    if (octets + weight > MOST_OCTETS || entries.size() + more.size() > MOST_ENTRIES) {
      leftOut += more.size();
      return;
    }
    octets += weight;
    entries.putAll(more);
    shown.putAll(transcripts);
  }

  private List<Long> needs(long index, byte[] entry, SortedMap<String, byte[]> transcripts)
      throws IOException {
    Envelope envelope = Envelope.parse(entry, "entry " + index);
    Statement statement = Statement.parse(envelope.payload(), "entry " + index);
    if (RoundWord.isIn(statement)) {
      List<String> named = transcripts(statement);
      for (String each : named) {
        blobs.apply(new Sha256(each)).ifPresent(octets -> transcripts.put(each, octets));
      }
      return named.isEmpty() ? List.of() : mentioning.apply(named);
    }
    return statement.type().equals(HostWord.Evidence.TYPE)
        ? ticksBefore(index, challenge(statement))
        : List.of();
  }

  /** The transcripts of rounds with hosts of interest; of a host's own word, all. */
  private List<String> transcripts(Statement statement) {
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))
        || !(object.get("rounds").orElse(null) instanceof ArrayNode(List<JsonTree> rounds))) {
      return List.of();
    }
    List<String> named = Transcripts.of(statement);
    if (named.size() != rounds.size()) {
      return named;
    }
    List<String> some = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      String host = text(rounds.get(i), "host");
      if (host == null || hosts.contains(host)) {
        some.add(named.get(i));
      }
    }
    return some;
  }

  private static @Nullable String text(JsonTree tree, String name) {
    return tree instanceof ObjectNode object
            && object.get(name).orElse(null) instanceof TextNode text
        ? text.value()
        : null;
  }

  private static String challenge(Statement statement) {
    return statement.content() instanceof Content.Inline(ObjectNode object)
            && object.get("challenge").orElse(null) instanceof TextNode text
        ? text.value()
        : "";
  }

  /** The newest tick before an entry, and the first before it with a challenge. */
  private List<Long> ticksBefore(long index, String challenge) throws IOException {
    List<Long> found = new ArrayList<>();
    for (long at = index - 1; at >= 0 && at > index - MOST_BACK; at--) {
      Optional<Tick> tick = tick(at);
      if (tick.isPresent()) {
        boolean named = tick.get().challenge().filter(challenge::equals).isPresent();
        if (found.isEmpty() || named) {
          found.add(at);
        }
        if (named) {
          return found;
        }
      }
    }
    return found;
  }

  private Optional<Tick> tick(long index) throws IOException {
    Optional<Tick> known = ticks.get(index);
    if (known == null) {
      String name = "entry " + index;
      Statement statement = Statement.parse(Envelope.parse(entry(index), name).payload(), name);
      known =
          statement.type().equals(Tick.TYPE)
              ? Optional.of(Tick.read(statement, name))
              : Optional.empty();
      ticks.put(index, known);
    }
    return known;
  }

  private byte[] entry(long index) throws IOException {
    if (index >= size) {
      throw new CodedException(
          Problem.of(ErrorCode.NOT_PUBLISHED, "entry " + index + " is published in a moment"));
    }
    long number = index / TileId.FULL;
    List<byte[]> tile = tiles.get(number);
    if (tile == null) {
      if (tiles.size() >= MOST_TILES) {
        tiles.clear();
      }
      tile = LedgerKeeper.bundle(log, number, size);
      tiles.put(number, tile);
    }
    return tile.get((int) (index % TileId.FULL));
  }
}
