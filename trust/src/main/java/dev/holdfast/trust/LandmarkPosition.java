package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Where a landmark stands, as its authority states it: a dated record that rounds cite.
 *
 * @param landmark where, who runs it, and how far its true place may be from the stated one
 * @param key the landmark's key
 * @param from from when on it stood there
 * @param until how long that holds at most
 * @param simulated whether the landmark belongs to a simulation
 */
public record LandmarkPosition(
    Landmark landmark, KeyId key, Instant from, Instant until, boolean simulated) {
  /** The type of the statement. */
  public static final StatementType TYPE = StatementType.ofHoldfast("landmark-position", 1);

  public LandmarkPosition {
    requireNonNull(landmark, "landmark");
    requireNonNull(key, "key");
    StatementTime.check(from);
    StatementTime.check(until);
    if (until.isBefore(from)) {
      throw new IllegalArgumentException("a position ends before it begins");
    }
  }

  /** Whether it holds at a time. */
  public boolean holdsAt(Instant time) {
    return !time.isBefore(from) && !time.isAfter(until);
  }

  /** What the statement says. */
  public Content content() {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("landmark", new TextNode(landmark.id().value()));
    members.put("operator", new TextNode(landmark.operator().value()));
    members.put("key", new TextNode(key.hex()));
    members.put("latitude", new NumberNode(landmark.position().latitude()));
    members.put("longitude", new NumberNode(landmark.position().longitude()));
    members.put("uncertaintyKm", new NumberNode(landmark.uncertainty().kilometres()));
    members.put("from", new TextNode(StatementTime.print(from)));
    members.put("until", new TextNode(StatementTime.print(until)));
    members.put("simulated", new TruthNode(simulated));
    return new Content.Inline(ObjectNode.of(members));
  }

  /**
   * Reads the content of a statement.
   *
   * @throws CodedException MALFORMED_POSITION
   */
  public static LandmarkPosition read(Statement statement, String source) {
    if (!statement.type().equals(TYPE)
        || !(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_POSITION,
              "it is a statement of type " + statement.type()));
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_POSITION);
    LandmarkId id = fields.value("landmark", LandmarkId::new);
    OperatorId operator = fields.value("operator", OperatorId::new);
    double latitude = fields.number("latitude");
    double longitude = fields.number("longitude");
    Position position = fields.made("latitude", () -> new Position(latitude, longitude));
    double kilometres = fields.number("uncertaintyKm");
    Distance uncertainty = fields.made("uncertaintyKm", () -> Distance.ofKilometres(kilometres));
    KeyId key = fields.value("key", KeyId::new);
    Instant from = fields.value("from", StatementTime::parse);
    Instant until = fields.value("until", StatementTime::parse);
    boolean simulated = fields.truth("simulated");
    fields.requireNothingElse();
    return fields.made(
        "until",
        () ->
            new LandmarkPosition(
                new Landmark(id, position, operator, uncertainty), key, from, until, simulated));
  }
}
