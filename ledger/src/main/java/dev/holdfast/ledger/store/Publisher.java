package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.Note;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns staged entries into tiles and a signed checkpoint, one step after the other.
 *
 * <p>Steps: read the staged entries back; compute the tree; bind the log to it by compare-and-swap
 * of the head; write and force the tiles; read them back and hash them; sign; ask the witnesses;
 * publish the checkpoint; give the journal's room back. Nothing is signed before all of it is
 * durable, and the head is ahead of the checkpoint only while a batch is unfinished.
 *
 * <p>Belongs to one thread, but for {@link #size}, {@link #checkpoint} and {@link #troubles}.
 */
final class Publisher implements AutoCloseable {
  private final LogLayout layout;
  private final Disk disk;
  private final List<CheckpointSigner> signers;
  private final InstantSource clock;
  private final int largestPublication;
  private final WholeFiles files;
  private final HeadFile headFile;
  private final Workers workers;
  private final TileStore tiles;
  private final @Nullable CosignatureCollector collector;
  private TreeGrower grower;
  private Checkpoint head;
  private volatile @Nullable SignedCheckpoint published;
  private volatile long size;

  private Publisher(
      Disk disk,
      LogLayout layout,
      List<CheckpointSigner> signers,
      Witnesses witnesses,
      LogSettings settings,
      InstantSource clock)
      throws IOException {
    this.disk = disk;
    this.layout = layout;
    this.signers = List.copyOf(signers);
    this.clock = clock;
    this.largestPublication = settings.largestPublication();
    this.files = new WholeFiles(disk, layout.temporary());
    this.headFile = new HeadFile(disk, layout, files);
    this.workers = new Workers(settings.syncThreads());
    this.tiles = new TileStore(disk, layout, files, workers);
    this.collector =
        witnesses
            .policy()
            .map(policy ->
                new CosignatureCollector(
                    policy,
                    witnesses.clients(),
                    new DiskTiles(disk, layout),
                    settings.witnessPatience()))
            .orElse(null);
    this.head =
        headFile
            .read()
            .orElseThrow(() ->
                new CodedException(
                    Problem.in(
                        layout.root().toString(),
                        ErrorCode.NOT_A_LOG,
                        "this folder holds no log")));
    this.grower = new TreeGrower();
  }

  static Publisher open(
      Disk disk,
      LogLayout layout,
      List<CheckpointSigner> signers,
      Witnesses witnesses,
      LogSettings settings,
      InstantSource clock)
      throws IOException {
    Publisher publisher = new Publisher(disk, layout, signers, witnesses, settings, clock);
    try {
      publisher.requireOwnKeys();
      publisher.files.clean();
      publisher.loadPublished();
      return publisher;
    } catch (IOException | RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  private void requireOwnKeys() {
    if (signers.isEmpty()) {
      throw new IllegalArgumentException("a log needs a key");
    }
    for (CheckpointSigner signer : signers) {
      if (!signer.key().name().equals(head.origin())) {
        throw new CodedException(
            Problem.in(
                layout.root().toString(),
                ErrorCode.KEY_MISMATCH,
                "the key is of "
                    + Problem.quote(signer.key().name())
                    + ", the log is "
                    + Problem.quote(head.origin())));
      }
    }
  }

  private void loadPublished() throws IOException {
    byte[] octets = disk.read(layout.checkpoint()).orElse(null);
    if (octets == null) {
      // Power went while the log was made: no checkpoint was ever shown to anybody.
      if (head.size() != 0) {
        throw damaged("checkpoint", "it is missing");
      }
      return;
    }
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(octets);
    } catch (CodedException e) {
      throw damaged("checkpoint", e.problem().reason());
    }
    VerifierKey key = signers.getFirst().key();
    boolean ours =
        SignatureChecks.check(signed, List.of(key)).stream()
            .anyMatch(SignatureCheck.Valid.class::isInstance);
    if (!ours || !signed.checkpoint().origin().equals(head.origin())) {
      throw new CodedException(
          Problem.in(
              layout.checkpoint().toString(),
              ErrorCode.KEY_MISMATCH,
              "it is not signed by the key " + key.name() + " that was given"));
    }
    long stored = signed.checkpoint().size();
    if (stored > head.size()
        || (stored == head.size() && !signed.checkpoint().root().equals(head.root()))) {
      throw damaged(".state/head", "it does not agree with the checkpoint of size " + stored);
    }
    grower = TreeGrower.load(new DiskTiles(disk, layout), stored, signed.checkpoint().root());
    // Whoever wrote it may have stopped before it was durable; the journal is thinned out by it.
    publish(signed);
  }

  /** Finishes the batch that a crash left between the head and the checkpoint. */
  void recover(Journal journal) throws IOException {
    if (journal.end() < head.size()) {
      throw damaged(
          ".state/journal",
          "it ends at entry " + journal.end() + ", but the log is bound to " + head.size());
    }
    SignedCheckpoint signed = published;
    if (signed != null && head.size() == size) {
      return;
    }
    TreeGrower.Grown grown = grower.grow(journal.read(Long.MAX_VALUE), head.size());
    // For the same reason; from here on it is built upon.
    headFile.put(head);
    if (!grown.root().equals(head.root())) {
      throw damaged(
          ".state/journal",
          "its entries hash to " + grown.root() + ", but the log is bound to " + head.root());
    }
    finish(grown, journal);
  }

  /** The size of the tree that is published. */
  long size() {
    return size;
  }

  @Nullable SignedCheckpoint checkpoint() {
    return published;
  }

  boolean hasWitnesses() {
    return collector != null;
  }

  /** Whether a witness that has not cosigned the published checkpoint may be asked. */
  boolean wantsCosignatures() {
    SignedCheckpoint signed = published;
    return collector != null
        && signed != null
        && collector.hasSomebodyToAsk(signed, System.nanoTime());
  }

  Map<String, String> troubles() {
    return collector == null ? Map.of() : collector.troubles();
  }

  /**
   * Publishes what is staged, or asks witnesses again where nothing is.
   *
   * @return how many octets of staged entries were published, with their lengths
   */
  long publish(Journal journal) throws IOException {
    List<Staged> staged = journal.read(largestPublication);
    if (staged.isEmpty()) {
      cosignAgain();
      return 0;
    }
    long octets = 0;
    for (Staged batch : staged) {
      octets += batch.octets().length - batch.from();
    }
    TreeGrower.Grown grown = grower.grow(staged, Long.MAX_VALUE);
    Checkpoint next = new Checkpoint(head.origin(), grown.size(), grown.root(), List.of());
    headFile.swap(head, next);
    head = next;
    finish(grown, journal);
    return octets;
  }

  private void finish(TreeGrower.Grown grown, Journal journal) throws IOException {
    tiles.store(grown);
    publish(cosigned(sign(head)));
    journal.retire(size);
  }

  private SignedCheckpoint sign(Checkpoint checkpoint) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (CheckpointSigner signer : signers) {
      signatures.add(signer.sign(checkpoint, clock.instant()));
    }
    return new SignedCheckpoint(checkpoint, Note.of(checkpoint.text(), signatures));
  }

  private SignedCheckpoint cosigned(SignedCheckpoint signed) {
    return collector == null ? signed : collector.collect(signed, System.nanoTime());
  }

  private void cosignAgain() throws IOException {
    SignedCheckpoint signed = published;
    if (signed != null) {
      SignedCheckpoint more = cosigned(signed);
      if (more.note().signatures().size() > signed.note().signatures().size()) {
        publish(more);
      }
    }
  }

  private void publish(SignedCheckpoint signed) throws IOException {
    files.write(layout.checkpoint(), signed.note().octets());
    disk.syncFolder(layout.root());
    published = signed;
    size = signed.checkpoint().size();
  }

  private CodedException damaged(String path, String reason) {
    return new CodedException(
        Problem.in(layout.root().resolve(path).toString(), ErrorCode.LOG_DAMAGED, reason));
  }

  @Override
  public void close() {
    workers.close();
  }
}
