package dev.holdfast.replay;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Claim;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The JSON form of a bundle. */
final class BundleWriter {
  private BundleWriter() {}

  static ObjectNode json(VerdictBundle bundle) {
    return ObjectNode.of(
        Map.of(
            "format",
            new TextNode(VerdictBundle.FORMAT),
            "question",
            question(bundle.question()),
            "answer",
            bundle.answer(),
            "checkpoint",
            new TextNode(bundle.checkpoint().note().toString()),
            "entries",
            array(bundle.entries(), BundleWriter::entry),
            "blobs",
            array(bundle.blobs(), BundleWriter::blob)));
  }

  static ObjectNode entry(VerdictBundle.Entry entry) {
    return ObjectNode.of(
        Map.of(
            "index",
            new NumberNode(entry.index()),
            "envelope",
            base64(entry.envelope()),
            "path",
            array(entry.path(), hash -> new TextNode(hash.base64()))));
  }

  static ObjectNode blob(VerdictBundle.Blob blob) {
    return ObjectNode.of(
        Map.of("sha256", new TextNode(blob.name().hex()), "octets", base64(blob.octets())));
  }

  private static ObjectNode question(BundleQuestion question) {
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("subject", new TextNode(question.kind().name().toLowerCase(Locale.ROOT)));
    members.put("id", new TextNode(question.id()));
    members.put("host", new TextNode(question.host().value()));
    if (question.key() != null) {
      members.put("key", new TextNode(question.key()));
    }
    members.put("claims", array(question.claims(), BundleWriter::claim));
    members.put("settings", settings(question.settings()));
    return ObjectNode.of(members);
  }

  private static ObjectNode claim(Claim claim) {
    return switch (claim) {
      case Claim.Within within ->
          ObjectNode.of(
              Map.of(
                  "latitude", new NumberNode(within.place().latitude()),
                  "longitude", new NumberNode(within.place().longitude()),
                  "withinKm", new NumberNode(within.radius().kilometres())));
      case Claim.Inside inside -> ObjectNode.of(Map.of("country", new TextNode(inside.country())));
      case Claim.Outside outside ->
          ObjectNode.of(Map.of("excludedCountry", new TextNode(outside.country())));
    };
  }

  static ObjectNode settings(BundleSettings settings) {
    TreeMap<String, JsonTree> destinations = new TreeMap<>();
    settings
        .destinations()
        .forEach((name, units) -> destinations.put(name, array(units, TextNode::new)));
    return ObjectNode.of(
        Map.of(
            "toleratedFaults",
            new NumberNode(settings.settings().toleratedFaults()),
            "window",
            new TextNode(settings.settings().window().toString()),
            "slowerSpeedKmPerMs",
            new NumberNode(settings.settings().slowerSpeed().kilometresPerMillisecond()),
            "borderMarginKm",
            new NumberNode(settings.margin().kilometres()),
            "destinations",
            ObjectNode.of(destinations)));
  }

  private static <T> ArrayNode array(List<T> items, Function<T, JsonTree> form) {
    return new ArrayNode(items.stream().map(form).toList());
  }

  private static TextNode base64(byte[] octets) {
    return new TextNode(Base64.getEncoder().encodeToString(octets));
  }
}
