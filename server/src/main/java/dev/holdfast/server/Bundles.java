package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.HostState;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Subject;
import dev.holdfast.replay.BundleMaker;
import dev.holdfast.replay.BundleQuestion;
import dev.holdfast.replay.BundleSettings;
import dev.holdfast.replay.GroupedMaps;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Makes the bundles of verdicts out of the ledger. */
final class Bundles {
  private final Views views;
  private final LogFolder log;
  private final Function<Sha256, Optional<byte[]>> blobs;
  private final Supplier<CertificateVerifier> certificates;
  private final GroupedMaps maps;
  private final BundleSettings settings;

  Bundles(
      Views views,
      LogFolder log,
      Function<Sha256, Optional<byte[]>> blobs,
      Supplier<CertificateVerifier> certificates,
      NaturalEarth earth,
      Atlas atlas,
      Settings settings) {
    this.views = views;
    this.log = log;
    this.blobs = blobs;
    this.certificates = certificates;
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
    SignedCheckpoint checkpoint = log.signedCheckpoint();
    TreeSet<Long> indexes = new TreeSet<>();
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
    List<Claim> claims = state.claims();
    String key = state.ofNewestKey().getLast().round().key();
    VerdictBundle bundle =
        new BundleMaker(maps, certificates.get())
            .make(
                new BundleQuestion(Subject.Kind.KEY, key, state.host(), key, claims, settings),
                entries,
                blobs,
                log,
                checkpoint);
    return bundle.octets();
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

  private static List<Long> mentioning(Handle handle, List<String> transcripts) {
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
      throw new CodedException(
          Problem.of(ErrorCode.NOT_PUBLISHED, "entry " + index + " is published in a moment"));
    }
    return LedgerKeeper.bundle(log, index / TileId.FULL, size).get((int) (index % TileId.FULL));
  }
}
