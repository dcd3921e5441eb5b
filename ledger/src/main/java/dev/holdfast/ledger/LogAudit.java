package dev.holdfast.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a whole log from its files and says where it is not what its checkpoint signs.
 *
 * <p>Trust comes from above: the checkpoint's root vouches for the right edge of the tree, each
 * hash of a tile that is vouched for does so for the tile below it, and the level-0 tiles for the
 * entries. So a log is read once, depth first and from left to right, with one tile of each level
 * and one bundle in memory. Where a tile does not lead to the hash above it, the files below are
 * looked at as well, and {@link Mending} tells which side is wrong; the audit then goes on with the
 * right hashes, so that one wrong octet is one finding.
 */
public final class LogAudit {
  private final long size;
  private final AuditFindings findings = new AuditFindings();
  private final AuditFiles files;
  private final AuditWatcher watcher;
  private final byte[] leaf = new byte[Hash.LENGTH];
  private final int[] starts = new int[TileId.FULL + 1];
  private long entries;

  private LogAudit(long size, TileSource source, AuditWatcher watcher) {
    this.size = size;
    this.watcher = watcher;
    files = new AuditFiles(source, findings);
  }

  /**
   * Audits a log.
   *
   * @param size the entries that the checkpoint has, 0 or more
   * @param root the root that the checkpoint has
   * @throws IOException where the source failed
   */
  public static AuditReport run(long size, Hash root, TileSource source, AuditWatcher watcher)
      throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("no log has the size " + size);
    }
    LogAudit audit = new LogAudit(size, source, watcher);
    audit.edge(root);
    AuditFindings found = audit.findings;
    return new AuditReport(
        audit.entries, audit.files.read(), found.kept(), found.unlisted(), !found.areTooMany());
  }

  /** The tiles that are not full: together they lead to the root. */
  private void edge(Hash root) throws IOException {
    if (size == 0) {
      rootOfNothing(root);
      return;
    }
    List<AuditPart> parts = new ArrayList<>();
    for (int level = 0; TileHashes.inLevel(size, level) > 0; level++) {
      long inLevel = TileHashes.inLevel(size, level);
      int width = (int) (inLevel % TileId.FULL);
      if (width > 0) {
        parts.add(files.tile(new TileId(level, inLevel / TileId.FULL, width)));
      }
    }
    boolean sure = settle(parts, root.octets(), true, AuditFinding.CHECKPOINT);
    for (AuditPart part : parts.reversed()) {
      below(part, sure);
    }
  }

  private void rootOfNothing(Hash root) {
    Hash empty = TreeHasher.emptyRoot();
    if (!empty.equals(root)) {
      findings.add(
          AuditFinding.CHECKPOINT,
          AuditFinding.WHOLE_FILE,
          "its root is " + root + ", the root of an empty log is " + empty);
    }
  }

  /** A full tile and all below it; the hash above it is null where that is not known. */
  private void tile(TileId tile, byte @Nullable [] above, boolean trusted) throws IOException {
    AuditPart part = files.tile(tile);
    below(part, settle(List.of(part), above, trusted, part.path()));
  }

  private void below(AuditPart part, boolean sure) throws IOException {
    TileId tile = part.tile();
    if (tile.level() == 0) {
      bundle(part, sure);
      return;
    }
    for (int i = 0; i < tile.width() && !findings.areTooMany(); i++) {
      TileId child = new TileId(tile.level() - 1, tile.index() * TileId.FULL + i, TileId.FULL);
      tile(child, part.knows(i) ? part.hash(i).octets() : null, sure);
    }
  }

  /**
   * Brings the hashes of tiles to what the hash above says, and reports those that were wrong.
   *
   * @param above what the tiles must lead to, or null
   * @param trusted whether the hash above is vouched for
   * @param where what to name when the tiles agree with all below them and not with the hash above
   * @return whether the hashes are now vouched for
   */
  private boolean settle(
      List<AuditPart> parts, byte @Nullable [] above, boolean trusted, String where)
      throws IOException {
    if (above != null && isComplete(parts) && Arrays.equals(files.root(parts), above)) {
      // Where the hash above is itself in doubt, that was reported; that both agree settles this.
      return true;
    }
    List<AuditPart> below = new ArrayList<>();
    for (AuditPart part : parts) {
      AuditPart computed = files.below(part.tile());
      part.fill(computed);
      below.add(computed);
    }
    Mending mending = new Mending(parts, below);
    List<Mending.Place> wrong = new ArrayList<>();
    if (above != null && isComplete(parts) && mending.mend(files::root, above, wrong)) {
      report(wrong, parts, below, parts, "; it should be ");
      return true;
    }
    report(
        mending.contested(),
        parts,
        parts,
        below,
        "; nothing above tells whether that is right or what the file below it gives, ");
    if (above != null && trusted && isComplete(parts) && mending.contested().isEmpty()) {
      findings.add(
          where,
          AuditFinding.WHOLE_FILE,
          "the files lead to the hash "
              + Hash.of(files.root(parts))
              + " where "
              + Hash.of(above)
              + " is signed; tiles and entries agree with one another");
    }
    return false;
  }

  private static boolean isComplete(List<AuditPart> parts) {
    return parts.stream().allMatch(AuditPart::isComplete);
  }

  /** One finding for each tile, at the first of the places. */
  private void report(
      List<Mending.Place> places,
      List<AuditPart> parts,
      List<AuditPart> given,
      List<AuditPart> other,
      String joint) {
    for (int i = 0; i < parts.size(); i++) {
      int number = i;
      List<Mending.Place> here = places.stream().filter(place -> place.part() == number).toList();
      if (here.isEmpty()) {
        continue;
      }
      int at = here.getFirst().at();
      TileId tile = parts.get(i).tile();
      String entry = tile.level() == 0 ? " (of entry " + entry(tile, at) + ")" : "";
      findings.add(
          parts.get(i).path(),
          (long) at * Hash.LENGTH + given.get(i).mismatch(other.get(i), at),
          "hash "
              + at
              + entry
              + " is "
              + given.get(i).hash(at)
              + joint
              + other.get(i).hash(at)
              + more(here.size() - 1));
    }
  }

  /**
   * The entries of a level-0 tile; its hashes are compared with them where they are vouched for.
   */
  private void bundle(AuditPart part, boolean sure) throws IOException {
    TileId bundle = TileId.bundle(part.tile().index(), part.tile().width());
    Optional<TileHashes.Found> found = files.octets(bundle);
    if (found.isPresent()) {
      bundle(part, sure, found.get());
    }
    watcher.done(entry(bundle, bundle.width()));
  }

  private void bundle(AuditPart part, boolean sure, TileHashes.Found found) {
    byte[] octets = found.octets();
    int width = part.tile().width();
    int whole = EntryBundle.starts(octets, width, starts);
    int wrong = 0;
    int first = whole;
    for (int i = 0; i < whole; i++) {
      files.leaf(octets, starts, i, leaf, 0);
      if (sure && !isHash(part, i)) {
        first = wrong == 0 ? i : first;
        wrong++;
      }
    }
    entries += whole;
    List<String> reasons = new ArrayList<>();
    if (wrong > 0) {
      files.leaf(octets, starts, first, leaf, 0);
      reasons.add(
          "entry "
              + entry(part.tile(), first)
              + " hashes to "
              + Hash.of(leaf)
              + "; it should be "
              + part.hash(first)
              + more(wrong - 1));
    }
    // A full bundle that stands in for a partial one goes on behind the entries that are looked at.
    boolean goesOn = found.tile().width() == width && starts[whole] < octets.length;
    if (whole < width || goesOn) {
      reasons.add(
          (whole < width ? "entry " + entry(part.tile(), whole) + " cannot be read: " : "")
              + EntryBundle.whatFollows(octets, width, whole, starts[whole]));
    }
    if (!reasons.isEmpty()) {
      findings.add(found.tile().path(), starts[first], String.join("; ", reasons));
    }
  }

  private boolean isHash(AuditPart part, int at) {
    int from = at * Hash.LENGTH;
    return Arrays.equals(leaf, 0, Hash.LENGTH, part.hashes(), from, from + Hash.LENGTH);
  }

  private static long entry(TileId tile, int at) {
    return tile.index() * TileId.FULL + at;
  }

  private static String more(int count) {
    return count == 0 ? "" : "; more that are wrong in this file: " + count;
  }
}
