package dev.holdfast.sim;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Landmark;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A simulated fleet as its operators would declare it to a server. */
final class FleetDeclaration {
  private static final TruthNode SIMULATED = new TruthNode(true);

  private FleetDeclaration() {}

  static ObjectNode of(SimulatedFleet fleet) {
    return ObjectNode.of(
        Map.of(
            "parties", parties(fleet.parties()),
            "sites", items(fleet.sites(), FleetDeclaration::site),
            "hosts", items(fleet.hosts(), FleetDeclaration::host),
            "chips", items(fleet.chips(), FleetDeclaration::chip),
            "landmarks", landmarks(fleet.landmarks()),
            "deviceRoots",
                items(
                    List.of(new SimulatedBoards(fleet).manufacturer()),
                    each ->
                        Map.of(
                            "certificate",
                            new TextNode(new String(each.rootPem(), StandardCharsets.US_ASCII)))),
            "authorities",
                items(
                    List.of(fleet.authority()),
                    each ->
                        Map.of(
                            "certificate",
                            new TextNode(Base64.getEncoder().encodeToString(each.der()))))));
  }

  static ArrayNode parties(List<SimulatedParty> parties) {
    return items(parties, FleetDeclaration::party);
  }

  static ArrayNode landmarks(List<SimulatedLandmark> landmarks) {
    return items(landmarks, FleetDeclaration::landmark);
  }

  private static <T> ArrayNode items(List<T> all, Function<T, Map<String, JsonTree>> item) {
    return new ArrayNode(
        all.stream().<JsonTree>map(each -> ObjectNode.of(item.apply(each))).toList());
  }

  private static Map<String, JsonTree> party(SimulatedParty party) {
    return Map.of(
        "id", new TextNode(party.id()),
        "name", new TextNode(party.name()),
        "role", new TextNode(party.role()));
  }

  private static Map<String, JsonTree> site(SimulatedSite site) {
    return Map.of(
        "id", new TextNode(site.id()),
        "name", new TextNode(site.name()),
        "operator", new TextNode(site.operator()),
        "destination", new TextNode(site.destination()),
        "latitude", new NumberNode(site.position().latitude()),
        "longitude", new NumberNode(site.position().longitude()),
        "radiusKm", new NumberNode(site.radius().kilometres()),
        "powerKw", new NumberNode(site.powerKilowatts()),
        "simulated", SIMULATED);
  }

  private static Map<String, JsonTree> host(SimulatedHost host) {
    return Map.of("id", new TextNode(host.name()), "site", new TextNode(host.site().id()));
  }

  private static Map<String, JsonTree> chip(SimulatedChip chip) {
    return Map.of(
        "id", new TextNode(chip.id()),
        "aliases", new ArrayNode(chip.aliases().stream().<JsonTree>map(TextNode::new).toList()),
        "model", new TextNode(chip.model()),
        "host", new TextNode(chip.host().name()),
        "simulated", SIMULATED);
  }

  private static Map<String, JsonTree> landmark(SimulatedLandmark each) {
    Landmark landmark = each.landmark();
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("id", new TextNode(landmark.id().value()));
    members.put("name", new TextNode(each.name()));
    members.put("operator", new TextNode(landmark.operator().value()));
    members.put("latitude", new NumberNode(landmark.position().latitude()));
    members.put("longitude", new NumberNode(landmark.position().longitude()));
    members.put("uncertaintyKm", new NumberNode(landmark.uncertainty().kilometres()));
    members.put("simulated", SIMULATED);
    return members;
  }
}
