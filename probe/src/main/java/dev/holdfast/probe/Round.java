package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.trust.BlobReference;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One round as its landmark states it. All that follows from the transcript is stated too, so that
 * people can read it, and is computed again by whoever checks it ({@link RoundCheck}).
 *
 * @param host the name of the host
 * @param hostKey the key that the host opened the session with
 * @param ssid the session-sender id of the session
 * @param position the statement of where the landmark stands, by its hash
 * @param begin when the first challenge left, in whole milliseconds
 * @param end when it was over, in whole milliseconds
 * @param sent challenges
 * @param timings of the answers that counted
 * @param transmit whose stamps of leaving challenges the shortest round trip was measured by
 * @param receive whose stamps of coming answers
 * @param precision nanoseconds by which it is usually longer than on the wire
 * @param refused packets that bound nothing, by reason
 * @param addresses where the host was seen
 * @param interrupted whether it was stopped early
 * @param transcript where its packets are
 */
public record Round(
    String host,
    KeyId hostKey,
    SessionId session,
    int ssid,
    Sha256 position,
    Instant begin,
    Instant end,
    int sent,
    RoundTimings timings,
    StampKind transmit,
    StampKind receive,
    long precision,
    Map<String, Integer> refused,
    List<String> addresses,
    boolean interrupted,
    BlobReference transcript) {
  /** The fewest answers that bound a distance. */
  public static final int FEWEST_ANSWERS = 10;

  private static final int MOST_ADDRESSES = 100;
  private static final int MOST_REFUSED = Integer.MAX_VALUE;

  public Round {
    requireNonNull(hostKey, "hostKey");
    requireNonNull(session, "session");
    requireNonNull(position, "position");
    StatementTime.check(begin);
    StatementTime.check(end);
    requireNonNull(timings, "timings");
    requireNonNull(transcript, "transcript");
    refused = Map.copyOf(refused);
    addresses = List.copyOf(addresses);
    if (end.isBefore(begin) || timings.accepted() > sent || addresses.size() > MOST_ADDRESSES) {
      throw new IllegalArgumentException(
          "a round ends after it begins, has no more answers than challenges, and at most "
              + MOST_ADDRESSES
              + " addresses");
    }
  }

  /** The round of what was measured. */
  public static Round of(
      RoundMeasurement measured,
      String host,
      KeyId hostKey,
      Sha256 position,
      Transcript transcript) {
    TreeMap<String, Integer> refused = new TreeMap<>();
    measured.refused().forEach((why, count) -> refused.put(why.word(), count));
    Challenge first = Challenge.read(measured.exchanges().getFirst().challenge());
    return new Round(
        host,
        hostKey,
        measured.session(),
        first.ssid(),
        position,
        measured.begin().truncatedTo(ChronoUnit.MILLIS),
        measured.end().truncatedTo(ChronoUnit.MILLIS),
        measured.exchanges().size(),
        RoundTimings.of(transcript),
        measured.transmit(),
        measured.receive(),
        measured.precisionNanoseconds(),
        refused,
        measured.addresses().stream().limit(MOST_ADDRESSES).map(PeerAddress::toString).toList(),
        measured.interrupted(),
        BlobReference.to(transcript.octets(), Content.JSON));
  }

  /** The JSON form, inside a statement. */
  ObjectNode json() {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("host", new TextNode(host));
    members.put("hostKey", new TextNode(hostKey.hex()));
    members.put("session", new TextNode(session.hex()));
    members.put("ssid", new NumberNode(ssid));
    members.put("position", new TextNode(position.hex()));
    members.put("begin", new TextNode(StatementTime.print(begin)));
    members.put("end", new TextNode(StatementTime.print(end)));
    members.put("sent", new NumberNode(sent));
    timings.addTo(members);
    members.put(
        "stamps",
        ObjectNode.of(
            Map.of(
                "transmit", new TextNode(transmit.word()),
                "receive", new TextNode(receive.word()),
                "precisionNanoseconds", new NumberNode(precision))));
    TreeMap<String, JsonTree> counts = new TreeMap<>();
    refused.forEach((why, count) -> counts.put(why, new NumberNode(count)));
    members.put("refused", ObjectNode.of(counts));
    members.put(
        "addresses", new ArrayNode(addresses.stream().<JsonTree>map(TextNode::new).toList()));
    members.put("interrupted", new TruthNode(interrupted));
    members.put(
        "transcript",
        ObjectNode.of(
            Map.of(
                "sha256", new TextNode(transcript.sha256().hex()),
                "size", new NumberNode(transcript.size()))));
    return ObjectNode.of(members);
  }

  static Round read(JsonFields fields) {
    String host = fields.text("host");
    KeyId hostKey = fields.value("hostKey", KeyId::new);
    SessionId session = fields.value("session", SessionId::new);
    int ssid = fields.whole("ssid", 0xFFFF);
    Sha256 position = fields.value("position", Sha256::new);
    Instant begin = fields.value("begin", StatementTime::parse);
    Instant end = fields.value("end", StatementTime::parse);
    int sent = fields.whole("sent", Transcript.MOST);
    RoundTimings timings = RoundTimings.read(fields);
    JsonFields stamps = fields.fields("stamps");
    StampKind transmit = stamps.value("transmit", StampKind::of);
    StampKind receive = stamps.value("receive", StampKind::of);
    long precision = stamps.whole("precisionNanoseconds");
    stamps.requireNothingElse();
    JsonFields counts = fields.fields("refused");
    TreeMap<String, Integer> refused = new TreeMap<>();
    for (String why : counts.names()) {
      refused.put(why, counts.whole(why, MOST_REFUSED));
    }
    List<String> addresses = fields.texts("addresses", MOST_ADDRESSES);
    boolean interrupted = fields.truth("interrupted");
    JsonFields blob = fields.fields("transcript");
    Sha256 sha256 = blob.value("sha256", Sha256::new);
    long size = blob.whole("size");
    blob.requireNothingElse();
    fields.requireNothingElse();
    return fields.made(
        "sent",
        () ->
            new Round(
                host,
                hostKey,
                session,
                ssid,
                position,
                begin,
                end,
                sent,
                timings,
                transmit,
                receive,
                precision,
                refused,
                new ArrayList<>(addresses),
                interrupted,
                new BlobReference(sha256, size, Content.JSON)));
  }
}
