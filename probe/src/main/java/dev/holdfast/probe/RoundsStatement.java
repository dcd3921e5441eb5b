package dev.holdfast.probe;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Rounds as a landmark signs them, many at a time: with its certificate, and with the statement of
 * its authority that says where it stands, so that a reader needs the authority alone.
 *
 * @param rounds 1 to {@value #MOST}
 */
public record RoundsStatement(
    IdentityCertificate certificate, Envelope position, List<Round> rounds) {
  /** The type of the statement. */
  public static final StatementType TYPE = StatementType.ofHoldfast("rounds", 1);

  /** The most rounds that fit into one envelope whatever they say. */
  public static final int MOST = 8;

  private static final int LONGEST_POSITION = 8192;

  public RoundsStatement {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.size() > MOST) {
      throw new IllegalArgumentException("a statement has 1 to " + MOST + " rounds");
    }
  }

  /** What the statement says. */
  public Content content() {
    ObjectNode envelope =
        (ObjectNode)
            BoundedJson.read(position.octets(), "position", JsonLimits.ofOctets(Envelope.LONGEST));
    return new Content.Inline(
        ObjectNode.of(
            Map.<String, JsonTree>of(
                "certificate",
                new TextNode(Base64.getEncoder().encodeToString(certificate.der())),
                "position",
                envelope,
                "rounds",
                new ArrayNode(rounds.stream().<JsonTree>map(Round::json).toList()))));
  }

  /**
   * Reads what a statement says; its signature, certificate and position are for others to check.
   *
   * @throws CodedException MALFORMED_ROUNDS, or as the parts have it
   */
  public static RoundsStatement read(Statement statement, String source) {
    return read(statement, source, IdentityCertificate::parse);
  }

  /**
   * The same.
   *
   * @param certificates reads a certificate of which the octets and their name are given
   */
  static RoundsStatement read(
      Statement statement,
      String source,
      BiFunction<byte[], String, IdentityCertificate> certificates) {
    JsonFields fields = fields(statement, TYPE, source, ErrorCode.MALFORMED_ROUNDS);
    IdentityCertificate certificate = certificate(fields, source, certificates);
    byte[] position = CanonicalJson.octets(fields.object("position"));
    if (position.length > LONGEST_POSITION) {
      throw fields.refuse("position", "it has more than " + LONGEST_POSITION + " octets");
    }
    List<Round> rounds = fields.items("rounds", MOST).stream().map(Round::read).toList();
    fields.requireNothingElse();
    return fields.made(
        "rounds", () -> new RoundsStatement(certificate, Envelope.parse(position, source), rounds));
  }

  /** The fields of a statement of one type that is not in a blob. */
  static JsonFields fields(Statement statement, StatementType type, String source, ErrorCode code) {
    if (!statement.type().equals(type)
        || !(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(source, code, "it is a statement of type " + statement.type()));
    }
    return JsonFields.of(object, source, code);
  }

  /** The certificate in a statement. */
  static IdentityCertificate certificate(
      JsonFields fields,
      String source,
      BiFunction<byte[], String, IdentityCertificate> certificates) {
    return certificates.apply(fields.value("certificate", Base64.getDecoder()::decode), source);
  }
}
