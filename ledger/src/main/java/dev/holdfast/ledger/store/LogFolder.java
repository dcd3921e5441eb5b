package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folder of a log, to be made or to be read; anybody may read while the one writer writes. */
public final class LogFolder implements TileSource {
  private final LogLayout layout;
  private final DiskTiles tiles;

  private LogFolder(Path folder) {
    layout = new LogLayout(folder);
    tiles = new DiskTiles(new RealDisk(), layout);
  }

  /** A log to be read; whether there is one shows when it is. */
  public static LogFolder at(Path folder) {
    return new LogFolder(folder);
  }

  /**
   * Makes an empty log with a signed checkpoint of size 0.
   *
   * @param folder is not there yet, is empty, or holds a log that was begun and never made
   * @param signers who signs; the name of the first is the log's origin
   * @param policy the witnesses that the log will ask, kept in the folder
   * @throws CodedException LOG_EXISTS where the folder has something in it, or FILE_UNWRITABLE
   */
  public static LogFolder create(
      Path folder, List<CheckpointSigner> signers, Optional<Policy> policy, InstantSource clock) {
    LogLayout layout = new LogLayout(folder.toAbsolutePath());
    Disk disk = new RealDisk();
    try {
      if (disk.exists(layout.root()) && !isOnlyBegun(disk, layout)) {
        throw new CodedException(
            Problem.in(
                folder.toString(),
                ErrorCode.LOG_EXISTS,
                disk.exists(layout.head())
                    ? "there is a log in this folder already"
                    : "this folder is not empty"));
      }
      create(disk, layout, signers.getFirst().key().name(), policy);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
    // Opening it publishes the first checkpoint.
    LogWriter.open(folder, signers, Witnesses.none(), LogSettings.defaults(), clock).close();
    return at(folder);
  }

  /** Whether it is empty, or holds what making a log puts there before its head, and no more. */
  private static boolean isOnlyBegun(Disk disk, LogLayout layout) throws IOException {
    return holdsOnly(disk, layout.root(), layout.state(), layout.tiles())
        && holdsOnly(
            disk,
            layout.state(),
            layout.journal(),
            layout.temporary(),
            layout.policy(),
            layout.lock())
        && holdsOnly(disk, layout.tiles())
        && holdsOnly(disk, layout.journal());
  }

  private static boolean holdsOnly(Disk disk, Path folder, Path... allowed) throws IOException {
    return !disk.exists(folder)
        || disk.list(folder).stream().map(folder::resolve).allMatch(Set.of(allowed)::contains);
  }

  static void create(Disk disk, LogLayout layout, String origin, Optional<Policy> policy)
      throws IOException {
    Checkpoint empty = new Checkpoint(origin, 0, TreeHasher.emptyRoot(), List.of());
    Folders.make(disk, layout.root());
    for (Path folder :
        List.of(layout.state(), layout.journal(), layout.temporary(), layout.tiles())) {
      disk.createFolder(folder);
    }
    disk.syncFolder(layout.root());
    disk.syncFolder(layout.state());
    WholeFiles files = new WholeFiles(disk, layout.temporary());
    if (policy.isPresent()) {
      files.write(layout.policy(), PolicyFile.octets(policy.get()));
    }
    // Last, since with its head the folder is a log.
    new HeadFile(disk, layout, files).put(empty);
  }

  @Override
  public Optional<byte[]> tile(TileId tile) throws IOException {
    return tiles.tile(tile);
  }

  @Override
  public Optional<byte[]> checkpoint() throws IOException {
    return tiles.checkpoint();
  }

  /**
   * The checkpoint, read but not verified.
   *
   * @throws CodedException NOT_A_LOG where there is none, MALFORMED_CHECKPOINT, MALFORMED_NOTE
   */
  public SignedCheckpoint signedCheckpoint() throws IOException {
    return SignedCheckpoint.parse(
        checkpoint()
            .orElseThrow(() ->
                new CodedException(
                    Problem.in(
                        layout.root().toString(),
                        ErrorCode.NOT_A_LOG,
                        "there is no checkpoint in this folder"))));
  }

  /** The policy that the log's writer asks its witnesses for, if it has one. */
  public Optional<Policy> policy() throws IOException {
    return PolicyFile.read(new RealDisk(), layout);
  }

  /** Replaces the log's own policy. */
  public void setPolicy(Policy policy) throws IOException {
    Disk disk = new RealDisk();
    new WholeFiles(disk, layout.state()).write(layout.policy(), PolicyFile.octets(policy));
    disk.syncFolder(layout.state());
  }

  LogLayout layout() {
    return layout;
  }
}
