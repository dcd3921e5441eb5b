package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileSource;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Finding;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** Makes dossiers out of a log. What follows from entries is found the same way as when checked. */
public final class DossierMaker {
  private final GroupedMaps maps;
  private final EvidenceTrust trust;

  /**
   * A maker.
   *
   * @param maps kept from dossier to dossier
   * @param trust whom the maker itself trusts, its own server among the declarers
   */
  public DossierMaker(GroupedMaps maps, EvidenceTrust trust) {
    this.maps = requireNonNull(maps, "maps");
    this.trust = requireNonNull(trust, "trust");
  }

  /** A finding of the case, and whether it is of a simulation. */
  public record Told(Finding finding, boolean simulated) {
    public Told {
      requireNonNull(finding, "finding");
    }
  }

  /**
   * What a dossier is made of.
   *
   * @param findings oldest first
   * @param entries octets of envelopes by their index in the log
   * @param blobs octets by hash, of the transcripts that the entries need
   */
  public record Material(
      Locale language,
      CaseDossier.Facts facts,
      BundleSettings settings,
      List<Told> findings,
      SortedMap<Long, byte[]> entries,
      SortedMap<String, byte[]> blobs,
      List<VerdictBundle> bundles,
      CaseDossier.LeftOut leftOut) {
    public Material {
      findings = List.copyOf(findings);
      bundles = List.copyOf(bundles);
    }
  }

  /**
   * Makes the file of a dossier.
   *
   * @param tiles of the log
   * @param checkpoint a tree that holds all of the entries
   * @throws CodedException LOG_DAMAGED where the tiles do not lead to the checkpoint;
   *     INPUT_TOO_LARGE where it would be larger than {@link CaseDossier#LARGEST}
   * @throws IOException where the source of the tiles failed
   */
  public byte[] make(Material material, TileSource tiles, SignedCheckpoint checkpoint)
      throws IOException {
    Atlas atlas = maps.of(material.settings());
    Function<Sha256, Optional<byte[]>> blobs =
        name -> Optional.ofNullable(material.blobs().get(name.hex()));
    DossierEvidence evidence = DossierEvidence.of(material.entries(), blobs, trust, atlas);
    List<CaseDossier.Stated> findings = new ArrayList<>();
    for (Told each : material.findings()) {
      boolean shown = material.entries().keySet().containsAll(each.finding().causes());
      boolean follows = shown && evidence.follows(each.finding());
      findings.add(new CaseDossier.Stated(each.finding(), shown, follows, each.simulated()));
    }
    TileHashes hashes = new TileHashes(tiles, checkpoint.checkpoint().size());
    List<VerdictBundle.Entry> entries = new ArrayList<>();
    for (Map.Entry<Long, byte[]> each : material.entries().entrySet()) {
      entries.add(
          BundleMaker.entry(each.getKey(), each.getValue(), hashes, checkpoint.checkpoint()));
    }
    CaseDossier dossier =
        new CaseDossier(
            material.language(),
            material.facts(),
            material.settings(),
            findings,
            checkpoint,
            entries,
            material.blobs().entrySet().stream()
                .map(each -> new VerdictBundle.Blob(new Sha256(each.getKey()), each.getValue()))
                .toList(),
            material.bundles(),
            material.leftOut());
    byte[] octets = DossierPage.octets(dossier, evidence, atlas);
    if (octets.length > CaseDossier.LARGEST) {
      throw new CodedException(
          Problem.of(
              ErrorCode.INPUT_TOO_LARGE,
              "the dossier would have more than " + CaseDossier.LARGEST + " octets"));
    }
    return octets;
  }
}
