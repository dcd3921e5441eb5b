package dev.holdfast.cli;

import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.MemoryTree;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.Tile;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.ledger.TreeHasher;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.replay.BundleMaker;
import dev.holdfast.replay.BundleQuestion;
import dev.holdfast.replay.BundleSettings;
import dev.holdfast.replay.EvidenceTrust;
import dev.holdfast.replay.GroupedMaps;
import dev.holdfast.replay.VerdictBundle;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The statements of a spool in a log in memory, and a verdict bundle out of it. */
final class SpoolBundle implements TileSource {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private final Path spool;
  private final SigningKey log;
  private final SortedMap<Long, byte[]> entries = new TreeMap<>();
  private final List<Hash> leaves = new ArrayList<>();

  SpoolBundle(Path spool) throws IOException, GeneralSecurityException {
    this.spool = spool;
    this.log =
        SigningKey.of(
            "log.example/test",
            KeyAlgorithm.ED25519_NOTE,
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    try (var files = Files.list(spool.resolve("statements"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        byte[] octets = Files.readAllBytes(file);
        entries.put((long) entries.size(), octets);
        leaves.add(new TreeHasher().leaf(octets));
      }
    }
  }

  /** The key of the log. */
  String vkey() {
    return log.key().vkey();
  }

  /** That the key of a host is near Frankfurt. */
  VerdictBundle make(Path authority, String host, String key) throws IOException {
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    MemoryTree tree = new MemoryTree();
    leaves.forEach(tree::append);
    Checkpoint checkpoint = Checkpoint.of(log.key().name(), leaves.size(), tree.root());
    return new BundleMaker(
            new GroupedMaps(earth), EvidenceTrust.of(TrustFiles.verifier(authority, null)))
        .make(
            new BundleQuestion(
                Subject.Kind.KEY,
                key,
                new TargetId(host),
                key,
                List.of(new Claim.Within(new Position(50, 8), Distance.ofKilometres(2000))),
                BundleSettings.of(Settings.DEFAULT, atlas)),
            entries,
            this::blob,
            this,
            SignedCheckpoint.of(checkpoint, List.of(log.sign(checkpoint, NOW))));
  }

  private Optional<byte[]> blob(Sha256 hash) {
    try {
      Path file = spool.resolve("blobs").resolve(hash.hex());
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<byte[]> tile(TileId tile) {
    return tile.level() == 0 ? Optional.of(Tile.of(leaves)) : Optional.empty();
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return Optional.empty();
  }
}
