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
import java.util.List;
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

  /**
   * Refuses a position that is not the one of a landmark's certificate.
   *
   * @param source the name of the position for messages
   * @throws CodedException POSITION_REFUSED, naming the field
   */
  public void requireFits(IdentityCertificate certificate, String source) {
    Identity identity = certificate.identity();
    OperatorId certified = identity.operator();
    requireSame("landmark", landmark.id().value(), identity.name(), source);
    requireSame(
        "operator",
        landmark.operator().value(),
        certified == null ? "" : certified.value(),
        source);
    requireSame("key", key.hex(), certificate.key().id().hex(), source);
    requireSame(
        "simulated", String.valueOf(simulated), String.valueOf(identity.simulated()), source);
  }

  private static void requireSame(String field, String stated, String certified, String source) {
    if (!stated.equals(certified)) {
      throw refuse(
          source,
          field,
          "the position is of "
              + field
              + " "
              + Problem.quote(stated)
              + ", the certificate of "
              + Problem.quote(certified));
    }
  }

  /**
   * Refuses a position that does not hold at a time.
   *
   * @param source the name of the position for messages
   * @throws CodedException POSITION_REFUSED, naming the field
   */
  public void requireHoldsAt(Instant time, String source) {
    if (time.isBefore(from)) {
      throw refuse(
          source, "from", "the position holds from " + from + " on, and not yet at " + time);
    }
    if (time.isAfter(until)) {
      throw refuse(
          source, "until", "the position holds until " + until + ", and no more at " + time);
    }
  }

  private static CodedException refuse(String source, String field, String reason) {
    return new CodedException(new Problem(ErrorCode.POSITION_REFUSED, source, 0, field, reason));
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
   * Reads the position that an authority signed.
   *
   * @param source the name of the envelope for messages
   * @throws CodedException POSITION_REFUSED where it did not sign this or the statement is of
   *     another source; MALFORMED_POSITION
   */
  public static LandmarkPosition signed(
      Envelope envelope, AuthorityCertificate authority, String source) {
    StatementCheck check =
        new StatementVerifier(KeyRing.of(List.of(authority.key()))).check(envelope, source);
    if (!(check instanceof StatementCheck.Valid valid)) {
      throw refuse(source, "signature", ((StatementCheck.Refused) check).reason());
    }
    Statement statement = valid.statement();
    if (!statement.source().equals(authority.source())) {
      throw refuse(
          source,
          "source",
          "the position comes from " + statement.source() + ", not " + authority.source());
    }
    return read(statement, source);
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
