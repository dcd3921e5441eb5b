package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Ear;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.StatementTime;
import dev.holdfast.trust.StatementType;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the server answered a host that proved its key and asked for a lease. The lease itself is
 * not in it: who holds one shows it, and nobody needs another copy.
 *
 * @param actor whose token it was
 * @param audience who would take the lease
 */
record LeaseStatement(String actor, String host, String audience, Answer answer) {
  static final StatementType TYPE = StatementType.ofHoldfast("lease", 1);

  static final String GRANTED = "granted";
  static final String REFUSED = "refused";

  private static final int MOST_ARGUMENTS = 20;

  /** What was answered. */
  sealed interface Answer {}

  /**
   * A lease was given.
   *
   * @param id of the lease
   * @param expires whole seconds
   */
  record Granted(String id, SortedSet<String> chips, SortedSet<String> licences, Instant expires)
      implements Answer {
    Granted {
      Names.check("lease", id);
      chips = Collections.unmodifiableSortedSet(new TreeSet<>(chips));
      licences = Collections.unmodifiableSortedSet(new TreeSet<>(licences));
      requireNonNull(expires, "expires");
    }
  }

  /** None was, for these reasons. */
  record Refused(List<Reason> reasons) implements Answer {
    Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal says why");
      }
    }
  }

  LeaseStatement {
    Names.check("actor", actor);
    Names.check("host", host);
    Names.check("audience", audience);
    requireNonNull(answer, "answer");
  }

  String outcome() {
    return switch (answer) {
      case Granted granted -> GRANTED;
      case Refused refused -> REFUSED;
    };
  }

  static LeaseStatement read(JsonFields fields) {
    String actor = fields.text("actor");
    String host = fields.text("host");
    String audience = fields.text("audience");
    Answer answer =
        switch (fields.text("outcome")) {
          case GRANTED -> granted(fields);
          case REFUSED -> refused(fields);
          default -> throw fields.refuse("outcome", "it is granted or refused");
        };
    fields.requireNothingElse();
    return fields.made("host", () -> new LeaseStatement(actor, host, audience, answer));
  }

  private static Granted granted(JsonFields fields) {
    String id = fields.text("lease");
    List<String> chips = fields.texts("chips", Ear.MOST_SUBMODULES);
    List<String> licences = fields.texts("licences", Lease.MOST_LICENCES);
    Instant expires = fields.value("expires", StatementTime::parse);
    return fields.made(
        "lease", () -> new Granted(id, new TreeSet<>(chips), new TreeSet<>(licences), expires));
  }

  private static Refused refused(JsonFields fields) {
    List<Reason> reasons =
        fields.items("reasons", LeaseDecision.MOST_REASONS).stream()
            .map(each -> {
              Reason reason =
                  new Reason(each.text("code"), each.texts("arguments", MOST_ARGUMENTS));
              each.requireNothingElse();
              return reason;
            })
            .toList();
    return fields.made("reasons", () -> new Refused(reasons));
  }

  Content content() {
    return new Content.Inline(tree());
  }

  /** The same as text, for the views. */
  String json() {
    return new String(CanonicalJson.octets(tree()), UTF_8);
  }

  private ObjectNode tree() {
    Map<String, JsonTree> fields = new TreeMap<>();
    fields.put("actor", new TextNode(actor));
    fields.put("host", new TextNode(host));
    fields.put("audience", new TextNode(audience));
    fields.put("outcome", new TextNode(outcome()));
    switch (answer) {
      case Granted granted -> {
        fields.put("lease", new TextNode(granted.id()));
        fields.put("chips", texts(granted.chips()));
        fields.put("licences", texts(granted.licences()));
        fields.put("expires", new TextNode(StatementTime.print(granted.expires())));
      }
      case Refused(List<Reason> reasons) ->
          fields.put("reasons", new ArrayNode(reasons.stream().map(LeaseStatement::tree).toList()));
    }
    return ObjectNode.of(fields);
  }

  private static JsonTree tree(Reason reason) {
    return ObjectNode.of(
        Map.of("code", new TextNode(reason.code()), "arguments", texts(reason.arguments())));
  }

  private static ArrayNode texts(Collection<String> texts) {
    return new ArrayNode(texts.stream().<JsonTree>map(TextNode::new).toList());
  }

  /** What happened, in a sentence. */
  Reason reason() {
    return switch (answer) {
      case Granted granted ->
          Reason.of(
              "event.lease-granted",
              host,
              audience,
              StatementTime.print(granted.expires()),
              String.valueOf(granted.chips().size()));
      case Refused(List<Reason> reasons) ->
          Reason.of("event.lease-refused", host, audience, String.valueOf(reasons.size()));
    };
  }
}
