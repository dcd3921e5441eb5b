package dev.holdfast.replay;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Finding;
import dev.holdfast.trust.StatementTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of a dossier's data. */
final class DossierWriter {
  private DossierWriter() {}

  static ObjectNode json(CaseDossier dossier) {
    return ObjectNode.of(
        Map.of(
            "format",
            new TextNode(CaseDossier.FORMAT),
            "page",
            new NumberNode(CaseDossier.PAGE),
            "language",
            new TextNode(dossier.language().getLanguage()),
            "case",
            facts(dossier.facts()),
            "settings",
            BundleWriter.settings(dossier.settings()),
            "findings",
            array(dossier.findings(), DossierWriter::stated),
            "evidence",
            ObjectNode.of(
                Map.of(
                    "checkpoint",
                    new TextNode(dossier.checkpoint().note().toString()),
                    "entries",
                    array(dossier.entries(), BundleWriter::entry),
                    "blobs",
                    array(dossier.blobs(), BundleWriter::blob))),
            "bundles",
            array(dossier.bundles(), BundleWriter::json),
            "leftOut",
            ObjectNode.of(
                Map.of(
                    "findings",
                    new NumberNode(dossier.leftOut().findings()),
                    "entries",
                    new NumberNode(dossier.leftOut().entries()),
                    "bundles",
                    new NumberNode(dossier.leftOut().bundles())))));
  }

  private static ObjectNode facts(CaseDossier.Facts facts) {
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("number", new NumberNode(facts.number()));
    members.put("state", new TextNode(facts.state()));
    members.put("severity", new TextNode(facts.severity().word()));
    members.put("since", new TextNode(StatementTime.print(facts.since())));
    members.put("last", new TextNode(StatementTime.print(facts.last())));
    put(members, "assignee", facts.assignee());
    put(members, "proposer", facts.proposer());
    put(members, "outcome", facts.outcome());
    members.put("sites", array(facts.sites(), TextNode::new));
    members.put("hosts", array(facts.hosts(), TextNode::new));
    members.put("boards", array(facts.boards(), TextNode::new));
    members.put("chips", array(facts.chips(), TextNode::new));
    members.put("simulated", new TruthNode(facts.simulated()));
    return ObjectNode.of(members);
  }

  private static void put(Map<String, JsonTree> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, new TextNode(value));
    }
  }

  private static ObjectNode stated(CaseDossier.Stated stated) {
    Finding finding = stated.finding();
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("kind", new TextNode(finding.kind()));
    members.put("severity", new TextNode(finding.severity().word()));
    members.put("subject", new TextNode(finding.subject()));
    members.put("arguments", array(finding.reason().arguments(), TextNode::new));
    members.put("at", new TextNode(StatementTime.print(finding.at())));
    members.put("causes", array(finding.causes(), each -> new TextNode(String.valueOf(each))));
    members.put("about", array(finding.about(), TextNode::new));
    members.put("shown", new TruthNode(stated.shown()));
    members.put("follows", new TruthNode(stated.follows()));
    members.put("simulated", new TruthNode(stated.simulated()));
    return ObjectNode.of(members);
  }

  private static <T> ArrayNode array(List<T> items, Function<T, JsonTree> form) {
    return new ArrayNode(items.stream().map(form).toList());
  }
}
