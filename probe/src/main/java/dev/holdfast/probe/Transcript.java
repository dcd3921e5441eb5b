package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every packet of a round that counts: what the host countersigns and an outsider checks the round
 * against. Canonical JSON (RFC 8785), at most {@value #LONGEST} octets; it names no time of day,
 * the round does.
 */
public record Transcript(SessionId session, List<Line> lines) {
  /** The most octets. */
  public static final int LONGEST = 1 << 20;

  /** The most challenges. */
  public static final int MOST = 1000;

  private static final int LONGEST_ADDRESS = 60;

  public Transcript {
    requireNonNull(session, "session");
    lines = List.copyOf(lines);
    if (lines.size() > MOST) {
      throw new IllegalArgumentException("a transcript has at most " + MOST + " challenges");
    }
  }

  /**
   * A challenge and, where one counted, its answer. The arrays are not copied.
   *
   * @param challenge as sent
   * @param sent nanoseconds after the beginning of the round
   * @param to where it was sent, for people to read
   * @param answer null where none counted
   */
  public record Line(byte[] challenge, long sent, String to, @Nullable Answer answer) {
    public Line {
      requireNonNull(challenge, "challenge");
      requireNonNull(to, "to");
    }
  }

  /**
   * An answer that counted.
   *
   * @param reply as it came
   * @param roundTrip nanoseconds, at least what it took
   * @param from where it came from, for people to read
   */
  public record Answer(byte[] reply, long roundTrip, String from) {
    public Answer {
      requireNonNull(reply, "reply");
      requireNonNull(from, "from");
    }
  }

  /** The transcript of what a landmark measured. */
  public static Transcript of(RoundMeasurement measured) {
    List<Line> lines = new ArrayList<>();
    for (Exchange each : measured.exchanges()) {
      PeerAddress from = each.from();
      byte[] reply = each.reply();
      lines.add(
          new Line(
              each.challenge(),
              each.sentNanoseconds(),
              each.to().toString(),
              reply == null || from == null
                  ? null
                  : new Answer(reply, each.roundTripNanoseconds(), from.toString())));
    }
    return new Transcript(measured.session(), lines);
  }

  /** The canonical form. */
  public byte[] octets() {
    List<JsonTree> items = new ArrayList<>();
    for (Line line : lines) {
      TreeMap<String, JsonTree> members = new TreeMap<>();
      members.put("challenge", base64(line.challenge()));
      members.put("sent", new NumberNode(line.sent()));
      members.put("to", new TextNode(line.to()));
      Answer answer = line.answer();
      if (answer != null) {
        members.put("reply", base64(answer.reply()));
        members.put("roundTrip", new NumberNode(answer.roundTrip()));
        members.put("from", new TextNode(answer.from()));
      }
      items.add(ObjectNode.of(members));
    }
    return CanonicalJson.octets(
        ObjectNode.of(
            Map.of("exchanges", new ArrayNode(items), "session", new TextNode(session.hex()))));
  }

  private static TextNode base64(byte[] octets) {
    return new TextNode(Base64.getEncoder().encodeToString(octets));
  }

  /**
   * Reads a transcript; what its packets say is looked at by others.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_TRANSCRIPT, MALFORMED_JSON or INPUT_TOO_LARGE
   */
  public static Transcript parse(byte[] octets, String source) {
    JsonFields fields = JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_TRANSCRIPT);
    SessionId session = fields.value("session", SessionId::new);
    List<Line> lines = new ArrayList<>();
    for (JsonFields item : fields.items("exchanges", MOST)) {
      lines.add(line(item));
    }
    fields.requireNothingElse();
    Transcript transcript = new Transcript(session, lines);
    if (!Arrays.equals(transcript.octets(), octets)) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_TRANSCRIPT, "it is not in canonical form"));
    }
    return transcript;
  }

  private static Line line(JsonFields item) {
    byte[] challenge = packet(item, "challenge");
    long sent = item.whole("sent");
    String to = item.value("to", Transcript::address);
    Answer answer =
        item.has("reply")
            ? new Answer(
                packet(item, "reply"),
                item.whole("roundTrip"),
                item.value("from", Transcript::address))
            : null;
    item.requireNothingElse();
    return new Line(challenge, sent, to, answer);
  }

  private static byte[] packet(JsonFields item, String name) {
    byte[] packet = item.value(name, Base64.getDecoder()::decode);
    if (packet.length != Challenge.LENGTH) {
      throw item.refuse(name, "it is not of " + Challenge.LENGTH + " octets");
    }
    return packet;
  }

  private static String address(String text) {
    if (text.isEmpty()
        || text.length() > LONGEST_ADDRESS
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("it is not an address");
    }
    return text;
  }
}
