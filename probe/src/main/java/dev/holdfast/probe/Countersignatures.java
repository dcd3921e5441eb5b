package dev.holdfast.probe;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a host signs after timing: that it answered the challenges of these transcripts in these
 * sessions with these landmarks. MACs alone would let a landmark, who has the key too, invent a
 * round.
 *
 * @param certificate of the host
 */
public record Countersignatures(IdentityCertificate certificate, List<Answered> answered) {
  /** The type of the statement. */
  public static final StatementType TYPE = StatementType.ofHoldfast("countersignatures", 1);

  /** The most transcripts in one statement. */
  public static final int MOST = 64;

  public Countersignatures {
    requireNonNull(certificate, "certificate");
    answered = List.copyOf(answered);
    if (answered.isEmpty() || answered.size() > MOST) {
      throw new IllegalArgumentException("a statement countersigns 1 to " + MOST + " rounds");
    }
  }

  /**
   * A round that the host answered.
   *
   * @param landmarkKey the key that the landmark opened the session with
   * @param transcript the hash of the transcript
   */
  public record Answered(KeyId landmarkKey, SessionId session, Sha256 transcript) {
    public Answered {
      requireNonNull(landmarkKey, "landmarkKey");
      requireNonNull(session, "session");
      requireNonNull(transcript, "transcript");
    }
  }

  /** What the statement says. */
  public Content content() {
    List<JsonTree> items =
        answered.stream()
            .<JsonTree>map(each ->
                ObjectNode.of(
                    Map.of(
                        "landmarkKey", new TextNode(each.landmarkKey().hex()),
                        "session", new TextNode(each.session().hex()),
                        "transcript", new TextNode(each.transcript().hex()))))
            .toList();
    return new Content.Inline(
        ObjectNode.of(
            Map.<String, JsonTree>of(
                "certificate",
                new TextNode(Base64.getEncoder().encodeToString(certificate.der())),
                "rounds",
                new ArrayNode(items))));
  }

  /**
   * Reads what a statement says; its signature and certificate are for others to check.
   *
   * @throws CodedException MALFORMED_COUNTERSIGNATURES or MALFORMED_CERTIFICATE
   */
  public static Countersignatures read(Statement statement, String source) {
    return read(statement, source, IdentityCertificate::parse);
  }

  /**
   * The same.
   *
   * @param certificates reads a certificate of which the octets and their name are given
   */
  static Countersignatures read(
      Statement statement,
      String source,
      BiFunction<byte[], String, IdentityCertificate> certificates) {
    JsonFields fields =
        RoundsStatement.fields(statement, TYPE, source, ErrorCode.MALFORMED_COUNTERSIGNATURES);
    IdentityCertificate certificate = RoundsStatement.certificate(fields, source, certificates);
    List<Answered> answered =
        fields.items("rounds", MOST).stream().map(Countersignatures::answered).toList();
    fields.requireNothingElse();
    return fields.made("rounds", () -> new Countersignatures(certificate, answered));
  }

  private static Answered answered(JsonFields fields) {
    Answered answered =
        new Answered(
            fields.value("landmarkKey", KeyId::new),
            fields.value("session", SessionId::new),
            fields.value("transcript", Sha256::new));
    fields.requireNothingElse();
    return answered;
  }
}
