package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.detect.Watch;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.TargetId;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundJoin;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.StatementType;
import dev.holdfast.trust.Tick;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A host that is declared to be in Tokyo and answers landmarks in Europe, with a server whose word
 * that is, people who work on the case, and a stranger's names for all of it.
 */
final class DossierWorld implements AutoCloseable {
  static final String HOSTILE = "Hall </script><script>alert(1)</script> \"&' \u202egnol";
  static final Atlas ATLAS =
      Atlas.of(
          BundleWorld.EARTH.map(),
          Destinations.of(BundleWorld.EARTH.map(), Destinations.DEFAULT_GROUPS),
          Atlas.DEFAULT_MARGIN);

  private static final Position TOKYO = new Position(35.68, 139.69);
  private static final Distance RADIUS = Distance.ofKilometres(5);

  final HeldKey server = HeldKey.generate(new SecureRandom());
  final BundleWorld world;
  final long declared;
  final long act;

  DossierWorld(Path folder) {
    world = new BundleWorld(folder);
    declared = say("registration", fleet());
    var _ = say("tick", Tick.content(new byte[Tick.CHALLENGE]));
    var _ = say("custody", licence());
    act = say("case", comment());
    world.measure("ber-1", "west", 52.52, 13.40, world.host);
    world.measure("vie-1", "middle", 48.21, 16.37, world.host);
  }

  private long say(String kind, Content content) {
    long index = world.entries.size();
    try {
      world.add(
          new StatementSigner(server.signing())
              .sign(
                  Chain.beginning(new SourceId("server:test")),
                  StatementType.ofHoldfast(kind, 1),
                  BundleWorld.NOW.plusSeconds(120),
                  content,
                  (name, octets) -> {
                    throw new IOException("too large");
                  })
              .envelope()
              .octets());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return index;
  }

  private static Content fleet() {
    Map<String, JsonTree> site = new TreeMap<>();
    site.put("kind", new TextNode("site"));
    site.put("id", new TextNode("tokyo"));
    site.put("name", new TextNode(HOSTILE));
    site.put("operator", new TextNode("north"));
    site.put("destination", new TextNode("JP"));
    site.put("latitude", new NumberNode(TOKYO.latitude()));
    site.put("longitude", new NumberNode(TOKYO.longitude()));
    site.put("radiusKm", new NumberNode(RADIUS.kilometres()));
    site.put("simulated", new TruthNode(false));
    ObjectNode host =
        ObjectNode.of(
            Map.of(
                "kind", new TextNode("host"),
                "id", new TextNode("rack-7"),
                "site", new TextNode("tokyo")));
    return new Content.Inline(
        ObjectNode.of(
            Map.of(
                "actor",
                new TextNode("alice"),
                "items",
                new ArrayNode(List.of(ObjectNode.of(site), host)))));
  }

  private static Content licence() {
    return new Content.Inline(
        ObjectNode.of(
            Map.of(
                "actor", new TextNode("alice"),
                "kind", new TextNode("licence"),
                "id", new TextNode("L-1"),
                "chips", new ArrayNode(List.of(new TextNode("chip-1"))),
                "endUser", new TextNode("north"),
                "destinations", new ArrayNode(List.of(new TextNode("JP"))),
                "from", new TextNode("2026-01-01T00:00:00.000Z"),
                "until", new TextNode("2027-01-01T00:00:00.000Z"))));
  }

  private static Content comment() {
    return new Content.Inline(
        ObjectNode.of(
            Map.of(
                "actor", new TextNode("bob"),
                "case", new NumberNode(3),
                "kind", new TextNode("comment"),
                "text", new TextNode(HOSTILE))));
  }

  EvidenceTrust own() {
    EvidenceTrust plain =
        EvidenceTrust.of(new CertificateVerifier(List.of(world.authority.authority()), Map.of()));
    return new EvidenceTrust(
        plain.certificates(), plain.operators(), List.of(server.publicKey()), plain.devices());
  }

  /** What a watch over the whole log finds, with nothing of the dossier's own code. */
  Finding found() {
    Watch watch = new Watch(WatchTerms.USUAL, ATLAS);
    RoundJoin join =
        new RoundJoin(
            own().certificates(), name -> Optional.ofNullable(world.blobs.get(name)), 100);
    List<Finding> found = new ArrayList<>();
    world.entries.forEach((index, octets) -> {
      if (index == declared) {
        found.addAll(
            watch
                .apply(
                    new Declared(new TargetId("rack-7"), "tokyo", "JP", TOKYO, RADIUS, false),
                    index)
                .findings());
      } else if (index < declared || index > act) {
        for (RoundCheck each : join.take(octets, "entry " + index)) {
          found.addAll(watch.apply(RoundEvidence.of((RoundCheck.Bounds) each), index).findings());
        }
      }
    });
    return found.stream()
        .filter(each -> each.kind().equals("other-site"))
        .findFirst()
        .orElseThrow();
  }

  /** One that nothing in the log shows: that a chip was silent. */
  static Finding silence() {
    return new Finding(
        "silent-after-inspection",
        Severity.LOW,
        "chip-1",
        Reason.of("watch.silent-after-inspection", "chip-1", "tokyo", "2026-11-01 12:00:00 UTC"),
        BundleWorld.NOW,
        List.of(0L),
        List.of("chip:chip-1", "site:tokyo"));
  }

  CaseDossier.Facts facts() {
    return new CaseDossier.Facts(
        3,
        "assigned",
        Severity.HIGH,
        BundleWorld.NOW,
        BundleWorld.NOW.plusSeconds(90),
        "bob",
        null,
        null,
        List.of("tokyo"),
        List.of("rack-7"),
        List.of(),
        List.of("chip-1"),
        false);
  }

  byte[] page(Locale language) {
    try {
      TreeMap<String, byte[]> blobs = new TreeMap<>();
      world.blobs.forEach((name, octets) -> blobs.put(name.hex(), octets));
      return new DossierMaker(BundleWorld.MAPS, own())
          .make(
              new DossierMaker.Material(
                  language,
                  facts(),
                  BundleSettings.of(Settings.DEFAULT, ATLAS),
                  List.of(
                      new DossierMaker.Told(found(), false),
                      new DossierMaker.Told(silence(), false)),
                  world.entries,
                  blobs,
                  List.of(world.bundle()),
                  new CaseDossier.LeftOut(0, 0, 0)),
              world.tiles(),
              world.checkpoint());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A trust file of a reader who knows this world. */
  BundleTrust trust() {
    return trust(world.trustFile(), server);
  }

  static BundleTrust trust(String file, HeldKey declarer) {
    String declarers =
        "declarers:\n  - " + Base64.getEncoder().encodeToString(declarer.publicKey().spki()) + "\n";
    return BundleTrust.parse((file + declarers).getBytes(UTF_8), "trust.yaml");
  }

  @Override
  public void close() {
    world.close();
  }
}
