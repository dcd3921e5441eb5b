package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import java.util.TreeMap;

/**
 * What agent and landmark say to each other over TLS, one JSON object a frame, {@code say} naming
 * the kind. Transcripts and envelopes travel in frames of their own, as they are.
 */
public sealed interface SessionMessage {
  /** The most octets. */
  int LONGEST = 4096;

  /** The most transcripts in one conversation. */
  int MOST_PENDING = 16;

  /** The agent asks for a session. */
  record Open() implements SessionMessage {}

  /** The landmark opens it; both derive its keys, and the connection ends. */
  record Opened(SessionTerms terms) implements SessionMessage {
    public Opened {
      requireNonNull(terms, "terms");
    }
  }

  /**
   * The agent asks for transcripts to countersign, of any of its sessions.
   *
   * @param session the one that it has open; a landmark that does not know it refuses, so that the
   *     agent opens another
   */
  record Countersign(SessionId session) implements SessionMessage {
    public Countersign {
      requireNonNull(session, "session");
    }
  }

  /** The landmark has so many, which follow in frames of their own. */
  record Pending(int count) implements SessionMessage {
    public Pending {
      if (count < 0 || count > MOST_PENDING) {
        throw new IllegalArgumentException("at most " + MOST_PENDING + " transcripts at a time");
      }
    }
  }

  /** The agent has signed; the envelope follows in a frame of its own. */
  record Signed() implements SessionMessage {}

  /** The agent signs for none of them. */
  record Nothing() implements SessionMessage {}

  /** The landmark has taken the envelope. */
  record Taken() implements SessionMessage {}

  /**
   * The landmark does not do what it was asked.
   *
   * @param reason in English, at most 200 characters
   */
  record Refused(String reason) implements SessionMessage {
    private static final int LONGEST_REASON = 200;

    public Refused {
      reason = Problem.printable(reason);
      reason = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }
  }

  /** Its octets. */
  default byte[] octets() {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("say", new TextNode(word()));
    switch (this) {
      case Opened(SessionTerms terms) -> {
        members.put("session", new TextNode(terms.id().hex()));
        members.put("ssid", new NumberNode(terms.ssid()));
        members.put("expiry", new NumberNode(terms.expiry()));
        members.put("port", new NumberNode(terms.port()));
      }
      case Countersign(SessionId session) -> members.put("session", new TextNode(session.hex()));
      case Pending(int count) -> members.put("count", new NumberNode(count));
      case Refused(String reason) -> members.put("reason", new TextNode(reason));
      case Open open -> {}
      case Signed signed -> {}
      case Nothing nothing -> {}
      case Taken taken -> {}
    }
    return CanonicalJson.octets(ObjectNode.of(members));
  }

  private String word() {
    return switch (this) {
      case Open open -> "open";
      case Opened opened -> "opened";
      case Countersign countersign -> "countersign";
      case Pending pending -> "pending";
      case Signed signed -> "signed";
      case Nothing nothing -> "nothing";
      case Taken taken -> "taken";
      case Refused refused -> "refused";
    };
  }

  /**
   * Reads a message.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_SESSION_MESSAGE, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  static SessionMessage read(byte[] octets, String source) {
    JsonFields fields =
        JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_SESSION_MESSAGE);
    SessionMessage read =
        switch (fields.text("say")) {
          case "open" -> new Open();
          case "opened" -> opened(fields);
          case "countersign" -> new Countersign(fields.value("session", SessionId::new));
          case "pending" -> new Pending(fields.whole("count", MOST_PENDING));
          case "signed" -> new Signed();
          case "nothing" -> new Nothing();
          case "taken" -> new Taken();
          case "refused" -> new Refused(fields.text("reason"));
          default -> throw fields.refuse("say", "it is no message of sessions");
        };
    fields.requireNothingElse();
    return read;
  }

  private static Opened opened(JsonFields fields) {
    SessionId id = fields.value("session", SessionId::new);
    int ssid = fields.whole("ssid", 0xFFFF);
    long expiry = fields.whole("expiry");
    int port = fields.whole("port", 0xFFFF);
    return fields.made("ssid", () -> new Opened(new SessionTerms(id, ssid, expiry, port)));
  }
}
