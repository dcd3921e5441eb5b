package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementTime;
import dev.holdfast.trust.StatementType;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The small statements that a server signs itself, beside {@link Registration} and {@link
 * dev.holdfast.trust.Tick}.
 */
final class ServerStatements {
  static final StatementType DISCLOSURE = StatementType.ofHoldfast("disclosure", 1);
  static final StatementType DISCLOSURE_END = StatementType.ofHoldfast("disclosure-end", 1);
  static final StatementType COMMENT = StatementType.ofHoldfast("comment", 1);
  static final StatementType REVOCATIONS = StatementType.ofHoldfast("revocations", 1);

  /** The most octets of a list of revocations, so that it fits into an entry. */
  static final int LONGEST_LIST = 30_000;

  private static final int LONGEST_COMMENT = 4000;

  private ServerStatements() {}

  /** An auditor may read a site for a span of time. */
  record Disclosure(String actor, String auditor, String site, Instant from, Instant until) {
    Disclosure {
      Names.check("auditor", auditor);
      Names.check("site", site);
      if (!until.isAfter(from)) {
        throw new IllegalArgumentException("until is not after from");
      }
    }

    static Disclosure read(JsonFields fields, String actor) {
      String auditor = Names.read(fields, "auditor");
      String site = Names.read(fields, "site");
      Instant from = fields.value("from", StatementTime::parse);
      Instant until = fields.value("until", StatementTime::parse);
      fields.requireNothingElse();
      return fields.made("until", () -> new Disclosure(actor, auditor, site, from, until));
    }

    Content content() {
      return new Content.Inline(
          ObjectNode.of(
              Map.of(
                  "actor", new TextNode(actor),
                  "auditor", new TextNode(auditor),
                  "site", new TextNode(site),
                  "from", new TextNode(StatementTime.print(from)),
                  "until", new TextNode(StatementTime.print(until)))));
    }
  }

  /**
   * Nothing newer is read by a disclosure.
   *
   * @param disclosure the index of its entry
   */
  record DisclosureEnd(String actor, long disclosure) {
    DisclosureEnd {
      Names.check("actor", actor);
      if (disclosure < 0 || disclosure > JsonFields.LARGEST) {
        throw new IllegalArgumentException("a disclosure has the index of an entry");
      }
    }

    static DisclosureEnd read(JsonFields fields) {
      String actor = Names.read(fields, "actor");
      long disclosure = fields.whole("disclosure");
      fields.requireNothingElse();
      return fields.made("disclosure", () -> new DisclosureEnd(actor, disclosure));
    }

    Content content() {
      return new Content.Inline(
          ObjectNode.of(
              Map.of("actor", new TextNode(actor), "disclosure", new NumberNode(disclosure))));
    }
  }

  /** What somebody says about a host, chip or site. */
  record Comment(String actor, String subject, String text) {
    Comment {
      Names.check("subject", subject);
      if (text.isBlank() || text.length() > LONGEST_COMMENT) {
        throw new IllegalArgumentException("a comment has 1 to " + LONGEST_COMMENT + " characters");
      }
    }

    static Comment read(JsonFields fields, String actor) {
      String subject = Names.read(fields, "subject");
      String text = fields.text("text");
      fields.requireNothingElse();
      return fields.made("text", () -> new Comment(actor, subject, text));
    }

    Content content() {
      return new Content.Inline(
          ObjectNode.of(
              Map.of(
                  "actor", new TextNode(actor),
                  "subject", new TextNode(subject),
                  "text", new TextNode(text))));
    }
  }

  /**
   * Which certificates an authority, or a manufacturer, has revoked.
   *
   * @param list in DER; what it says and who signed it is read where the authorities are known
   * @param ofDevices whether it is a manufacturer's, about its chips
   */
  record Revocations(String actor, byte[] list, boolean ofDevices) {
    Revocations {
      if (list.length == 0 || list.length > LONGEST_LIST) {
        throw new IllegalArgumentException("a list has 1 to " + LONGEST_LIST + " octets");
      }
    }

    static Revocations read(JsonFields fields, String actor) {
      byte[] list = fields.value("list", Base64.getDecoder()::decode);
      boolean ofDevices = fields.has("ofDevices") && fields.truth("ofDevices");
      fields.requireNothingElse();
      return fields.made("list", () -> new Revocations(actor, list, ofDevices));
    }

    Content content() {
      TreeMap<String, JsonTree> members = new TreeMap<>();
      members.put("actor", new TextNode(actor));
      members.put("list", new TextNode(Base64.getEncoder().encodeToString(list)));
      if (ofDevices) {
        members.put("ofDevices", new TruthNode(true));
      }
      return new Content.Inline(ObjectNode.of(members));
    }
  }

  /** The fields of what the server said, with the actor that it names. */
  static JsonFields fields(Statement statement, String source) {
    if (!(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_STATEMENT, "it names a blob"));
    }
    return JsonFields.of(object, source, ErrorCode.MALFORMED_STATEMENT);
  }
}
