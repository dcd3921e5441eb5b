package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.HostState;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Subject;
import dev.holdfast.replay.BundleMaker;
import dev.holdfast.replay.BundleQuestion;
import dev.holdfast.replay.BundleSettings;
import dev.holdfast.replay.EvidenceTrust;
import dev.holdfast.replay.GroupedMaps;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Makes the bundles of verdicts out of the ledger. */
final class Bundles {
  private final Views views;
  private final LogFolder log;
  private final Function<Sha256, Optional<byte[]>> blobs;
  private final StatementKey ownKey;
  private final GroupedMaps maps;
  private final BundleSettings settings;

  Bundles(
      Views views,
      LogFolder log,
      Function<Sha256, Optional<byte[]>> blobs,
      StatementKey ownKey,
      NaturalEarth earth,
      Atlas atlas,
      Settings settings) {
    this.views = views;
    this.log = log;
    this.blobs = blobs;
    this.ownKey = ownKey;
    this.maps = new GroupedMaps(earth);
    this.settings = BundleSettings.of(settings, atlas);
  }

  /**
   * The bundle of a verdict.
   *
   * @throws CodedException NOT_THERE
   */
  byte[] of(long verdict, Asked asked) throws IOException {
    HostState state = views.read(handle -> state(handle, verdict, asked));
    String key = state.ofNewestKey().getLast().round().key();
    return make(state, Subject.Kind.KEY, key, Set.of(), log.signedCheckpoint()).octets();
  }

  /** The bundle of what stands of the newest key of a host that was measured. */
  VerdictBundle ofKey(HostState state, SignedCheckpoint checkpoint) throws IOException {
    String key = state.ofNewestKey().getLast().round().key();
    return make(state, Subject.Kind.KEY, key, Set.of(), checkpoint);
  }

  /** The maps that places are judged on. */
  GroupedMaps maps() {
    return maps;
  }

  /** How places are judged. */
  BundleSettings settings() {
    return settings;
  }

  /** A chip's signature for the key of its host, as the views know them. */
  private record Tied(String chip, HostState state, long evidence) {}

  /**
   * The bundle of what stands of a chip, by its own signature.
   *
   * @param id of the listed chip
   * @throws CodedException NOT_THERE where it did not sign for its host's key within the window;
   *     NOT_PUBLISHED where no tick stands behind its signature yet
   */
  byte[] ofChip(String id, Asked asked) throws IOException {
    SignedCheckpoint checkpoint = log.signedCheckpoint();
    Tied tied = views.read(handle -> tied(handle, id, asked));
    long evidence = tied.evidence();
    byte[] challenge = challenge(entry(evidence, checkpoint));
    Set<Long> shown =
        views.read(handle -> {
          ChipViews chips = new ChipViews(handle);
          return Set.of(
              chips
                  .madePublic(challenge)
                  .orElseThrow(() -> Asked.notThere("signature of chip", id)),
              evidence,
              chips
                  .tickBehind(evidence)
                  .orElseThrow(() -> notPublished("the tick behind entry " + evidence)));
        });
    return make(tied.state(), Subject.Kind.CHIP, tied.chip(), shown, checkpoint).octets();
  }

  private Tied tied(Handle handle, String id, Asked asked) {
    String host =
        handle
            .createQuery("SELECT host, site FROM chip WHERE id = ? AND host IS NOT NULL")
            .bind(0, id)
            .map((row, context) ->
                asked.maySeeNow(row.getString("site"))
                    ? Optional.of(row.getString("host"))
                    : Optional.<String>empty())
            .findOne()
            .flatMap(found -> found)
            .orElseThrow(() -> Asked.notThere("chip", id));
    HostState state = Rows.state(handle, host);
    ChipState chip =
        BoardReading.tied(handle, id, state, settings.settings().window())
            .orElseThrow(() -> Asked.notThere("signature of chip", id));
    return new Tied(chip.id(), state, requireNonNull(chip.signed()).index());
  }

  private static byte[] challenge(byte[] octets) {
    Envelope envelope = Envelope.parse(octets, "entry");
    HostWord word =
        HostWord.read(
            envelope,
            Statement.parse(envelope.payload(), "entry"),
            "entry",
            new CertificateMemory(new CertificateVerifier(List.of(), Map.of())));
    return ((HostWord.Evidence) word).challenge();
  }

  private VerdictBundle make(
      HostState state, Subject.Kind kind, String id, Set<Long> more, SignedCheckpoint checkpoint)
      throws IOException {
    TreeSet<Long> indexes = new TreeSet<>(more);
    for (HostState.Kept kept : state.ofNewestKey()) {
      if (indexes.add(kept.index())) {
        Statement statement =
            Statement.parse(
                Envelope.parse(entry(kept.index(), checkpoint), "entry").payload(), "entry");
        List<String> transcripts = Transcripts.of(statement);
        indexes.addAll(views.read(handle -> mentioning(handle, transcripts)));
      }
    }
    SortedMap<Long, byte[]> entries = new TreeMap<>();
    for (long index : indexes) {
      entries.put(index, entry(index, checkpoint));
    }
    String key = state.ofNewestKey().getLast().round().key();
    BundleQuestion question =
        new BundleQuestion(kind, id, state.host(), key, state.claims(), settings);
    EvidenceTrust own = views.read(this::trust);
    return new BundleMaker(maps, own).make(question, entries, blobs, log, checkpoint);
  }

  /** Whom this server believes: who was declared to it, and its own ticks. */
  EvidenceTrust trust(Handle handle) {
    return new EvidenceTrust(
        Rows.verifier(handle), Set.of(), List.of(ownKey), new ChipViews(handle).verifier());
  }

  private static HostState state(Handle handle, long verdict, Asked asked) {
    return handle
        .createQuery("SELECT state, site, at FROM verdict WHERE id = ?")
        .bind(0, verdict)
        .map((row, context) -> {
          Instant at = Instant.ofEpochMilli(row.getLong("at"));
          return asked.maySee(row.getString("site"), at, at)
              ? Optional.of(StateJson.state(row.getString("state")))
              : Optional.<HostState>empty();
        })
        .findOne()
        .flatMap(found -> found)
        .filter(found -> !found.rounds().isEmpty())
        .orElseThrow(() -> Asked.notThere("verdict", String.valueOf(verdict)));
  }

  /** The entries that speak of transcripts. */
  static List<Long> mentioning(Handle handle, List<String> transcripts) {
    if (transcripts.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT DISTINCT idx FROM mention WHERE transcript IN (<transcripts>)")
        .bindList("transcripts", transcripts)
        .mapTo(Long.class)
        .list();
  }

  private byte[] entry(long index, SignedCheckpoint checkpoint) throws IOException {
    long size = checkpoint.checkpoint().size();
    if (index >= size) {
      throw notPublished("entry " + index);
    }
    return LedgerKeeper.bundle(log, index / TileId.FULL, size).get((int) (index % TileId.FULL));
  }

  private static CodedException notPublished(String what) {
    return new CodedException(
        Problem.of(ErrorCode.NOT_PUBLISHED, what + " is published in a moment"));
  }
}
