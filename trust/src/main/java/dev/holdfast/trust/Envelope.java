package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A payload with one signature: a DSSE envelope (Dead Simple Signing Envelope, version 1.0) in the
 * one spelling that Holdfast takes.
 *
 * <p>DSSE leaves freedom that would let anybody make other octets of the same statement: field
 * order, blanks, unknown fields, more signatures, two alphabets of base64. Here the envelope is
 * canonical JSON (RFC 8785) with {@code payload}, {@code payloadType} and exactly one item of
 * {@code signatures} with {@code keyid} and {@code sig}; base64 is the standard alphabet, padded
 * (RFC 4648 section 4). Any DSSE reader can read it. The envelope is what a ledger keeps as entry.
 */
public final class Envelope {
  /** The media type of a statement. */
  public static final String PAYLOAD_TYPE = "application/vnd.holdfast.statement+json";

  /** The most octets of an envelope: an entry of a ledger. */
  public static final int LONGEST = 65_535;

  private final byte[] payload;
  private final KeyId key;
  private final byte[] signature;

  private Envelope(byte[] payload, KeyId key, byte[] signature) {
    this.payload = payload;
    this.key = requireNonNull(key, "key");
    this.signature = signature;
    if (payload.length > Statement.LONGEST) {
      throw new IllegalArgumentException(
          "a payload has at most " + Statement.LONGEST + " octets, not " + payload.length);
    }
    if (signature.length != KeyKind.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException(
          "a signature has " + KeyKind.SIGNATURE_LENGTH + " octets, not " + signature.length);
    }
  }

  /**
   * An envelope of these parts, which are copied and not checked against each other.
   *
   * @param payload at most {@value Statement#LONGEST} octets
   * @param signature 64 octets
   */
  public static Envelope of(byte[] payload, KeyId key, byte[] signature) {
    return new Envelope(payload.clone(), key, signature.clone());
  }

  /**
   * Reads the octets of an envelope; neither payload nor signature is looked into.
   *
   * @param source the name of the octets for messages
   * @throws CodedException {@link ErrorCode#MALFORMED_ENVELOPE}, or {@link
   *     ErrorCode#MALFORMED_JSON} or {@link ErrorCode#INPUT_TOO_LARGE}, where they are not the
   *     canonical form of an envelope
   */
  public static Envelope parse(byte[] octets, String source) {
    Envelope envelope = read(octets, source);
    if (!Arrays.equals(octets, envelope.octets())) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_ENVELOPE, "it is not in canonical form"));
    }
    return envelope;
  }

  /** Reads an envelope in whatever spelling. */
  static Envelope read(byte[] octets, String source) {
    JsonFields fields = JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_ENVELOPE);
    String type = fields.text("payloadType");
    if (!type.equals(PAYLOAD_TYPE)) {
      throw fields.refuse(
          "payloadType", "it is " + Problem.quote(type) + " and not " + PAYLOAD_TYPE);
    }
    byte[] payload = fields.value("payload", Envelope::base64);
    JsonFields only = fields.onlyItem("signatures");
    KeyId key = only.value("keyid", KeyId::new);
    byte[] signature = only.value("sig", Envelope::base64);
    only.requireNothingElse();
    fields.requireNothingElse();
    return fields.made(
        signature.length == KeyKind.SIGNATURE_LENGTH ? "payload" : "signatures/0/sig",
        () -> new Envelope(payload, key, signature));
  }

  private static byte[] base64(String text) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not base64 (RFC 4648 section 4)", e);
    }
    // The decoder takes text without padding and with stray bits at the end.
    if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
      throw new IllegalArgumentException("it is base64 in another spelling than the one allowed");
    }
    return octets;
  }

  /** The canonical form. */
  public byte[] octets() {
    Base64.Encoder encoder = Base64.getEncoder();
    return CanonicalJson.octets(
        ObjectNode.of(
            Map.<String, JsonTree>of(
                "payload",
                new TextNode(encoder.encodeToString(payload)),
                "payloadType",
                new TextNode(PAYLOAD_TYPE),
                "signatures",
                new ArrayNode(
                    List.of(
                        ObjectNode.of(
                            Map.of(
                                "keyid",
                                new TextNode(key.hex()),
                                "sig",
                                new TextNode(encoder.encodeToString(signature)))))))));
  }

  /**
   * What is signed: DSSE's pre-authentication encoding, {@code "DSSEv1" SP length SP type SP length
   * SP payload}, lengths in octets as decimal digits.
   */
  static byte[] signedOctets(byte[] payload) {
    String before =
        "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
    ByteArrayOutputStream out = new ByteArrayOutputStream(before.length() + payload.length);
    out.writeBytes(before.getBytes(US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** What the signature of this envelope is over. */
  public byte[] signedOctets() {
    return signedOctets(payload);
  }

  /**
   * The {@link Statement#hash} of the statement inside, without reading it.
   *
   * <p>Only of an envelope that was verified does it name a statement.
   */
  public Sha256 statementHash() {
    return Sha256.of(signedOctets());
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The id of the key that is said to have signed. */
  public KeyId key() {
    return key;
  }

  /** A copy of the signature. */
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && key.equals(that.key)
        && Arrays.equals(payload, that.payload)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }

  /** Key and statement hash. */
  @Override
  public String toString() {
    return "envelope of " + statementHash() + " by " + key;
  }
}
